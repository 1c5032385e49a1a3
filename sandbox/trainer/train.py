"""Trains a small language model whose weights are quantised to one or two bits, for about a minute.

The sandbox's stand-in of the Fairy2 trainer: the same arguments (Hydra's key=value), the same checkpoint layout
(checkpoint-<step>/{model.pt,training_state.pt}, checkpoint-final/...) and the same behaviour after a recovery: it starts
at step 0 again, unless resume.enabled=true, as the tasks of the other trainers set it. Unlike the real one it fails when a checkpoint cannot be uploaded.

Standard library only. Environment:
  STORAGE_EMULATOR_HOST  where the GCS JSON API answers; the variable that Google's own Python client reads
  SANDBOX_STEP_SECONDS   wall time of one step, 0.05 if unset; 0 trains as fast as it can

Exit codes: 0 trained and uploaded; 1 bad argument or failed upload.
"""

import os
import sys
import time

from checkpoint import write_checkpoint
from config import ConfigError, parse
from quantised import QuantisedModel, Text, learning_rate
from resume import ResumeError, resume
from storage import Bucket, UploadError

DEFAULT_STEP_SECONDS = 0.05
# The machine also runs the platform that watches this job, so it gets the larger part of each core.
BUSY_SHARE = 0.3


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


def train(settings, bucket, step_seconds):
    text = Text.load(settings["training.max_seq_length"])
    model = QuantisedModel.create(settings["model"], text, settings["training.num_stages"], settings["seed"])
    max_steps = settings["training.max_steps"]
    batch_size = settings["training.batch_size"]
    log(
        f"Fairy2 {settings['model']} {settings['training']}: {model.parameter_count} weights in "
        f"{settings['training.num_stages']} bit(s), {max_steps} steps of {batch_size} samples"
    )
    begin = resume_step(settings, model, bucket)
    pace = Pace(step_seconds)
    window_loss, window_steps, window_began = 0.0, 0, time.monotonic()
    for step in range(begin + 1, max_steps + 1):
        rate = learning_rate(settings["training.learning_rate"], step, max_steps)
        window_loss += model.step(text.batch(batch_size, settings["seed"], step), rate)
        window_steps += 1
        if step % settings["training.log_interval"] == 0 or step == max_steps:
            seconds = max(time.monotonic() - window_began, 1e-9)
            tokens = step * batch_size
            log(
                f"step {step}/{max_steps} | loss {window_loss / window_steps:.4f} | lr {rate:.2e} | "
                f"tokens {tokens} | {window_steps * batch_size / seconds:.0f} tokens/s"
            )
            window_loss, window_steps, window_began = 0.0, 0, time.monotonic()
        if step % settings["training.save_interval"] == 0:
            save(bucket, settings, model, f"checkpoint-{step}", step)
        pace.wait()
    save(bucket, settings, model, "checkpoint-final", max_steps)


def resume_step(settings, model, bucket):
    """Loads the checkpoint to go on from, if there is one, and returns its step."""
    if not settings["resume.enabled"]:
        return 0
    host = os.environ.get("STORAGE_EMULATOR_HOST", "")
    return resume(model, settings["resume.from"], bucket, settings["gcs.prefix"].strip("/"), host, log)


def save(bucket, settings, model, name, step):
    if bucket is None:
        return
    prefix = settings["gcs.prefix"].strip("/")
    sizes = write_checkpoint(bucket, f"{prefix}/{name}" if prefix else name, model, step)
    log(f"Uploaded {name} to gs://{settings['gcs.bucket']}/{prefix} ({sum(sizes)} bytes)")


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
        train(settings, connect(settings), step_seconds)
    except (ConfigError, ResumeError, UploadError) as error:
        print(error, file=sys.stderr, flush=True)
        return 1
    log("Training complete")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
