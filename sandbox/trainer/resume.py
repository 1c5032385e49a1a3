"""Where training goes on from: the run's own newest checkpoint after a recovery, else what it was given."""

import re

from checkpoint import read_checkpoint
from storage import Bucket

MEMBERS = ("model.pt", "training_state.pt")


class ResumeError(Exception):
    """There is no such checkpoint, or it is none of this model."""


def resume(model, given, bucket, prefix, host, log):
    """Loads a checkpoint into the model and returns its step; 0 if training begins anew.

    given   gs:// URI of a checkpoint's directory; empty means that nothing was given
    bucket  the run's own; None if it has none
    prefix  the run's own, without slashes at its ends
    """
    own = None if bucket is None else newest(bucket, prefix)
    if own is not None:
        log(f"Resuming from the run's own {own}")
        return load(model, bucket, own)
    if not given:
        return 0
    match = re.fullmatch(r"gs://([^/]+)/(.+)", given)
    if match is None:
        raise ResumeError(f"resume.from must be gs://bucket/directory/, got {given}")
    log(f"Resuming from {given}")
    return load(model, Bucket(host, match[1], log), match[2].rstrip("/"))


def newest(bucket, prefix):
    """The directory of the highest step that has both files, or None."""
    names = set(bucket.names(prefix + "/checkpoint-"))
    pattern = re.compile(re.escape(prefix) + r"/checkpoint-(\d+)/model\.pt")
    steps = [int(match[1]) for match in map(pattern.fullmatch, names) if match]
    complete = [s for s in steps if all(f"{prefix}/checkpoint-{s}/{member}" in names for member in MEMBERS)]
    return f"{prefix}/checkpoint-{max(complete)}" if complete else None


def load(model, bucket, directory):
    weights, state = (bucket.download(f"{directory}/{member}") for member in MEMBERS)
    try:
        return read_checkpoint(model, weights, state)
    except (ValueError, KeyError) as error:
        raise ResumeError(f"{directory} cannot be resumed from: {error}") from error
