"""Checkpoint files and their upload: the two files of the real trainer, in the layout of safetensors.

A file is the length of its header (8 bytes, little-endian), the header as JSON, and the tensors as little-endian
32-bit floats.
"""

import array
import json
import struct
import sys


def write_checkpoint(bucket, prefix, model, step):
    """Uploads both files below the prefix and returns their sizes. Raises UploadError."""
    weights = serialise(model.tensors, {"step": str(step)})
    state = serialise(model.momenta, {"global_step": str(step), "optimizer": "sgd-momentum"})
    bucket.upload_resumable(f"{prefix}/model.pt", weights)
    bucket.upload_multipart(f"{prefix}/training_state.pt", state)
    return len(weights), len(state)


def serialise(tensors, metadata):
    header = {"__metadata__": metadata}
    data = bytearray()
    for name, rows in tensors.items():
        values = array.array("f", (value for row in rows for value in row))
        if sys.byteorder == "big":
            values.byteswap()
        begin = len(data)
        data += values.tobytes()
        header[name] = {"dtype": "F32", "shape": [len(rows), len(rows[0])], "data_offsets": [begin, len(data)]}
    text = json.dumps(header).encode("utf-8")
    return struct.pack("<Q", len(text)) + text + bytes(data)
