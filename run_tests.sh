#!/usr/bin/env bash
# The whole test suite: format and import arrows; the code with raw pointers or unchecked spans under
# the address sanitizer; the parallel engine under the thread sanitizer; predictions against
# scikit-learn, runs and models against MLflow, pointer files against DVC, where they can be
# installed; then all tests, in release, with warnings as errors. Sets up what is missing.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export HEMLOCK_STRICT=1
# As in the programs: parallelism is the engine's, and threads of OpenBLAS under it only contend.
export OPENBLAS_NUM_THREADS=1

Scripts/setup
Scripts/check
# Without them the tests that need them say that they are skipped; in CI they fail.
Scripts/python render verify mlflow dvc || true

step() { printf '\n== %s\n' "$*" >&2; }

step "address sanitizer: LinAlg and Models"
LSAN_OPTIONS="suppressions=$PWD/Tests/leaks.txt:print_suppressions=0" \
  swift test -c release --scratch-path .build-address --sanitize=address \
  --filter 'LinAlgTests|ModelsTests|ModelReferenceTests'

step "thread sanitizer: Sweeps and the parallel loop"
swift test --scratch-path .build-thread --sanitize=thread -c release \
  --filter 'SweepsTests|ParallelTests' --skip 'PoisonAnswerTests|ModelReferenceTests' --skip 'JointCurveTests/intervals'

step "scikit-learn on dumps of the runner"
Scripts/verify

step "all tests, release"
swift test -c release
