"""Writes curves.json: SciPy's least squares on learning curves, for the tests of curves.

    python -m venv peers && peers/bin/pip install scipy==1.17.1 scikit-learn==1.9.1
    peers/bin/python Tests/Fixtures/make_curves_reference.py > Tests/Fixtures/curves.json

Made with Python 3.11, SciPy 1.17, NumPy 2.4, scikit-learn 1.9.
"""

import json
import platform

import numpy
import scipy
from scipy.optimize import least_squares
from sklearn.isotonic import IsotonicRegression

FAMILIES = {
    "last1": (lambda n, a: a + 0 * n, 1),
    "log2": (lambda n, a, b: a + b * numpy.log(n), 2),
    "ilog2": (lambda n, a, b: a - b / numpy.log(n), 2),
    "pow3": (lambda n, a, b, c: a - b * n**-c, 3),
    "exp3": (lambda n, a, b, c: a - b * numpy.exp(-c * n), 3),
    "pow4": (lambda n, a, b, c, d: a - b * (n + d) ** -c, 4),
    "exp4": (lambda n, a, b, c, d: a - b * numpy.exp(-c * n**d), 4),
    "mmf4": (lambda n, a, b, c, d: (c * b + a * n**d) / (b + n**d), 4),
}
generator = numpy.random.default_rng(20261126)
sizes = numpy.round(16 * 2 ** (numpy.arange(13) / 2))


def fit(name, accuracy, error):
    """The smallest weighted sum of squares that SciPy finds from 60 starts within the bounds."""
    function, count = FAMILIES[name]
    low = [-numpy.inf] + [1e-12] * (count - 1)
    high = [1] + [numpy.inf] * (count - 1)
    if name == "mmf4":
        low[2] = -numpy.inf
    best = None
    for _ in range(60):
        start = numpy.exp(generator.normal(size=count) * 1.5 - 0.5)
        start[0] = generator.uniform(0.6, 0.999)
        try:
            with numpy.errstate(all="ignore"):
                result = least_squares(
                    lambda p: (accuracy - function(sizes, *p)) / error, start, bounds=(low, high),
                    xtol=1e-14, ftol=1e-14, gtol=1e-14, max_nfev=4000, x_scale="jac")
        except ValueError:
            continue
        if best is None or result.cost < best.cost:
            best = result
    return 2 * float(best.cost), function(sizes, *best.x).tolist()


cases = []
for truth in [
    sizes * 0 + 0.9, 0.97 - 0.6 * sizes**-0.6, 0.95 - 0.4 * numpy.exp(-0.02 * sizes),
    0.99 - 0.9 / numpy.log(sizes), (0.4 * 60 + 0.96 * sizes**1.2) / (60 + sizes**1.2),
]:
    error = 0.002 + 0.05 / numpy.sqrt(sizes)
    accuracy = truth + error * generator.normal(size=len(sizes))
    fits = {}
    for name in FAMILIES:
        squares, values = fit(name, accuracy, error)
        fits[name] = {"squares": squares, "values": values}
    isotonic = IsotonicRegression().fit_transform(sizes, accuracy, sample_weight=1 / error**2)
    cases.append({
        "rows": sizes.tolist(), "accuracies": accuracy.tolist(), "errors": error.tolist(),
        "fits": fits, "isotonic": isotonic.tolist(),
    })



LEVELS = numpy.array([0, 0.05, 0.2, 0.5])
JOINT_SIZES = numpy.array([26, 53, 105, 210, 420, 840])
n, p = [axis.ravel() for axis in numpy.meshgrid(JOINT_SIZES, LEVELS, indexing="ij")]


def diluted(q):
    """J1: a, b, c, kappa, gamma."""
    return q[0] - q[1] * (n * (1 - q[3] * p) ** q[4]) ** -q[2]


def biased(q):
    """J2: those of J1, and delta, r."""
    return diluted(q) - q[5] * p ** q[6]


def by_level(q):
    """J3: c, and a and b of each level."""
    q, place = numpy.asarray(q), numpy.searchsorted(LEVELS, p)
    return q[1 + 2 * place] - q[2 + 2 * place] * n ** -q[0]


# The largest kappa leaves some rows at the largest level.
JOINT = {
    "J1": (diluted, [-numpy.inf, 1e-12, 1e-12, 1e-12, 1e-12], [1, 9e9, 9e9, 1 / 0.5, 9e9]),
    "J2": (biased, [-numpy.inf] + [1e-12] * 6, [1, 9e9, 9e9, 1 / 0.5, 9e9, 9e9, 9e9]),
    "J3": (by_level, [1e-12] + [-numpy.inf, 1e-12] * 4, [9e9] + [1, 9e9] * 4),
}


def fit_jointly(name, accuracy, error):
    function, low, high = JOINT[name]
    best = None
    for _ in range(60):
        start = numpy.exp(generator.normal(size=len(low)) - 0.5)
        start = numpy.minimum(start, numpy.array(high) * 0.95)
        try:
            with numpy.errstate(all="ignore"):
                result = least_squares(
                    lambda q: (accuracy - function(q)) / error, start, bounds=(low, high),
                    xtol=1e-14, ftol=1e-14, gtol=1e-14, max_nfev=4000, x_scale="jac")
        except ValueError:
            continue
        if best is None or result.cost < best.cost:
            best = result
    return {"squares": 2 * float(best.cost), "values": function(best.x).tolist()}


joint = []
for truth in [
    diluted([0.97, 1.1, 0.6, 1.4, 1.8]), biased([0.97, 0.9, 0.7, 1.1, 1.2, 0.3, 1.7]),
    by_level([0.5, 0.97, 0.9, 0.96, 1.2, 0.9, 1.1, 0.7, 0.8]),
]:
    error = 0.001 + 0.01 / numpy.sqrt(n)
    accuracy = truth + error * generator.normal(size=len(n))
    joint.append({
        "rows": n.tolist(), "levels": p.tolist(), "accuracies": accuracy.tolist(),
        "errors": error.tolist(),
        "fits": {name: fit_jointly(name, accuracy, error) for name in JOINT},
    })

print(json.dumps({
    "versions": {
        "python": platform.python_version(), "scipy": scipy.__version__, "numpy": numpy.__version__,
    },
    "cases": cases,
    "joint": joint,
}, indent=1))
