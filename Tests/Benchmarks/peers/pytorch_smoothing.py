"""Randomized smoothing in PyTorch, by the method of locuslab's `core.py` (Cohen, Rosenfeld & Kolter 2019): batches of the repeated image
plus Gaussian noise, the class of each row, and how often each was answered."""

import math
from typing import Callable

import numpy as np
import torch
from torch import Tensor

from data import SEED, Network, normal
from protocol import Case, Workload

# The default of `certify.py` there.
BATCH = 1000
STANDARD_DEVIATION = 1.0
REFERENCE_DRAWS = 10_000
FALSE_FAILURES = 1e-9


def smoothing(case: Case, compiled: Callable, model: Callable) -> Workload:
    """`bincount` counts, in place of the loop over answers that `core.py` has in Python."""
    network = Network(case | {"batch": 1})
    classifier = model(network, False).eval()
    image = torch.from_numpy(network.input)
    draws, classes = case["draws"], case["layers"][-1]

    def answers(image: Tensor, rows: int) -> Tensor:
        batch = image.repeat((rows, 1))
        return classifier(batch + torch.randn_like(batch) * STANDARD_DEVIATION).argmax(1)

    answer = compiled(answers)

    def votes() -> np.ndarray:
        counts = np.zeros(classes, int)
        with torch.inference_mode():
            for first in range(0, draws, BATCH):
                counts += np.bincount(answer(image, min(BATCH, draws - first)).numpy(), minlength=classes)
        return counts

    verify(votes(), network, draws)
    return Workload(votes, warms_up=False)


def verify(votes: np.ndarray, network: Network, draws: int) -> None:
    """Compares the shares of the classes with those of other draws, made by NumPy.

    By Hoeffding's inequality the shares of both are as near to the probabilities as their margins say, but once in a billion times.
    """
    if votes.sum() != draws:
        raise ValueError(f"expected {draws} answers; received {votes.sum()}")
    margins = [math.sqrt(math.log(4 * len(votes) / FALSE_FAILURES) / (2 * count)) for count in (draws, REFERENCE_DRAWS)]
    error = np.abs(votes / draws - reference(network)).max()
    if not error <= sum(margins):
        raise ValueError(f"a class has another share of the answers: apart by {error:.3f}, at most {sum(margins):.3f}")


def reference(network: Network) -> np.ndarray:
    """The share of each class."""
    random = np.random.default_rng(SEED + 2)
    rows = network.input + STANDARD_DEVIATION * normal(random, REFERENCE_DRAWS, network.input.shape[1])
    *hidden, last = network.layers
    for layer in hidden:
        rows = np.maximum(rows @ layer.weight.T + layer.bias, 0)
    answers = (rows @ last.weight.T + last.bias).argmax(axis=1)
    return np.bincount(answers, minlength=len(last.bias)) / REFERENCE_DRAWS
