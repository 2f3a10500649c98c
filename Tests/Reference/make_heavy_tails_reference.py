"""Writes what the tests of HeavyTailedNoise compare with.

    pip install -r Tests/Reference/requirements.txt
    python Tests/Reference/make_heavy_tails_reference.py
"""

import contextlib
from pathlib import Path

import mpmath
import numpy as np
from scipy import stats


def print_quantiles():
    print("# distribution, p, quantile of p at scale 1")
    for number in [1, 3, 5, 255, 4097, 65537, 999999, 4194303, 4194305, 6000001, 8388607]:
        # The quantile of 1 - p is that of p with the other sign; SciPy's is exact at the lower end alone.
        p = number / 2.0**24
        print("cauchy", p.hex(), float(stats.cauchy.ppf(p)).hex())
        print("cauchy", (1 - p).hex(), (-float(stats.cauchy.ppf(p))).hex())


def print_probabilities(name, parameters, distribution, places):
    for x in places:
        probability = float(distribution.cdf(x))
        # SciPy's integral misses one far tail at stability 1, which is (1 - skewness) / (pi |x|) there: left out.
        if name == "stable" and parameters[0] == 1 and abs(parameters[1]) < 1 and probability == 0:
            continue
        print(name, *parameters, float(x).hex(), probability.hex())


def print_student():
    print("# student-t, degrees of freedom, x, P(draw <= x) at scale 1")
    shares = np.concatenate([[1e-12, 1e-9, 1e-6, 1e-4], (np.arange(64) + 0.5) / 64, [1 - 1e-4, 1 - 1e-6]])
    for degrees in [0.25, 0.75, 1.0, 1.5, 2.0, 3.0, 4.5, 30.0, 1000.0, 1e7]:
        distribution = stats.t(degrees)
        print_probabilities("student-t", [degrees], distribution, distribution.ppf(shares))
    print("# student-t-variance, degrees of freedom, variance of the draws: u = (k + 1/2) / 2^31")
    mpmath.mp.dps = 40
    half, count = mpmath.mpf(1) / 2, mpmath.mpf(2) ** 31
    for degrees in [2.125, 2.5, 3.0, 5.0, 20.0, 1e6]:
        a = 2 / mpmath.mpf(degrees)
        mean = count ** (a - 1) * (mpmath.zeta(a, half) - mpmath.zeta(a, count + half))
        print("student-t-variance", degrees, float(degrees / mpmath.mpf(2) * (mean - 1)).hex())


def print_stable():
    print("# stable, stability, skewness, x, P(draw <= x) at scale 1, in parameterisation 0")
    stats.levy_stable.parameterization = "S0"
    places = np.tan(np.pi * ((np.arange(64) + 0.5) / 64 - 0.5)) * 2
    for parameters in [
        (0.5, 0.0), (0.5, 1.0), (0.75, -0.5), (0.9375, 0.5), (1.0, 0.0), (1.0, 0.75), (1.0, -1.0), (1.0625, 0.5),
        (1.25, 1.0), (1.5, -0.25), (1.75, 0.5), (1.96875, 1.0), (2.0, 0.0),
    ]:
        print_probabilities("stable", parameters, stats.levy_stable(*parameters), places)


file = Path(__file__).resolve().parent.parent / "HeavyTailedNoiseTests" / "Resources" / "references.txt"
with file.open("w") as output, contextlib.redirect_stdout(output):
    print("# Made by Tests/Reference/make_heavy_tails_reference.py.")
    print_quantiles()
    print_student()
    print_stable()
