"""JAX on the CPU, jit."""

import protocol  # first: it asks for the processors and sets the environment before libraries read it

import os

# XLA takes as many threads as the process may use processors.
os.sched_setaffinity(0, protocol.PROCESSORS[: protocol.THREADS])
# The fastest on a CPU: a Gaussian takes "rbg" four times as long.
GENERATOR = "threefry2x32"
os.environ["JAX_PLATFORMS"] = "cpu"
os.environ["JAX_DEFAULT_PRNG_IMPL"] = GENERATOR

from functools import partial
from typing import Callable

import jax
import jax.numpy as jnp
import numpy as np

from data import SEED, Network, NoisyLinear, Product
from protocol import Case, Peer, Unsupported, Workload

Array = jax.Array


def keyed(draw: Callable, *arguments) -> Workload:
    """A workload of `draw(key, *arguments)`, which returns the next key and its result; each call has the key of the one before."""
    key = [jax.random.key(SEED)]
    jitted = jax.jit(lambda key, *arguments: (jax.random.split(key)[0], draw(key, *arguments)))

    def call() -> None:
        key[0], result = jitted(key[0], *arguments)
        result.block_until_ready()

    return Workload(call)


def product(case: Case) -> Workload:
    operands = Product(case)
    left, right = jnp.asarray(operands.left), jnp.asarray(operands.right)
    multiply = jax.jit({
        "forward": lambda left, right: left @ right.T,
        "inputGradient": lambda left, right: left @ right,
        "weightGradient": lambda left, right: left.T @ right,
    }[operands.direction])
    operands.verify(np.asarray(multiply(left, right)))
    return Workload(lambda: multiply(left, right).block_until_ready())


def linear(x: Array, weight: Array, bias: Array) -> Array:
    return x @ weight.T + bias


def with_noise(key: Array, x: Array) -> Array:
    return x + 0.1 * jax.random.normal(key, x.shape)


def dropout(key: Array, x: Array) -> Array:
    return jnp.where(jax.random.bernoulli(key, 0.8, x.shape), x / 0.8, 0)


def noisy_forward(case: Case) -> Workload:
    data = NoisyLinear(case)
    x, weight, bias = (jnp.asarray(array) for array in (data.input, data.weight, data.bias))
    passes = {
        "inputGaussian": lambda key, x, weight, bias: linear(with_noise(key, x), weight, bias),
        "outputGaussian": lambda key, x, weight, bias: with_noise(key, linear(x, weight, bias)),
        "outputDropout": lambda key, x, weight, bias: dropout(key, linear(x, weight, bias)),
    }
    if case["noise"] == "none":
        plain = jax.jit(linear)
        return Workload(lambda: plain(x, weight, bias).block_until_ready())
    if case["noise"] not in passes:
        raise Unsupported(f"JAX has no {case['noise']}")
    return keyed(passes[case["noise"]], x, weight, bias)


def fill(case: Case) -> Workload:
    shape = (case["count"],)
    fills = {
        "gaussian": lambda key: jax.random.normal(key, shape),
        "uniform": lambda key: jax.random.uniform(key, shape),
        "bernoulli": lambda key: jax.random.bernoulli(key, 0.5, shape).astype(jnp.float32),
        "logNormal": lambda key: jnp.exp(jax.random.normal(key, shape)),
        "laplace": lambda key: jax.random.laplace(key, shape),
        "logistic": lambda key: jax.random.logistic(key, shape),
        "exponential": lambda key: jax.random.exponential(key, shape),
        "rademacher": lambda key: jax.random.rademacher(key, shape, jnp.float32),
        "truncated": lambda key: jax.random.truncated_normal(key, -2, 2, shape),
    }
    if case["distribution"] not in fills:
        raise Unsupported(f"JAX's part here has no {case['distribution']}")
    return keyed(fills[case["distribution"]])


def logits(parameters: list[tuple[Array, Array]], x: Array, key: Array | None) -> Array:
    """The network's output, noisy where there is a key."""
    keys = iter(() if key is None else jax.random.split(key, len(parameters)))
    x = x if key is None else with_noise(next(keys), x)
    for weight, bias in parameters[:-1]:
        x = jax.nn.relu(linear(x, weight, bias))
        x = x if key is None else dropout(next(keys), x)
    return linear(x, *parameters[-1])


def adam(parameters, gradients, state):
    """Adam as in the paper, with JAX's tree functions."""
    count, means, squares = state
    count = count + 1
    means = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, means, gradients)
    squares = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g * g, squares, gradients)
    rate, scale = 1e-3 / (1 - 0.9**count), 1 / (1 - 0.999**count)
    update = lambda p, m, v: p - rate * m / (jnp.sqrt(v * scale) + 1e-8)
    return jax.tree.map(update, parameters, means, squares), (count, means, squares)


def sgd(parameters, gradients, state):
    return jax.tree.map(lambda p, g: p - 0.01 * g, parameters, gradients), state


def step(case: Case) -> Workload:
    network = Network(case)
    parameters = [(jnp.asarray(layer.weight), jnp.asarray(layer.bias)) for layer in network.layers]
    x, labels = jnp.asarray(network.input), jnp.asarray(network.labels)
    zeros = lambda: jax.tree.map(jnp.zeros_like, parameters)
    update, state = (adam, (jnp.zeros(()), zeros(), zeros())) if case["optimizer"] == "adam" else (sgd, ())

    def loss(parameters, x, labels, key):
        scores = jax.nn.log_softmax(logits(parameters, x, key))
        return -jnp.take_along_axis(scores, labels[:, None], axis=1).mean()

    @partial(jax.jit, donate_argnums=0)
    def train(everything, x, labels):
        parameters, state, key = everything
        now, following = (key, key) if key is None else jax.random.split(key)
        value, gradients = jax.value_and_grad(loss)(parameters, x, labels, now)
        return (*update(parameters, gradients, state), following), value

    current = [(parameters, state, jax.random.key(SEED) if case["noise"] else None), None]

    def call() -> None:
        current[:] = train(current[0], x, labels)

    return Workload(call, finish=lambda: jax.block_until_ready(current), loss=lambda: float(current[1]))


def inference(case: Case) -> Workload:
    network = Network(case)
    parameters = [(jnp.asarray(layer.weight), jnp.asarray(layer.bias)) for layer in network.layers]
    x = jnp.asarray(network.input)
    forward = jax.jit(lambda x: logits(parameters, x, None))
    return Workload(lambda: forward(x).block_until_ready())


if __name__ == "__main__":
    kinds = {"product": product, "noisyForward": noisy_forward, "fill": fill, "step": step, "inference": inference}
    protocol.main(Peer("JAX", jax.__version__, f"jit, {protocol.THREADS} threads, {GENERATOR}", kinds))
