#!/bin/bash
# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# What a clean build costs without a compiler cache, here and at another commit, one after the other:
# tests/bench/build.sh [REV [PART...]]. In processor seconds, which other work beside it changes least. "window" is
# what packaging/run.sh builds, "tests" what tests/run.sh builds, "all" every preset that .ci/run builds.
set -eu
shopt -s inherit_errexit # a build that fails ends it
cd "$(dirname "$0")/../.."
rev=${1:-}
shift || true
wanted=("$@")
[ ${#wanted[@]} -gt 0 ] || wanted=(window tests all)
folder=$(mktemp -d)
trap 'rm -rf "$folder"; git worktree prune' EXIT
export CCACHE_DISABLE=1

# Processor seconds of a command and its children; what it prints goes to the log.
seconds_of() {
    /usr/bin/python3 - "$@" <<'PYTHON'
import resource
import subprocess
import sys

done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(round(used.ru_utime + used.ru_stime))
PYTHON
}

# Prints the processor seconds of a clean build in TREE. A preset is built once, whatever parts it belongs to.
seconds_of_preset() { # TREE PRESET
    local targets known configured built
    known=$folder/$(basename "$1").$2
    if [ ! -f "$known" ]; then
        cd "$1"
        targets=
        [ "$2" != release ] || targets=$(sed -n 's/^cmake --build --preset release //p' packaging/run.sh)
        targets=${targets/'$simulator'/}
        configured=$(seconds_of cmake --preset "$2")
        # shellcheck disable=SC2086 # a list of targets, for the release alone
        built=$(seconds_of cmake --build --preset "$2" $targets)
        echo $((configured + built)) >"$known"
        rm -rf build
        echo "$(basename "$1"), $2: $(cat "$known") s" >&2
    fi
    cat "$known"
}

build() { # TREE PART
    local presets preset seconds total=0
    case $2 in
    window) presets=release ;;
    tests) presets=dev ;;
    all)
        presets='dev asan tsan fuzz'
        ! grep -q '"fuzzcoverage"' "$1/CMakePresets.json" || presets+=' fuzzcoverage' # as it was once
        ;;
    *) echo "no such part: $2" >&2; exit 2 ;;
    esac
    for preset in $presets; do
        seconds=$(seconds_of_preset "$1" "$preset")
        total=$((total + seconds))
    done
    echo "$total"
}

git worktree add --quiet --detach "$folder/here"
[ -z "$rev" ] || git worktree add --quiet --detach "$folder/there" "$rev"
for part in "${wanted[@]}"; do
    here=$(build "$folder/here" "$part")
    if [ -z "$rev" ]; then
        echo "$part: $here s"
    else
        there=$(build "$folder/there" "$part")
        echo "$part: $here s here, $there s at $rev: $(/usr/bin/python3 -c "print(f'{$here / $there:.2f}')")"
    fi
done
