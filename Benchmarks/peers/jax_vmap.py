"""Peer: JAX, Newton's method for many problems at once by `vmap`, one process for each core.
Softmax only.

Each problem has the objective of scikit-learn's `LogisticRegression(C=1)`,

    Σᵢ CE(xᵢ, yᵢ) + ½‖W‖²,   the intercepts unpenalised,

in double precision, to a gradient of at most 1e-8. The rows of the solution sum to zero over the
classes, so W = Qᵀ V with an orthonormal basis Q of such vectors: the Hessian in V is a third to a
half of the size, and regular.
"""

import os

# XLA's fused kernels of its default (`ynn`) gave NaN in some runs (jax 0.10.2, d = 13), and are
# slower here. One thread for each process.
os.environ["XLA_FLAGS"] = (
    "--xla_cpu_experimental_ynn_fusion_type= --xla_cpu_multi_thread_eigen=false")

from collections.abc import Sequence  # noqa: E402
from functools import partial  # noqa: E402

import jax  # noqa: E402
import jax.numpy as jnp  # noqa: E402
import numpy as np  # noqa: E402
from jax.scipy.linalg import cho_factor, cho_solve  # noqa: E402

import grid  # noqa: E402
from serve import serve  # noqa: E402

jax.config.update("jax_platforms", "cpu")
jax.config.update("jax_enable_x64", True)

TOLERANCE = 1e-8
ITERATION_LIMIT = 200
BATCH_BYTES = 256 << 10  # Of training rows: what is fastest here.


def minimize(x: jax.Array, y: jax.Array, class_count: int) -> tuple[jax.Array, jax.Array]:
    """Coefficients, with the intercept last, and the greatest entry of the gradient."""
    n, d = x.shape
    x = jnp.concatenate([x.T, jnp.ones((1, n))])
    q = np.linalg.qr(np.eye(class_count) - 1 / class_count)[0][:, :-1].T
    # For two classes scikit-learn has one vector w, the difference of the rows: ½‖w‖² = ‖W‖².
    penalty = np.append(np.full(d, 2 if class_count == 2 else 1), 0)
    a, b = np.triu_indices(class_count - 1)
    pair = np.zeros((class_count - 1, class_count - 1), int)
    pair[a, b] = pair[b, a] = np.arange(len(a))
    size = (class_count - 1) * (d + 1)
    target = q @ jax.nn.one_hot(y, class_count, axis=0)

    def evaluated(v):
        p = jax.nn.softmax(q.T @ (v @ x), axis=0)
        qp = q @ p
        return v, p, qp, (qp - target) @ x.T + v * penalty

    def step(state):
        point, length, iteration = state
        v, p, qp, gradient = point
        weights = (q[a] * q[b]) @ p - qp[a] * qp[b]
        blocks = jnp.einsum("pjn,kn->pjk", weights[:, np.newaxis] * x, x)
        hessian = blocks[pair].transpose(0, 2, 1, 3).reshape(size, size)
        hessian += np.diag(np.tile(penalty, class_count - 1))
        direction = cho_solve(cho_factor(hessian), gradient.ravel()).reshape(v.shape)
        candidate = evaluated(v - length * direction)
        # The direction is one of descent for ‖gradient‖ too. On digits full steps alone diverge.
        better = (candidate[-1] ** 2).sum() < (gradient**2).sum()
        point = jax.tree.map(partial(jnp.where, better), candidate, point)
        return point, jnp.where(better, 1.0, length / 2), iteration + 1

    def greatest(state):
        return jnp.abs(q.T @ state[0][-1]).max()

    def unfinished(state):
        return (greatest(state) > TOLERANCE) & (state[2] < ITERATION_LIMIT)

    start = evaluated(jnp.zeros((class_count - 1, d + 1)))
    final = jax.lax.while_loop(unfinished, step, (start, 1.0, 0))
    return q.T @ final[0][0], greatest(final)


@partial(jax.jit, static_argnames="class_count")
def solve(x, y, x_validation, y_validation, class_count):
    """Right predictions and the greatest entry of the gradient, for each problem of a batch."""

    def one(x, y, x_validation, y_validation):
        w, gradient = minimize(x, y, class_count)
        predicted = (x_validation @ w[:, :-1].T + w[:, -1]).argmax(axis=1)
        return (predicted == y_validation).sum(), gradient

    return jax.vmap(one)(x, y, x_validation, y_validation)


def correct_counts(
    model: str, dataset: grid.Dataset, seeds: range, levels: Sequence[float]
) -> np.ndarray:
    """How many validation rows are predicted right: seeds × levels."""
    class_count = int(dataset.labels.max()) + 1
    batch = len(levels) * max(1, BATCH_BYTES // (dataset.features.nbytes * len(levels)))
    counts = []
    for block in grid.blocks(dataset, seeds, levels):
        problems = (
            block.train.reshape(-1, *block.train.shape[2:]),
            block.train_labels.repeat(len(levels), axis=0),
            block.validation.reshape(-1, *block.validation.shape[2:]),
            block.validation_labels.repeat(len(levels), axis=0),
        )
        count = len(problems[0])
        for start in range(0, count, batch):
            parts = [part[start : start + batch] for part in problems]
            # A last batch is filled up by its own problems: all have one shape, compiled once.
            correct, gradients = solve(
                *(np.resize(part, (batch, *part.shape[1:])) for part in parts), class_count)
            if not (gradients <= TOLERANCE).all():
                raise FloatingPointError("Newton's method did not converge")
            counts.append(np.asarray(correct)[: len(parts[0])])
    return np.concatenate(counts).reshape(len(seeds), len(levels))


if __name__ == "__main__":
    serve("jax_vmap", ["softmax"], ["jax", "jaxlib", "numpy"])
