"""Writes what the tests of NoiseDistributions compare with.

    pip install -r Tests/Reference/requirements.txt
    python Tests/Reference/make_stream_reference.py

Two parts. Values of functions, from SciPy and mpmath. And draws of stream version 1, by stream.py.
"""

import contextlib
import random
from fractions import Fraction
from pathlib import Path

import mpmath
from scipy import stats
from stream import bits_of, exponential, fma, gaussian, half_word, key_of, unit, word


def addresses():
    generator = random.Random(20)
    sites = ["0.input", "", "a", "encoder.block.3.0.output", "exactly sixteen.", "µ"]
    for index in range(160):
        width = generator.choice([1, 2, 7, 16, 31, 32, 33, 64, 65, 100, 128, 129, 784, 1 << 26])
        column = generator.choice([0, width - 1, generator.randrange(width)])
        row = generator.choice([0, 1, 5, generator.randrange(1 << 12), (1 << 32) - 1])
        step = generator.choice([0, 1, generator.randrange(1 << 20), (1 << 32) + 5])
        seed = generator.choice([0, 1, 42, generator.randrange(1 << 64)])
        plane = generator.choice([0, 0, 0, 1, 127])
        yield seed, generator.randrange(6), generator.randrange(3), sites[index % 6], step, plane, row, column, width


def print_draws():
    print("# draw seed domain slot step plane row column width word half-word uniform gaussian log-normal(¼, ½) site")
    for seed, domain, slot, site, step, plane, row, column, width in addresses():
        key = key_of(seed, domain, slot, site, width)
        at = (key, step, plane, row, column, width)
        normal = gaussian(*at)
        log_normal = exponential(fma(Fraction(1, 2), normal, Fraction(1, 4)))
        floats = [bits_of(x) for x in (unit(word(*at)), normal, log_normal)]
        print("draw", seed, domain, slot, step, plane, row, column, width, f"{word(*at):08x}", f"{half_word(*at):04x}",
              *(f"{bits:08x}" for bits in floats), f'"{site}"')


# Values of functions.

def print_functions():
    print("# inverse-normal p value")
    for exponent in range(1, 25):
        for numerator in (1, 3):
            p = numerator * 2.0 ** -exponent
            if 0 < p < 1:
                print("inverse-normal", p.hex(), float(stats.norm.ppf(p)).hex())
                if 1 - p != 0.5:
                    print("inverse-normal", (1 - p).hex(), float(stats.norm.ppf(1 - p)).hex())


def log_normal_excess(s):
    """E exp(s·z) − 1 of z = sqrt(−2 ln u) cos θ, u = (k + ½)·2⁻³¹: E over θ is the Bessel function I₀(s·r)."""
    h, count = mpmath.mpf(2) ** -31, 4096

    def value(u):
        return mpmath.besseli(0, s * mpmath.sqrt(-2 * mpmath.log(u))) - 1

    total = h * mpmath.fsum(value((k + mpmath.mpf(1) / 2) * h) for k in range(count))
    # The rest as an integral, in t = −ln u.
    limit = -mpmath.log(count * h)
    points = [limit * i / 8 for i in range(9)]
    return total + mpmath.quad(lambda t: value(mpmath.exp(-t)) * mpmath.exp(-t), points)


def print_moments():
    mpmath.mp.dps = 30
    print("# log-normal logMean logStandardDeviation mean variance, of the draws as they are")
    for location, spread in [(0.0, 0.0), (0.0, 2.0**-10), (0.25, 0.5), (-0.5, 1.0), (0.0, 2.0), (-4.5, 3.0), (0.0, 6.0)]:
        once, twice = log_normal_excess(spread), log_normal_excess(2 * spread)
        scale = mpmath.exp(location)
        mean, variance = scale * (1 + once), scale**2 * (twice - 2 * once - once**2)
        print("log-normal", location, spread, float(mean).hex(), float(variance).hex())


file = Path(__file__).resolve().parent.parent / "NoiseDistributionsTests" / "Resources" / "references.txt"
with file.open("w") as output, contextlib.redirect_stdout(output):
    print("# Made by Tests/Reference/make_stream_reference.py.")
    print_draws()
    print_functions()
    print_moments()
