#!/bin/bash
# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# Searches every parser for an input that breaks its claims, two at a time, then measures how much of each parser the
# inputs found so far reach: tests/fuzz/run.sh [SECONDS [PARSER...]]. SECONDS (60) is for each parser.
# What is found lies in build/fuzz/found: mend the product, keep the input as a seed and as a row of the unit's test.
set -eu
cd "$(dirname "$0")/../.."
. packaging/packages.sh
seconds=${1:-60}
shift || true
parsers=("$@")
[ $# -gt 0 ] || mapfile -t parsers < <(ls tests/fuzz/seeds)

# shellcheck disable=SC2086 # the lists are meant to be split
install_packages $build_packages $check_packages
cmake --preset fuzz >/dev/null
cmake --build --preset fuzz

place=$PWD/build/fuzz
rm -rf "$place/found" "$place/corpus"
mkdir -p "$place/found"
for parser in "${parsers[@]}"; do
    mkdir -p "$place/corpus/$parser"
    cp "tests/fuzz/seeds/$parser"/* "$place/corpus/$parser"
done

# The longest input: beyond it the parsers' own limits are reached, and what is longer only takes time.
search() {
    parser=$1 place=$2 seconds=$3
    length=4096
    [ "$parser" = redirectrequest ] && length=20000
    if LC_ALL=C.UTF-8 TZ=UTC LLVM_PROFILE_FILE=/dev/null "$place/tests/fuzz/fuzz_$parser" -max_total_time="$seconds" -max_len=$length -timeout=30 \
        -dict="tests/fuzz/dictionaries/$parser.dict" -artifact_prefix="$place/found/$parser-" \
        "$place/corpus/$parser" >"$place/$parser.log" 2>&1; then
        echo "$parser: $(grep -aoP '^#\K[0-9]+(?=\tDONE)' "$place/$parser.log") inputs"
    else
        echo "$parser: FOUND SOMETHING"
        grep -aE 'does not hold|ERROR|SUMMARY|runtime error|Test unit written' "$place/$parser.log" || tail -5 "$place/$parser.log"
        return 1
    fi
}
export -f search
status=0
printf '%s\n' "${parsers[@]}" | xargs -P 2 -I{} bash -c 'search "$@"' search {} "$place" "$seconds" || status=1

python3 tests/fuzz/coverage.py build/fuzz "$place/corpus" "${parsers[@]}" | tee "$place/coverage.txt"
[ "${PIPESTATUS[0]}" -eq 0 ] || status=1
exit $status
