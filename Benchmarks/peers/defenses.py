"""Times scikit-learn's detectors and cleanlab's label issues on request, for `bench defenses --peers`.

Each line of standard input is a JSON object with the task, the file of features (doubles, row after row), its
rows and columns, the number of repeats and, for label issues, the file of labels (64-bit integers) beside
probabilities in the place of features. Each answer is a line with the seconds of one repeat.
"""

import json
import sys
import time
import warnings

import numpy
from sklearn.ensemble import IsolationForest
from sklearn.neighbors import LocalOutlierFactor
from sklearn.svm import OneClassSVM

warnings.filterwarnings("ignore")


def forest(points, _):
    IsolationForest(n_estimators=100, random_state=0).fit(points).score_samples(points)


def machine(points, _):
    OneClassSVM(nu=0.1).fit(points).decision_function(points)


def factors(points, _):
    LocalOutlierFactor(20, n_jobs=-1 if len(points) > 1000 else None).fit(points)


def issues(probabilities, labels):
    from cleanlab.filter import find_label_issues

    find_label_issues(labels, probabilities, n_jobs=1)


TASKS = {
    "isolation-forest": forest, "one-class-svm": machine, "lof": factors, "lof-large": factors,
    "label-issues": issues,
}

for line in sys.stdin:
    request = json.loads(line)
    try:
        points = numpy.fromfile(request["file"]).reshape(request["rows"], request["columns"])
        labels = numpy.fromfile(request["labels"], dtype=numpy.int64) if request["labels"] else None
        task = TASKS[request["task"]]
        start = time.perf_counter()
        for _ in range(request["repeats"]):
            task(points, labels)
        answer = {"seconds": (time.perf_counter() - start) / request["repeats"]}
    except Exception as error:  # Told to whoever asked.
        answer = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(answer), flush=True)
