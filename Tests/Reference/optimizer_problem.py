"""What the optimizers of make_optimizers_reference.py are run on."""

import numpy as np

STEPS = 100
RECORDED = [1, 2, 3, 5, 10, 20, 30, 40, 49, 50, 51, 60, 70, 80, 90, 100]
SHAPES = [(3, 2), (4,)]

random = np.random.default_rng(20260214)


def normal(*shape):
    return random.standard_normal(shape).astype(np.float32)


def numbers(array):
    """Single-precision numbers in row order, each with the nine digits that give it back."""
    return [float(f"{value:.9g}") for value in np.asarray(array, dtype=np.float32).reshape(-1).tolist()]


def given():
    """Two parameters. The second has no gradient in every third step; some gradients are zero or small."""
    initial = [normal(*shape) for shape in SHAPES]
    gradients = []
    for step in range(STEPS):
        first = (normal(3, 2) * 10.0 ** random.integers(-3, 1)).astype(np.float32)
        if step % 4 == 0:
            first[0, 0] = 0
        gradients.append([first, None if step % 3 == 1 else normal(4)])
    return initial, gradients


INITIAL, GRADIENTS = given()


def quadratic():
    """A quadratic loss ½·(w − c)ᵀ·A·(w − c) of each parameter, to whose gradient the given one is added."""
    matrices, centres = [], []
    for shape in SHAPES:
        size = int(np.prod(shape))
        root = normal(size, size)
        matrices.append((root @ root.T / size + 0.5 * np.eye(size)).astype(np.float32))
        centres.append(normal(size))
    return matrices, centres


MATRICES, CENTRES = quadratic()
