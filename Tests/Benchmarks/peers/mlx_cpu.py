"""MLX on the CPU."""

import protocol  # first: it asks for the processors and sets the environment before libraries read it

from functools import partial
from typing import Callable

import mlx.core as mx
import mlx.nn as nn
import mlx.optimizers
import numpy as np

from data import Network, NoisyLinear, Product
from protocol import Case, Peer, Unsupported, Workload


def evaluated(function: Callable[[], object]) -> Workload:
    """MLX computes nothing until it is asked to."""
    return Workload(lambda: mx.eval(function()))


def product(case: Case) -> Workload:
    operands = Product(case)
    left, right = mx.array(operands.left), mx.array(operands.right)
    multiply = mx.compile({
        "forward": lambda left, right: left @ right.T,
        "inputGradient": lambda left, right: left @ right,
        "weightGradient": lambda left, right: left.T @ right,
    }[operands.direction])
    operands.verify(np.array(multiply(left, right)))
    return evaluated(lambda: multiply(left, right))


def linear(x: mx.array, weight: mx.array, bias: mx.array) -> mx.array:
    return mx.addmm(bias, x, weight.T)


def with_noise(x: mx.array) -> mx.array:
    return x + 0.1 * mx.random.normal(x.shape)


def dropout(x: mx.array) -> mx.array:
    return mx.random.bernoulli(0.8, x.shape) * x / 0.8


def noisy_forward(case: Case) -> Workload:
    data = NoisyLinear(case)
    arguments = [mx.array(array) for array in (data.input, data.weight, data.bias)]
    passes = {
        "none": linear,
        "inputGaussian": lambda x, weight, bias: linear(with_noise(x), weight, bias),
        "outputGaussian": lambda x, weight, bias: with_noise(linear(x, weight, bias)),
        "outputDropout": lambda x, weight, bias: dropout(linear(x, weight, bias)),
    }
    if case["noise"] not in passes:
        raise Unsupported(f"MLX has no {case['noise']}")
    forward = passes[case["noise"]]
    return evaluated(lambda: forward(*arguments))


def fill(case: Case) -> Workload:
    shape = [case["count"]]
    fills = {
        "gaussian": lambda: mx.random.normal(shape),
        "uniform": lambda: mx.random.uniform(shape=shape),
        "bernoulli": lambda: mx.random.bernoulli(0.5, shape).astype(mx.float32),
        "logNormal": lambda: mx.exp(mx.random.normal(shape)),
        "laplace": lambda: mx.random.laplace(shape),
        "truncated": lambda: mx.random.truncated_normal(-2, 2, shape),
    }
    if case["distribution"] not in fills:
        raise Unsupported(f"MLX has no {case['distribution']}")
    return evaluated(fills[case["distribution"]])


class Classifier(nn.Module):
    def __init__(self, network: Network, noisy: bool):
        super().__init__()
        self.noisy = noisy
        self.layers = []
        for layer in network.layers:
            dense = nn.Linear(*reversed(layer.weight.shape))
            dense.update({"weight": mx.array(layer.weight), "bias": mx.array(layer.bias)})
            self.layers.append(dense)

    def __call__(self, x: mx.array) -> mx.array:
        x = with_noise(x) if self.noisy else x
        for layer in self.layers[:-1]:
            x = nn.relu(layer(x))
            x = dropout(x) if self.noisy else x
        return self.layers[-1](x)


def step(case: Case) -> Workload:
    network = Network(case)
    classifier = Classifier(network, case["noise"])
    x, labels = mx.array(network.input), mx.array(network.labels)
    optimizer = mlx.optimizers.Adam(1e-3, bias_correction=True) if case["optimizer"] == "adam" else mlx.optimizers.SGD(0.01)
    state = [classifier.state, optimizer.state, mx.random.state]
    losses = nn.value_and_grad(classifier, lambda x, labels: nn.losses.cross_entropy(classifier(x), labels, reduction="mean"))

    @partial(mx.compile, inputs=state, outputs=state)
    def train(x: mx.array, labels: mx.array) -> mx.array:
        loss, gradients = losses(x, labels)
        optimizer.update(classifier, gradients)
        return loss

    last: list[mx.array] = []

    def call() -> None:
        last[:] = [train(x, labels)]
        mx.eval(last, state)

    return Workload(call, loss=lambda: last[0].item())


def inference(case: Case) -> Workload:
    network = Network(case)
    classifier = Classifier(network, noisy=False)
    x = mx.array(network.input)
    forward = mx.compile(classifier)
    return evaluated(lambda: forward(x))


if __name__ == "__main__":
    mx.set_default_device(mx.cpu)
    mx.random.seed(1)
    kinds = {"product": product, "noisyForward": noisy_forward, "fill": fill, "step": step, "inference": inference}
    protocol.main(Peer("MLX", mx.__version__, "CPU; products, steps and inference compiled", kinds))
