"""Writes what the tests of uncertainty compare with: SciPy's entropies and rank test, and NumPy's bins of confidence.

    pip install -r Tests/Reference/requirements.txt
    python Tests/Reference/make_uncertainty_reference.py

A line has

    areas POSITIVES NEGATIVES AREA                      U / (m n) of Mann and Whitney's test: float64, little-endian, base64
    entropies DRAWS ROWS CLASSES LOGITS PREDICTIVE EXPECTED INFORMATION
                                                        of float32 logits, draw by draw: float64 a row
    calibration BINS ROWS CLASSES LOGITS LABELS ERROR   the expected calibration error: float32, int64, float64
    rejection UNCERTAINTY CORRECT ACCURACIES            of the k least uncertain rows for k = 1 … n: float64, int64, float64
"""

import contextlib
from pathlib import Path

import numpy as np
from points import encode
from scipy import special, stats

random = np.random.default_rng(20)


def print_areas():
    for positives, negatives, step in ((1, 1, 0.1), (7, 3, 0.5), (40, 60, 0.25), (200, 90, 0.01), (300, 300, 2)):
        # On a grid, so that some are equal; the last almost all.
        first = np.round(random.normal(0.6, 1, positives) / step) * step
        second = np.round(random.normal(0, 1, negatives) / step) * step
        area = stats.mannwhitneyu(first, second).statistic / (positives * negatives)
        print("areas", encode(first, "<f8"), encode(second, "<f8"), encode([area], "<f8"))


def print_entropies():
    for draws, rows, classes, scale in ((1, 4, 3, 1), (5, 12, 10, 3), (8, 6, 2, 40), (3, 5, 4, 0.01)):
        logits = (scale * random.normal(size=(draws, rows, classes))).astype(np.float32)
        probabilities = special.softmax(logits.astype(np.float64), axis=2)
        predictive = stats.entropy(probabilities.mean(axis=0), axis=1)
        expected = stats.entropy(probabilities, axis=2).mean(axis=0)
        # Kullback and Leibler's divergence of each draw from the mean: the same by another way.
        information = stats.entropy(probabilities, probabilities.mean(axis=0)[None], axis=2).mean(axis=0)
        print("entropies", draws, rows, classes, encode(logits, "<f4"), encode(predictive, "<f8"),
              encode(expected, "<f8"), encode(information, "<f8"))


def print_calibration():
    for bins, rows, classes, scale in ((15, 200, 10, 3), (10, 50, 2, 1), (1, 30, 4, 2), (15, 5, 3, 6)):
        edges = np.linspace(0, 1, bins + 1)
        while True:
            logits = (scale * random.normal(size=(rows, classes))).astype(np.float32)
            confidence = special.softmax(logits.astype(np.float64), axis=1).max(axis=1)
            # Nearer to an edge a confidence in single precision might fall on its other side.
            if np.abs(confidence[:, None] - edges[1:-1]).min(initial=1) > 1e-6:
                break
        answers = logits.argmax(axis=1)
        labels = np.where(random.random(rows) < 0.7, answers, random.integers(classes, size=rows))
        # Right ends belong to a bin.
        places = np.digitize(confidence, edges[1:-1], right=True)
        error = 0.0
        for place in np.unique(places):
            inside = places == place
            accuracy = np.mean(answers[inside] == labels[inside])
            error += np.mean(inside) * abs(accuracy - np.mean(confidence[inside]))
        print("calibration", bins, rows, classes, encode(logits, "<f4"), encode(labels, "<i8"), encode([error], "<f8"))


def print_rejection():
    for rows in (1, 9, 120):
        uncertainty = random.permutation(rows) / rows
        correct = (random.random(rows) > uncertainty / 2).astype(np.int64)
        kept = correct[np.argsort(uncertainty)]
        accuracies = np.cumsum(kept) / np.arange(1, rows + 1)
        print("rejection", encode(uncertainty, "<f8"), encode(correct, "<i8"), encode(accuracies, "<f8"))


file = Path(__file__).resolve().parent.parent / "DitherRobustnessTests" / "Resources" / "uncertainty.txt"
with file.open("w") as output, contextlib.redirect_stdout(output):
    print("# Made by Tests/Reference/make_uncertainty_reference.py, which says what the lines hold.")
    print_areas()
    print_entropies()
    print_calibration()
    print_rejection()
