"""PyTorch: python pytorch.py eager|compiled"""

import protocol  # first: it asks for the processors and sets the environment before libraries read it

import sys
from typing import Callable

import torch
import torch.nn.functional as F
from torch import Tensor, nn

import pytorch_smoothing
import pytorch_training
from data import Network, NoisyLinear, Product, empty
from protocol import Case, Peer, Unsupported, Workload

COMPILED = sys.argv[1] == "compiled"
# Each case compiles functions of the same code anew.
torch._dynamo.config.recompile_limit = torch._dynamo.config.accumulated_recompile_limit = 10_000


def compiled(function: Callable, **options) -> Callable:
    """The function itself in eager mode."""
    return torch.compile(function, fullgraph=True, dynamic=False, **options) if COMPILED else function


def without_gradients(call: Callable[[], object]) -> Workload:
    """`call` in inference mode, which compiled code needs around it, not in it, and which is entered once for a turn."""

    def times(repetitions: int) -> None:
        with torch.inference_mode():
            for _ in range(repetitions):
                call()

    return Workload(lambda: times(1), repeat=times)


def product(case: Case) -> Workload:
    operands = Product(case)
    left, right = (torch.from_numpy(factor) for factor in operands.factors())
    result = torch.from_numpy(empty(*operands.shape))
    multiply = compiled(lambda left, right, result: torch.mm(left, right, out=result))
    workload = without_gradients(lambda: multiply(left, right, result))
    workload.call()
    operands.verify(result.numpy())
    return workload


def noisy_forward(case: Case) -> Workload:
    data = NoisyLinear(case)
    x, weight, bias = (torch.from_numpy(array) for array in (data.input, data.weight, data.bias))
    passes = {
        "none": lambda x, weight, bias: F.linear(x, weight, bias),
        "inputGaussian": lambda x, weight, bias: F.linear(x + 0.1 * torch.randn_like(x), weight, bias),
        "outputGaussian": lambda x, weight, bias: (y := F.linear(x, weight, bias)) + 0.1 * torch.randn_like(y),
        "outputDropout": lambda x, weight, bias: F.dropout(F.linear(x, weight, bias), 0.2),
    }
    if case["noise"] not in passes:
        raise Unsupported(f"PyTorch has no {case['noise']}")
    forward = compiled(passes[case["noise"]])
    return without_gradients(lambda: forward(x, weight, bias))


def fill(case: Case) -> Workload:
    buffer = torch.zeros(case["count"])
    fills = {
        "gaussian": lambda: buffer.normal_(),
        "uniform": lambda: buffer.uniform_(),
        "bernoulli": lambda: buffer.bernoulli_(0.5),
        "logNormal": lambda: buffer.log_normal_(),
        "exponential": lambda: buffer.exponential_(),
    }
    if case["distribution"] not in fills:
        raise Unsupported(f"PyTorch fills no buffer with {case['distribution']}")
    if COMPILED:
        draws = {
            "gaussian": lambda buffer: buffer.copy_(torch.randn_like(buffer)),
            "uniform": lambda buffer: buffer.copy_(torch.rand_like(buffer)),
            "bernoulli": lambda buffer: buffer.copy_(torch.rand_like(buffer) < 0.5),
            "logNormal": lambda buffer: buffer.copy_(torch.exp(torch.randn_like(buffer))),
            "exponential": lambda buffer: buffer.copy_(-torch.log1p(-torch.rand_like(buffer))),
        }
        draw = compiled(draws[case["distribution"]])
        return without_gradients(lambda: draw(buffer))
    return without_gradients(fills[case["distribution"]])


class Noise(nn.Module):
    """x plus Gaussian noise of standard deviation 0.1."""

    def forward(self, x: Tensor) -> Tensor:
        return x + 0.1 * torch.randn_like(x)


def model(network: Network, noisy: bool) -> nn.Sequential:
    """The network, with noise on its input and dropout behind each ReLU where asked for."""
    modules: list[nn.Module] = [Noise()] if noisy else []
    for index, layer in enumerate(network.layers):
        linear = nn.Linear(layer.weight.shape[1], layer.weight.shape[0])
        linear.weight = nn.Parameter(torch.from_numpy(layer.weight))
        linear.bias = nn.Parameter(torch.from_numpy(layer.bias))
        modules.append(linear)
        if index < len(network.layers) - 1:
            modules.append(nn.ReLU())
            if noisy:
                modules.append(nn.Dropout(0.2))
    return nn.Sequential(*modules)


def step(case: Case) -> Workload:
    network = Network(case)
    classifier = model(network, case["noise"])
    x, labels = torch.from_numpy(network.input), torch.from_numpy(network.labels)
    parameters = list(classifier.parameters())
    optimizer = (
        torch.optim.Adam(parameters, lr=1e-3, fused=True)
        if case["optimizer"] == "adam"
        else torch.optim.SGD(parameters, lr=0.01, fused=True)
    )
    loss_of = compiled(lambda: F.cross_entropy(classifier(x), labels))
    last: list[Tensor] = []

    def call() -> None:
        loss = loss_of()
        loss.backward()
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        last[:] = [loss.detach()]

    return Workload(call, loss=lambda: last[0].item())


def inference(case: Case) -> Workload:
    network = Network(case)
    classifier = model(network, noisy=False).eval()
    x = torch.from_numpy(network.input)
    forward = compiled(classifier, options={"freezing": True} if COMPILED else None)
    return without_gradients(lambda: forward(x))


if __name__ == "__main__":
    torch.set_num_threads(protocol.THREADS)
    torch.manual_seed(1)
    settings = f"{sys.argv[1]}, {protocol.THREADS} threads"
    longer = pytorch_training.kinds(compiled, model, COMPILED)
    name = "PyTorch compiled" if COMPILED else "PyTorch"
    kinds: dict[str, Callable[[Case], Workload]] = {
        "product": product,
        "noisyForward": noisy_forward,
        "fill": fill,
        "step": step,
        "inference": inference,
        "smoothing": lambda case: pytorch_smoothing.smoothing(case, compiled, model),
    }
    protocol.main(Peer(name, torch.__version__, settings, kinds | longer))
