"""Peer: scikit-learn, one process with one thread for each core."""

from estimators import MODELS, correct_counts
from serve import serve

__all__ = ["correct_counts"]

if __name__ == "__main__":
    serve("sklearn_joblib", MODELS, ["scikit-learn", "joblib", "numpy", "scipy"])
