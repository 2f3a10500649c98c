"""The images that epochs are trained on, in the files that data.sh has prepared."""

import os
from pathlib import Path

import numpy as np

from protocol import Unsupported


def folder() -> Path:
    """The folder that contenders may write to."""
    path = os.environ.get("DITHER_BENCH_FOLDER")
    if not path:
        raise Unsupported("no DITHER_BENCH_FOLDER")
    return Path(path)


def read() -> tuple[np.ndarray, np.ndarray]:
    """The pixels [60000, 784] and the labels, as bytes, from files in the format of MNIST's (IDX)."""
    for name in ("Fashion-MNIST", "synthetic"):
        path = folder() / name
        if path.is_dir():
            pixels = np.fromfile(path / "train-images-idx3-ubyte", np.uint8, offset=16)
            labels = np.fromfile(path / "train-labels-idx1-ubyte", np.uint8, offset=8)
            return pixels.reshape(len(labels), -1), labels
    raise Unsupported("no images in DITHER_BENCH_FOLDER")
