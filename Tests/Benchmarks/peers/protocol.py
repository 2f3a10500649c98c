"""The contender's side of the benchmark: JSON lines on standard input and output.

A peer is a `Peer`: its name, and for each kind of case a function that prepares a `Workload`. `main` serves the conductor, or with
`--check` runs every kind of case once on small shapes (check.py).
"""

import gc
import json
import os
import sys
import time
from dataclasses import dataclass
from itertools import cycle
from typing import Any, Callable

Case = dict[str, Any]

# Asked for before any library binds this thread to one of them.
PROCESSORS = sorted(os.sched_getaffinity(0))
THREADS = int(os.environ.get("DITHER_BENCH_THREADS") or len(PROCESSORS))
# NumPy fills and checks arrays for all peers: its BLAS is to have no threads that stand in their way.
os.environ["OPENBLAS_NUM_THREADS"] = "1"
# What a library prints goes to standard error, so that it breaks no answer.
ANSWERS = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)


class Unsupported(Exception):
    """The peer has no way to do what the case asks."""


@dataclass
class Workload:
    """A prepared case: `call` is what is timed, and returns once its result is there.

    `finish` waits for what calls have left under way, once, at the end of the timing. `repeat` makes so many calls where a loop in
    Python would cost too much. `loss` is the loss of a training step's last call. `warms_up` is false of what takes seconds: it runs
    once to be prepared, and never untimed again.
    """

    call: Callable[[], Any]
    finish: Callable[[], Any] = lambda: None
    repeat: Callable[[int], Any] | None = None
    loss: Callable[[], float] | None = None
    warms_up: bool = True

    def seconds(self, repetitions: int) -> float:
        """Wall-clock time of so many calls in a row, after one that is not timed if it warms up."""
        gc.collect()
        gc.disable()
        if self.warms_up:
            self.call()
            self.finish()
        start = time.perf_counter()
        if self.repeat:
            self.repeat(repetitions)
        else:
            for _ in range(repetitions):
                self.call()
        self.finish()
        elapsed = time.perf_counter() - start
        gc.enable()
        return elapsed


@dataclass
class Peer:
    """A contender. `kinds` maps a case's kind to what prepares it, which raises `Unsupported` where it cannot."""

    name: str
    version: str
    settings: str
    kinds: dict[str, Callable[[Case], Workload]]

    def prepare(self, case: Case) -> Workload:
        """A workload that has run twice: compiled, and with every buffer touched."""
        if case["kind"] not in self.kinds:
            raise Unsupported(f"{self.name} has no {case['kind']}")
        workload = self.kinds[case["kind"]](case)
        for _ in range(2 if workload.warms_up else 1):
            workload.call()
            workload.finish()
        return workload


def bind_threads() -> None:
    """Binds each thread that the process has to a processor of its own, as long as there are enough.

    Two threads of OpenBLAS that wait for each other on one processor take a hundred times as long.
    """
    tasks = sorted(int(task) for task in os.listdir("/proc/self/task"))
    for task, processor in zip(tasks, cycle(PROCESSORS)):
        os.sched_setaffinity(task, {processor})


def answer(peer: Peer, prepared: dict[int, Workload], request: dict[str, Any]) -> dict[str, Any]:
    """The answer to one request, which may add to `prepared` or take from it."""
    if "prepare" in request:
        identifier = max(prepared, default=0) + 1
        try:
            prepared[identifier] = peer.prepare(request["prepare"])
        except Unsupported as reason:
            return {"unsupported": str(reason)}
        return {"id": identifier}
    if "release" in request:
        del prepared[request["release"]]
        gc.collect()
        return {}
    return {"seconds": prepared[request["run"]].seconds(request["repetitions"])}


def say(message: dict[str, Any]) -> None:
    print(json.dumps(message), file=ANSWERS, flush=True)


def main(peer: Peer) -> None:
    """Answers the conductor's requests until there are no more, or checks the peer where `--check` is an argument."""
    if "--check" in sys.argv:
        from check import check

        check(peer)
        return
    say({"name": peer.name, "version": peer.version, "settings": peer.settings})
    prepared: dict[int, Workload] = {}
    for line in sys.stdin:
        say(answer(peer, prepared, json.loads(line)))
