"""The cells of a study of curves in scikit-learn, seeds shared out among processes by joblib.

Reads one request from standard input, JSON with the means and covariances of normal classes, the cells and
the number of seeds, and writes the seconds that all fits took and the mean accuracy of each cell.
"""

import json
import sys
import time

import numpy as np
from joblib import Parallel, delayed
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

MODELS = {
    "softmax": lambda: LogisticRegression(C=1.0, max_iter=200),
    "rbf-svm": lambda: SVC(),
    "knn": lambda: KNeighborsClassifier(5),
}


def draw(rng, means, roots, count):
    labels = np.arange(count) % len(means)
    normals = rng.standard_normal((count, means.shape[1]))
    return means[labels] + np.einsum("nij,nj->ni", roots[labels], normals), labels


def poisoned(rows, labels, attack, level, order, uniforms, classes):
    count = int(np.floor(level * len(labels) + 0.5))
    chosen = order[order < len(labels)][:count]
    if attack.endswith("flow=delete"):
        keep = np.setdiff1d(np.arange(len(labels)), chosen)
        return rows[keep], labels[keep]
    rows, labels = rows.copy(), labels.copy()
    if attack == "uniform":
        low, high = rows.min(axis=0), rows.max(axis=0)
        rows[chosen] = low + uniforms[chosen] * (high - low)
    elif attack == "pair":
        labels[chosen] = (labels[chosen] + 1) % classes
    return rows, labels


def one_seed(seed, request):
    means = np.array(request["means"])
    roots = np.array(request["roots"])
    rng = np.random.default_rng(seed)
    pool = max(cell["attacked"] + cell["added"] for cell in request["cells"])
    rows, labels = draw(rng, means, roots, pool)
    test, truth = draw(rng, means, roots, request["validation"])
    order, uniforms = rng.permutation(pool), rng.random(rows.shape)
    correct = []
    for cell in request["cells"]:
        n, m = cell["attacked"], cell["added"]
        x, y = poisoned(
            rows[:n], labels[:n], cell["attack"], cell["level"], order, uniforms, len(means)
        )
        x, y = np.concatenate([x, rows[n : n + m]]), np.concatenate([y, labels[n : n + m]])
        scaler = StandardScaler().fit(x)
        model = MODELS[cell["model"]]().fit(scaler.transform(x), y)
        correct.append(float(np.mean(model.predict(scaler.transform(test)) == truth)))
    return correct


def main():
    request = json.loads(sys.stdin.readline())
    workers = request["workers"]
    with Parallel(n_jobs=workers) as parallel:
        # Processes start, and libraries load, before the clock does.
        small = dict(request, cells=request["cells"][:3])
        parallel(delayed(one_seed)(seed, small) for seed in range(workers))
        start = time.perf_counter()
        results = parallel(
            delayed(one_seed)(seed, request) for seed in range(request["seeds"])
        )
        seconds = time.perf_counter() - start
    print(json.dumps({"seconds": seconds, "accuracy": np.mean(results, axis=0).tolist()}))


main()
