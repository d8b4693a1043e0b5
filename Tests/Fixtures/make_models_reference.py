"""Reference fits of scikit-learn on the rows that `runner train --dump` wrote.

    pip install scikit-learn==1.9.1
    python Tests/Fixtures/make_models_reference.py .build/release/runner Tests/Fixtures/models.json

For Iris, wine, breast cancer and digits, clean and with 10 % uniform noise (seed 3), unscaled and
standardised, with and without sample weights, C in {0.01, 1, 100}:

* softmax: coefficients and intercepts of LogisticRegression by Newton's method, with a tol of at
  most 1e-10. scikit-learn divides the objective by C·sum(w) before it looks at the gradient, so
  smaller ones, from 1e-9 / (C·sum(w)) up, are tried first;
* SVC, linear and RBF kernel, tol 1e-9: the dual objective of its coefficients, decision values of
  pairs and predictions. LIBSVM keeps kernel values as 32-bit floats, which limits what it reaches
  to about 1e-7 of the kernel's size. So its bounded and free support vectors are taken as the
  active set, on which the optimality conditions are linear equations, and these are solved in
  double precision: "objective" and "decisions" are of that solution, "violation" says how well it
  meets all conditions, "bias_slack" how far either way its bias may move and stay optimal,
  "libsvm_objective" is of LIBSVM's own coefficients;
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
SHOWN_ROWS = 10
MAX_ITERATIONS = 3_000_000


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


def pair_solution(svm, x, y, bounds, kernel, a, b, x_shown):
    """The pair's coefficients, refined on their active set."""
    starts = np.concatenate([[0], np.cumsum(svm.n_support_)])
    full = np.zeros(len(x))
    for label, row in [(a, b - 1), (b, a)]:
        block = slice(starts[label], starts[label + 1])
        full[svm.support_[block]] = np.abs(svm.dual_coef_[row, block])
    rows = np.flatnonzero((y == a) | (y == b))
    sign = np.where(y[rows] == a, 1.0, -1.0)
    limit = bounds[rows]
    raw = sign * full[rows]
    k = kernel(x[rows], x[rows])
    free = (np.abs(raw) > 1e-12 * limit) & (np.abs(raw) < limit * (1 - 1e-12))
    beta, m = raw.copy(), int(free.sum())
    for _ in range(3 if m else 0):
        system = np.block([[k[np.ix_(free, free)], np.ones((m, 1))], [np.ones((1, m)), 0]])
        right = np.append((sign - k @ beta)[free], -beta.sum())
        beta[free] += np.linalg.lstsq(system, right, rcond=1e-14)[0][:m]
    g = sign - k @ beta
    inside = np.abs(beta) / limit
    up = np.where(sign > 0, inside < 1 - 1e-12, inside > 1e-12)
    down = np.where(sign > 0, inside > 1e-12, inside < 1 - 1e-12)
    low, high = g[up].max(), g[down].min()
    b0 = g[free].mean() if m else (low + high) / 2
    outside = max(0.0, (inside - 1).max(), (-sign * beta / limit).max())

    def objective(v):
        return v @ k @ v / 2 - sign @ v

    shown = kernel(x_shown, x[rows]) @ beta + b0
    # Without a free support vector every bias of an interval is optimal.
    slack = 0.0 if m else max(high - low, 0.0) / 2
    return objective(beta), objective(raw), max(low - high, outside), shown, slack


def svm_reference(svm, x, y, bounds, kernel, x_shown):
    k = len(svm.classes_)
    parts = [
        pair_solution(svm, x, y, bounds, kernel, a, b, x_shown)
        for a in range(k) for b in range(a + 1, k)]
    return {
        "objective": sum(p[0] for p in parts), "libsvm_objective": sum(p[1] for p in parts),
        "violation": max(p[2] for p in parts), "bias_slack": [p[4] for p in parts],
        "decisions": np.column_stack([p[3] for p in parts]).tolist()}


def fit_softmax(x, y, w, c):
    """Newton's method with the smallest tol it reaches without a warning, else L-BFGS."""
    tolerances = [1e-10]
    while tolerances[-1] > 1e-9 / (c * w.sum()):
        tolerances.append(tolerances[-1] / 4)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for tol in reversed(tolerances):
            try:
                model = LogisticRegression(C=c, tol=tol, solver="newton-cholesky", max_iter=1000)
                return model.fit(x, y, w), "newton-cholesky"
            except Warning:
                pass
        warnings.simplefilter("ignore")
        return LogisticRegression(C=c, tol=1e-10, max_iter=100_000).fit(x, y, w), "lbfgs"


def reference(ids, x, y, x_validation, c, weighted):
    w = np.array([weight(i) for i in ids]) if weighted else np.ones(len(ids))
    kept = w > 0
    x, y, w = x[kept], y[kept], w[kept]
    case = {"C": c, "weighted": weighted}

    softmax, solver = fit_softmax(x, y, w, c)
    case["softmax"] = {
        "solver": solver, "coefficients": softmax.coef_.tolist(),
        "intercepts": softmax.intercept_.tolist(),
        "objective": softmax_objective(softmax, x, y, w, c),
        "predicted": softmax.predict(x_validation).tolist()}

    gamma = 1 / (x.shape[1] * x.var())
    kernels = {
        "linear": lambda a, b: a @ b.T,
        "rbf": lambda a, b: np.exp(-gamma * ((a[:, None, :] - b[None, :, :]) ** 2).sum(axis=2)),
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
        case[name] = {
            "gamma": gamma, "predicted": svm.predict(x_validation).tolist(),
            **svm_reference(svm, x, y, c * w, kernel, x_validation[:SHOWN_ROWS])}

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
