"""The 10,000 probabilities at which the tests compare with SciPy, and how arrays are written to a file of references."""

import base64

import numpy as np

HALF = 5000


def numerators():
    """Odd multiples of 2^-24, densest in the tails: 1, 3 … 17 (1.01e-6) … to the middle, and 2^24 minus these."""
    lower = [2 * (i + i**3 * (2**22 - HALF) // (HALF - 1) ** 3) + 1 for i in range(HALF)]
    return np.array(lower + [2**24 - n for n in reversed(lower)], dtype=np.float64)


P = numerators() / 2.0**24


def encode(values, kind):
    """The numbers in base64, of a NumPy type such as "<f8"."""
    return base64.b64encode(np.asarray(values, dtype=kind).tobytes()).decode()

