"""Checks `runner train --dump` folders with scikit-learn: refits on train.csv, predicts
validation.csv, and compares with predictions.csv.

    python Scripts/verify_dump.py DIR [DIR ...]

Exits 1 when a prediction differs that should not. Nearest neighbours may differ where the k-th and
the next distance are equal, since scikit-learn leaves the order of equal distances open.
"""

import csv
import json
import sys
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier, NearestNeighbors
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC


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
    if name == "softmax":
        return LogisticRegression(C=float(parameters["C"]), tol=1e-10, max_iter=100_000).fit(
            x, y, weights)
    if name == "knn":
        return KNeighborsClassifier(int(parameters["n_neighbors"]), algorithm="brute").fit(x, y)
    kernel = {"linear-svm": "linear", "rbf-svm": "rbf"}[name]
    gamma = parameters.get("gamma", "scale")
    gamma = gamma if gamma in ("scale", "auto") else float(gamma)
    return SVC(
        C=float(parameters["C"]), kernel=kernel, gamma=gamma, tol=float(parameters["tol"])
    ).fit(x, y, weights)


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
    x, x_validation = scaled(run, x, x_validation)
    theirs = refit(run, x, y, weights).predict(x_validation)
    ours = np.array([classes.index(row[2]) for row in predictions])
    tied = ties(run, x, x_validation)
    different = int(((theirs != ours) & ~tied).sum())
    poisoned = sum(row[1] == "1" for row in train)
    print(
        f"{run['dataset']['name']:16} {run['model']['name']:11} {poisoned:4} poisoned: "
        f"{len(ours)} predictions, {different} differ"
        + (f", {int(tied.sum())} tied distances" if tied.any() else ""))
    return different == 0


if __name__ == "__main__":
    sys.exit(0 if all([verify(folder) for folder in sys.argv[1:]]) else 1)
