#!/bin/sh
# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs the doctor so many times beside four busy loops and tells how many runs were killed by a signal: a race at
# a request's end shows once in thousands of runs. Since the exchange has no thread of its own, 20,000 runs showed none.
# tests/e2e/session.sh tests/bench/doctor.sh LATCHKEY_CLI [RUNS] [AT_ONCE]
set -eu
cli=$1
runs=${2:-20000}
at_once=${3:-4}
folder=$(mktemp -d)
loops=
trap 'for loop in $loops; do kill "$loop" || true; done; rm -rf "$folder"' EXIT
mkdir -m 700 "$folder/profile"
echo CANARY-secret | "$cli" --profile "$folder/profile/p" add configapi A url=https://vendor.invalid \
    client_id=c scope=e --secret client_secret >/dev/null
for _ in 1 2 3 4; do
    nice -n 19 sh -c 'while :; do :; done' &
    loops="$loops $!"
done
# A shell tells a signal as 128 and more.
seq "$runs" | xargs -P "$at_once" -I{} sh -c '"$0" --profile "$1" doctor >/dev/null 2>&1
    status=$?; [ "$status" -lt 128 ] || echo "$status"' "$cli" "$folder/profile/p" >"$folder/crashes"
echo "$runs runs, $(wc -l <"$folder/crashes") killed by a signal"
[ ! -s "$folder/crashes" ]
