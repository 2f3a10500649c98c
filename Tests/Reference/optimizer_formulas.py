"""Optimizers by their papers' formulas in double precision. The draws come from stream.py."""

import numpy as np
import torch

from optimizer_problem import CENTRES, GRADIENTS, INITIAL, MATRICES, RECORDED, SHAPES, STEPS, numbers
from stream import gaussian, key_of

SEED = 42
OPTIMIZER_DOMAIN = 4


def formula_run(update):
    """`update` changes a weight by its gradient; what it keeps of it is a dictionary, empty at first."""
    weights = [value.astype(np.float64) for value in INITIAL]
    kept = [{} for _ in weights]
    values = []
    for step in range(STEPS):
        for place, gradient in enumerate(GRADIENTS[step]):
            if gradient is not None:
                weights[place] = update(weights[place], gradient.astype(np.float64), kept[place], step, place)
        if step + 1 in RECORDED:
            values.append([numbers(weight) for weight in weights])
    return {"values": values, "rates": None}


def lion(rate, beta1, beta2, decay):
    def update(weight, gradient, kept, step, place):
        mean = kept.get("mean", np.zeros_like(weight))
        change = beta1 * mean + (1 - beta1) * gradient
        # No sign may hang on a rounding.
        assert np.all((np.abs(change) > 1e-5 * (np.abs(mean) + np.abs(gradient))) | ((mean == 0) & (gradient == 0)))
        kept["mean"] = beta2 * mean + (1 - beta2) * gradient
        return weight - rate * (np.sign(change) + decay * weight)

    return formula_run(update)


def draws(step, place, shape, site="update"):
    rows, columns = shape[0], int(np.prod(shape[1:], initial=1))
    key = key_of(SEED, OPTIMIZER_DOMAIN, 0, f"{place}.{site}", columns)
    drawn = [float(gaussian(key, step, 0, row, column, columns)) for row in range(rows) for column in range(columns)]
    return np.array(drawn).reshape(shape)


def annealed_noise(rate, variance, exponent):
    def update(weight, gradient, kept, step, place):
        noise = np.sqrt(variance / (1 + step) ** exponent) * draws(step, place, weight.shape, "gradient")
        return weight - rate * (gradient + noise)

    return formula_run(update)


def langevin(rate, temperature, decay):
    def update(weight, gradient, kept, step, place):
        noise = np.sqrt(2 * rate * temperature) * draws(step, place, weight.shape)
        return weight - rate * (gradient + decay * weight) + noise

    return formula_run(update)


def preconditioned_langevin(rate, temperature, smoothing, epsilon, decay):
    def update(weight, gradient, kept, step, place):
        kept["square"] = smoothing * kept.get("square", np.zeros_like(weight)) + (1 - smoothing) * gradient**2
        scale = 1 / (np.sqrt(kept["square"]) + epsilon)
        noise = np.sqrt(2 * rate * temperature * scale) * draws(step, place, weight.shape)
        return weight - rate * scale * (gradient + decay * weight) + noise

    return formula_run(update)


def sharpness_aware(make, radius):
    parameters = [torch.nn.Parameter(torch.from_numpy(value.astype(np.float64))) for value in INITIAL]
    optimizer = make(parameters)

    def gradient(place, weight, step):
        if GRADIENTS[step][place] is None:
            return None
        distance = weight.reshape(-1) - CENTRES[place].astype(np.float64)
        product = MATRICES[place].astype(np.float64) @ distance
        return product.reshape(SHAPES[place]) + GRADIENTS[step][place].astype(np.float64)

    values = []
    for step in range(STEPS):
        weights = [parameter.detach().numpy().copy() for parameter in parameters]
        first = [gradient(place, weight, step) for place, weight in enumerate(weights)]
        norm = np.sqrt(sum(np.sum(each**2) for each in first if each is not None))
        for place, parameter in enumerate(parameters):
            parameter.grad = None
            if first[place] is not None:
                moved = weights[place] + radius * first[place] / (norm + 1e-12)
                parameter.grad = torch.from_numpy(gradient(place, moved, step))
        optimizer.step()
        if step + 1 in RECORDED:
            values.append([numbers(parameter.detach().numpy()) for parameter in parameters])
    return {"values": values, "rates": None}


def formula_runs():
    return {
        "lion": lion(rate=1e-4, beta1=0.9, beta2=0.99, decay=0),
        "lion weight decay": lion(rate=0.01, beta1=0.8, beta2=0.95, decay=0.3),
        "annealed noise": annealed_noise(rate=0.05, variance=0.3, exponent=0.55),
        "sgld": langevin(rate=0.02, temperature=0.1, decay=0),
        "sgld weight decay": langevin(rate=0.01, temperature=1, decay=0.5),
        "preconditioned sgld": preconditioned_langevin(
            rate=1e-3, temperature=0.01, smoothing=0.99, epsilon=1e-2, decay=0
        ),
        "preconditioned sgld weight decay": preconditioned_langevin(
            rate=1e-3, temperature=0.1, smoothing=0.9, epsilon=0.1, decay=0.5
        ),
        "sharpness sgd": sharpness_aware(lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9), radius=0.1),
        "sharpness adamw": sharpness_aware(lambda p: torch.optim.AdamW(p, lr=0.01), radius=0.5),
    }
