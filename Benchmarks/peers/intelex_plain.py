"""Peer: scikit-learn-intelex as people write it, one process with one thread for each core."""

from daal4py import daalinit
from sklearnex import patch_sklearn

patch_sklearn(verbose=False)  # Before anything imports an estimator.
daalinit(1)

from plain import MODELS, correct_counts  # noqa: E402
from serve import serve  # noqa: E402

__all__ = ["correct_counts"]

if __name__ == "__main__":
    serve("intelex_plain", MODELS, ["scikit-learn-intelex", "scikit-learn", "joblib", "numpy"])
