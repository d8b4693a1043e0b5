"""The benchmark's grid: data, stratified splits, nested uniform noise and scaling.

Every peer trains on what this module prepares, inside the timed region. All of it is vectorised
over seeds, so that preparing costs a peer little (on Iris about 9 µs for each of its fits).
"""

import csv
import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

VALIDATION_SHARE = 0.2
BLOCK_BYTES = 2 << 20  # Of training rows in a block of seeds: about a second-level cache.


class Dataset(NamedTuple):
    """Rows: n × d features and the class index of each."""

    features: np.ndarray
    labels: np.ndarray


class Block(NamedTuple):
    """Scaled problems of some seeds (S) at all levels (L), S·L of them."""

    train: np.ndarray  # S × L × n × d
    train_labels: np.ndarray  # S × n, the same at all levels
    validation: np.ndarray  # S × L × m × d, clean rows, scaled as the training rows of the level
    validation_labels: np.ndarray  # S × m


def load(name: str) -> Dataset:
    """A data set that comes with scikit-learn: iris, wine, breast-cancer or digits."""
    from sklearn import datasets  # Not every peer needs it, and it takes a second.

    names = ("iris", "wine", "breast-cancer", "digits")
    if name not in names:
        raise ValueError(f"there is no data set {name!r}, only {', '.join(names)}")
    bunch = getattr(datasets, "load_" + name.replace("-", "_"))()
    return Dataset(np.ascontiguousarray(bunch.data, float), bunch.target.astype(np.int64))


def read(path: str) -> Dataset:
    """A CSV file with a header: features, then a last column `target` with the class index."""
    with open(path, newline="", encoding="utf-8") as file:
        header, *rows = csv.reader(file)
    if header[-1] != "target":
        raise ValueError(f"{path}: the last column is {header[-1]!r}, it must be 'target'")
    table = np.array(rows, float)
    return Dataset(np.ascontiguousarray(table[:, :-1]), table[:, -1].astype(np.int64))


def poisoned_count(level: float, count: int) -> int:
    """level · count, half rounded up; the level is meant as the decimal it was written as."""
    return math.floor(level * count + 0.5 + 1e-9)


def validation_counts(labels: np.ndarray) -> np.ndarray:
    """How many rows each class gives for validation: ⌈share · n⌉ by largest remainders."""
    sizes = np.bincount(labels)
    total = math.ceil(VALIDATION_SHARE * len(labels) - 1e-9)
    seats, remainders = np.divmod(total * sizes, len(labels))
    seats[np.argsort(-remainders, kind="stable")[: total - seats.sum()]] += 1
    return seats


def blocks(dataset: Dataset, seeds: range, levels: Sequence[float]) -> Iterator[Block]:
    """The problems of all seeds, in blocks of as many seeds as fit into `BLOCK_BYTES`."""
    size = max(1, BLOCK_BYTES // (dataset.features.nbytes * len(levels)))
    for start in range(0, len(seeds), size):
        yield prepare(dataset, seeds[start : start + size], levels)


def prepare(dataset: Dataset, seeds: range, levels: Sequence[float]) -> Block:
    """Splits, poisons and scales. What a seed gets depends on nothing but that seed.

    One permutation of the training rows per seed says which are poisoned first, and each place in
    it has its replacement values: rows poisoned at a level are poisoned alike at higher ones.
    """
    x, y = dataset
    n, d = x.shape
    quota = validation_counts(y)
    train_count = n - quota.sum()
    counts = [poisoned_count(level, train_count) for level in levels]
    most = max(counts)

    uniform = np.empty((len(seeds), n + train_count + most * d))
    for row, seed in zip(uniform, seeds):
        np.random.default_rng(seed).random(out=row)
    split_keys, order_keys, noise = np.split(uniform, [n, n + train_count], axis=1)

    in_training = np.ones((len(seeds), n), bool)
    for label, taken in enumerate(quota):
        rows = np.flatnonzero(y == label)
        chosen = rows[np.argsort(split_keys[:, rows], axis=1)[:, :taken]]
        np.put_along_axis(in_training, chosen, False, axis=1)
    train_rows = np.nonzero(in_training)[1].reshape(len(seeds), -1)
    validation_rows = np.nonzero(~in_training)[1].reshape(len(seeds), -1)

    clean = x[train_rows]
    columns = np.take(x.T, train_rows, axis=1)  # d × S × n: NumPy is quick along the last axis.
    lower, upper = columns.min(axis=2).T[:, np.newaxis], columns.max(axis=2).T[:, np.newaxis]
    noise = lower + noise.reshape(len(seeds), most, d) * (upper - lower)
    order = np.argsort(order_keys, axis=1)[:, :most, np.newaxis]

    train = np.repeat(clean[:, np.newaxis], len(levels), axis=1)
    for index, count in enumerate(counts):
        np.put_along_axis(train[:, index], order[:, :count], noise[:, :count], axis=1)
    mean = np.einsum("slnd->sld", train)[:, :, np.newaxis] / train_count
    train -= mean
    scale = np.sqrt(np.einsum("slnd,slnd->sld", train, train) / train_count)[:, :, np.newaxis]
    # A constant column is left alone; its deviation may be the rounding error of the mean.
    scale[scale <= train_count * np.finfo(float).eps * np.abs(mean)] = 1
    train /= scale
    validation = (x[validation_rows][:, np.newaxis] - mean) / scale
    return Block(train, y[train_rows], validation, y[validation_rows])
