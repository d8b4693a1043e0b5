"""Writes privacy.json: what T noisy sums of Poisson samples reveal of a row that is replaced.

    python -m venv peers && peers/bin/pip install dp-accounting==0.6.0
    peers/bin/python Tests/Fixtures/make_privacy_reference.py > Tests/Fixtures/privacy.json

Each ε lies between `lower`, of an optimistic estimate, and `upper`, of a pessimistic one.
"""

import json
import logging
import platform
from importlib.metadata import version

import numpy
import scipy
from dp_accounting import NeighboringRelation
from dp_accounting.pld.privacy_loss_distribution import from_gaussian_mechanism

logging.disable(logging.WARNING)


def losses(rate, noise, steps, spacing, relation=NeighboringRelation.REPLACE_ONE):
    return [
        from_gaussian_mechanism(
            noise, sampling_prob=rate, value_discretization_interval=spacing,
            pessimistic_estimate=is_pessimistic, neighboring_relation=relation,
        ).self_compose(steps)
        for is_pessimistic in [False, True]]


points = []
for rate, noise, steps in [
    (1.0, 4.0, 1), (1.0, 20.0, 30), (0.5, 3.0, 10), (0.5, 1.0, 5), (0.2, 2.013, 200),
    (0.2, 3.376, 200), (0.2, 20.0, 100), (0.05, 1.0, 100), (0.01, 0.8, 1000), (0.01, 4.0, 2000),
]:
    # Optimistic losses are rounded down, by half the spacing each on average.
    optimistic, pessimistic = losses(rate, noise, steps, 1e-5 if steps > 50 else 1e-4)
    for delta in [1e-3, 1e-5, 1e-9]:
        lower, upper = (
            pld.get_epsilon_for_delta(delta) for pld in (optimistic, pessimistic))
        points.append({
            "rate": rate, "noise": noise, "steps": steps, "delta": delta, "lower": lower,
            "upper": upper})

_, added = losses(0.2, 2.013, 200, 1e-4, NeighboringRelation.ADD_OR_REMOVE_ONE)
print(json.dumps({
    "versions": {
        "python": platform.python_version(), "numpy": numpy.__version__,
        "scipy": scipy.__version__, "dp-accounting": version("dp-accounting"),
    },
    "points": points,
    # The noise that ε = 8 has by Rényi divergences when a row is added, by the better accountant.
    "added": {"rate": 0.2, "noise": 2.013, "steps": 200, "delta": 1e-5,
              "epsilon": added.get_epsilon_for_delta(1e-5)},
}))
