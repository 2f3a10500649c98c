"""What every peer computes with: the same numbers from the same seed, in arrays that begin at a multiple of 64 bytes."""

from dataclasses import dataclass

import numpy as np

from protocol import Case

SEED = 20240607
ALIGNMENT = 64
TOLERANCE = 1e-4


def empty(*shape: int) -> np.ndarray:
    """An array of single precision in row order that begins at a multiple of `ALIGNMENT`."""
    size = 4 * int(np.prod(shape))
    memory = np.zeros(size + ALIGNMENT, np.uint8)
    offset = -memory.ctypes.data % ALIGNMENT
    return memory[offset : offset + size].view(np.float32).reshape(shape)


def normal(random: np.random.Generator, *shape: int) -> np.ndarray:
    array = empty(*shape)
    random.standard_normal(dtype=np.float32, out=array)
    return array


class Product:
    """The operands of one product of a linear layer, and the check of its result."""

    def __init__(self, case: Case):
        random = np.random.default_rng(SEED)
        batch, inputs, outputs = case["batch"], case["inputs"], case["outputs"]
        self.direction = case["direction"]
        if self.direction == "forward":
            self.left, self.right = normal(random, batch, inputs), normal(random, outputs, inputs)
            self.shape = batch, outputs
        elif self.direction == "inputGradient":
            self.left, self.right = normal(random, batch, outputs), normal(random, outputs, inputs)
            self.shape = batch, inputs
        else:
            self.left, self.right = normal(random, batch, outputs), normal(random, batch, inputs)
            self.shape = outputs, inputs

    def factors(self) -> tuple[np.ndarray, np.ndarray]:
        """Views such that the result is their matrix product."""
        if self.direction == "forward":
            return self.left, self.right.T
        if self.direction == "inputGradient":
            return self.left, self.right
        return self.left.T, self.right

    def verify(self, result: np.ndarray) -> None:
        """Compares with the product in double precision along a random direction, which every wrong element changes."""
        if result.shape != self.shape or result.dtype != np.float32:
            raise ValueError(f"expected a product of shape {self.shape}; received {result.shape} of {result.dtype}")

        def along(matrix: np.ndarray, vector: np.ndarray) -> np.ndarray:
            return np.einsum("ij,j->i", matrix, vector, dtype=np.float64, casting="safe")

        direction = np.random.default_rng(SEED + 1).standard_normal(self.shape[1])
        left, right = self.factors()
        expected = along(left, along(right, direction))
        error = np.linalg.norm(along(result, direction) - expected) / np.linalg.norm(expected)
        if not error < TOLERANCE:
            raise ValueError(f"the {self.direction} product is wrong: relative error {error:.1e}")


@dataclass
class Dense:
    """A linear layer's parameters: weight [outputs, inputs], bias [outputs]."""

    weight: np.ndarray
    bias: np.ndarray


class Network:
    """A classifier's first parameters, one batch of rows, and a class for each row."""

    def __init__(self, case: Case):
        random = np.random.default_rng(SEED)
        widths = case["layers"]
        self.input = normal(random, case["batch"], widths[0])
        # Classes that can be learnt: each row's is the largest of ten parts' sums.
        parts = np.array_split(self.input, widths[-1], axis=1)
        self.labels = np.argmax([part.sum(axis=1) for part in parts], axis=0)
        self.layers = [
            Dense(normal(random, outputs, inputs) / np.float32((3 * inputs) ** 0.5), np.zeros(outputs, np.float32))
            for inputs, outputs in zip(widths, widths[1:])
        ]


class NoisyLinear:
    """The input and the parameters of one linear layer."""

    def __init__(self, case: Case):
        random = np.random.default_rng(SEED)
        self.input = normal(random, case["batch"], case["inputs"])
        self.weight = normal(random, case["outputs"], case["inputs"]) / np.float32(case["inputs"] ** 0.5)
        self.bias = normal(random, case["outputs"])
