"""Trains a small language model whose weights are quantised to one or two bits, for about a minute.

The sandbox's stand-in of the team's trainers: the same arguments (Hydra's key=value), the checkpoint layout of Fairy2
(checkpoint-<step>/{model.pt,training_state.pt}, checkpoint-final/...), the same figures in W&B and the same behaviour
after a recovery: it starts at step 0 again, unless resume.enabled=true, as the tasks of the other trainers set it.
Unlike the real ones it fails when a checkpoint cannot be uploaded.

Standard library only. Environment:
  STORAGE_EMULATOR_HOST  where the GCS JSON API answers; the variable that Google's own Python client reads
  SANDBOX_STEP_SECONDS   wall time of one step, 0.05 if unset; 0 trains as fast as it can
  WANDB_*                as the SDK of W&B reads them, see wandb_run.py

Exit codes: 0 trained and uploaded; 1 bad argument, unreadable checkpoint or failed upload.
"""

import os
import sys
import threading
import time

import metrics
import wandb_run
from checkpoint import write_checkpoint
from config import ConfigError, parse
from quantised import QuantisedModel, Text, learning_rate
from resume import ResumeError, resume
from storage import Bucket, UploadError

DEFAULT_STEP_SECONDS = 0.05
# The machine also runs the platform that watches this job, so it gets the larger part of each core.
BUSY_SHARE = 0.3
# A learning rate this much too high lets the loss grow within a few steps.
DIVERGING = 1000.0


def log(text):
    print(text, flush=True)


class Pace:
    """Keeps steps at an even pace, and busy time below a share of all time."""

    def __init__(self, step_seconds):
        self._step_seconds = step_seconds
        self._began = time.monotonic()
        self._busy_before = time.process_time()

    def wait(self):
        if self._step_seconds == 0:
            return
        busy = time.process_time() - self._busy_before
        enough = max(self._step_seconds, busy / BUSY_SHARE)
        time.sleep(max(0.0, self._began + enough - time.monotonic()))
        self._began = time.monotonic()
        self._busy_before = time.process_time()


class Window:
    """What the steps since the last line came to."""

    def __init__(self):
        self._loss, self.steps, self._began = 0.0, 0, time.monotonic()

    def add(self, loss):
        self._loss += loss
        self.steps += 1

    @property
    def loss(self):
        return self._loss / self.steps

    @property
    def seconds(self):
        return max(time.monotonic() - self._began, 1e-9)


class Training:
    """One run from its first step to its last checkpoint."""

    def __init__(self, settings, bucket, report, step_seconds):
        self._settings, self._bucket, self._report = settings, bucket, report
        self._pace = Pace(step_seconds)
        self._text = Text.load(settings["training.max_seq_length"])
        self._model = QuantisedModel.create(
            settings["model"], self._text, settings["training.num_stages"], settings["seed"]
        )
        self._prefix = settings["gcs.prefix"].strip("/")

    def run(self):
        first, max_steps = self._resume() + 1, self._settings["training.max_steps"]
        log(
            f"Fairy2 {self._settings['model']} {self._settings['training']}: {self._model.parameter_count} weights in "
            f"{self._settings['training.num_stages']} bit(s), {max_steps} steps of "
            f"{self._settings['training.batch_size']} samples"
        )
        window = Window()
        for step in range(first, max_steps + 1):
            self._disturb(step)
            rate = self._rate(step)
            batch = self._text.batch(self._settings["training.batch_size"], self._settings["seed"], step)
            loss, gradient_norm = self._model.step(batch, rate)
            window.add(loss)
            if step % self._settings["training.log_interval"] == 0 or step == max_steps:
                self._tell(step, window, rate, gradient_norm)
                window = Window()
            if step % self._settings["training.save_interval"] == 0:
                self._save(f"checkpoint-{step}", step)
            self._pace.wait()
        if self._settings["sandbox.final_checkpoint"]:
            self._save("checkpoint-final", max_steps)

    def _resume(self):
        """Loads the checkpoint to go on from, if there is one, and returns its step."""
        if not self._settings["resume.enabled"]:
            return 0
        host = os.environ.get("STORAGE_EMULATOR_HOST", "")
        return resume(self._model, self._settings["resume.from"], self._bucket, self._prefix, host, log)

    def _disturb(self, step):
        if step == self._settings["sandbox.nan_at_step"]:
            self._model.poison()
        if step == self._settings["sandbox.stall_at_step"]:
            log(f"Stalled at step {step}: nothing happens from here on, but heartbeats")
            threading.Event().wait()

    def _rate(self, step):
        settings = self._settings
        rate = learning_rate(settings["training.learning_rate"], step, settings["training.max_steps"])
        return rate * DIVERGING if 0 < settings["sandbox.diverge_at_step"] <= step else rate

    def _tell(self, step, window, rate, gradient_norm):
        max_steps, batch_size = self._settings["training.max_steps"], self._settings["training.batch_size"]
        log(
            f"step {step}/{max_steps} | loss {window.loss:.4f} | lr {rate:.2e} | tokens {step * batch_size} | "
            f"{window.steps * batch_size / window.seconds:.0f} tokens/s"
        )
        self._report.log(
            step,
            metrics.row(
                self._settings["wandb.keys"],
                step,
                max_steps,
                window.loss,
                rate,
                gradient_norm,
                batch_size,
                window.steps,
                window.seconds,
            ),
        )

    def _save(self, name, step):
        if self._bucket is None:
            return
        torn = step == self._settings["sandbox.tear_checkpoint_at_step"]
        directory = f"{self._prefix}/{name}" if self._prefix else name
        sizes = write_checkpoint(self._bucket, directory, self._model, step, torn)
        log(f"Uploaded {name} to gs://{self._settings['gcs.bucket']}/{self._prefix} ({sum(sizes)} bytes)")


def connect(settings):
    if not settings["gcs.enabled"]:
        return None
    host = os.environ.get("STORAGE_EMULATOR_HOST", "")
    if not host:
        raise ConfigError("STORAGE_EMULATOR_HOST is not set: the sandbox's trainer uploads nowhere else")
    if not settings["gcs.bucket"]:
        raise ConfigError("gcs.bucket is empty: set it or gcs.enabled=false")
    return Bucket(host, settings["gcs.bucket"], log)


def main(arguments):
    try:
        settings = parse(arguments, os.environ)
        step_seconds = float(os.environ.get("SANDBOX_STEP_SECONDS", DEFAULT_STEP_SECONDS))
        bucket = connect(settings)
    except ConfigError as error:
        print(error, file=sys.stderr, flush=True)
        return 1
    report = wandb_run.start(os.environ, settings, log)
    exit_code = 1
    try:
        Training(settings, bucket, report, step_seconds).run()
        exit_code = 0
        log("Training complete")
    except (ResumeError, UploadError) as error:
        print(error, file=sys.stderr, flush=True)
    finally:
        report.finish(exit_code)
    return exit_code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
