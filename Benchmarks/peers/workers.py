"""Processes that stay alive, one for each core, and take chunks of seeds."""

import importlib
import os
import time
from collections.abc import Sequence

import numpy as np
from joblib.externals.loky import ProcessPoolExecutor

from grid import Dataset

ONE_THREAD = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NPROC")}


class Workers:
    """joblib's loky processes, used directly.

    `joblib.Parallel` looks for results every 10 ms, which is a third of what 1,024 JAX fits take.
    They run a module's `correct_counts(model, dataset, seeds, levels)`, and import it under that
    name, as patching scikit-learn and JAX's start-up want it.
    """

    def __init__(self, module: str) -> None:
        self.module = module
        self.count = len(os.sched_getaffinity(0))
        self.executor = ProcessPoolExecutor(self.count, timeout=3600, env=ONE_THREAD)

    def warm(self, model: str, dataset: Dataset, seeds: range, levels: Sequence[float]) -> None:
        """Lets every process do the same work, so that all have imported and compiled."""
        work, seen = (self.module, model, dataset, seeds, levels), set()
        while len(seen) < self.count:
            tasks = [self.executor.submit(_warm, *work) for _ in range(self.count)]
            seen.update(task.result() for task in tasks)

    def run(
        self, model: str, dataset: Dataset, seeds: range, levels: Sequence[float]
    ) -> np.ndarray:
        """Shares out up to four chunks for each process, of 16 seeds and more if there are such."""
        rounds = min(4, max(1, len(seeds) // (16 * self.count)))
        size = -(-len(seeds) // (rounds * self.count))
        chunks = [seeds[start : start + size] for start in range(0, len(seeds), size)]
        tasks = [
            self.executor.submit(_work, self.module, model, dataset, chunk, levels)
            for chunk in chunks
        ]
        return np.concatenate([task.result() for task in tasks])

    def close(self, at_once: bool = False) -> None:
        """Ends the processes, when they have done their work or at once."""
        self.executor.shutdown(kill_workers=at_once)


def _work(module: str, *arguments) -> np.ndarray:
    return importlib.import_module(module).correct_counts(*arguments)


def _warm(*arguments) -> int:
    _work(*arguments)
    time.sleep(0.05)  # Leaves the other tasks to the other processes.
    return os.getpid()
