"""Lets the official SDK of W&B report runs that end in different ways: report_runs.py PROJECT DIRECTORY.

Needs the package wandb, WANDB_BASE_URL and WANDB_API_KEY.
"""

import math
import multiprocessing
import os
import signal
import sys
import time

import wandb


def begin(run, **more):
    return wandb.init(project=sys.argv[1], id=run, dir=sys.argv[2], resume="allow", **more)


def log(run, step, loss):
    run.log({"train/loss": loss, "progress/step": step}, step=step)


def finished():
    with begin("finished", config={"lr": 0.1}) as run:
        for step in range(5):
            log(run, step, 0.5)


def resumed():
    with begin("resumed") as run:
        for step in range(4):
            log(run, step, 1.0)
    with begin("resumed") as run:
        assert run.resumed and run.starting_step == 4, (run.resumed, run.starting_step)
        for step in range(4, 8):
            log(run, step, 0.125)


def failed():
    run = begin("failed")
    log(run, 0, 1.0)
    run.log({"train/loss": math.nan, "high": math.inf, "low": -math.inf}, step=1)
    run.finish(exit_code=1)


def killed():
    """Reports, and is killed with all that reports for it, as a machine that is taken away."""
    os.setpgrp()
    # A service of its own, in this group, and not the one of the runs before.
    os.environ.pop("WANDB_SERVICE", None)
    run = begin("killed")
    log(run, 0, 2.0)
    log(run, 1, 2.0)
    wait_until_reported("killed")
    os.killpg(0, signal.SIGKILL)


def wait_until_reported(run):
    for _ in range(240):
        # Each time anew, since it remembers what it has read.
        if wandb.Api().run(f"{sys.argv[1]}/{run}").summary.get("train/loss") is not None:
            return
        time.sleep(0.25)
    raise TimeoutError(f"{run} was not reported")


if __name__ == "__main__":
    for way in (finished, resumed, failed):
        way()
    victim = multiprocessing.get_context("spawn").Process(target=killed)
    victim.start()
    victim.join()
    if victim.exitcode != -signal.SIGKILL:
        sys.exit(f"the run that is killed ended with {victim.exitcode}")
