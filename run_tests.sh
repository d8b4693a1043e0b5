#!/usr/bin/env bash
# The tests. Sets up what is missing, and says at the end how long each step took.
#   ./run_tests.sh                format and import arrows, all tests in release without a warning of the
#                                 compiler, and predictions against scikit-learn
#   ./run_tests.sh --sanitizers   also the code with raw pointers or unchecked spans under the address
#                                 sanitizer, and the parallel engine under the thread sanitizer
#   ./run_tests.sh --all          all of it, with simulations at full length (HEMLOCK_FULL=1)
# Where MLflow, DVC or scikit-learn cannot be installed, tests that need them say that they are
# skipped; with CI=true they fail.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
# As in the programs: parallelism is the engine's, and threads of OpenBLAS under it only contend.
export OPENBLAS_NUM_THREADS=1

sanitizers=0
case "${1-}" in
  "") ;;
  --sanitizers) sanitizers=1 ;;
  --all) sanitizers=1 && export HEMLOCK_FULL=1 ;;
  *) echo "run_tests.sh: there is no option $1; accepted: --sanitizers, --all" >&2 && exit 64 ;;
esac

work=$(mktemp -d)
python=
trap '[[ -z $python ]] || kill "$python" 2>/dev/null || true; rm -rf "$work"' EXIT

# Runs a command, the rest, as the step of that name.
step() {
  printf '\n== %s\n' "$1" >&2
  local start=$SECONDS
  "${@:2}"
  printf '%6d s  %s\n' $((SECONDS - start)) "$1" >>"$work/times"
}

# Warnings come when a file is compiled and not again, so files with one are to be compiled again.
build() {
  swift build -c release --build-tests 2>&1 | tee "$work/build" >&2
  local warned
  warned=$(grep -E "^$PWD/(Sources|Tests)/[^:]+:[0-9]+:[0-9]+: warning: " "$work/build") || return 0
  cut -d: -f1 <<<"$warned" | sort -u | tr '\n' '\0' | xargs -0 touch
  printf 'run_tests.sh: the compiler warns:\n%s\n' "$warned" >&2
  return 1
}

# Compiling leaves the network alone, so packages are fetched meanwhile.
packages() {
  wait "$python" || echo "run_tests.sh: tests that need Python packages are skipped, or fail in CI" >&2
  cat "$work/python" >&2
}

# Keeps the test runner's closing line for the end, unless that is now.
tests() {
  swift test -c release --skip-build | awk -v last="$work/last" \
    'NR > 1 { print line; fflush() } { line = $0 } END { print line >last }' && return
  cat "$work/last"
  return 1
}

# HEMLOCK_TESTS leaves out of the build what the tests named do not need.
address() {
  HEMLOCK_TESTS=FilesTests,LinAlgTests,ModelsTests \
    LSAN_OPTIONS="suppressions=$PWD/Tests/leaks.txt:print_suppressions=0" \
    swift test -c release --scratch-path .build-address --sanitize=address
}

# Left out is what starts no thread, and what needs thousands of fits to say how accurate they are.
threads() {
  HEMLOCK_TESTS=LinAlgTests,SweepsTests,StoreTests,AnalysesTests \
    TSAN_OPTIONS="suppressions=$PWD/Tests/races.txt" \
    swift test -c release --scratch-path .build-thread --sanitize=thread \
    --filter 'SweepsTests|StoreTests|AnalysesTests|ParallelTests' \
    --skip 'BatchSourceTests|GrowthTests/batchesHoldTrials|NeighborFlipTests' \
    --skip 'LabelStrengthTests|PublishedAccuracyTests|PoisonAnswerTests|JointCurveTests/intervals'
}

step "Debian packages" Scripts/setup
Scripts/python render verify mlflow dvc >"$work/python" 2>&1 &
python=$!
step "format and arrows" Scripts/check
step "build, release" build
step "Python packages, what the build did not cover" packages
step "scikit-learn on dumps of the runner" Scripts/verify
step "all tests, release" tests
if ((sanitizers)); then
  step "address sanitizer: Files, LinAlg and Models" address
  step "thread sanitizer: the engine, stores, analyses and the parallel loop" threads
fi
printf '\n'
cat "$work/times"
printf '%6d s  together\n' "$SECONDS"
cat "$work/last"
