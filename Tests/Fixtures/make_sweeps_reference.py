"""Writes sweeps.json, reference values for SweepsTests.

Needs scipy and numpy, whose versions are recorded in the file:

    python Tests/Fixtures/make_sweeps_reference.py

* cumulative, quantiles: scipy.stats.t;
* samples: mean and standard deviation by numpy; the t interval of the mean and the interval of
  Nadeau and Bengio, "Inference for the generalization error", Machine Learning 52 (2003).
"""

import json
import pathlib
import platform

import numpy as np
import scipy
from scipy import stats

DEGREES = [1, 2, 3, 10, 29, 99, 999, 9999, 999_999, 9_999_999]
PROBABILITIES = [0.501, 0.55, 0.6, 0.75, 0.9, 0.95, 0.975, 0.99, 0.995, 0.999, 0.9999]
POINTS = [-40.0, -3.5, -1.0, -0.01, 0.0, 0.5, 1.0, 1.96, 2.5, 5.0, 12.0]
SAMPLES = [(2, 12, 138), (5, 45, 105), (30, 45, 105), (200, 30, 120)]
CONFIDENCES = [0.9, 0.95, 0.99]


def sample(count, validation, training, generator):
    """Accuracies of `count` seeds on `validation` rows, and their intervals."""
    values = generator.binomial(validation, 0.95, count) / validation
    # Two equal accuracies would have no width to compare.
    values[0] = 0.5
    mean, sd = values.mean(), values.std(ddof=1)
    intervals = []
    for confidence in CONFIDENCES:
        t = stats.t.ppf((1 + confidence) / 2, count - 1)
        narrow = t * sd * np.sqrt(1 / count)
        wide = t * sd * np.sqrt(1 / count + validation / training)
        intervals.append(
            {
                "confidence": confidence,
                "mean": [mean - narrow, mean + narrow],
                "population": [mean - wide, mean + wide],
            }
        )
    return {
        "validationCount": validation,
        "trainingCount": training,
        "values": values.tolist(),
        "mean": mean,
        "standardDeviation": sd,
        "intervals": intervals,
    }


def main():
    generator = np.random.default_rng(1)
    content = {
        "python": platform.python_version(),
        "numpy": np.__version__,
        "scipy": scipy.__version__,
        "cumulative": [
            {"degrees": nu, "t": t, "probability": stats.t.cdf(t, nu)}
            for nu in DEGREES
            for t in POINTS
        ],
        "quantiles": [
            {"degrees": nu, "probability": p, "t": stats.t.ppf(p, nu)}
            for nu in DEGREES
            for p in PROBABILITIES
        ],
        "samples": [sample(*shape, generator) for shape in SAMPLES],
    }
    file = pathlib.Path(__file__).with_name("sweeps.json")
    file.write_text(json.dumps(content, indent=1) + "\n")


if __name__ == "__main__":
    main()
