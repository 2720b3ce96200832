#!/bin/bash
# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what is missing, builds everything and runs all tests:
# tests/run.sh [--preset NAME] [--no-e2e] [--long] [ctest options].
# With --long the tests take the long way where they have one (LATCHKEY_LONG=1): whole waits, many rounds.
# A run of everything ends with the table of requirements and faults and what became of each, and with --long with all
# mutants.
set -eu
cd "$(dirname "$0")/.."
. packaging/packages.sh

preset=dev
filter=()
long=
while [ $# -gt 0 ]; do
    case $1 in
    --preset) preset=$2; shift 2 ;;
    --long) long=yes; export LATCHKEY_LONG=1; shift ;;
    --no-e2e) filter=(--label-exclude e2e); shift ;;
    *) break ;;
    esac
done

echo "1. Packages"
# shellcheck disable=SC2086 # the lists are meant to be split
install_packages $build_packages $run_packages $screen_packages $test_packages
# shellcheck disable=SC2086 # as above
command -v npm >/dev/null || install_packages $node_packages
tests/peers/npm.sh build/peers
echo "2. Build ($preset)"
cmake --preset "$preset" >/dev/null
export NINJA_STATUS='%p, %u left after %e s: ' # on one line where this is a terminal
progress=()
[ -t 1 ] && progress=(--progress)
cmake --build --preset "$preset"
echo "3. Tests"
results=$PWD/build/$preset/ctest.xml
rm -f "$results"
failed=0
# Most tests wait most of the time, so twice as many run as there are processors.
# A report of every row of every test, whatever its length.
ctest --preset "$preset" --parallel "$((2 * $(nproc)))" --output-junit "$results" --test-output-size-passed 100000000 \
    --test-output-size-failed 100000000 "${progress[@]}" "${filter[@]}" "$@" || failed=$?
if [ "$preset" = dev ] && [ ${#filter[@]} -eq 0 ] && [ $# -eq 0 ]; then
    echo "4. Requirements and faults"
    tests/security/table.py results "$results" || failed=1
    if [ -n "$long" ]; then
        echo "5. All mutants"
        # Their tests go the short way; the compiler cache knows their copy by its own place.
        env -u LATCHKEY_LONG CCACHE_BASEDIR="$PWD/build/mutants/source" CCACHE_NOHASHDIR=1 tests/mutants/run.py || failed=1
    fi
fi
exit "$failed"
