#!/bin/bash
# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# From start to the first painted window, and resident memory: Latchkey with 1,000 accounts against a bare Qt Widgets
# window, in turn, on the same screen: tests/bench/start.sh [RUNS]. Prints the medians and their ratios.
set -eu
cd "$(dirname "$0")/../.."
. packaging/packages.sh
# shellcheck disable=SC2086
install_packages $build_packages $run_packages $screen_packages >&2
runs=${1:-15}

cmake --preset release >/dev/null
cmake --build --preset release --target latchkey bench-barewindow bench-fillprofile bench-firstpaint >&2
bench=$PWD/build/release/tests/bench
scratch=$(mktemp -d)
trap 'kill "$screen" 2>/dev/null; rm -rf "$scratch"' EXIT
exec 3< <(exec Xvfb -displayfd 1 -screen 0 1280x800x24 -nolisten tcp 2>/dev/null)
screen=$!
read -r number <&3
export DISPLAY=:$number HOME=$scratch
unset WAYLAND_DISPLAY QT_QPA_PLATFORM QT_LINUX_ACCESSIBILITY_ALWAYS_ON
mkdir -m 700 "$scratch/profile"
"$bench/bench-fillprofile" "$scratch/profile" 1000

for run in $(seq 0 "$runs"); do
    for what in bare latchkey; do
        case $what in
        bare) command=("$bench/bench-barewindow") ;;
        latchkey) command=("$PWD/build/release/app/latchkey/latchkey" --profile "$scratch/profile") ;;
        esac
        line=$(dbus-run-session -- "$bench/bench-firstpaint" "${command[@]}" 2>/dev/null)
        # The first round warms the disk cache and does not count.
        [ "$run" -eq 0 ] || echo "$what $line"
    done
done >"$scratch/runs"

median() { awk -v what="$1" -v column="$2" '$1 == what { print $column }' "$scratch/runs" | sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
printf '%-34s %10s %10s\n' "median of $runs runs" "ms" "MiB"
for what in bare latchkey; do
    printf '%-34s %10s %10.1f\n' "$what" "$(median "$what" 2)" "$(awk -v k="$(median "$what" 3)" 'BEGIN { print k / 1024 }')"
done
awk -v a="$(median latchkey 2)" -v b="$(median bare 2)" -v c="$(median latchkey 3)" -v d="$(median bare 3)" \
    'BEGIN { printf "%-34s %9.2fx %9.2fx\n", "latchkey / bare", a / b, c / d }'
