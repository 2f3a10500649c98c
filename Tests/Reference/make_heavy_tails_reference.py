"""Writes what the tests of HeavyTailedNoise compare with.

    pip install -r Tests/Reference/requirements.txt
    python Tests/Reference/make_heavy_tails_reference.py
"""

import contextlib
from pathlib import Path

import numpy as np
from scipy import stats


def print_quantiles():
    print("# distribution, p, quantile of p at scale 1")
    for name, distribution in [("laplace", stats.laplace), ("cauchy", stats.cauchy)]:
        for number in [1, 3, 5, 255, 4097, 65537, 999999, 4194303, 4194305, 6000001, 8388607]:
            # The quantile of 1 - p is that of p with the other sign; SciPy's is exact at the lower end alone.
            p = number / 2.0**24
            print(name, p.hex(), float(distribution.ppf(p)).hex())
            print(name, (1 - p).hex(), (-float(distribution.ppf(p))).hex())


def print_variance():
    print("# The variance of the quantiles of p = (2k + 1) / 2^24, k = 0 … 2^23 - 1, at scale 1.")
    logarithms = np.log((2 * np.arange(2**22, dtype=np.longdouble) + 1) / np.longdouble(2**23))
    print("laplace-variance", float(np.mean(logarithms**2)).hex())


file = Path(__file__).resolve().parent.parent / "HeavyTailedNoiseTests" / "Resources" / "references.txt"
with file.open("w") as output, contextlib.redirect_stdout(output):
    print("# Made by Tests/Reference/make_heavy_tails_reference.py.")
    print_quantiles()
    print_variance()
