#!/bin/bash
# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs the tests that show one requirement or fault, and nothing else: tests/fault.sh F22 [--preset NAME].
set -eu
cd "$(dirname "$0")/.."
number=${1:?a number: R1 to R58 or F1 to F115}
preset=dev
[ "${2:-}" != --preset ] || preset=${3:?the preset\'s name}

targets=$(tests/security/table.py targets "$number") || { echo "$targets"; exit 1; }
if [ -n "$targets" ]; then
    [ -e "build/$preset/CMakeCache.txt" ] || cmake --preset "$preset" >/dev/null
    # shellcheck disable=SC2086 # the list is meant to be split
    cmake --build "build/$preset" --target $targets >"build/$preset/fault.log" || { cat "build/$preset/fault.log"; exit 1; }
fi
exec tests/security/table.py run "$number" "build/$preset"
