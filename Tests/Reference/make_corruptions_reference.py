"""Writes what the tests of corruptions compare with: SciPy's Gaussian filter, NumPy's means, and integrals of spectra.

    pip install -r Tests/Reference/requirements.txt
    python Tests/Reference/make_corruptions_reference.py

A line has

    blur HEIGHT WIDTH CHANNELS DEVIATION PIXELS VALUES    scipy.ndimage.gaussian_filter, edges going on: float32, float64
    contrast HEIGHT WIDTH CHANNELS FACTOR PIXELS VALUES   about each channel's mean: float32, float64
    spectrum NAME SLOPE ROWS SAMPLES LOW HIGH             between which the power of high frequencies over that of low ones lies

The two powers are sums over the places 200, 203 … 398 and 25, 28 … 49 of 1000 of the periodogram with Hann's window, whose
values three apart are independent, over all rows. The ratio of two sums of draws of exponential distributions is about one of two
chi-squared draws, F, which lies outside of what is written with a probability of 1e-10 on either side; 0.6 decibels more on each
side are for the 0.3 by which the power law is met at either end.
"""

import contextlib
from pathlib import Path

import numpy as np
from points import encode
from scipy import ndimage, stats

random = np.random.default_rng(21)


def print_images():
    for height, width, channels in ((8, 8, 1), (5, 7, 2), (1, 6, 3)):
        pixels = random.random((height, width, channels)).astype(np.float32)
        exact = pixels.astype(np.float64)
        for deviation in (0.4, 0.6, 0.7, 0.8, 1, 2.5):
            number = float(np.float32(deviation))
            values = ndimage.gaussian_filter(exact, (number, number, 0), mode="nearest", truncate=4)
            print("blur", height, width, channels, deviation, encode(pixels, "<f4"), encode(values, "<f8"))
        for factor in (0.75, 0.5, 0.4, 0.3, 0.15, 0, 1):
            mean = exact.mean(axis=(0, 1), keepdims=True)
            values = mean + float(np.float32(factor)) * (exact - mean)
            print("contrast", height, width, channels, factor, encode(pixels, "<f4"), encode(values, "<f8"))


def print_spectra():
    rows, samples = 32, 1000
    high, low = np.arange(200, 400, 3) / samples, np.arange(25, 50, 3) / samples
    for name, slope in (("white", 0), ("pink", 1), ("brown", 2)):
        powers = [(2 * np.sin(np.pi * frequencies)) ** -slope for frequencies in (high, low)]
        # Satterthwaite's degrees of freedom of a sum of unequal draws.
        freedom = [2 * rows * power.sum() ** 2 / (power**2).sum() for power in powers]
        ends = powers[0].sum() / powers[1].sum() * stats.f.ppf([1e-10, 1 - 1e-10], *freedom)
        print("spectrum", name, slope, rows, samples, ends[0] * 10**-0.06, ends[1] * 10**0.06)


file = Path(__file__).resolve().parent.parent / "DitherRobustnessTests" / "Resources" / "corruptions.txt"
with file.open("w") as output, contextlib.redirect_stdout(output):
    print("# Made by Tests/Reference/make_corruptions_reference.py, which says what the lines hold.")
    print_images()
    print_spectra()
