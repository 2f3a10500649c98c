"""Writes what the tests of quantiles and cumulative distribution functions compare with: SciPy at 10,000 points a
distribution.

    pip install -r Tests/Reference/requirements.txt
    python Tests/Reference/make_distributions_reference.py

The probabilities are a formula (points.py), which the tests know too. A line has

    quantiles NAME BASE64   SciPy's quantiles of the probabilities p, float64, little-endian
    differences NAME BASE64 SciPy's cumulative probability at each of these quantiles, minus p, float32, which loses nothing that matters
    probabilities NAME FIRST STEP BASE64  SciPy's cumulative probabilities at FIRST + i * STEP, i = 0 … 9,999, float64
    counts NAME FIRST BASE64 COUNTS       of the whole numbers from FIRST on: SciPy's cumulative probabilities, float64, and how
                                          many of the 10,000 probabilities have that number as their quantile
    moments NAME MEAN VARIANCE            of the quantiles of all (2k + 1) / 2^24, k = 0 … 2^23 - 1, or SciPy's own
"""

import contextlib
from pathlib import Path

import numpy as np
from points import P, encode
from scipy import stats


def float32(*values):
    return [float(np.float32(value)) for value in values]


def triangular(low, mode, high):
    low, mode, high = float32(low, mode, high)
    return stats.triang((mode - low) / (high - low), loc=low, scale=high - low)


def truncated_normal(mean, deviation, low, high):
    return stats.truncnorm((low - mean) / deviation, (high - mean) / deviation, loc=mean, scale=deviation)


CONTINUOUS = {
    "gaussian": stats.norm(0.5, 2),
    "uniform": stats.uniform(-1, 4),
    "log-normal": stats.lognorm(0.25, scale=np.exp(0.5)),
    "laplace": stats.laplace(scale=0.5),
    "logistic": stats.logistic(scale=2),
    "triangular": triangular(-1, 0, 3),
    "triangular-skewed": triangular(-0.3, 0.9, 1),
    "exponential": stats.expon(scale=2),
    "truncated": truncated_normal(0.5, 2, -1, 4),
}
DISCRETE = {f"poisson-{rate:g}": stats.poisson(rate) for rate in (0.25, 3.5, 100, 10000)}


class Mixture:
    def cdf(self, x):
        # The weight as it is drawn.
        weight = round(0.9 * 2**15) / 2**15
        return weight * stats.norm(0, 1).cdf(x) + (1 - weight) * stats.laplace(scale=4).cdf(x)


def print_continuous():
    for name, distribution in CONTINUOUS.items():
        quantiles = distribution.ppf(P)
        differences = distribution.cdf(quantiles) - P
        assert np.all(np.abs(differences - differences.astype(np.float32)) <= 1e-18 * P), name
        print("quantiles", name, encode(quantiles, "<f8"))
        print("differences", name, encode(differences, "<f4"))
    points = -80 + np.arange(10000) * 2.0**-6
    print("probabilities", "mixture", -80, 2.0**-6, encode(Mixture().cdf(points), "<f8"))


def print_discrete():
    for name, distribution in DISCRETE.items():
        quantiles = distribution.ppf(P).astype(np.int64)
        first = max(0, quantiles[0] - 10)
        numbers = np.arange(first, quantiles[-1] + 11)
        counts = [int(np.count_nonzero(quantiles == number)) for number in numbers]
        print("counts", name, first, encode(distribution.cdf(numbers), "<f8"), *counts)


def print_moments():
    p = (2 * np.arange(2**23, dtype=np.longdouble) + 1) / np.longdouble(2**24)

    def triangular_quantiles(low, mode, high):
        low, mode, high = (np.longdouble(each) for each in float32(low, mode, high))
        width = high - low
        c = (mode - low) / width
        return np.where(p < c, low + width * np.sqrt(p * c), high - width * np.sqrt((1 - p) * (1 - c)))

    quantiles = {
        "laplace": lambda: np.where(p < 0.5, np.log(2 * p), -np.log(2 * (1 - p))) / 2,
        "logistic": lambda: 2 * (np.log(p) - np.log(1 - p)),
        "exponential": lambda: -2 * np.log(1 - p),
        "triangular": lambda: triangular_quantiles(-1, 0, 3),
        "triangular-skewed": lambda: triangular_quantiles(-0.3, 0.9, 1),
    }
    for name, values in quantiles.items():
        values = values()
        mean = np.mean(values)
        print("moments", name, float(mean).hex(), float(np.mean((values - mean) ** 2)).hex())
    mean, variance = CONTINUOUS["truncated"].stats("mv")
    print("moments", "truncated", float(mean).hex(), float(variance).hex())


file = Path(__file__).resolve().parent.parent / "NoiseDistributionsTests" / "Resources" / "distributions.txt"
with file.open("w") as output, contextlib.redirect_stdout(output):
    print("# Made by Tests/Reference/make_distributions_reference.py, which says what the lines hold.")
    print_continuous()
    print_discrete()
    print_moments()
