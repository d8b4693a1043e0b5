"""Fits with scikit-learn's estimators as its user guide writes it, one pipeline a fit."""

from collections.abc import Sequence

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

import grid

ESTIMATORS = {
    "softmax": lambda: LogisticRegression(C=1, max_iter=10_000),
    "rbf-svm": lambda: SVC(C=1, gamma="scale"),
    "knn": lambda: KNeighborsClassifier(5),
}
MODELS = tuple(ESTIMATORS)


def correct_counts(
    model: str, dataset: grid.Dataset, seeds: range, levels: Sequence[float]
) -> np.ndarray:
    """How many validation rows are predicted right: seeds × levels."""
    return np.array([_correct(model, dataset, seed, levels) for seed in seeds])


def _correct(model: str, dataset: grid.Dataset, seed: int, levels: Sequence[float]) -> list[int]:
    x, y = dataset
    x_train, x_validation, y_train, y_validation = train_test_split(
        x, y, test_size=grid.VALIDATION_SHARE, stratify=y, random_state=seed)
    generator = np.random.default_rng(seed)
    order = generator.permutation(len(y_train))
    noise = generator.uniform(x_train.min(axis=0), x_train.max(axis=0), x_train.shape)
    counts = []
    for level in levels:
        rows = order[: grid.poisoned_count(level, len(y_train))]
        poisoned = x_train.copy()
        poisoned[rows] = noise[rows]
        pipeline = make_pipeline(StandardScaler(), ESTIMATORS[model]())
        pipeline.fit(poisoned, y_train)
        counts.append(np.count_nonzero(pipeline.predict(x_validation) == y_validation))
    return counts
