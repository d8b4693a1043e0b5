"""Writes boundary.json: how far rows lie from the hyperplanes of scikit-learn's machines, for the tests
of near and far, and which rows are outside its one-class machines.

    python -m venv peers && peers/bin/pip install scikit-learn==1.9.1
    peers/bin/python Tests/Fixtures/make_boundary_reference.py > Tests/Fixtures/boundary.json

Made with Python 3.11, scikit-learn 1.9.1, SciPy 1.17, NumPy 2.4.
"""

import json
import platform

import numpy
import scipy
import sklearn
from sklearn.datasets import load_breast_cancer, load_digits, load_iris, load_wine
from sklearn.metrics.pairwise import rbf_kernel
from sklearn.svm import SVC, OneClassSVM


def scaled(features):
    deviations = features.std(axis=0)
    return (features - features.mean(axis=0)) / numpy.where(deviations > 0, deviations, 1)


def distances(features, labels, kernel):
    """f_yb / |w_yb| of each row and class b, with |w|^2 = beta' K beta of the pair."""
    model = SVC(kernel=kernel, C=1, tol=1e-9, decision_function_shape="ovo").fit(features, labels)
    values = model.decision_function(features)
    classes = len(model.classes_)
    if classes == 2:
        # There a value above 0 is for class 1.
        values = -values[:, None]
    starts = numpy.concatenate([[0], numpy.cumsum(model.n_support_)])
    gamma = 1 / (features.shape[1] * features.var())
    result = numpy.full((len(labels), classes), numpy.inf)
    pair = 0
    for a in range(classes):
        for b in range(a + 1, classes):
            beta = numpy.zeros(len(features))
            for own, other in [(a, b), (b, a)]:
                part = slice(starts[own], starts[own + 1])
                row = other - 1 if other > own else other
                beta[model.support_[part]] = model.dual_coef_[row, part]
            support = numpy.flatnonzero(beta)
            points = features[support]
            gram = points @ points.T if kernel == "linear" else rbf_kernel(points, gamma=gamma)
            norm = numpy.sqrt(beta[support] @ gram @ beta[support])
            result[labels == a, b] = values[labels == a, pair] / norm
            result[labels == b, a] = -values[labels == b, pair] / norm
            pair += 1
    return result


loads = {
    "iris": (load_iris, None), "wine": (load_wine, None),
    "breast-cancer": (load_breast_cancer, None), "digits": (load_digits, 300),
}
boundaries = []
for name, (load, count) in loads.items():
    data = load()
    features, labels = scaled(data.data[:count]), data.target[:count]
    for kernel in ["linear", "rbf"]:
        found = distances(features, labels, kernel)
        boundaries.append({
            "data": name, "rows": len(labels), "kernel": kernel,
            "distances": [float(f"{value:.8g}") for value in found.min(axis=1)],
            "nearest": found.argmin(axis=1).tolist(),
            "farthest": numpy.where(numpy.isinf(found), -numpy.inf, found).argmax(axis=1).tolist(),
        })

machines = []
for name in ["iris", "wine"]:
    data = loads[name][0]()
    features = scaled(data.data)
    for nu in [0.05, 0.1, 0.3]:
        for label in range(3):
            part = features[data.target == label]
            model = OneClassSVM(nu=nu, gamma="scale", tol=1e-9).fit(part)
            outside = model.decision_function(part) < -1e-6
            machines.append({
                "data": name, "nu": nu, "label": label,
                "outside": numpy.flatnonzero(outside).tolist(),
                "negative": int((model.decision_function(part) < 0).sum()),
            })

print(json.dumps({
    "versions": {
        "python": platform.python_version(), "numpy": numpy.__version__,
        "scipy": scipy.__version__, "scikit-learn": sklearn.__version__,
    },
    "boundaries": boundaries, "machines": machines,
}))
