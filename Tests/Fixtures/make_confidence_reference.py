"""Writes confidence.json, reference values for ConfidenceSequenceTests.

Needs scipy and numpy, whose versions are recorded in the file:

    python Tests/Fixtures/make_confidence_reference.py

The normal-mixture confidence sequence of Waudby-Smith, Arbour, Sinha, Kennedy, Ramdas, "Time-uniform
central limit theory and asymptotic confidence sequences", Annals of Statistics 52 (2024): the
half-width by theorem 2.2, and the best scale by the Lambert W function and by direct minimisation.
"""

import json
import pathlib
import platform

import numpy as np
import scipy
from scipy import optimize, special

CONFIDENCES = [0.9, 0.95, 0.99]
TARGETS = [1e-4, 1e-3, 0.01, 0.2]
DEVIATIONS = [0.05, 0.3]
COUNTS = [1, 2, 1024, 23_000, 1_000_000]
SQUARES = [0.0, 1e-3, 7.5, 400.0]
RANGES = [1.0, 2.0]


def half_width(count, deviation, squared_scale, alpha):
    """The half-width as the paper prints it."""
    scaled = count * squared_scale
    factor = 2 * (scaled + 1) / (count**2 * squared_scale)
    return deviation * np.sqrt(factor * np.log(np.sqrt(scaled + 1) / alpha))


def squared_scale(target, deviation, alpha):
    """The scale that is best for the number of values at which the target is met."""
    x = -1 - special.lambertw(-(alpha**2) / np.e, -1).real
    minimum = optimize.minimize_scalar(
        lambda x: half_width(1.0, 1.0, x, alpha), bounds=(1e-3, 1e3), method="bounded",
        options={"xatol": 1e-10},
    )
    assert abs(minimum.x - x) < 1e-5 * x
    count = (minimum.fun * deviation / target) ** 2
    scale = x / count
    assert abs(half_width(count, deviation, scale, alpha) - target) < 1e-12 * target
    return scale


def main():
    cases = []
    for confidence in CONFIDENCES:
        alpha = 1 - confidence
        for target in TARGETS:
            for deviation in DEVIATIONS:
                scale = squared_scale(target, deviation, alpha)
                widths = [
                    {
                        "count": count,
                        "squares": squares,
                        "range": span,
                        "halfWidth": half_width(
                            count, np.sqrt((squares + 2 * span**2) / count), scale, alpha
                        ),
                    }
                    for count in COUNTS
                    for squares in SQUARES
                    for span in RANGES
                ]
                cases.append(
                    {
                        "confidence": confidence,
                        "target": target,
                        "deviation": deviation,
                        "squaredScale": scale,
                        "widths": widths,
                    }
                )
    content = {
        "python": platform.python_version(),
        "numpy": np.__version__,
        "scipy": scipy.__version__,
        "cases": cases,
    }
    file = pathlib.Path(__file__).with_name("confidence.json")
    file.write_text(json.dumps(content) + "\n")


if __name__ == "__main__":
    main()
