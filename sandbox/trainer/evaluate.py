"""Measures the loss of a checkpoint of the sandbox's trainer and stores it as results.json.

The sandbox's stand-in of the evaluation harness. Standard library only; STORAGE_EMULATOR_HOST as for train.py.

Exit codes: 0 measured and stored; 1 no such checkpoint, or the storage does not answer; 2 bad argument.
"""

import argparse
import json
import math
import os
import re
import sys

from quantised import SIZES, QuantisedModel, Text
from resume import ResumeError, load
from storage import Bucket, UploadError

# Batches of the corpus that a benchmark takes.
BATCHES = {"smoke_test": 4, "bitdistill": 64, "glue": 64, "summarization": 64}
BATCH_SIZE = 8
SEED = 7


def log(text):
    print(text, flush=True)


def model_of(text, host, uri):
    """The model of a checkpoint, and its step. A checkpoint does not say which model it is of: the one that fits."""
    match = re.fullmatch(r"gs://([^/]+)/(.+)", uri)
    if match is None:
        raise ResumeError(f"--model-path must be gs://bucket/directory/, got {uri}")
    bucket = Bucket(host, match[1], log)
    reason = None
    for name in SIZES:
        model = QuantisedModel.create(name, text, 2, SEED)
        try:
            return name, model, load(model, bucket, match[2].rstrip("/"))
        except ResumeError as error:
            reason = error
    raise ResumeError(str(reason))


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model-path", required=True)
    parser.add_argument("--benchmark", required=True, choices=sorted(BATCHES))
    parser.add_argument("--bucket", required=True)
    parser.add_argument("--prefix", required=True)
    options = parser.parse_args(arguments)
    host = os.environ.get("STORAGE_EMULATOR_HOST", "")
    text = Text.load(8)
    try:
        name, model, step = model_of(text, host, options.model_path)
        losses = [model.loss(text.batch(BATCH_SIZE, SEED, number)) for number in range(BATCHES[options.benchmark])]
        loss = sum(losses) / len(losses)
        results = {
            "model_path": options.model_path,
            "model": name,
            "step": step,
            "benchmark": options.benchmark,
            "loss": round(loss, 6),
            "perplexity": round(math.exp(loss), 6),
        }
        log(json.dumps(results))
        target = f"{options.prefix.strip('/')}/results.json"
        Bucket(host, options.bucket, log).upload_multipart(target, json.dumps(results).encode())
        log(f"Uploaded results.json to gs://{options.bucket}/{options.prefix.strip('/')}")
    except (ResumeError, UploadError) as error:
        print(error, file=sys.stderr, flush=True)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
