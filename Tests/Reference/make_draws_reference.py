"""Writes what the tests of the golden hashes compare with: at 500 places of each matrix whose hash is known, what each
distribution draws there, by stream.py and the formulas below. Half a minute.

    pip install -r Tests/Reference/requirements.txt
    python Tests/Reference/make_draws_reference.py

    draws NAME COLUMNS BASE64   the bits of the draws as floats, 32 bits each, little-endian

The matrices are [1024, 1024] and [65536, 16], and the places a formula (`places`), which the test knows too.
"""

import base64
import contextlib
import math
import struct
from fractions import Fraction
from pathlib import Path

from mpmath import mp
from stream import (bits_of, branch, choice, exponential, float_of, fma, gaussian, half_word, inverse_normal, key_of,
                    logarithm, square_root32, to_float32, unit, word)

mp.dps = 30
HALF = Fraction(1, 2)


def places(rows, columns):
    state = 20
    for _ in range(500):
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        yield (state >> 40) % rows, (state >> 20) % 2**20 % columns


def uniform(at):
    return unit(word(*at))


def signed_like(p, magnitude):
    return abs(magnitude) if p > HALF else -abs(magnitude)


def laplace(scale, at):
    p = uniform(at)
    return signed_like(p, to_float32(scale * logarithm(2 * min(p, 1 - p))))


def logistic(scale, at):
    p = uniform(at)
    tail = min(p, 1 - p)
    return signed_like(p, to_float32(scale * logarithm(to_float32(tail / (1 - tail)))))


def exponential_draw(scale, at):
    return to_float32(-scale * logarithm(1 - uniform(at)))


def triangular(low, mode, high, at):
    p, width = uniform(at), to_float32(high - low)
    below, above = to_float32((mode - low) / (high - low)), to_float32((high - mode) / (high - low))
    if p < below:
        return min(mode, fma(width, square_root32(to_float32(p * below)), low))
    return max(mode, fma(-width, square_root32(to_float32((1 - p) * above)), high))


def poisson(rate, at):
    # The least n of which the probability of n or less, in steps of 2^-23, is above that of k.
    k, n, term, total = word(*at) >> 9, 0, mp.exp(-rate), mp.mpf(0)
    while True:
        total += term
        if k < math.floor(total * 2**23 + 0.5):
            return n
        n += 1
        term *= mp.mpf(rate) / n


def truncated_gaussian(mean, deviation, low, high, at):
    def share(x):
        return float(mp.ncdf((mp.mpf(x) - mean) / deviation))

    def quantile(p):
        p = min(max(p, Fraction(1, 2**126)), 1 - Fraction(1, 2**24))
        return fma(Fraction(deviation), inverse_normal(p), Fraction(mean))

    below = share(math.nextafter(low, -math.inf))
    within = share(high) - below
    p = to_float32(below + float(uniform(at)) * within)
    draw = quantile(p)
    if draw < low:
        draw = quantile(float_of(bits_of(p) + 1))
    if draw > high:
        draw = quantile(float_of(bits_of(p) - 1))
    return min(max(draw, Fraction(low)), Fraction(high))


def salt_and_pepper(rate, at):
    is_low, is_either = choice(rate, at)
    return -1 if is_low else 1 if is_either else 0


def mixture(weight, first, second, at):
    return first(branch(0, at)) if choice(weight, at)[1] else second(branch(1, at))


def normal(mean, deviation, at):
    return fma(deviation, gaussian(*at), mean)


# Under the names of the tests' golden hashes.
DISTRIBUTIONS = {
    "Gaussian": lambda at: normal(HALF, Fraction(2), at),
    "Uniform": lambda at: fma(Fraction(4), uniform(at), Fraction(-1)),
    "LogNormal": lambda at: exponential(normal(Fraction(-1, 8), HALF, at)),
    "Bernoulli-16-bits": lambda at: int(choice(0.3, at)[1]),
    "Bernoulli-32-bits": lambda at: int(choice(0.001, at)[1]),
    "SaltAndPepper": lambda at: salt_and_pepper(0.2, at),
    "Laplace": lambda at: laplace(HALF, at),
    "Logistic": lambda at: logistic(HALF, at),
    "Triangular": lambda at: triangular(Fraction(-1), Fraction(1, 4), Fraction(3), at),
    "Exponential": lambda at: exponential_draw(HALF, at),
    "Rademacher": lambda at: -1 if half_word(*at) < 2**15 else 1,
    "Impulse": lambda at: Fraction(5, 2) if choice(0.1, at)[1] else 0,
    "Poisson": lambda at: poisson(20, at),
    "Mixture": lambda at: mixture(
        0.9, lambda first: normal(Fraction(0), Fraction(1), first),
        lambda second: mixture(0.5, lambda inner: laplace(4, inner), lambda inner: 9, second), at),
    "Truncated": lambda at: truncated_gaussian(0.5, 2, -1.0, 4.0, at),
}


file = Path(__file__).resolve().parent.parent / "NoiseDistributionsTests" / "Resources" / "draws.txt"
with file.open("w") as output, contextlib.redirect_stdout(output):
    print("# Made by Tests/Reference/make_draws_reference.py, which says what the lines hold.")
    for name, draw in DISTRIBUTIONS.items():
        for rows, columns in (1024, 1024), (65536, 16):
            key = key_of(0x0123456789ABCDEF, 1, 1, "encoder.0.input", columns)
            bits = [bits_of(draw((key, 77, 0, *place, columns))) for place in places(rows, columns)]
            print("draws", name, columns, base64.b64encode(struct.pack("<500I", *bits)).decode())
