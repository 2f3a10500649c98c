"""NumPy, with the BLAS that its wheel brings."""

import protocol  # first: it asks for the processors and sets the environment before libraries read it

import os

os.environ["OPENBLAS_NUM_THREADS"] = str(protocol.THREADS)

import numpy as np

from data import SEED, Network, NoisyLinear, Product, empty
from protocol import Case, Peer, Unsupported, Workload

protocol.bind_threads()
random = np.random.Generator(np.random.SFC64(SEED))


def product(case: Case) -> Workload:
    operands = Product(case)
    left, right = operands.factors()
    result = empty(*operands.shape)
    np.matmul(left, right, out=result)
    operands.verify(result)
    return Workload(lambda: np.matmul(left, right, out=result))


def noisy_forward(case: Case) -> Workload:
    data = NoisyLinear(case)
    x, weight, bias = data.input, data.weight.T, data.bias
    noise = empty(*x.shape)
    result = empty(case["batch"], case["outputs"])
    output_noise = np.empty_like(result)

    def plain(x: np.ndarray = x) -> np.ndarray:
        np.matmul(x, weight, out=result)
        return np.add(result, bias, out=result)

    def gaussian(array: np.ndarray) -> np.ndarray:
        random.standard_normal(dtype=np.float32, out=array)
        return np.multiply(array, np.float32(0.1), out=array)

    def input_gaussian() -> np.ndarray:
        return plain(np.add(x, gaussian(noise), out=noise))

    def output_gaussian() -> np.ndarray:
        return np.add(plain(), gaussian(output_noise), out=result)

    def output_dropout() -> np.ndarray:
        random.random(dtype=np.float32, out=output_noise)
        np.multiply(output_noise >= np.float32(0.2), np.float32(1 / 0.8), out=output_noise)
        return np.multiply(plain(), output_noise, out=result)

    passes = {"none": plain, "inputGaussian": input_gaussian, "outputGaussian": output_gaussian, "outputDropout": output_dropout}
    if case["noise"] not in passes:
        raise Unsupported(f"NumPy's part here has no {case['noise']}")
    return Workload(passes[case["noise"]])


def fill(case: Case) -> Workload:
    buffer = empty(case["count"])

    def gaussian() -> np.ndarray:
        return random.standard_normal(dtype=np.float32, out=buffer)

    def uniform() -> np.ndarray:
        return random.random(dtype=np.float32, out=buffer)

    fills = {
        "gaussian": gaussian,
        "uniform": uniform,
        "bernoulli": lambda: np.less(uniform(), np.float32(0.5), out=buffer, casting="unsafe"),
        "logNormal": lambda: np.exp(gaussian(), out=buffer),
        "exponential": lambda: random.standard_exponential(dtype=np.float32, out=buffer),
    }
    if case["distribution"] not in fills:
        raise Unsupported(f"NumPy fills no buffer with {case['distribution']}")
    return Workload(fills[case["distribution"]])


def inference(case: Case) -> Workload:
    network = Network(case)
    outputs = [empty(case["batch"], layer.weight.shape[0]) for layer in network.layers]

    def forward() -> np.ndarray:
        x = network.input
        for layer, output in zip(network.layers, outputs):
            np.matmul(x, layer.weight.T, out=output)
            x = np.add(output, layer.bias, out=output)
            if output is not outputs[-1]:
                np.maximum(output, 0, out=output)
        return x

    return Workload(forward)


if __name__ == "__main__":
    kinds = {"product": product, "noisyForward": noisy_forward, "fill": fill, "inference": inference}
    protocol.main(Peer("NumPy", np.__version__, f"OpenBLAS of the wheel, {protocol.THREADS} threads", kinds))
