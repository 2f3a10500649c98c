"""Writes runs of 100 steps of optimizers, for the tests of Optimizers to compare with.

    pip install -r Tests/Reference/requirements.txt
    python Tests/Reference/make_optimizers_reference.py

What PyTorch has is PyTorch's, in single precision. Lion, annealed noise on gradients, Langevin dynamics and sharpness-aware minimisation are their
papers' formulas in double precision; the draws come from stream.py. The tests read only the file that this writes;
the same versions write the same file.
"""

import json
from pathlib import Path

import torch

from optimizer_formulas import formula_runs
from optimizer_problem import CENTRES, GRADIENTS, INITIAL, MATRICES, RECORDED, SHAPES, STEPS, numbers

TESTS = Path(__file__).resolve().parent.parent

torch.set_num_threads(1)


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
