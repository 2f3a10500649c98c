"""Writes what the tests of certificates compare with: SciPy's beta and normal distributions and its binomial test.

    pip install -r Tests/Reference/requirements.txt
    python Tests/Reference/make_robustness_reference.py

A line has

    bounds TRIALS ALPHA SUCCESSES BOUNDS  the quantiles of Beta(k, n - k + 1) at ALPHA: int64 and float64, little-endian, base64
    probabilities A B POINTS VALUES       SciPy's regularized incomplete beta function: float64 both
    coins TRIALS SUCCESSES VALUES         the two-sided binomial test of 1/2: int64 and float64
    normal POINTS VALUES                  the standard normal's quantiles: float64 both
"""

import contextlib
from pathlib import Path

import numpy as np
from points import encode
from scipy import special, stats


def spread(trials, count=60):
    """Numbers from 1 to trials, all of few, of many the ends closely and the middle evenly."""
    if trials <= count:
        return np.arange(1, trials + 1)
    ends = np.unique(np.round(np.geomspace(1, trials / 2, count // 2)).astype(np.int64))
    even = np.linspace(1, trials, count // 2).astype(np.int64)
    return np.unique(np.concatenate([ends, trials + 1 - ends, even]))


def print_bounds():
    for trials in (1, 2, 3, 7, 50, 100, 1000, 10_000, 100_000, 1_000_000):
        successes = spread(trials)
        for alpha in (0.3, 0.05, 0.025, 0.001, 1e-6, 1e-9):
            bounds = stats.beta.ppf(alpha, successes, trials - successes + 1)
            print("bounds", trials, alpha, encode(successes, "<i8"), encode(bounds, "<f8"))


def print_probabilities():
    for a, b in ((0.5, 0.5), (0.1, 20), (1, 1), (3, 0.7), (2.5, 700.25), (31, 17), (900, 1200), (5e4, 7e4), (1, 1e6), (1e6, 3)):
        mean, deviation = a / (a + b), np.sqrt(a * b / (a + b) ** 2 / (a + b + 1))
        points = np.clip(mean + deviation * np.linspace(-6, 6, 41), 1e-9, 1 - 1e-9)
        points = np.unique(points)
        print("probabilities", a, b, encode(points, "<f8"), encode(special.betainc(a, b, points), "<f8"))


def print_coins():
    for trials in (1, 2, 9, 10, 100, 1001, 20_000):
        successes = np.unique(np.concatenate([[0], spread(trials)]))
        values = [stats.binomtest(int(k), trials, 0.5).pvalue for k in successes]
        print("coins", trials, encode(successes, "<i8"), encode(values, "<f8"))


def print_normal():
    tails = np.geomspace(1e-15, 0.5, 200)
    points = np.concatenate([np.geomspace(1e-300, 1e-15, 20), tails, 1 - tails])
    print("normal", encode(points, "<f8"), encode(stats.norm.ppf(points), "<f8"))


file = Path(__file__).resolve().parent.parent / "DitherRobustnessTests" / "Resources" / "statistics.txt"
file.parent.mkdir(parents=True, exist_ok=True)
with file.open("w") as output, contextlib.redirect_stdout(output):
    print("# Made by Tests/Reference/make_robustness_reference.py, which says what the lines hold.")
    print_bounds()
    print_probabilities()
    print_coins()
    print_normal()
