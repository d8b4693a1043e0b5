"""Reference fits of scikit-learn with sample weights, of a study of wine that has them.

    pip install scikit-learn==1.9.1
    python Tests/Fixtures/make_weights_reference.py Tests/Fixtures/weights.json

Two of three rows of wine are learnt from, the others judged on. Features are standardised by the rows learnt from,
which all count alike there. Row i of wine weighs 0 where i % 11 = 0, else 0.25 + (7 i % 13) / 8. C is 1, of the RBF
kernel 10 with a gamma of 0.1.

* softmax: probabilities of the rows judged on, by LogisticRegression's Newton method, tol 1e-12;
* linear-svm, rbf-svm: the classes that SVC says of them, and the smallest size of a decision value of a pair.
"""

import json
import sys
from pathlib import Path

import numpy as np
import sklearn
from sklearn.datasets import load_wine
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC


def main(target):
    x, y = load_wine(return_X_y=True)
    rows = np.arange(len(y))
    weights = np.where(rows % 11 == 0, 0.0, 0.25 + (rows * 7 % 13) / 8)
    learnt, judged = rows % 3 != 0, rows % 3 == 0
    scaler = StandardScaler().fit(x[learnt])
    a, b = scaler.transform(x[learnt]), scaler.transform(x[judged])

    softmax = LogisticRegression(C=1.0, solver="newton-cholesky", tol=1e-12, max_iter=1000)
    softmax.fit(a, y[learnt], sample_weight=weights[learnt])
    record = {
        "scikit_learn": sklearn.__version__,
        "softmax": softmax.predict_proba(b).tolist(),
    }
    plain = LogisticRegression(C=1.0, solver="newton-cholesky", tol=1e-12, max_iter=1000)
    plain.fit(a, y[learnt])
    record["difference"] = float(
        np.abs(plain.predict_proba(b) - softmax.predict_proba(b)).max())
    for name, svc in [
        ("linear", SVC(C=1.0, kernel="linear", tol=1e-9, decision_function_shape="ovo")),
        ("rbf", SVC(C=10.0, kernel="rbf", gamma=0.1, tol=1e-9, decision_function_shape="ovo")),
    ]:
        svc.fit(a, y[learnt], sample_weight=weights[learnt])
        record[name] = {
            "classes": svc.predict(b).tolist(),
            "margin": float(np.abs(svc.decision_function(b)).min()),
        }
    Path(target).write_text(json.dumps(record, indent=1) + "\n")


main(sys.argv[1])
