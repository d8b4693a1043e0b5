"""Writes statistics.json: SciPy's intervals and tests, for the tests of statistics.

    python -m venv peers && peers/bin/pip install scipy==1.17.1
    peers/bin/python Tests/Fixtures/make_statistics_reference.py > Tests/Fixtures/statistics.json

Made with Python 3.11, SciPy 1.17, NumPy 2.4.
"""

import json
import platform

import numpy
import scipy
from scipy.stats import beta, binomtest, norm, ttest_1samp, ttest_ind

generator = numpy.random.default_rng(20261126)


def binomial():
    cases = []
    for successes, count in [(43, 45), (0, 45), (45, 45), (1, 1), (7, 30), (500, 1000), (99_990, 100_000)]:
        for confidence in [0.9, 0.95, 0.99]:
            test = binomtest(successes, count)
            wilson = test.proportion_ci(confidence, method="wilson")
            cases.append({
                "successes": successes, "count": count, "confidence": confidence,
                "wilson": [wilson.low, wilson.high],
            })
    return cases


def equivalence():
    cases = []
    for n, mean, margin in [(20, 0, 0.5), (50, 0.3, 0.5), (10, 0.9, 0.5), (200, -0.1, 0.2)]:
        x = generator.normal(size=n) + mean
        cases.append({
            "values": x.tolist(), "margin": margin,
            "pValue": float(max(
                ttest_1samp(x, -margin, alternative="greater").pvalue,
                ttest_1samp(x, margin, alternative="less").pvalue)),
        })
    return cases


def welch():
    cases = []
    for n, m, ratio, shift in [(2, 2, 1, 0.1), (5, 40, 3, 1), (200, 30, 0.1, 0.05), (1000, 1000, 1, 0)]:
        a, b = generator.normal(size=n), ratio * generator.normal(size=m) + shift
        test = ttest_ind(a, b, equal_var=False)
        interval = test.confidence_interval(0.95)
        cases.append({
            "a": a.tolist(), "b": b.tolist(), "pValue": float(test.pvalue),
            "interval": [float(interval.low), float(interval.high)],
        })
    return cases


print(json.dumps({
    "versions": {
        "python": platform.python_version(), "scipy": scipy.__version__, "numpy": numpy.__version__,
    },
    "binomial": binomial(), "equivalence": equivalence(),
    "beta": [
        {"a": a, "b": b, "x": x, "cumulative": float(beta.cdf(x, a, b))}
        for a, b in [(0.5, 0.5), (1, 3), (44, 3), (1000, 12.5)] for x in [0.01, 0.3, 0.5, 0.93, 0.999]
    ],
    "welch": welch(),
    "normal": [{"z": z, "cumulative": float(norm.cdf(z))} for z in [-30, -8, -1.5, 0, 0.3, 2, 9]],
}, indent=1))
