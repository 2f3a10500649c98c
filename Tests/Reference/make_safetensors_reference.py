"""Writes what Python's safetensors writes, for the tests of DitherTraining to read and to compare with.

    pip install -r Tests/Reference/requirements.txt
    python Tests/Reference/make_safetensors_reference.py

The tests read only the files that this writes; the same versions write the same files.
"""

from pathlib import Path

import numpy as np
from safetensors import TensorSpec, serialize_file
from safetensors.numpy import save_file

RESOURCES = Path(__file__).resolve().parent.parent / "DitherTrainingTests" / "Resources"
RESOURCES.mkdir(parents=True, exist_ok=True)

save_file(
    {
        "0.weight": (np.arange(6, dtype=np.float32) / np.float32(7)).reshape(2, 3),
        "0.bias": np.array([-1, 1e-30], dtype=np.float32),
        "scalar": np.array(2.5, dtype=np.float32),
        "empty": np.zeros((0, 3), dtype=np.float32),
    },
    RESOURCES / "python-float32.safetensors",
    metadata={"format": "pt"},
)

TYPES = {
    "F64": ("float64", np.array([0.1, -0.0, 1e300, 2.0**-149, 1 + 2.0**-23, 2.0**-200])),
    "F32": ("float32", np.array([0, 1, 2, 127], dtype=np.float32)),
    "F16": (
        "float16",
        np.array([1, -2.5, 65504, 2.0**-24, 1023 * 2.0**-24, 2.0**-14, -0.0, np.inf], dtype=np.float16),
    ),
    "I64": ("int64", np.array([-(2**24) - 1, 2**24 + 1, 2**53 + 1, -(2**63)], dtype=np.int64)),
    "U64": ("uint64", np.array([0, 2**24 + 1, 2**24 + 3, 2**64 - 1], dtype=np.uint64)),
    "I32": ("int32", np.array([-(2**24) - 1, 2**24 + 1, 2**24 + 3, -(2**31)], dtype=np.int32)),
    "U32": ("uint32", np.array([0, 2**24 + 1, 2**24 + 3, 2**32 - 1], dtype=np.uint32)),
    "I16": ("int16", np.array([0, 1, -(2**15), 2**15 - 1], dtype=np.int16)),
    "U16": ("uint16", np.array([0, 1, 2, 2**16 - 1], dtype=np.uint16)),
    "I8": ("int8", np.array([0, 1, -128, 127], dtype=np.int8)),
    "U8": ("uint8", np.array([0, 1, 2, 255], dtype=np.uint8)),
    "BOOL": ("bool", np.array([[True, False], [False, True]])),
}
# The upper half of single precision, which NumPy has no type for.
bfloat16 = np.array([1, -2.5, 2.0**127, 2.0**-133, -0.0, -np.inf], dtype=np.float32)
TYPES["BF16"] = ("bfloat16", (bfloat16.view(np.uint32) >> 16).astype(np.uint16))
specifications = {
    name: TensorSpec(
        dtype=dtype, shape=array.shape, data_ptr=array.ctypes.data, data_len=array.nbytes)
    for name, (dtype, array) in TYPES.items()
}
serialize_file(specifications, RESOURCES / "python-types.safetensors", None)
