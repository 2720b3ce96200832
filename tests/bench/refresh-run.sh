#!/bin/bash
# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# The part of refresh.sh that runs beside a keychain: refresh-run.sh BUILD COUNT.
set -eu
build=$1 count=$2
cli=$build/app/latchkey-cli/latchkey-cli
profile=$HOME/bench
mkdir -m 700 "$profile"
coproc simulator { exec "$build/tests/simulator/latchkey-simulator" --until-eof; }
read -r line <&"${simulator[0]}"
url=$(sed -n 's/.*"url":"\([^"]*\)".*/\1/p' <<<"$line")
now() { date +%s%N; }
since() { echo $((($(now) - $1) / 1000000)); }

for ((i = 0; i < count; i++)); do
    [ "$i" -eq 0 ] || echo next
    printf 'url = "%s/configapi/v2/oauth/token"\noutput = "/dev/null"\nsilent\n' "$url"
    printf 'data = "grant_type=client_credentials&client_id=demo-configapi&client_secret=demo-configapi-secret&scope=%s"\n' "${url#http://}"
done >"$HOME/requests"
begin=$(now)
curl --parallel --parallel-immediate --config "$HOME/requests"
curl_first=$(since "$begin")

"$build/tests/bench/bench-fillkeychain" "$profile" "$count" "$url" >/dev/null
begin=$(now)
"$cli" --profile "$profile" refresh --all 2>"$HOME/said" >&2 || { tail -3 "$HOME/said"; exit 1; }
ours=$(since "$begin")
writes=$("$build/tests/bench/bench-fillkeychain" "$profile" "$count" "$url")
begin=$(now)
curl --parallel --parallel-immediate --config "$HOME/requests"
curl_second=$(since "$begin")

awk -v t="$ours" -v w="$writes" -v a="$curl_first" -v b="$curl_second" -v n="$count" 'BEGIN {
    c = (a + b) / 2; rest = t - w; if (rest < 0) rest = 0
    printf "%-46s %8d ms\n", n " requests by curl --parallel", c
    printf "%-46s %8d ms\n", n " accounts by latchkey-cli refresh --all", t
    printf "%-46s %8d ms\n", "of that as many keychain writes take alone", w
    printf "%-46s %8d ms  %.2fx\n", "the rest", rest, rest / c
}'
