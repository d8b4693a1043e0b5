"""Writes kmeans.json: scikit-learn's k-means from given centres, for KMeansTests.

    python Tests/Fixtures/make_kmeans_reference.py > Tests/Fixtures/kmeans.json

Made with Python 3.11, scikit-learn 1.9.1, numpy 2.4.
"""

import json
import platform

import numpy
import sklearn
from sklearn.cluster import KMeans
from sklearn.datasets import load_iris, load_wine

cases = []
for name, load in [("iris", load_iris), ("wine", load_wine)]:
    data = load().data
    points = (data - data.mean(axis=0)) / data.std(axis=0)
    for first in [[0, 50, 100], [1, 2, 3, 4], [149, 30, 77, 12, 99, 60]]:
        means = KMeans(
            n_clusters=len(first), init=points[first], n_init=1, max_iter=100, tol=0,
            algorithm="lloyd",
        ).fit(points)
        cases.append({
            "data": name, "first": first, "groups": means.labels_.tolist(),
            "centers": means.cluster_centers_.tolist(), "iterations": int(means.n_iter_),
        })
print(json.dumps({
    "versions": {
        "python": platform.python_version(), "numpy": numpy.__version__,
        "scikit-learn": sklearn.__version__,
    },
    "cases": cases,
}))
