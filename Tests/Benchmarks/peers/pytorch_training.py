"""What PyTorch does in whole epochs, with files, and in the updates of its optimizers."""

import math
import os
import shutil
import tempfile
import weakref
from pathlib import Path
from typing import Any, Callable

import torch
import torch.nn.functional as F
from torch import Tensor, nn

import images
from data import Network
from protocol import Case, Unsupported, Workload

Kinds = dict[str, Callable[[Case], Workload]]
TEN_MILLION = [784, 2048, 2048, 2048, 10]


def read_images() -> tuple[Tensor, Tensor]:
    """The images as rows of floats from 0 to 255, and their classes."""
    pixels, labels = images.read()
    return torch.from_numpy(pixels).float(), torch.from_numpy(labels).long()


def epoch(case: Case, compiled: Callable, model: Callable) -> Workload:
    """Epochs of tensors in memory, by shuffled indices: no loader stands between."""
    images.read()
    classifier = model(Network(case), case["noise"])
    optimizer = torch.optim.Adam(classifier.parameters(), lr=1e-3, fused=True)
    loss_of = compiled(lambda x, labels: F.cross_entropy(classifier(x), labels))

    def call() -> None:
        x, labels = read_images()
        deviation, mean = torch.std_mean(x, correction=0)
        x.sub_(mean).div_(deviation)
        total = torch.zeros(())
        for rows in torch.randperm(len(x)).split(case["batch"]):
            loss = loss_of(x.index_select(0, rows), labels.index_select(0, rows))
            loss.backward()
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            total += loss.detach() * len(rows)
        if not math.isfinite(total.item()):
            raise ValueError(f"the losses of an epoch add up to {total.item()}")

    return Workload(call, warms_up=False)


class Checkpoints:
    """Ten million parameters in a folder of their own, with the state of Adam after a step where it is wanted."""

    def __init__(self, model: Callable, with_state: bool):
        self.folder = Path(tempfile.mkdtemp(dir=images.folder()))
        weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)
        self.classifier = model(Network({"layers": TEN_MILLION, "batch": 8}), False)
        self.optimizer = torch.optim.Adam(self.classifier.parameters(), fused=True) if with_state else None
        if self.optimizer:
            for parameter in self.classifier.parameters():
                parameter.grad = parameter.detach().clone()
            self.optimizer.step()
        self.save()

    def save(self) -> None:
        """Whole or not at all, and on the disk."""
        state: dict[str, Any] = {"model": self.classifier.state_dict()}
        if self.optimizer:
            state["optimizer"] = self.optimizer.state_dict()
        with open(self.folder / "partial", "wb") as file:
            torch.save(state, file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(self.folder / "partial", self.folder / "latest")

    def load(self) -> None:
        state = torch.load(self.folder / "latest", weights_only=True)
        self.classifier.load_state_dict(state["model"])
        if self.optimizer:
            self.optimizer.load_state_dict(state["optimizer"])


def files(case: Case, model: Callable) -> Workload:
    work = case["work"]
    if work == "images":
        images.read()
        return Workload(read_images)
    if work == "logMel":
        raise Unsupported("torchaudio is another package")
    checkpoints = Checkpoints(model, with_state=work.endswith("Run"))
    return Workload(checkpoints.save if work.startswith("save") else checkpoints.load)


def update(case: Case, is_compiled: bool) -> Workload:
    """Fused updates where there are some; compiled ones are fused by the compiler."""
    parameter = nn.Parameter(torch.randn(case["count"]))
    parameter.grad = torch.randn(case["count"])
    fused = {"foreach": True} if is_compiled else {"fused": True}
    optimizers = {
        "sgd": lambda: torch.optim.SGD([parameter], lr=0.01, **fused),
        "adam": lambda: torch.optim.Adam([parameter], lr=1e-3, **fused),
        "rmsprop": lambda: torch.optim.RMSprop([parameter], lr=1e-3, foreach=True),
        "adagrad": lambda: torch.optim.Adagrad([parameter], lr=0.01, **fused),
    }
    if case["optimizer"] not in optimizers:
        raise Unsupported(f"PyTorch has no {case['optimizer']}")
    optimizer = optimizers[case["optimizer"]]()
    return Workload(torch.compile(optimizer.step) if is_compiled else optimizer.step)


def kinds(compiled: Callable, model: Callable, is_compiled: bool) -> Kinds:
    """What the peer does; compiled mode reads and writes files no differently."""
    found: Kinds = {
        "epoch": lambda case: epoch(case, compiled, model),
        "update": lambda case: update(case, is_compiled),
    }
    return found if is_compiled else found | {"files": lambda case: files(case, model)}
