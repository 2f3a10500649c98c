"""Writes what PyTorch computes, for the tests of Layers and Optimizers to compare with.

    pip install -r Tests/Reference/requirements.txt
    python Tests/Reference/make_pytorch_reference.py

The tests read only the files that this writes; the same versions write the same files.
"""

import json
from pathlib import Path

import numpy as np
import torch

TESTS = Path(__file__).resolve().parent.parent
torch.set_num_threads(1)
random = np.random.default_rng(20240607)


def normal(*shape):
    return torch.from_numpy(random.standard_normal(shape).astype(np.float32))


def numbers(tensor):
    """Single-precision numbers in row order, each with the nine digits that give it back."""
    return [float(f"{value:.9g}") for value in tensor.detach().float().reshape(-1).tolist()]


def write(path, contents):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(contents, separators=(",", ":")) + "\n")


def linear(batch, inputs, outputs, has_bias):
    x = normal(batch, inputs).requires_grad_()
    weight = (normal(outputs, inputs) / inputs**0.5).requires_grad_()
    bias = normal(outputs).requires_grad_() if has_bias else None
    y = torch.nn.functional.linear(x, weight, bias)
    dy = normal(batch, outputs)
    y.backward(dy)
    return {
        "batch": batch, "inputs": inputs, "outputs": outputs,
        "x": numbers(x), "weight": numbers(weight), "bias": numbers(bias) if has_bias else None,
        "y": numbers(y), "dy": numbers(dy), "dx": numbers(x.grad), "dweight": numbers(weight.grad),
        "dbias": numbers(bias.grad) if has_bias else None,
    }


def activation(name, module):
    special = [0.0, -0.0, 1e-30, -1e-30, 1e-4, -1e-4, 20.0, -20.0, 90.0, -90.0]
    x = torch.cat([torch.linspace(-6, 6, 97), torch.tensor(special), 2 * normal(50)])
    x = x.requires_grad_()
    y = module(x)
    dy = normal(len(x))
    y.backward(dy)
    return {"name": name, "x": numbers(x), "y": numbers(y), "dy": numbers(dy), "dx": numbers(x.grad)}


def cross_entropy(rows, classes, scale):
    logits = (scale * normal(rows, classes)).requires_grad_()
    labels = torch.from_numpy(random.integers(0, classes, rows))
    loss = torch.nn.functional.cross_entropy(logits, labels)
    loss.backward()
    return {
        "rows": rows, "columns": classes, "input": numbers(logits), "labels": labels.tolist(),
        "loss": numbers(loss)[0], "gradient": numbers(logits.grad),
    }


def mean_squared_error(rows, columns):
    predictions = normal(rows, columns).requires_grad_()
    targets = normal(rows, columns)
    loss = torch.nn.functional.mse_loss(predictions, targets)
    loss.backward()
    return {
        "rows": rows, "columns": columns, "input": numbers(predictions), "targets": numbers(targets),
        "loss": numbers(loss)[0], "gradient": numbers(predictions.grad),
    }


STEPS = 100
RECORDED = [1, 2, 3, 5, 10, 20, 30, 40, 49, 50, 51, 60, 70, 80, 90, 100]


def optimizer_data():
    """Two parameters. The second has no gradient in every third step; some gradients are zero or small."""
    initial = [normal(3, 2), normal(4)]
    gradients = []
    for step in range(STEPS):
        first = normal(3, 2) * 10.0 ** random.integers(-3, 1)
        first[0, 0] = 0 if step % 4 == 0 else first[0, 0]
        gradients.append([first, None if step % 3 == 1 else normal(4)])
    return initial, gradients


def trajectory(name, make, initial, gradients, maximum_norm=None, halve_rate_at=None):
    parameters = [torch.nn.Parameter(value.clone()) for value in initial]
    optimizer = make(parameters)
    record, norms = [], []
    for step in range(STEPS):
        if step == halve_rate_at:
            for group in optimizer.param_groups:
                group["lr"] /= 2
        for parameter, gradient in zip(parameters, gradients[step]):
            parameter.grad = None if gradient is None else gradient.clone()
        if maximum_norm is not None:
            norms.append(torch.nn.utils.clip_grad_norm_(parameters, maximum_norm))
        optimizer.step()
        if step + 1 in RECORDED:
            record.append([numbers(parameter) for parameter in parameters])
    return {
        "name": name, "maximumNorm": maximum_norm, "halveRateAt": halve_rate_at,
        "norms": numbers(torch.stack(norms)) if norms else None, "values": record,
    }


def optimizers():
    initial, gradients = optimizer_data()
    optim = torch.optim
    runs = [
        ("sgd", lambda p: optim.SGD(p, lr=0.05), {}),
        ("sgd weight decay", lambda p: optim.SGD(p, lr=0.05, weight_decay=0.1), {}),
        ("sgd momentum", lambda p: optim.SGD(p, lr=0.02, momentum=0.9), {}),
        ("sgd nesterov", lambda p: optim.SGD(p, lr=0.02, momentum=0.9, nesterov=True), {}),
        (
            "sgd nesterov weight decay",
            lambda p: optim.SGD(p, lr=0.02, momentum=0.8, nesterov=True, weight_decay=0.05),
            {"halve_rate_at": 50},
        ),
        ("sgd clipped", lambda p: optim.SGD(p, lr=0.05, momentum=0.5), {"maximum_norm": 1.5}),
        ("adam", lambda p: optim.Adam(p, lr=0.01), {}),
        (
            "adam weight decay",
            lambda p: optim.Adam(p, lr=0.01, betas=(0.8, 0.95), eps=1e-4, weight_decay=0.1),
            {"halve_rate_at": 50},
        ),
        ("adamw", lambda p: optim.AdamW(p, lr=0.01), {}),
        (
            "adamw weight decay",
            lambda p: optim.AdamW(p, lr=0.02, betas=(0.7, 0.99), eps=1e-6, weight_decay=0.5),
            {"halve_rate_at": 50},
        ),
        ("adamw clipped", lambda p: optim.AdamW(p, lr=0.01), {"maximum_norm": 0.7}),
    ]
    return {
        "shapes": [list(value.shape) for value in initial],
        "initial": [numbers(value) for value in initial],
        "gradients": [
            [None if gradient is None else numbers(gradient) for gradient in step] for step in gradients
        ],
        "recorded": RECORDED,
        "runs": [trajectory(name, make, initial, gradients, **extra) for name, make, extra in runs],
    }


def main():
    write(
        TESTS / "LayersTests/Resources/pytorch-layers.json",
        {
            "torch": torch.__version__.split("+")[0],
            "linear": [
                linear(1, 1, 1, True), linear(3, 5, 4, True), linear(7, 33, 10, True),
                linear(16, 17, 40, False), linear(2, 100, 3, True),
            ],
            "activations": [
                activation("ReLU", torch.nn.ReLU()), activation("Tanh", torch.nn.Tanh()),
                activation("Sigmoid", torch.nn.Sigmoid()), activation("GELU", torch.nn.GELU()),
            ],
            "crossEntropy": [
                cross_entropy(1, 1, 1), cross_entropy(5, 3, 1), cross_entropy(17, 10, 4),
                cross_entropy(4, 50, 30),
            ],
            "meanSquaredError": [
                mean_squared_error(1, 1), mean_squared_error(6, 5), mean_squared_error(40, 3),
            ],
        },
    )
    write(
        TESTS / "OptimizersTests/Resources/pytorch-optimizers.json",
        {"torch": torch.__version__.split("+")[0], **optimizers()},
    )


if __name__ == "__main__":
    main()
