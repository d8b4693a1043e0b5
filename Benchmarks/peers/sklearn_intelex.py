"""Peer: scikit-learn-intelex, one process with one thread for each core.

One process with all threads is slower: a fit of a hundred rows has nothing to share out.
"""

from daal4py import daalinit
from sklearnex import patch_sklearn

patch_sklearn(verbose=False)  # Before anything imports an estimator.
daalinit(1)

from estimators import MODELS, correct_counts  # noqa: E402
from serve import serve  # noqa: E402

__all__ = ["correct_counts"]

if __name__ == "__main__":
    serve("sklearn_intelex", MODELS, ["scikit-learn-intelex", "scikit-learn", "joblib", "numpy"])
