#!/bin/bash
# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# The part of run.sh that runs beside a keychain: flows.sh BUILD.
set -eu
build=$1
place=$(dirname "$0")
said=$HOME/said
out=$HOME/out
# PCRE's just-in-time code reads whole words behind a text's end, which memcheck can't judge.
export QT_ENABLE_REGEXP_JIT=0

memcheck() {
    valgrind --quiet --error-exitcode=99 --leak-check=full --show-leak-kinds=definite --errors-for-leak-kinds=definite \
        --suppressions="$place/valgrind.supp" --num-callers=25 "$@"
}
# refuse_secrets WHAT FILE...: what was said holds no planted secret, in whatever encoding.
refuse_secrets() {
    local what=$1
    shift
    if ! cat "$@" | PYTHONPATH=$place/../support /usr/bin/python3 -B -c \
        'import sys, canaries; sys.exit(canaries.holds_secret(sys.stdin.buffer.read()))'; then
        echo "memory: $what: a planted secret was said" >&2
        exit 1
    fi
}
# check STATUS WORDS...: the command ends with this status, valgrind has nothing to say, and no secret is said but a
# token, on standard output, where one was asked for.
check() {
    local wanted=$1 status=0 began=$SECONDS
    shift
    memcheck "$build/app/latchkey-cli/latchkey-cli" --profile "$HOME/profile" "$@" >"$out" 2>"$said" || status=$?
    if [ "$status" -ne "$wanted" ] || grep -q '^==[0-9]*==' "$said"; then
        echo "memory: $1 ended with $status, and this was said of it:" >&2
        grep '^==[0-9]*==' "$said" | sed 's/CANARY-[^ ]*/(planted)/g' >&2 || true
        exit 1
    fi
    refuse_secrets "$1" "$said"
    [ "$1 $wanted" = "token 0" ] || refuse_secrets "$1" "$out"
    echo "$1: clean ($((SECONDS - began)) s)"
}

# check_test WHAT ROOM TEST FUNCTION...: the same of functions of a unit's test.
check_test() {
    local what=$1 room=$2 test=$3
    shift 3
    if memcheck "$build/tests/core/io/$room/tests-core-io-$room" "$test" "$@" >"$said" 2>&1 && ! grep -q '^==[0-9]*==' "$said"; then
        refuse_secrets "$what" "$said"
        echo "$what: clean"
    else
        echo "memory: $what:" >&2
        sed 's/CANARY-[^ ]*/(planted)/g' "$said" >&2
        exit 1
    fi
}

coproc simulator { exec "$build/simulator/latchkey-simulator" --until-eof; }
read -r line <&"${simulator[0]}"
url=$(sed -n 's/.*"url":"\([^"]*\)".*/\1/p' <<<"$line")
curl --silent --fail --output /dev/null --header 'Content-Type: application/json' --data @- "$url/simulator/configure" <<'END'
{"reset": true, "clients": [
 {"vendor": "configapi", "id": "memory", "secret": "CANARY-secret", "next_access_tokens": ["CANARY-1", "CANARY-2", "CANARY-3"]},
 {"vendor": "priava", "id": "pasted", "secret": "CANARY-secret", "region": "EU", "codes": ["CANARY-code"],
  "redirect_uris": ["http://127.0.0.1:28917/memory"], "next_access_tokens": ["CANARY-4"], "next_refresh_tokens": ["CANARY-5"]}]}
END

check 0 add configapi Memory "url=$url" client_id=memory allow_http=true --secret client_secret <<<CANARY-secret
check 0 token Memory
check 0 refresh Memory
check 0 accounts
check 0 export Memory --as dotenv --output "$HOME/tokens.env"
check 3 token Nobody

check 0 add priava Pasted "url=$url/api" region=EU client_id=pasted redirect_uri=http://127.0.0.1:28917/memory \
    --secret client_secret <<<CANARY-secret
check 0 sign-in Pasted --paste <<<CANARY-code
check 0 token Pasted

# Each derives a key once, which is where the time goes.
echo CANARY-passphrase >"$HOME/passphrase"
check 0 vault to-vault --passphrase-file "$HOME/passphrase" --yes
check 0 vault to-keychain --passphrase-file "$HOME/passphrase" --yes
check 0 remove Memory --yes </dev/null

check_test "fact 18, a store that ends with its job under way" keychain tst_keychainsecretstore \
    mayBeDeletedDuringARequest staysSilentTowardsAnOwnerThatIsGone
check_test "the listener, from the socket to the code" redirect tst_loopbacklistener handsOutOneCode
