"""Writes training.json: minima of robust losses by SciPy.

    python -m venv peers && peers/bin/pip install scikit-learn==1.9.1
    peers/bin/python Tests/Fixtures/make_training_reference.py > Tests/Fixtures/training.json
"""

import json
import platform

import numpy
import scipy
import sklearn
from scipy.optimize import minimize
from scipy.special import log_softmax
from sklearn.datasets import load_iris, load_wine
from sklearn.linear_model import LogisticRegression

random = numpy.random.default_rng(11)


def noisy(load, share):
    data = load()
    points = (data.data - data.data.mean(axis=0)) / data.data.std(axis=0)
    labels = data.target.copy()
    rows = random.permutation(len(labels))[: int(share * len(labels))]
    labels[rows] = (labels[rows] + random.integers(1, 3, len(rows))) % 3
    return points, labels


def minimum(points, labels, loss, start):
    """The smallest value of sum(loss(log p)) + |W|^2 / 2 from a start, K x (d + 1)."""
    n, d = points.shape
    design = numpy.hstack([points, numpy.ones((n, 1))])

    def value(flat):
        theta = flat.reshape(3, d + 1)
        return loss(log_softmax(design @ theta.T, axis=1), labels) + (theta[:, :d] ** 2).sum() / 2

    end = minimize(value, start.ravel(), method="BFGS", options={"maxiter": 5000, "gtol": 1e-7})
    return float(end.fun)


regressions = []
for name, load in [("iris", load_iris), ("wine", load_wine)]:
    points, labels = noisy(load, 0.15)
    fit = LogisticRegression(C=1, tol=1e-10, max_iter=10000).fit(points, labels)
    start = numpy.hstack([fit.coef_, fit.intercept_[:, None]])
    rows = numpy.arange(len(labels))
    noise = numpy.full((3, 3), 0.1) + 0.7 * numpy.eye(3)
    losses = {
        "smoothing=0.2": lambda log_p, y: -(
            0.8 * log_p[rows, y] + 0.2 * log_p.mean(axis=1)).sum(),
        "q=0.7": lambda log_p, y: ((1 - numpy.exp(0.7 * log_p[rows, y])) / 0.7).sum(),
        "noise=0.2": lambda log_p, y: -numpy.log(
            (numpy.exp(log_p) * noise[:, y].T).sum(axis=1)).sum(),
    }
    regressions.append({
        "data": name, "labels": labels.tolist(),
        "minima": {key: minimum(points, labels, loss, start) for key, loss in losses.items()},
    })

machines = []
for h in [0.1, 0.5, 1.0]:
    points, labels = noisy(load_iris, 0.15)
    chosen = labels < 2
    points, signs = points[chosen], numpy.where(labels[chosen] == 0, 1.0, -1.0)

    def primal(flat):
        margins = signs * (points @ flat[:-1] + flat[-1])
        loss = numpy.where(
            margins >= 1 + h, 0,
            numpy.where(margins <= 1 - h, 1 - margins, (1 + h - margins) ** 2 / (4 * h)))
        return (flat[:-1] ** 2).sum() / 2 + loss.sum()

    end = minimize(primal, numpy.zeros(points.shape[1] + 1), method="BFGS", options={"gtol": 1e-9})
    machines.append({
        "h": h, "labels": labels.tolist(), "value": float(end.fun), "point": end.x.tolist()})

print(json.dumps({
    "versions": {
        "python": platform.python_version(), "numpy": numpy.__version__,
        "scipy": scipy.__version__, "scikit-learn": sklearn.__version__,
    },
    "regressions": regressions, "machines": machines,
}))
