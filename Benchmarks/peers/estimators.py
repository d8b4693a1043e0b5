"""Fits with scikit-learn's estimators, of scikit-learn itself or of scikit-learn-intelex."""

from collections.abc import Sequence

import numpy as np
from sklearn import config_context
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier
from sklearn.svm import SVC

import grid

MODELS = ("softmax", "rbf-svm", "knn")


def estimator(model: str, class_count: int):
    """A new estimator with scikit-learn's defaults, but for the fastest way on such tables."""
    match model:
        case "softmax":
            solver = "newton-cholesky" if class_count == 2 else "lbfgs"
            return LogisticRegression(C=1, solver=solver, max_iter=10_000)
        case "rbf-svm":
            return SVC(C=1, gamma="scale")
        case "knn":
            return KNeighborsClassifier(5, algorithm="brute")
    raise ValueError(f"there is no model {model!r}")


def correct_counts(
    model: str, dataset: grid.Dataset, seeds: range, levels: Sequence[float]
) -> np.ndarray:
    """How many validation rows are predicted right: seeds × levels."""
    class_count = dataset.labels.max() + 1
    with config_context(assume_finite=True, skip_parameter_validation=True):
        return np.array([
            [
                np.count_nonzero(
                    estimator(model, class_count).fit(x, y).predict(x_validation) == y_validation)
                for x, x_validation in zip(train, validation)
            ]
            for block in grid.blocks(dataset, seeds, levels)
            for train, y, validation, y_validation in zip(*block)
        ])
