"""Peer: LIBSVM's C functions through ctypes, one process for each core. RBF SVM only.

The nodes of all problems of a block and the addresses of their rows are made by NumPy in one go; a
fit then costs Python two assignments and a call, a prediction one call for each row.
"""

import ctypes
from collections.abc import Sequence

import numpy as np
from libsvm.svm import libsvm, svm_node, svm_parameter

import grid
from serve import serve

LIBRARY = ctypes.CDLL(libsvm._name)  # Again, for prototypes that take addresses as integers.
LIBRARY.svm_train.argtypes = [ctypes.c_void_p, ctypes.c_void_p]
LIBRARY.svm_train.restype = ctypes.c_void_p
LIBRARY.svm_predict.argtypes = [ctypes.c_void_p, ctypes.c_void_p]
LIBRARY.svm_predict.restype = ctypes.c_double
LIBRARY.svm_free_and_destroy_model.argtypes = [ctypes.c_void_p]
LIBRARY.svm_free_and_destroy_model.restype = None
LIBRARY.svm_set_print_string_function.argtypes = [ctypes.c_void_p]
LIBRARY.svm_set_print_string_function.restype = None

NODE = np.dtype(svm_node)


class Problem(ctypes.Structure):
    """LIBSVM's `svm_problem`, with addresses as integers."""

    _fields_ = [("l", ctypes.c_int), ("y", ctypes.c_void_p), ("x", ctypes.c_void_p)]


def correct_counts(
    model: str, dataset: grid.Dataset, seeds: range, levels: Sequence[float]
) -> np.ndarray:
    """How many validation rows are predicted right: seeds × levels."""
    parameter = svm_parameter("-s 0 -t 2 -c 1 -e 0.001")
    # A C function that takes a line of the log and does nothing, without a way into Python.
    silent = ctypes.cast(ctypes.CDLL(None).strlen, ctypes.c_void_p)
    LIBRARY.svm_set_print_string_function(silent)
    return np.array([
        counts
        for block in grid.blocks(dataset, seeds, levels)
        for counts in block_counts(block, parameter)
    ])


def block_counts(block: grid.Block, parameter: svm_parameter) -> list[list[int]]:
    """The same, for the problems of one block."""
    seed_count, level_count, row_count, column_count = block.train.shape
    # The nodes are only held, so that the addresses stay good.
    train_nodes, train_rows = nodes(block.train)
    validation_nodes, validation_rows = nodes(block.validation)
    labels = block.train_labels.astype(float)
    spread = block.train.reshape(seed_count, level_count, -1).var(axis=2)
    gammas = (1 / (column_count * spread)).tolist()
    truth = block.validation_labels.tolist()

    train, predict = LIBRARY.svm_train, LIBRARY.svm_predict
    problem, fitted = Problem(row_count), ctypes.c_void_p()
    counts = []
    for seed in range(seed_count):
        problem.y = labels[seed].ctypes.data
        counts.append([])
        for level in range(level_count):
            problem.x = train_rows[seed, level].ctypes.data
            parameter.gamma = gammas[seed][level]
            fitted.value = handle = train(ctypes.byref(problem), ctypes.byref(parameter))
            rows = validation_rows[seed, level].tolist()
            counts[-1].append(sum([predict(handle, row) == y for row, y in zip(rows, truth[seed])]))
            LIBRARY.svm_free_and_destroy_model(ctypes.byref(fitted))
    return counts


def nodes(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Rows as LIBSVM reads them, index and value of each column and an index of −1 at the end, and
    the address of each row."""
    *shape, column_count = x.shape
    table = np.empty((*shape, column_count + 1), NODE)
    table["index"] = [*range(1, column_count + 1), -1]
    table["value"][..., :column_count] = x
    offsets = np.arange(x.size // column_count).reshape(shape) * table.strides[-2]
    return table, table.ctypes.data + offsets


if __name__ == "__main__":
    serve("libsvm_direct", ["rbf-svm"], ["libsvm-official", "numpy"])
