"""Checks `runner train --dump` folders with scikit-learn: refits on train.csv, predicts
validation.csv, and compares with predictions.csv.

    python Scripts/verify_dump.py DIR [DIR ...]

Rows of weight 0, which a defence has removed, are left out. Losses that scikit-learn has not (those
of defences in training) are not refitted: the fitted model of run.json predicts instead.

Exits 1 when a prediction differs that should not, or the predicted class has not the largest score.
Nearest neighbours may differ where the k-th and the next distance are equal, since scikit-learn
leaves the order of equal distances open.
"""

import csv
import json
import sys
from pathlib import Path

import numpy as np
from sklearn.dummy import DummyClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics.pairwise import rbf_kernel
from sklearn.neighbors import KNeighborsClassifier, NearestNeighbors
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

# Defences whose losses scikit-learn has not.
IN_TRAINING = {
    "label-smoothing", "gce", "forward", "huber-hinge", "ramp", "dp-sgd", "objective-perturbation"}


def read(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.reader(file))[1:]


def scaled(run, x, x_validation):
    record = run["scaler"]
    center, scale = np.array(record["center"]), np.array(record["scale"])
    if record["kind"] == "standard" and record["fitted_on"] == "poisoned":
        fitted = StandardScaler().fit(x)
        np.testing.assert_allclose(center, fitted.mean_, rtol=1e-12, atol=1e-12)
        np.testing.assert_allclose(scale, fitted.scale_, rtol=1e-12, atol=1e-12)
    return (x - center) / scale, (x_validation - center) / scale


def refit(run, x, y, weights):
    name, parameters = run["model"]["name"], run["model"]["parameters"]
    if len(set(y)) == 1:
        return DummyClassifier(strategy="most_frequent").fit(x, y)
    if name == "softmax":
        return LogisticRegression(C=float(parameters["C"]), tol=1e-10, max_iter=100_000).fit(
            x, y, weights)
    if name == "knn":
        assert (weights == 1).all(), "scikit-learn's neighbours have no weights"
        return KNeighborsClassifier(int(parameters["n_neighbors"]), algorithm="brute").fit(x, y)
    kernel = {"linear-svm": "linear", "rbf-svm": "rbf"}[name]
    gamma = parameters.get("gamma", "scale")
    gamma = gamma if gamma in ("scale", "auto") else float(gamma)
    return SVC(
        C=float(parameters["C"]), kernel=kernel, gamma=gamma, tol=float(parameters["tol"])
    ).fit(x, y, weights)


def recorded(run, classes, x):
    """What the model of run.json says, by its formula."""
    model = run["model"]
    present = [classes.index(name) for name in model["present_classes"]]
    if model.get("coefficients"):
        logits = x @ np.array(model["coefficients"]).T + model["intercepts"]
        return np.array(present)[logits.argmax(axis=1)]
    votes = np.zeros((len(x), len(classes)))
    vectors = np.array(model["support_vectors"]).reshape(-1, x.shape[1])
    values = (
        rbf_kernel(x, vectors, gamma=model["gamma"]) if model.get("gamma") else x @ vectors.T)
    for machine in model["machines"]:
        decisions = values @ np.array(machine["dual_coefficients"]) + machine["intercept"]
        pair = [classes.index(machine[side]) for side in ("positive", "negative")]
        votes[np.arange(len(x)), np.where(decisions > 0, *pair)] += 1
    return np.array(present)[votes[:, present].argmax(axis=1)]


def ties(run, x, x_validation):
    if run["model"]["name"] != "knn":
        return np.zeros(len(x_validation), bool)
    k = int(run["model"]["parameters"]["n_neighbors"])
    if k >= len(x):
        return np.zeros(len(x_validation), bool)
    distances, _ = NearestNeighbors(n_neighbors=k + 1, algorithm="brute").fit(x).kneighbors(
        x_validation)
    return distances[:, k] - distances[:, k - 1] <= 1e-9 * distances[:, k]


def verify(folder):
    folder = Path(folder)
    run = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    classes = run["dataset"]["classes"]
    train, validation = read(folder / "train.csv"), read(folder / "validation.csv")
    predictions = read(folder / "predictions.csv")
    assert [row[0] for row in validation] == [row[0] for row in predictions]
    assert not {row[0] for row in train} & {row[0] for row in validation}
    y = np.array([classes.index(row[-1]) for row in train])
    weights = np.array([float(row[2]) for row in train])
    x = np.array([[float(v) for v in row[3:-1]] for row in train])
    x_validation = np.array([[float(v) for v in row[1:-1]] for row in validation])
    scores = np.array([[float(v) for v in row[3:]] for row in predictions])
    for numbers in (x, x_validation, weights, scores):
        assert np.isfinite(numbers).all(), f"{folder}: a number is not finite"
    assert (weights >= 0).all() and weights.any(), f"{folder}: weights"
    left = weights > 0
    x, y, weights = x[left], y[left], weights[left]
    x, x_validation = scaled(run, x, x_validation)
    ours = np.array([classes.index(row[2]) for row in predictions])
    # Probabilities may round to a tie; scores of vector machines may not.
    others = np.ma.array(scores, mask=np.eye(len(classes), dtype=bool)[ours]).max(axis=1)
    own = scores[np.arange(len(ours)), ours]
    is_sure = own > others if run["model"]["name"].endswith("svm") else own >= others
    name = (run.get("defense") or {}).get("name", "").split("+")[-1].split(":")[0]
    is_ours = name in IN_TRAINING
    theirs = (
        recorded(run, classes, x_validation) if is_ours
        else refit(run, x, y, weights).predict(x_validation))
    tied = np.zeros(len(ours), bool) if is_ours else ties(run, x, x_validation)
    different = int(((theirs != ours) & ~tied).sum()) + int((~is_sure).sum())
    poisoned = sum(row[1] == "1" for row in train)
    print(
        f"{run['dataset']['name']:16} {run['model']['name']:11} {poisoned:4} poisoned, "
        f"{int((~left).sum()):3} left out: {len(ours)} predictions, {different} differ"
        + (f" from the model of run.json ({name} is not scikit-learn's)" if is_ours else "")
        + (f", {int(tied.sum())} tied distances" if tied.any() else ""))
    return different == 0


if __name__ == "__main__":
    sys.exit(0 if all([verify(folder) for folder in sys.argv[1:]]) else 1)
