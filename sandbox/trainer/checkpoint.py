"""Checkpoint files, their upload and their reading: the two files of the real trainer, in the layout of safetensors.

A file is the length of its header (8 bytes, little-endian), the header as JSON, and the tensors as little-endian
32-bit floats.
"""

import array
import json
import struct
import sys


def write_checkpoint(bucket, prefix, model, step, torn=False):
    """Uploads both files below the prefix, or only the first of a torn one, and returns their sizes.

    Raises UploadError.
    """
    weights = serialise(model.tensors, {"step": str(step)})
    state = serialise(model.momenta, {"global_step": str(step), "optimizer": "sgd-momentum"})
    bucket.upload_resumable(f"{prefix}/model.pt", weights)
    if torn:
        return (len(weights),)
    bucket.upload_multipart(f"{prefix}/training_state.pt", state)
    return len(weights), len(state)


def read_checkpoint(model, weights, state):
    """Puts the tensors of both files into the model and returns the step. Raises ValueError if they do not fit."""
    metadata = deserialise(weights, model.tensors)
    deserialise(state, model.momenta)
    return int(metadata["step"])


def deserialise(data, tensors):
    """Replaces the values of the tensors by the file's and returns the file's metadata."""
    (size,) = struct.unpack_from("<Q", data)
    header = json.loads(data[8 : 8 + size])
    metadata = header.pop("__metadata__")
    if header.keys() != tensors.keys():
        raise ValueError("it is a checkpoint of another model")
    for name, entry in header.items():
        rows, columns = entry["shape"]
        if (rows, columns) != (len(tensors[name]), len(tensors[name][0])):
            raise ValueError(f"it is a checkpoint of a model of another size: {name}")
        begin, end = entry["data_offsets"]
        values = array.array("f", data[8 + size + begin : 8 + size + end])
        if sys.byteorder == "big":
            values.byteswap()
        for row in range(rows):
            tensors[name][row][:] = values[row * columns : (row + 1) * columns]
    return metadata


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
