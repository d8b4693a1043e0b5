"""Writes sanitizers.json: cleanlab's label issues and imbalanced-learn's edited neighbours.

    python -m venv peers && peers/bin/pip install cleanlab==2.9.0 imbalanced-learn==0.14.2 \
        scikit-learn==1.9.1
    NPY_DISABLE_CPU_FEATURES="X86_V4 X86_V3 AVX512_ICL AVX512_SPR" \
        peers/bin/python Tests/Fixtures/make_sanitizers_reference.py > Tests/Fixtures/sanitizers.json

Where counts tie for a rounding, cleanlab's choice is that of NumPy's argsort, which is stable for short
arrays only without the vector instructions that the variable turns off.
"""

import json
import platform
import warnings

import cleanlab
import imblearn
import numpy
import sklearn
from cleanlab.count import compute_confident_joint
from cleanlab.filter import find_label_issues
from imblearn.under_sampling import EditedNearestNeighbours
from sklearn.datasets import load_breast_cancer, load_digits, load_iris, load_wine
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_predict

warnings.filterwarnings("ignore")
rules = ["prune_by_noise_rate", "prune_by_class", "both", "confident_learning", "predicted_neq_given"]
random = numpy.random.default_rng(7)


def flipped(labels, share, classes):
    labels = labels.copy()
    rows = random.permutation(len(labels))[: int(share * len(labels))]
    labels[rows] = (labels[rows] + random.integers(1, classes, len(rows))) % classes
    return labels


def case(name, labels, probabilities):
    # Few digits, so that the file is small; both sides read the same numbers.
    probabilities = numpy.round(probabilities, 5)
    return {
        "name": name, "classes": probabilities.shape[1], "labels": labels.tolist(),
        "probabilities": probabilities.ravel().tolist(),
        "joint": compute_confident_joint(labels, probabilities).tolist(),
        "issues": {
            rule: numpy.flatnonzero(
                find_label_issues(labels, probabilities, filter_by=rule, n_jobs=1)).tolist()
            for rule in rules
        },
    }


cases = []
for name, load, share in [
    ("iris", load_iris, 0.1), ("iris, many", load_iris, 0.4), ("wine", load_wine, 0.2),
    ("cancer", load_breast_cancer, 0.15), ("digits", load_digits, 0.06),
]:
    data = load()
    points = (data.data - data.data.mean(axis=0)) / (data.data.std(axis=0) + 1e-9)
    classes = len(set(data.target))
    if name == "digits":
        chosen = random.permutation(len(points))[:600]
        points, target = points[chosen], data.target[chosen]
    else:
        target = data.target
    labels = flipped(target, share, classes)
    probabilities = cross_val_predict(
        LogisticRegression(max_iter=500), points, labels, cv=5, method="predict_proba")
    cases.append(case(name, labels, probabilities))

# Labels that little supports, classes of one row, and probabilities that say nothing.
for number, (rows, classes, sharp) in enumerate(
    [(12, 2, 1.0), (40, 4, 0.5), (60, 3, 3.0), (9, 3, 0.1), (200, 12, 2.0), (30, 5, 1.5)]
):
    raw = random.exponential(size=(rows, classes)) ** sharp
    probabilities = raw / raw.sum(axis=1, keepdims=True)
    labels = random.integers(0, classes, rows)
    labels[:classes] = numpy.arange(classes)
    cases.append(case(f"random {number}", labels, probabilities))

edited = []
for name, load in [("wine", load_wine), ("breast-cancer", load_breast_cancer)]:
    data = load()
    points = (data.data - data.data.mean(axis=0)) / data.data.std(axis=0)
    labels = flipped(data.target, 0.1, len(set(data.target)))
    for neighbors in [3, 7]:
        for kind in ["mode", "all"]:
            sampler = EditedNearestNeighbours(
                sampling_strategy="all", n_neighbors=neighbors, kind_sel=kind)
            sampler.fit_resample(points, labels)
            edited.append({
                "data": name, "labels": labels.tolist(), "neighbors": neighbors, "kind": kind,
                "kept": sorted(sampler.sample_indices_.tolist()),
            })

print(json.dumps({
    "versions": {
        "python": platform.python_version(), "numpy": numpy.__version__,
        "scikit-learn": sklearn.__version__, "cleanlab": cleanlab.__version__,
        "imbalanced-learn": imblearn.__version__,
    },
    "cases": cases, "edited": edited,
}))
