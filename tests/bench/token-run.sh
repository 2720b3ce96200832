#!/bin/bash
# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# The part of token.sh that runs beside a keychain: token-run.sh BUILD RUNS.
set -eu
build=$1 runs=$2
cli=$build/app/latchkey-cli/latchkey-cli
coproc simulator { exec "$build/simulator/latchkey-simulator" --until-eof; }
read -r line <&"${simulator[0]}"
url=$(sed -n 's/.*"url":"\([^"]*\)".*/\1/p' <<<"$line")
printf 'demo-configapi-secret\n' | "$cli" add configapi Bench "url=$url" client_id=demo-configapi --secret client_secret
token=$("$cli" token Bench)
# The account's own item is the item of the same size: all three read the same one, and it holds the token.
key=$(secret-tool search --all server Latchkey 2>&1 | sed -n 's/^attribute.user = //p')
for reader in "secret-tool lookup server Latchkey user" "$build/tests/bench/bench-readkeychain"; do
    $reader "$key" | grep -qF "$token" || { echo "token-run.sh: ${reader%% *} reads something else" >&2; exit 1; }
done
[ "$("$cli" token Bench)" = "$token" ] # the valid one, without a request
python3 "$(dirname "$0")/sidebyside.py" "$runs" \
    "secret-tool lookup" secret-tool lookup server Latchkey user "$key" -- \
    "bare QtKeychain program" "$build/tests/bench/bench-readkeychain" "$key" -- \
    "latchkey-cli token" "$cli" token Bench
