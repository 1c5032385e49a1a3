"""Lets the official SDK of W&B report a run to WANDB_BASE_URL, resume it and read it back. Ends with 0 if all is as said.

Needs the package wandb (tried with 0.23.1 and 0.31.0), WANDB_BASE_URL, WANDB_API_KEY and a directory to write to as its argument.
"""

import math
import sys

import wandb

PROJECT, RUN = "wrinklefree-fairy2", "run-of-the-sdk"


def report(directory, first_step):
    with wandb.init(
        project=PROJECT, id=RUN, name="nice", group="g", tags=["fairy2"], config={"lr": 0.1}, resume="allow", dir=directory
    ) as run:
        resumed, starting_step = run.resumed, run.starting_step
        for step in range(first_step, first_step + 5):
            run.log({"train/loss": 1.0 / (step + 1), "progress/step": step}, step=step)
        run.log({"train/loss": math.nan, "high": math.inf, "low": -math.inf}, step=first_step + 5)
    return resumed, starting_step


def expect(what, found, expected):
    if found != expected:
        sys.exit(f"{what}: found {found!r}, expected {expected!r}")


def main(directory):
    expect("first start", report(directory, 0), (False, 0))
    expect("second start", report(directory, 10), (True, 6))
    expect("loss", math.isnan(wandb.Api().run(f"{PROJECT}/{RUN}").summary["train/loss"]), True)
    # Steps that were passed are dropped by the SDK itself.
    expect("third start", report(directory, 3), (True, 16))
    api = wandb.Api()
    run = api.run(f"{PROJECT}/{RUN}")
    expect("state", run.state, "finished")
    expect("config", dict(run.config), {"lr": 0.1})
    expect("labels", (run.name, run.group, run.tags), ("nice", "g", ["fairy2"]))
    # Newer versions of the SDK leave _step out of the summary of a start that logged nothing.
    expect("last step", run.lastHistoryStep, 15)
    expect("infinities", (run.summary["high"], run.summary["low"]), (math.inf, -math.inf))
    expect("history", [row["_step"] for row in run.history(pandas=False)], [0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15])
    expect("one metric", len(run.history(keys=["progress/step"], pandas=False)), 10)
    finished = api.runs(f"sandbox/{PROJECT}", filters={"state": "finished", "config.lr": 0.1})
    expect("listing", [found.id for found in finished], [RUN])
    expect("no such", len(api.runs(f"sandbox/{PROJECT}", filters={"state": "running"})), 0)
    print(f"wandb {wandb.__version__}: as expected")


if __name__ == "__main__":
    main(sys.argv[1])
