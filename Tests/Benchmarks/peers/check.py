"""Runs every kind of case on small shapes: products are compared with double precision, answers under noise with other draws by NumPy,
and training must lower the loss.

`python check.py` does so for each contender, in a process of its own.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np

from protocol import Case, Peer, Unsupported, Workload

STEPS = 200
# Of the last of these steps, after the two that prepared it; every peer begins with the same parameters.
PLAIN_LOSSES = {"sgd": 2.2386, "adam": 0.0551}
LAYERS = [24, 32, 32, 10]


def small_cases() -> list[Case]:
    products = [
        {"kind": "product", "direction": direction, "batch": batch, "inputs": 77, "outputs": outputs}
        for direction in ("forward", "inputGradient", "weightGradient")
        for batch, outputs in ((1, 60), (50, 60), (50, 1))
    ]
    forward = [
        {"kind": "noisyForward", "noise": noise, "batch": 20, "inputs": 77, "outputs": 60}
        for noise in ("none", "inputGaussian", "outputGaussian", "outputDropout", "inputTriangular", "inputLogistic")
    ]
    fills = [
        {"kind": "fill", "distribution": name, "count": 4096}
        for name in ("gaussian", "uniform", "bernoulli", "logNormal", "laplace", "logistic", "exponential", "truncated")
    ]
    steps = [
        {"kind": "step", "layers": LAYERS, "batch": 64, "optimizer": optimizer, "noise": noise}
        for optimizer in ("sgd", "adam")
        for noise in (False, True)
    ]
    epoch = {"kind": "epoch", "layers": [784, 32, 10], "batch": 128, "optimizer": "adam", "noise": True}
    files = [
        {"kind": "files", "work": work} for work in ("images", "logMel", "saveModel", "saveRun", "loadModel", "loadRun")
    ]
    updates = [
        {"kind": "update", "optimizer": optimizer, "count": 4096}
        for optimizer in ("sgd", "adam", "rmsprop", "adagrad", "lion", "sgld", "preconditionedSGLD")
    ]
    inference = {"kind": "inference", "layers": LAYERS, "batch": 1}
    smoothing = {"kind": "smoothing", "layers": LAYERS, "draws": 2500}
    return products + forward + fills + steps + [inference, epoch] + files + updates + [smoothing]


def check(peer: Peer) -> None:
    """Prints what each case came to; exits with 1 if one is wrong."""
    wrong = 0
    print(f"{peer.name} {peer.version}: {peer.settings}")
    for case in small_cases():
        label = " ".join(str(value) for value in case.values())
        try:
            workload = peer.prepare(case)
        except Unsupported as reason:
            print(f"  {label}: unsupported: {reason}")
            continue
        except ValueError as error:
            print(f"  {label}: WRONG: {error}")
            wrong += 1
            continue
        if not workload.loss:
            print(f"  {label}: ran in {workload.seconds(2) / 2 * 1e6:.0f} µs")
            continue
        losses = training(workload)
        first, last = np.mean(losses[: STEPS // 10]), np.mean(losses[-STEPS // 10 :])
        verdict = "" if last < first else " WRONG: it did not fall"
        if not case["noise"] and abs(losses[-1] - PLAIN_LOSSES[case["optimizer"]]) > 2e-4:
            verdict += f" WRONG: the last is {losses[-1]:.4f}, not {PLAIN_LOSSES[case['optimizer']]}"
        wrong += 1 if verdict else 0
        print(f"  {label}: loss {first:.3f} to {last:.3f}{verdict}")
    sys.exit(1 if wrong else 0)


def training(workload: Workload) -> list[float]:
    """The losses of `STEPS` more steps."""
    losses = []
    for _ in range(STEPS):
        workload.call()
        workload.finish()
        losses.append(workload.loss())
    return losses


def check_all() -> None:
    """Runs each contender with `--check`, as the conductor would start it."""
    here = Path(__file__).resolve().parent
    failed = []
    for contender in json.loads((here / "contenders.json").read_text()):
        environment = os.environ | contender.get("environment", {})
        command = [sys.executable, *contender["command"][1:], "--check"]
        if subprocess.run(command, cwd=here, env=environment).returncode:
            failed.append(contender["name"])
    if failed:
        sys.exit(f"error: wrong or without an answer: {', '.join(failed)}")
    print("every peer computes what it should")


if __name__ == "__main__":
    check_all()
