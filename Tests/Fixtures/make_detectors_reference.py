"""Writes detectors.json: scikit-learn's outlier detectors and SciPy's χ², for the tests of detectors.

    python -m venv peers && peers/bin/pip install scikit-learn==1.9.1
    peers/bin/python Tests/Fixtures/make_detectors_reference.py > Tests/Fixtures/detectors.json

Made with Python 3.11, scikit-learn 1.9.1, SciPy 1.17, NumPy 2.4.
"""

import json
import platform

import numpy
import scipy
import sklearn
from scipy.stats import chi2
from sklearn.covariance import MinCovDet
from sklearn.datasets import load_breast_cancer, load_iris, load_wine
from sklearn.ensemble import IsolationForest
from sklearn.neighbors import LocalOutlierFactor
from sklearn.svm import OneClassSVM


def scaled(load):
    data = load().data
    return (data - data.mean(axis=0)) / data.std(axis=0)


wine, cancer, iris = scaled(load_wine), scaled(load_breast_cancer), scaled(load_iris)
sets = {"wine": wine, "breast-cancer": cancer, "iris": iris}

factors = []
for name in ["wine", "breast-cancer"]:
    for neighbors in [1, 5, 20]:
        model = LocalOutlierFactor(neighbors).fit(sets[name])
        novel = LocalOutlierFactor(neighbors, novelty=True).fit(sets[name][:-20])
        factors.append({
            "data": name, "neighbors": neighbors,
            "scores": (-model.negative_outlier_factor_).tolist(),
            "novel": (-novel.score_samples(sets[name][-20:])).tolist(),
        })

machines = []
for name in ["wine", "iris"]:
    for nu in [0.05, 0.3, 0.8]:
        for gamma in ["scale", 0.1]:
            model = OneClassSVM(nu=nu, gamma=gamma, tol=1e-10).fit(sets[name][:-10])
            machines.append({
                "data": name, "nu": nu, "gamma": None if gamma == "scale" else gamma,
                "decisions": model.decision_function(sets[name]).tolist(),
                "offset": float(-model.intercept_[0]), "support": model.support_.tolist(),
            })

forest = IsolationForest(n_estimators=6, max_samples=64, random_state=3).fit(wine)
trees = []
for estimator in forest.estimators_:
    tree = estimator.tree_
    # Thresholds are compared in double precision here, in single precision of the data there.
    trees.append({
        "columns": numpy.where(tree.children_left < 0, -1, tree.feature).tolist(),
        "thresholds": tree.threshold.tolist(), "left": tree.children_left.tolist(),
        "right": tree.children_right.tolist(), "counts": tree.n_node_samples.tolist(),
    })
single = wine.astype(numpy.float32)
given = {
    "trees": trees, "sampleSize": 64, "points": single.astype(float).tolist()[::6],
    "scores": (-forest.score_samples(single))[::6].tolist(),
}
many = numpy.array([
    -IsolationForest(n_estimators=100, random_state=seed).fit(iris).score_samples(iris)
    for seed in range(60)
])

covariances = []
for name, columns in [("wine", [0, 6, 9]), ("iris", [0, 1]), ("wine", [0, 1, 2, 3, 4])]:
    points = sets[name][:59][:, columns]
    best = None
    for seed in range(40):
        model = MinCovDet(random_state=seed).fit(points)
        value = numpy.linalg.slogdet(model.raw_covariance_)[1]
        if best is None or value < best[0] - 1e-12:
            best = (value, model)
    value, model = best
    covariances.append({
        "data": name, "columns": columns, "logDeterminant": value,
        "core": numpy.flatnonzero(model.raw_support_).tolist(),
        "location": model.location_.tolist(), "covariance": model.covariance_.ravel().tolist(),
        "distances": model.dist_.tolist(),
    })

quantiles = [
    {"degrees": degrees, "probability": p, "quantile": float(chi2.ppf(p, degrees)),
     "survival": float(chi2.sf(chi2.ppf(p, degrees) * 1.7, degrees))}
    for degrees in [0.5, 1, 2, 3, 4, 13, 30, 57, 200]
    for p in [0.001, 0.025, 0.5, 0.9, 0.975, 0.999, 0.999999]
]

print(json.dumps({
    "versions": {
        "python": platform.python_version(), "numpy": numpy.__version__,
        "scipy": scipy.__version__, "scikit-learn": sklearn.__version__,
    },
    "factors": factors, "machines": machines, "given": given,
    "forestMeans": many.mean(axis=0).tolist(), "forestDeviations": many.std(axis=0, ddof=1).tolist(),
    "covariances": covariances, "quantiles": quantiles,
}))
