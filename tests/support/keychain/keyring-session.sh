#!/bin/bash
# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs COMMAND with a home, a runtime folder and a session bus of its own, and a real gnome-keyring on it that is
# unlocked: keyring-session.sh [--empty | --bare] COMMAND...
# With --empty there is no keyring: the service answers, but has no default collection.
# With --bare there is no service, and none that the bus could start: COMMAND brings one (keychain.py).
set -u
# It goes into the background before it has its name.
start='printf pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
gdbus wait --session --timeout 60 org.freedesktop.secrets'
bus=()
case ${1-} in
--empty)
    start=:
    shift
    ;;
--bare)
    start=:
    bus=("--config-file=$(cd "$(dirname "$0")" && pwd)/bare-bus.conf")
    shift
    ;;
esac
place=$(mktemp -d)
keychains='gnome-keyring-d|kwalletd5|keepassxc|latchkey-test-k'
# A daemon whose bus ended before it had joined stays behind, and so does one that a test stopped.
end() {
    local process
    for process in /proc/[0-9]*; do
        if grep -qsEx "$keychains" "$process/comm" && grep -qszx "XDG_RUNTIME_DIR=$place/run" "$process/environ"; then
            kill -KILL "${process#/proc/}"
        fi
    done
    # The search for leftovers looks at the home too, and then removes it.
    rm -rf "$place/run"
    [ -n "${LATCHKEY_LEAVES_HOME-}" ] || rm -rf "$place"
}
trap end EXIT
export HOME=$place/home XDG_RUNTIME_DIR=$place/run
mkdir -m 0700 "$HOME" "$XDG_RUNTIME_DIR"
# What belongs to the desktop around us must not reach in: a prompt would open there and wait.
unset XDG_DATA_HOME XDG_CONFIG_HOME XDG_CACHE_HOME DBUS_SESSION_BUS_ADDRESS DISPLAY WAYLAND_DISPLAY
unset XDG_CURRENT_DESKTOP DESKTOP_SESSION GNOME_DESKTOP_SESSION_ID KDE_FULL_SESSION KDE_SESSION_VERSION
dbus-run-session "${bus[@]}" -- bash -c "$start"'; exec "$@"' -- "$@"
