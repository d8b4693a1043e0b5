"""The protocol of a peer: one JSON object a line, requests on stdin, answers on stdout.

    {"ready": true, "peer": …, "versions": {…}, "models": […]}       first line of a peer
    {"data": "iris", "model": "softmax", "first_seed": 0, "seeds": 64, "levels": [0, 0.5]}
    {"seconds": …, "fits": …, "accuracy": {"0": {"mean": …, "sd": …, "n": …}, …}, "peak_rss_mb": …}
    {"error": …}                                  instead, and the peer goes on
    {"quit": true}                                or the end of stdin ends it

`"csv": path` in a request takes precedence over `data`. The first request for a data set, model and
levels is preceded by a few untimed fits in every process.
"""

import json
import os
import platform
import signal
import sys
import time
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

import numpy as np

import grid
from workers import Workers

WARM_SEEDS = range(2)


def serve(module: str, models: Sequence[str], packages: Sequence[str]) -> None:
    """Answers requests with the `correct_counts` of a module, until there are no more."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # What a library prints must not get among the answers.
    signal.signal(signal.SIGTERM, signal.default_int_handler)

    def answer(record: dict) -> None:
        print(json.dumps(record), file=answers, flush=True)

    versions = {"python": platform.python_version()} | {name: version(name) for name in packages}
    peer = Peer(module, models)
    answer({"ready": True, "peer": module, "versions": versions, "models": list(models)})
    try:
        for line in sys.stdin:
            try:
                request = json.loads(line)
                if request.get("quit"):
                    break
                answer(peer.response(request))
            except Exception as error:
                answer({"error": f"{type(error).__name__}: {error}"})
    except (KeyboardInterrupt, BrokenPipeError):
        peer.workers.close(at_once=True)
    else:
        peer.workers.close()


class Peer:
    """What a peer keeps between requests."""

    def __init__(self, module: str, models: Sequence[str]) -> None:
        self.models = models
        self.workers = Workers(module)
        self.warmed: set[tuple] = set()

    def response(self, request: dict) -> dict:
        """Does one round of fits, timed from before the split to after the last prediction."""
        model, levels = request["model"], request["levels"]
        seeds = range(request["first_seed"], request["first_seed"] + request["seeds"])
        if model not in self.models:
            raise ValueError(f"no model {model!r} here, only {', '.join(self.models)}")
        if not seeds or not levels or not all(0 <= level <= 1 for level in levels):
            raise ValueError("needs at least one seed, and levels from 0 to 1")
        dataset = grid.read(request["csv"]) if "csv" in request else grid.load(request["data"])

        key = (model, dataset.features.shape, *levels)
        if key not in self.warmed:
            self.workers.warm(model, dataset, WARM_SEEDS, levels)
            self.warmed.add(key)
        start = time.perf_counter()
        correct = self.workers.run(model, dataset, seeds, levels)
        seconds = time.perf_counter() - start

        accuracy = correct / grid.validation_counts(dataset.labels).sum()
        deviation = accuracy.std(axis=0, ddof=1 if len(seeds) > 1 else 0)
        return {
            "seconds": seconds,
            "fits": correct.size,
            "accuracy": {
                f"{level:.12g}": {"mean": mean, "sd": sd, "n": len(seeds)}
                for level, mean, sd in zip(levels, accuracy.mean(axis=0), deviation)
            },
            "peak_rss_mb": round(peak_kilobytes(os.getpid()) / 1024, 1),
        }


def peak_kilobytes(process: int) -> int:
    """The sum of the peaks of resident memory of a process and all its descendants."""
    folder = Path(f"/proc/{process}")
    try:
        status = (folder / "status").read_text().split("VmHWM:")
        children = [file.read_text().split() for file in folder.glob("task/*/children")]
    except FileNotFoundError:  # It has ended meanwhile.
        return 0
    own = int(status[1].split()[0]) if len(status) > 1 else 0
    return own + sum(peak_kilobytes(int(child)) for children in children for child in children)
