"""Peer: scikit-learn as people write it, one process with one thread for each core."""

from plain import MODELS, correct_counts
from serve import serve

__all__ = ["correct_counts"]

if __name__ == "__main__":
    serve("sklearn_plain", MODELS, ["scikit-learn", "joblib", "numpy", "scipy"])
