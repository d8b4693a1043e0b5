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

print(json.dumps({
    "versions": {
        "python": platform.python_version(), "scipy": scipy.__version__, "numpy": numpy.__version__,
    },
    "cases": cases,
}, indent=1))
