"""Runs every peer on 64 seeds: fits a second in the best of three rounds, and mean accuracies.

    python check.py [DATA]

The plain peers draw their own splits and poison, the others share theirs. Exits 1 when the mean
accuracies of two peers for a model differ by more than 3.2 points (at 50 % poison the sd is 6 points, so
three standard errors of a difference are 3 · 6 · √(2/64)), or a peer fails.
"""

import json
import subprocess
import sys
from pathlib import Path

PEERS = (
    "sklearn_plain", "sklearn_joblib", "intelex_plain", "sklearn_intelex", "libsvm_direct",
    "jax_vmap",
)
LEVELS = [0, 0.05, 0.1, 0.5]
SEEDS = 64
ROUNDS = 3
AGREEMENT = 0.032


def results(peer: str, data: str) -> dict[str, dict]:
    """The fastest answer of a peer for each of its models."""
    script = Path(__file__).with_name(peer + ".py")
    with subprocess.Popen(
        [sys.executable, script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:

        def ask(request: dict) -> dict:
            print(json.dumps(request), file=process.stdin, flush=True)
            answer = json.loads(process.stdout.readline() or '{"error": "it ended"}')
            if "error" in answer:
                raise SystemExit(f"{peer}: {answer['error']}")
            return answer

        models = json.loads(process.stdout.readline())["models"]
        common = {"data": data, "first_seed": 0, "seeds": SEEDS, "levels": LEVELS}
        answers = {
            model: min(
                (ask(common | {"model": model}) for _ in range(ROUNDS)),
                key=lambda answer: answer["seconds"])
            for model in models
        }
        print('{"quit": true}', file=process.stdin, flush=True)
        return answers


def main() -> int:
    data = sys.argv[1] if len(sys.argv) > 1 else "iris"
    print(f"{data}, {SEEDS} seeds; accuracy in percent, ± one standard error, at each level\n")
    print(f"{'model':9}{'peer':17}{'fits/s':>8}" + "".join(f"{level:>14.0%}" for level in LEVELS))
    means: dict[str, list[list[float]]] = {}
    for peer in PEERS:
        for model, answer in results(peer, data).items():
            cells = list(answer["accuracy"].values())
            means.setdefault(model, []).append([cell["mean"] for cell in cells])
            shown = [(100 * cell["mean"], 100 * cell["sd"] / SEEDS**0.5) for cell in cells]
            print(
                f"{model:9}{peer:17}{answer['fits'] / answer['seconds']:8.0f}"
                + "".join(f"{mean:>8.2f} ± {error:.2f}" for mean, error in shown),
                flush=True)
    apart = {
        model: max(max(level) - min(level) for level in zip(*rows)) for model, rows in means.items()
    }
    for model, distance in apart.items():
        if distance > AGREEMENT:
            print(f"{model}: the peers differ by {distance:.2%}", file=sys.stderr)
    return int(max(apart.values()) > AGREEMENT)


if __name__ == "__main__":
    sys.exit(main())
