"""Writes runs of 100 steps of optimizers, for the tests of Optimizers to compare with.

    pip install -r Tests/Reference/requirements.txt
    python Tests/Reference/make_optimizers_reference.py

What PyTorch has is PyTorch's, in single precision. Lion, annealed noise on gradients, Langevin dynamics and sharpness-aware minimisation are their
papers' formulas in double precision; the draws come from stream.py. The tests read only the file that this writes;
the same versions write the same file.
"""

import json
from pathlib import Path

import numpy as np
import torch

from stream import gaussian, key_of

TESTS = Path(__file__).resolve().parent.parent
STEPS = 100
RECORDED = [1, 2, 3, 5, 10, 20, 30, 40, 49, 50, 51, 60, 70, 80, 90, 100]
SHAPES = [(3, 2), (4,)]
SEED = 42
OPTIMIZER_DOMAIN = 4

torch.set_num_threads(1)
random = np.random.default_rng(20260214)


def normal(*shape):
    return random.standard_normal(shape).astype(np.float32)


def numbers(array):
    """Single-precision numbers in row order, each with the nine digits that give it back."""
    return [float(f"{value:.9g}") for value in np.asarray(array, dtype=np.float32).reshape(-1).tolist()]


def given():
    """Two parameters. The second has no gradient in every third step; some gradients are zero or small."""
    initial = [normal(*shape) for shape in SHAPES]
    gradients = []
    for step in range(STEPS):
        first = (normal(3, 2) * 10.0 ** random.integers(-3, 1)).astype(np.float32)
        if step % 4 == 0:
            first[0, 0] = 0
        gradients.append([first, None if step % 3 == 1 else normal(4)])
    return initial, gradients


INITIAL, GRADIENTS = given()


# PyTorch.

def torch_run(make, after_step=None, scheduler=None, averaged=None, update_at=lambda step: True):
    """The weights at the recorded steps, or their averages; and the learning rate of each step, where it is scheduled."""
    module = torch.nn.ParameterList([torch.nn.Parameter(torch.from_numpy(value.copy())) for value in INITIAL])
    parameters = list(module)
    optimizer = make(parameters)
    schedule = scheduler(optimizer) if scheduler else None
    average = averaged(module) if averaged else None
    values, rates = [], []
    for step in range(STEPS):
        for parameter, gradient in zip(parameters, GRADIENTS[step]):
            parameter.grad = None if gradient is None else torch.from_numpy(gradient.copy())
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        if schedule:
            schedule.step()
        if after_step:
            with torch.no_grad():
                after_step(parameters)
        if average and update_at(step):
            average.update_parameters(module)
        if step + 1 in RECORDED:
            if average and average.n_averaged == 0:
                values.append(None)
                continue
            recorded = average.module if average else module
            values.append([numbers(parameter.detach().numpy()) for parameter in recorded])
    return {"values": values, "rates": rates if schedule else None}


def warm_up_and_cosine(optimizer):
    schedulers = torch.optim.lr_scheduler
    return schedulers.SequentialLR(
        optimizer,
        [
            schedulers.LinearLR(optimizer, start_factor=0.2, total_iters=20),
            schedulers.CosineAnnealingLR(optimizer, T_max=80),
        ],
        milestones=[20],
    )


def limit_rows(parameters):
    parameters[0].copy_(torch.renorm(parameters[0], p=2, dim=0, maxnorm=0.8))


def torch_runs():
    optim, swa = torch.optim, torch.optim.swa_utils
    ema = lambda module: swa.AveragedModel(module, multi_avg_fn=swa.get_ema_multi_avg_fn(0.95))
    groups = lambda p: optim.AdamW(
        [{"params": [p[0]], "lr": 0.002, "weight_decay": 0.3}, {"params": [p[1]]}], lr=0.02, weight_decay=0.05
    )
    return {
        "rmsprop": torch_run(lambda p: optim.RMSprop(p, lr=0.01)),
        "rmsprop momentum": torch_run(
            lambda p: optim.RMSprop(p, lr=0.005, alpha=0.9, eps=1e-6, weight_decay=0.1, momentum=0.8)
        ),
        "rmsprop centered": torch_run(lambda p: optim.RMSprop(p, lr=0.01, alpha=0.95, eps=1e-4, centered=True)),
        "rmsprop centered momentum": torch_run(
            lambda p: optim.RMSprop(p, lr=0.002, alpha=0.3, eps=1e-2, weight_decay=0.05, momentum=0.5, centered=True)
        ),
        "adagrad": torch_run(lambda p: optim.Adagrad(p)),
        "adagrad decays": torch_run(
            lambda p: optim.Adagrad(
                p, lr=0.2, lr_decay=0.02, weight_decay=0.1, initial_accumulator_value=0.3, eps=1e-6
            )
        ),
        "groups": torch_run(groups),
        "row norms": torch_run(lambda p: optim.SGD(p, lr=0.2, momentum=0.5), after_step=limit_rows),
        "schedule": torch_run(lambda p: optim.SGD(p, lr=0.1), scheduler=warm_up_and_cosine),
        "average exponential": torch_run(lambda p: optim.SGD(p, lr=0.1), averaged=ema),
        "average equal": torch_run(
            lambda p: optim.SGD(p, lr=0.1), averaged=swa.AveragedModel,
            update_at=lambda step: step >= 39 and step % 5 == 4,
        ),
    }


# Papers' formulas in double precision.

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


# A quadratic loss ½·(w − c)ᵀ·A·(w − c) of each parameter, to whose gradient the given one is added.

def quadratic():
    matrices, centres = [], []
    for shape in SHAPES:
        size = int(np.prod(shape))
        root = normal(size, size)
        matrices.append((root @ root.T / size + 0.5 * np.eye(size)).astype(np.float32))
        centres.append(normal(size))
    return matrices, centres


MATRICES, CENTRES = quadratic()


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


def main():
    contents = {
        "torch": torch.__version__.split("+")[0],
        "shapes": [list(shape) for shape in SHAPES],
        "initial": [numbers(value) for value in INITIAL],
        "gradients": [[None if each is None else numbers(each) for each in step] for step in GRADIENTS],
        "matrices": [numbers(matrix) for matrix in MATRICES],
        "centres": [numbers(centre) for centre in CENTRES],
        "recorded": RECORDED,
        "runs": {**torch_runs(), **formula_runs()},
    }
    path = TESTS / "OptimizersTests/Resources/optimizers.json"
    path.write_text(json.dumps(contents, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
