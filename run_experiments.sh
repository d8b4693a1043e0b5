#!/usr/bin/env bash
# The study on this machine: sets up what is missing, builds, and runs poison levels 0, 5, 10 and
# 50 % on Iris. Options are passed on to `runner experiment`, for instance --seeds 1000.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

Scripts/setup
Scripts/python render || echo "going on without pictures: charts stay Vega-Lite specifications" >&2
echo "building (the first time takes minutes, later seconds)" >&2
swift build -c release --product runner >&2
.build/release/runner experiment "$@"
command -v mlflow >/dev/null \
  || echo "mlflow is not on the PATH; to look at the runs: pip install mlflow (3.0 or later)" >&2
