"""Writes what the tests of bootstraps and of the search for noise compare with: NumPy's quantiles, SciPy's Student's t and minimum.

    pip install -r Tests/Reference/requirements.txt
    python Tests/Reference/make_search_reference.py

A line has

    percentiles CONFIDENCE VALUES LOWER UPPER DEVIATION   numpy.quantile's ends and the standard deviation: float64, base64
    coverage SHARE ERROR                                  of 90 % intervals for means of 60 normal draws by 200 resamples
    paired REPLICATES ROWS FIRST SECOND MEAN ERROR FREEDOM ALPHA LOWER UPPER
                                                          the difference with Student's t: float32 scores, float64
    ridge DEVIATION WEIGHTS INPUTS TARGETS LAMBDA RIDGE SCALE
                                                          a planted regression, its ridge regression, the best scale of noise
    descent MEAN DEVIATION MOST                           of the relative excess of four noisy descents' mean error over ridge's:
                                                          it is more than MOST with a probability of 1e-9
"""

import contextlib
from pathlib import Path

import numpy as np
from points import encode
from scipy import optimize, stats

random = np.random.default_rng(22)
ROWS, FEATURES, LABEL_NOISE = 64, 8, 0.2


def print_percentiles():
    for count, confidence in ((2, 0.5), (11, 0.8), (50, 0.95), (999, 0.9), (2000, 0.99)):
        values = random.gamma(2, size=count)
        lower, upper = np.quantile(values, [(1 - confidence) / 2, (1 + confidence) / 2])
        print("percentiles", confidence, encode(values, "<f8"), lower, upper, np.std(values, ddof=1))


def print_coverage():
    samples, covered = 200_000, 0
    for _ in range(samples // 1000):
        values = random.normal(size=(1000, 60))
        drawn = random.integers(60, size=(1000, 200 * 60))
        means = np.take_along_axis(values, drawn, axis=1).reshape(1000, 200, 60).mean(axis=2)
        lower, upper = np.quantile(means, [0.05, 0.95], axis=1)
        covered += np.sum((lower <= 0) & (0 <= upper))
    share = covered / samples
    print("coverage", share, (share * (1 - share) / samples) ** 0.5)


def print_paired():
    for replicates, rows, alpha in ((2, 2, 0.05), (4, 40, 0.01), (5, 90, 0.05 / 40), (3, 120, 1e-6)):
        training = random.normal(size=(replicates, 1)) / 5
        first = (random.normal(size=(replicates, rows)) + training + 0.3).astype(np.float32)
        second = random.normal(size=(replicates, rows)).astype(np.float32)
        difference = first.astype(np.float64) - second
        parts = [(stats.sem(difference.mean(axis=1)) ** 2, replicates - 1),
                 (stats.sem(difference.mean(axis=0)) ** 2, rows - 1)]
        variance = sum(part for part, _ in parts)
        freedom = variance**2 / sum(part**2 / count for part, count in parts)
        lower, upper = stats.t.interval(1 - alpha, freedom, difference.mean(), variance**0.5)
        print("paired", replicates, rows, encode(first, "<f4"), encode(second, "<f4"),
              difference.mean(), variance**0.5, freedom, alpha, lower, upper)


def planted(problems):
    """Weights of length 1, standard normal inputs, targets with errors."""
    weights = random.normal(size=(problems, FEATURES))
    weights /= np.linalg.norm(weights, axis=1, keepdims=True)
    inputs = random.normal(size=(problems, ROWS, FEATURES)).astype(np.float32)
    targets = np.einsum("pri,pi->pr", inputs, weights) + LABEL_NOISE * random.normal(size=(problems, ROWS))
    return weights.astype(np.float32), inputs, targets.astype(np.float32)


def ridge(inputs, targets, strength):
    """The least squares of the data with √λ times the identity below them."""
    below = strength**0.5 * np.eye(FEATURES)
    augmented = np.concatenate([inputs.astype(np.float64), below])
    return np.linalg.lstsq(augmented, np.concatenate([targets, np.zeros(FEATURES)]))[0]


def print_ridge():
    for deviation in (0.3, 0.4, 0.5, 0.6, 0.8):
        (weights,), (inputs,), (targets,) = planted(1)

        def error(logarithm):
            own = ridge(inputs, targets, ROWS * np.exp(2 * logarithm))
            return np.sum((own - weights) ** 2) + deviation**2 * np.sum(own**2)

        best = optimize.minimize_scalar(error, bounds=np.log([0.02, 5]), method="bounded", options={"xatol": 1e-9})
        assert best.success
        print("ridge", deviation, encode(weights, "<f4"), encode(inputs, "<f4"), encode(targets, "<f4"),
              16.0, encode(ridge(inputs, targets, 16.0), "<f8"), np.exp(best.x))


def print_descent():
    """400 steps of gradient descent, the rate falling from 0.1 to 0, with noise of deviation 0.5 on the inputs anew in each."""
    problems, replicates, steps, scale = 2000, 4, 400, 0.5
    weights, inputs, targets = planted(problems)
    exact = np.stack([ridge(inputs[p], targets[p], ROWS * scale**2) for p in range(problems)])
    own = np.zeros((replicates, problems, FEATURES))
    for step in range(steps):
        for replicate in range(replicates):
            noisy = inputs + scale * random.standard_normal(inputs.shape, dtype=np.float32)
            residual = np.matvec(noisy, own[replicate]) - targets
            own[replicate] -= 0.1 * (1 - step / steps) * 2 / ROWS * np.vecmat(residual, noisy)
    excess = []
    for p in range(problems):
        rows = random.standard_normal((8000, FEATURES), dtype=np.float32)
        outcome = rows @ weights[p] + LABEL_NOISE * random.standard_normal(8000, dtype=np.float32)
        errors = [np.mean((rows @ w - outcome) ** 2) for w in (exact[p], *own[:, p])]
        excess.append(np.mean(errors[1:]) / errors[0] - 1)
    # The excess is quadratic in normal draws: its tail is that of a sum of squares with the same kurtosis.
    freedom = 12 / stats.kurtosis(excess)
    most = (stats.chi2.isf(1e-9, freedom) - freedom) / (2 * freedom) ** 0.5
    print("descent", np.mean(excess), np.std(excess, ddof=1), np.mean(excess) + most * np.std(excess, ddof=1))


file = Path(__file__).resolve().parent.parent / "DitherRobustnessTests" / "Resources" / "search.txt"
with file.open("w") as output, contextlib.redirect_stdout(output):
    print("# Made by Tests/Reference/make_search_reference.py, which says what the lines hold.")
    print_percentiles()
    print_coverage()
    print_paired()
    print_ridge()
    print_descent()
