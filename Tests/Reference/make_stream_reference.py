"""Writes what the tests of NoiseDistributions compare with.

    pip install -r Tests/Reference/requirements.txt
    python Tests/Reference/make_stream_reference.py

Two parts. Values of functions, from SciPy and mpmath. And draws of stream version 1, by an implementation of its own
that follows docs/noise-and-addresses.md in exact rational arithmetic and shares no code with the kernels.
"""

import contextlib
import math
import random
import struct
from fractions import Fraction
from pathlib import Path

import mpmath
from scipy import stats

MASK = 0xFFFFFFFF


# Philox and the stream's layout.

def philox(counter, key):
    word, (key0, key1) = list(counter), key
    for _ in range(10):
        product0, product1 = word[0] * 0xD2511F53, word[2] * 0xCD9E8D57
        word = [(product1 >> 32) ^ word[1] ^ key0, product1 & MASK,
                (product0 >> 32) ^ word[3] ^ key1, product0 & MASK]
        key0, key1 = (key0 + 0x9E3779B9) & MASK, (key1 + 0xBB67AE85) & MASK
    return word


def key_of(seed, domain, slot, site, width):
    path = site.encode()
    key = (seed & MASK, seed >> 32)
    key = tuple(philox([domain, slot, len(path), 0x44490001 if width > 32 else 0x44490101], key)[:2])
    for start in range(0, len(path), 16):
        block = path[start:start + 16].ljust(16, b"\0")
        key = tuple(philox(struct.unpack("<4I", block), key)[:2])
    return key


def block_words(key, step, plane, row, block):
    return philox([block | plane << 24, row, step & MASK, step >> 32], key)


def place(row, column, width):
    """Row and block of the counter, and the number of the word."""
    if width > 32:
        return row, 16 * (column // 64) + column % 16, column % 64 // 16
    return row // 4, column, row % 4


def word(key, step, plane, row, column, width):
    counter_row, block, number = place(row, column, width)
    return block_words(key, step, plane, counter_row, block)[number]


def half_word(key, step, plane, row, column, width):
    if width > 32:
        counter_row, block, number = row, 16 * (column // 128) + column % 16, column % 64 // 16
        high = column % 128 >= 64
    else:
        counter_row, block, number = row // 8, column, row % 4
        high = row % 8 >= 4
    value = block_words(key, step, plane, counter_row, block)[number]
    return value >> 16 if high else value & 0xFFFF


# Single precision in exact arithmetic, rounded once to the nearest even.

def to_float32(x):
    x = Fraction(x)
    if x == 0:
        return Fraction(0)
    exponent = 0
    while abs(x) >= Fraction(2) ** (exponent + 1):
        exponent += 1
    while abs(x) < Fraction(2) ** exponent:
        exponent -= 1
    unit = Fraction(2) ** (exponent - 23)
    return round(x / unit) * unit


def fma(a, b, c):
    return to_float32(a * b + c)


def constant(text):
    return Fraction(float.fromhex(text))


def square_root32(x):
    """The nearest float32: no square root of one lies half-way between two."""
    scale = 1 << 80
    root = Fraction(math.isqrt(int(x * scale * scale)), scale)
    return to_float32(root)


def signed(value):
    value &= MASK
    return value - (1 << 32) if value >> 31 else value


def bits_of(x):
    return struct.unpack("<I", struct.pack("<f", float(x)))[0]


def float_of(bits):
    return Fraction(struct.unpack("<f", struct.pack("<I", bits & MASK))[0])


LOG = ["0x1.54392ep-2", "-0x1.5f9ddap-2", "0x1.4a7518p-2", "-0x1.954578p-2", "0x1.0048bp-1", "-0x1.55613cp-1",
       "0x1.fffebap-1", "-2.0"]
COSINE = ["-0x1.d9011cp-13", "0x1.6f40fap-7", "-0x1.bea56ap-3", "0x1.6a09e6p-1"]
SINE = ["-0x1.ab8e92p-16", "0x1.cd9698p-10", "-0x1.d3ba64p-5", "0x1.1c5832p-1"]


def horner(coefficients, x):
    value = constant(coefficients[0])
    for coefficient in coefficients[1:]:
        value = fma(value, x, constant(coefficient))
    return value


def normal_pair(radius, angle):
    u = fma(to_float32(radius >> 1), Fraction(1, 2**31), Fraction(1, 2**32))
    shifted = signed(bits_of(u) - 0x3F2AAAAB)
    exponent = shifted - shifted % (1 << 23)
    f = to_float32(float_of(bits_of(u) - exponent) - 1)
    minus_two_log = fma(to_float32(exponent), constant("-0x1.62e43p-23"), to_float32(horner(LOG, f) * f))
    r = square_root32(minus_two_log)
    t = to_float32(to_float32(signed(angle << 2)) * Fraction(1, 2**31))
    tt = to_float32(t * t)
    c, s = horner(COSINE, tt), to_float32(horner(SINE, tt) * t)
    x, y = to_float32(r * to_float32(c - s)), to_float32(r * to_float32(c + s))
    return -x if angle >> 31 else x, -y if angle >> 30 & 1 else y


def gaussian(key, step, plane, row, column, width):
    counter_row, block, number = place(row, column, width)
    words = block_words(key, step, plane, counter_row, block)
    return normal_pair(words[number & 2], words[number | 1])[number & 1]


EXPONENTIAL = ["0x1.6ac74ep-10", "0x1.123de0p-7", "0x1.555858p-5", "0x1.55548cp-3", "0x1.fffffcp-2"]


def exponential(x):
    """For x where the result is neither infinite nor 0."""
    shift = constant("0x1.8p23")
    n = to_float32(fma(x, constant("0x1.715476p0"), shift) - shift)
    r = fma(n, constant("0x1.05c610p-29"), fma(n, constant("-0x1.62e430p-1"), x))
    q = horner(EXPONENTIAL, r)
    return to_float32(fma(to_float32(r * r), q, r) + 1) * Fraction(2) ** int(n)


def unit(value):
    return Fraction(2 * (value >> 9) + 1, 2**24)


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
