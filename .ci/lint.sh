#!/bin/bash
# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# clang-tidy over the sources that the last ten commits changed, or those since BASE, or all: .ci/lint.sh [BASE | --all].
# Needs a configured build/dev.
set -eu
cd "$(dirname "$0")/.."
base=${1:-$(git rev-parse -q --verify HEAD~10 || true)}
if [ "$base" = --all ] || [ -z "$base" ]; then
    files=$(git ls-files 'app/*.cpp' 'core/*.cpp' 'ui/*.cpp')
else
    files=$(git diff --name-only --diff-filter=AM "$base" -- 'app/*.cpp' 'core/*.cpp' 'ui/*.cpp')
fi
[ -n "$files" ] || { echo "no source changed"; exit 0; }
# The generated moc headers have to be there for the includes to be found.
cmake --build build/dev >/dev/null
echo "$files" | xargs -P 2 -n 2 clang-tidy -p build/dev --quiet 2>/dev/null
