#!/bin/bash
# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# clang-tidy over the sources that the last ten commits changed, or those since BASE, or all: .ci/lint.sh [BASE | --all].
# Each is read alone, so that it includes what it uses.
set -eu
cd "$(dirname "$0")/.."
base=${1:-$(git rev-parse -q --verify HEAD~10 || true)}
if [ "$base" = --all ] || [ -z "$base" ]; then
    files=$(git ls-files 'app/*.cpp' 'core/*.cpp' 'ui/*.cpp')
else
    files=$(git diff --name-only --diff-filter=AM "$base" -- 'app/*.cpp' 'core/*.cpp' 'ui/*.cpp')
fi
[ -n "$files" ] || { echo "no source changed"; exit 0; }
cmake --preset lint >/dev/null
# What moc makes of a source is included by it; nothing has to be built for that.
find build/lint -name AutogenInfo.json -exec cmake -E cmake_autogen {} Debug \; >/dev/null
echo "$files" | xargs -P 2 -n 2 clang-tidy -p build/lint --quiet 2>/dev/null
