"""Writes what PyTorch computes for activations, normalisations and losses, for the tests of Layers to compare with.

    pip install -r Tests/Reference/requirements.txt
    python Tests/Reference/make_layers_reference.py

The tests read only the file that this writes; the same versions write the same file.
"""

import numpy as np
import torch
from torch.nn import functional

from make_pytorch_reference import TESTS, activation, numbers, write

random = np.random.default_rng(20260214)


def normal(*shape):
    return torch.from_numpy(random.standard_normal(shape).astype(np.float32))


def softmax(rows, columns, scale):
    x = (scale * normal(rows, columns)).requires_grad_()
    y = torch.nn.Softmax(dim=-1)(x)
    dy = normal(rows, columns)
    y.backward(dy)
    return {
        "shape": [rows, columns], "x": numbers(x), "y": numbers(y), "dy": numbers(dy), "dx": numbers(x.grad),
    }


def layer_norm(shape, affine, offset=0.0, epsilon=1e-5):
    module = torch.nn.LayerNorm(shape[-1], eps=epsilon, elementwise_affine=affine)
    if affine:
        module.weight.data = normal(shape[-1])
        module.bias.data = normal(shape[-1])
    x = (normal(*shape) + offset).requires_grad_()
    y = module(x)
    dy = normal(*shape)
    y.backward(dy)
    return {
        "shape": list(shape), "epsilon": epsilon, "x": numbers(x), "y": numbers(y), "dy": numbers(dy),
        "dx": numbers(x.grad), "scale": numbers(module.weight) if affine else None,
        "shift": numbers(module.bias) if affine else None,
        "dscale": numbers(module.weight.grad) if affine else None,
        "dshift": numbers(module.bias.grad) if affine else None,
    }


def batch_norm(rows, features, affine, epsilon=1e-5, momentum=0.1):
    """Three batches in training, then one at inference, each with its gradients."""
    module = torch.nn.BatchNorm1d(features, eps=epsilon, momentum=momentum, affine=affine)
    if affine:
        module.weight.data = normal(features)
        module.bias.data = normal(features)
    passes = []
    for training in [True, True, True, False]:
        module.train(training)
        module.zero_grad()
        x = (2 * normal(rows, features) + 1).requires_grad_()
        y = module(x)
        dy = normal(rows, features)
        y.backward(dy)
        passes.append({
            "training": training, "x": numbers(x), "y": numbers(y), "dy": numbers(dy), "dx": numbers(x.grad),
            "dscale": numbers(module.weight.grad) if affine else None,
            "dshift": numbers(module.bias.grad) if affine else None,
            "runningMean": numbers(module.running_mean), "runningVariance": numbers(module.running_var),
        })
    return {
        "rows": rows, "features": features, "epsilon": epsilon, "momentum": momentum,
        "scale": numbers(module.weight) if affine else None,
        "shift": numbers(module.bias) if affine else None, "passes": passes,
    }


def cross_entropy(rows, classes, scale, smoothing, weighted):
    logits = (scale * normal(rows, classes)).requires_grad_()
    labels = torch.from_numpy(random.integers(0, classes, rows))
    weights = normal(classes).abs() if weighted else None
    if weighted:
        weights[0] = 0
    loss = functional.cross_entropy(
        logits, labels, weight=weights, label_smoothing=smoothing, reduction="sum") / rows
    loss.backward()
    again = logits.detach().requires_grad_()
    mean = functional.cross_entropy(again, labels, weight=weights, label_smoothing=smoothing)
    mean.backward()
    return {
        "shape": [rows, classes], "input": numbers(logits), "labels": labels.tolist(), "smoothing": smoothing,
        "weights": numbers(weights) if weighted else None, "loss": numbers(loss)[0],
        "gradient": numbers(logits.grad), "mean": numbers(mean)[0], "meanGradient": numbers(again.grad),
    }


def elementwise(loss, shape, scale, targets, **settings):
    predictions = (scale * normal(*shape)).requires_grad_()
    value = loss(predictions, targets, **settings)
    value.backward()
    return {
        "shape": list(shape), "input": numbers(predictions), "targets": numbers(targets),
        "delta": settings.get("delta"), "loss": numbers(value)[0], "gradient": numbers(predictions.grad),
    }


def binary_cross_entropy(shape, scale, soft):
    targets = torch.from_numpy(random.random(shape).astype(np.float32))
    targets = targets if soft else targets.round()
    return elementwise(functional.binary_cross_entropy_with_logits, shape, scale, targets)


def main():
    write(
        TESTS / "LayersTests/Resources/pytorch-activations-normalisations-losses.json",
        {
            "torch": torch.__version__.split("+")[0],
            "activations": [
                activation("LeakyReLU", torch.nn.LeakyReLU()), activation("LeakyReLU 0.2", torch.nn.LeakyReLU(0.2)),
                activation("ELU", torch.nn.ELU()), activation("ELU 0.4", torch.nn.ELU(0.4)),
                activation("SELU", torch.nn.SELU()), activation("SiLU", torch.nn.SiLU()),
                activation("Softplus", torch.nn.Softplus()), activation("Softplus 2.5", torch.nn.Softplus(2.5)),
            ],
            "softmax": [softmax(1, 1, 1), softmax(5, 3, 1), softmax(17, 33, 10)],
            "layerNorm": [
                layer_norm((4, 3), True), layer_norm((5, 16), False), layer_norm((3, 4, 33), True),
                layer_norm((6, 100), True, offset=100.0, epsilon=1e-3),
            ],
            "batchNorm": [
                batch_norm(2, 1, True), batch_norm(5, 16, False), batch_norm(16, 19, True),
                batch_norm(4, 40, True, epsilon=1e-3, momentum=0.3),
            ],
            "crossEntropy": [
                cross_entropy(5, 3, 1, 0.1, False), cross_entropy(17, 10, 4, 0.0, True),
                cross_entropy(9, 50, 10, 0.2, True), cross_entropy(4, 2, 1, 1.0, False),
            ],
            "binaryCrossEntropy": [
                binary_cross_entropy((7,), 3, False), binary_cross_entropy((5, 6), 1, True),
                binary_cross_entropy((33, 3), 10, False),
            ],
            "meanAbsoluteError": [
                elementwise(functional.l1_loss, shape, 2, normal(*shape)) for shape in [(1,), (6, 5), (40, 3)]
            ],
            "huberLoss": [
                elementwise(functional.huber_loss, shape, 2, normal(*shape), delta=delta)
                for shape, delta in [((9,), 1.0), ((6, 5), 0.3), ((40, 3), 2.0)]
            ],
        },
    )


if __name__ == "__main__":
    main()
