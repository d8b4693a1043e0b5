"""Reference fits of scikit-learn on the rows that `runner train --dump` wrote.

    pip install scikit-learn==1.9.1
    python Tests/Fixtures/make_models_reference.py .build/release/runner Tests/Fixtures/models.json

For Iris, wine, breast cancer and digits, clean and with 10 % uniform noise (seed 3), unscaled and
standardised, with and without sample weights, C in {0.01, 1, 100}:

* softmax: coefficients and intercepts of LogisticRegression, tol 1e-10, by Newton's method;
* SVC, linear and RBF kernel, tol 1e-9: the dual objective of its coefficients (in double
  precision), decision values of pairs and predictions;
* KNeighborsClassifier, brute force: predictions, and whether the fifth and sixth distance differ.

Weights are a formula of the row number (`weight` below), zero for every eleventh row.
"""

import json
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

import numpy as np
import sklearn
from scipy.special import logsumexp
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

DATA_SETS = ["iris", "wine", "breast-cancer", "digits"]
SEED = 3
C_VALUES = [0.01, 1, 100]
SHOWN_ROWS = 12
MAX_ITERATIONS = 20_000_000


def weight(row_id):
    return 0.0 if row_id % 11 == 0 else 0.25 + (row_id * 7 % 13) / 8


def read(path, classes):
    lines = path.read_text().splitlines()
    rows = [line.split(",") for line in lines[1:]]
    labels = np.array([classes.index(row[-1]) for row in rows])
    return rows, labels


def load(runner, data, level, scaler):
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [runner, "train", "--data", data, "--poison", str(level), "--scaler", scaler,
             "--seed", str(SEED), "--dump", folder, "--json"],
            check=True, capture_output=True)
        folder = Path(folder)
        run = json.loads((folder / "run.json").read_text())
        classes = run["dataset"]["classes"]
        train, y = read(folder / "train.csv", classes)
        validation, y_validation = read(folder / "validation.csv", classes)
    ids = np.array([int(row[0]) for row in train])
    x = np.array([[float(v) for v in row[3:-1]] for row in train])
    x_validation = np.array([[float(v) for v in row[1:-1]] for row in validation])
    if scaler == "standard":
        fitted = StandardScaler().fit(x)
        x, x_validation = fitted.transform(x), fitted.transform(x_validation)
    return ids, x, y, x_validation


def softmax_objective(model, x, y, w, c):
    if len(model.classes_) == 2:
        z = np.column_stack([np.zeros(len(x)), model.decision_function(x)])
    else:
        z = model.decision_function(x)
    loss = logsumexp(z, axis=1) - z[np.arange(len(y)), y]
    return c * (w * loss).sum() + (model.coef_**2).sum() / 2


def svm_objective(model, y, kernel):
    """Sum over pairs of (1/2) b'Kb - sum |b|, from the coefficients in libsvm's layout."""
    starts = np.concatenate([[0], np.cumsum(model.n_support_)])
    k = len(model.classes_)
    total = 0.0
    for a in range(k):
        for b in range(a + 1, k):
            first, second = np.arange(starts[a], starts[a + 1]), np.arange(starts[b], starts[b + 1])
            beta = np.concatenate([
                np.abs(model.dual_coef_[b - 1, first]), -np.abs(model.dual_coef_[a, second])])
            rows = model.support_vectors_[np.concatenate([first, second])]
            total += beta @ kernel(rows) @ beta / 2 - np.abs(beta).sum()
    return total


def reference(ids, x, y, x_validation, c, weighted):
    w = np.array([weight(i) for i in ids]) if weighted else np.ones(len(ids))
    kept = w > 0
    x, y, w = x[kept], y[kept], w[kept]
    case = {"C": c, "weighted": weighted}

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            softmax = LogisticRegression(
                C=c, tol=1e-10, solver="newton-cholesky", max_iter=1000).fit(x, y, w)
            solver = "newton-cholesky"
        except Warning:
            warnings.simplefilter("ignore")
            softmax = LogisticRegression(C=c, tol=1e-10, solver="lbfgs", max_iter=100_000).fit(x, y, w)
            solver = "lbfgs"
    case["softmax"] = {
        "solver": solver, "coefficients": softmax.coef_.tolist(),
        "intercepts": softmax.intercept_.tolist(),
        "objective": softmax_objective(softmax, x, y, w, c),
        "predicted": softmax.predict(x_validation).tolist()}

    gamma = 1 / (x.shape[1] * x.var())
    kernels = {
        "linear": lambda rows: rows @ rows.T,
        "rbf": lambda rows: np.exp(
            -gamma * ((rows[:, None, :] - rows[None, :, :]) ** 2).sum(axis=2)),
    }
    for name, kernel in kernels.items():
        svm = SVC(
            C=c, kernel=name, gamma=gamma, tol=1e-9, decision_function_shape="ovo",
            max_iter=MAX_ITERATIONS)
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            svm.fit(x, y, w)
        if caught:
            print("no convergence:", name, case["C"], case["weighted"], flush=True)
            continue
        decisions = svm.decision_function(x_validation[:SHOWN_ROWS])
        if decisions.ndim == 1:
            decisions = -decisions[:, None]  # scikit-learn turns the sign for two classes
        case[name] = {
            "gamma": gamma, "objective": svm_objective(svm, y, kernel),
            "decisions": decisions.tolist(), "predicted": svm.predict(x_validation).tolist(),
            "iterations": int(np.sum(svm.n_iter_))}

    if c == 1:
        knn = KNeighborsClassifier(5, algorithm="brute").fit(x, y)
        distances, _ = KNeighborsClassifier(6, algorithm="brute").fit(x, y).kneighbors(x_validation)
        separated = distances[:, 5] - distances[:, 4] > 1e-9 * distances[:, 5]
        case["knn"] = {
            "predicted": knn.predict(x_validation).tolist(), "separated": separated.tolist()}
    return case


def rounded(value):
    if isinstance(value, float):
        return float(f"{value:.15g}")
    if isinstance(value, list):
        return [rounded(v) for v in value]
    if isinstance(value, dict):
        return {k: rounded(v) for k, v in value.items()}
    return value


def main():
    runner, output = sys.argv[1:3]
    problems = []
    for data in DATA_SETS:
        for level in [0, 0.1]:
            for scaler in ["none", "standard"]:
                ids, x, y, x_validation = load(runner, data, level, scaler)
                problem = {
                    "data": data, "level": level, "scaler": scaler, "seed": SEED,
                    "row_ids": ids.tolist(), "feature_sum": float(x.sum()),
                    "absolute_sum": float(np.abs(x).sum()),
                    "cases": [
                        reference(ids, x, y, x_validation, c, weighted)
                        for weighted in [False, True] for c in C_VALUES]}
                problems.append(problem)
                print(data, level, scaler, flush=True)
    versions = {"scikit-learn": sklearn.__version__, "numpy": np.__version__}
    text = json.dumps(rounded({"versions": versions, "problems": problems}), separators=(",", ":"))
    Path(output).write_text(text.replace('{"data"', '\n{"data"') + "\n")


main()
