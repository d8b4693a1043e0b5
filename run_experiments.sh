#!/usr/bin/env bash
# The study on this machine: sets up what is missing, builds, and runs poison levels 0, 5, 10 and
# 50 % on Iris. Options are passed on to `runner experiment`, for instance --seeds 1000.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

Scripts/setup
echo "building (the first time takes minutes, later seconds)" >&2
swift build -c release --product runner >&2
exec .build/release/runner experiment "$@"
