#!/bin/bash
# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs COMMAND with a system bus and a session bus of its own: logind-session.sh COMMAND...
# On the system bus is python3-dbusmock's stand-in for logind, which a test can make speak.
set -u
place=$(mktemp -d)
buses=""
end() {
    # shellcheck disable=SC2086 # one word a process
    [ -z "$buses" ] || kill $buses 2>/dev/null
    rm -rf "$place"
}
trap end EXIT
export HOME=$place/home XDG_RUNTIME_DIR=$place/run
mkdir -m 0700 "$HOME" "$XDG_RUNTIME_DIR"
export DBUS_SYSTEM_BUS_ADDRESS=unix:path=$place/system
# It tells its address as soon as it listens there.
exec 3< <(exec dbus-daemon --session --nofork --address="$DBUS_SYSTEM_BUS_ADDRESS" --print-address=1 2>/dev/null)
buses=$!
read -r _ <&3 || { echo "the system bus did not start" >&2; exit 1; }
exec 3<&-
/usr/bin/python3 -B -m dbusmock --system --template logind >"$place/logind.log" 2>&1 &
buses="$buses $!"
gdbus wait --system --timeout 60 org.freedesktop.login1 || { cat "$place/logind.log" >&2; exit 1; }
dbus-run-session -- "$@"
