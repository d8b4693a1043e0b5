"""Writes metrics.json: scikit-learn's means over classes, for the tests of confusion matrices.

    pip install scikit-learn==1.9.1
    python Tests/Fixtures/make_metrics_reference.py > Tests/Fixtures/metrics.json

Labels are below 10; most cases lack some of them, among rows, predictions or both.
"""

import json
import platform

import numpy
import sklearn
from sklearn.metrics import accuracy_score, f1_score, precision_score, recall_score

generator = numpy.random.default_rng(20261130)


def case(truth, predicted):
    mean = {"average": "macro", "zero_division": 0}
    return {
        "truth": [int(y) for y in truth], "predicted": [int(y) for y in predicted],
        "accuracy": float(accuracy_score(truth, predicted)),
        "f1": float(f1_score(truth, predicted, **mean)),
        "precision": float(precision_score(truth, predicted, **mean)),
        "recall": float(recall_score(truth, predicted, **mean)),
    }


cases = [case([0, 0, 1], [0, 0, 1]), case([3], [7]), case([0, 0], [0, 0])]
for classes in [2, 3, 5, 10]:
    for rows in [1, 7, 30]:
        for wrong in [0, 0.2, 1]:
            truth = generator.integers(classes, size=rows)
            other = generator.integers(classes, size=rows)
            cases.append(case(truth, numpy.where(generator.random(rows) < wrong, other, truth)))

print(json.dumps({
    "versions": {
        "python": platform.python_version(), "scikit-learn": sklearn.__version__,
        "numpy": numpy.__version__,
    },
    "cases": cases,
}))
