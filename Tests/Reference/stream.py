"""Draws of stream version 1 by an implementation of its own, which follows docs/noise-and-addresses.md in exact rational
arithmetic and shares no code with the kernels. `at` is a place: key, step, plane, row, column, width.
"""

import math
import struct
from fractions import Fraction

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


LOGARITHM = ["-0x1.38fb54p-4", "0x1.057114p-3", "-0x1.0d81eap-3", "0x1.22d684p-3", "-0x1.547234p-3", "0x1.99a034p-3",
             "-0x1.000228p-2", "0x1.555554p-2"]


def logarithm(x):
    """For x > 0 that is not subnormal."""
    e = signed(bits_of(x) - 0x3F3504F3) >> 23
    f = Fraction(x) / Fraction(2) ** e - 1
    s = to_float32(f * f)
    q = horner(LOGARITHM, f)
    t = fma(to_float32(q * f), s, to_float32(e * constant("-0x1.05c610p-29")))
    t = fma(s, Fraction(-1, 2), t)
    return fma(Fraction(e), constant("0x1.62e430p-1"), to_float32(f + t))


MIDDLE = ["0x1.a721f2p-23", "-0x1.55591cp-19", "-0x1.4756bap-22", "0x1.3d449ap-13", "-0x1.9b3f7ap-12", "-0x1.af49e2p-8",
          "0x1.0b885ap-5", "0x1.4ffe02p-1", "0x1.40d932p1"]
TAIL = ["0x1.445d32p3", "-0x1.753d26p4", "0x1.69eba4p4", "-0x1.a559e0p3", "0x1.6e0c14p2", "-0x1.9d2cd2p0",
        "-0x1.72514ep-5", "0x1.6a301ep0"]


def inverse_normal(p):
    is_lower = p < Fraction(1, 2)
    q = p if is_lower else to_float32(1 - p)
    w = -logarithm(to_float32(to_float32(4 * q) * to_float32(1 - q)))
    if w < 4:
        z = to_float32(horner(MIDDLE, w) * to_float32(Fraction(1, 2) - q))
    else:
        s = square_root32(w)
        z = to_float32(horner(TAIL, to_float32(1 / s)) * s)
    return -z if is_lower else z


def threshold(p):
    """The number of bits that a probability is compared in, and what they are compared with."""
    bits = 16 if p >= 1 / 64 and 1 - p >= 1 / 64 else 32
    return bits, 2 * int(p * 2 ** (bits - 1) + 0.5)


def choice(p, at):
    """Whether the first half of a probability comes true, or all of it."""
    bits, limit = threshold(p)
    number = half_word(*at) if bits == 16 else word(*at)
    return number < limit // 2, number < limit


def branch(number, at):
    """The same place under the key of a mixture's first (0) or second (1) distribution."""
    words = philox([0, 0, 0, MASK], at[0])
    return (tuple(words[2 * number:2 * number + 2]), *at[1:])
