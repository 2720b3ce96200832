#!/bin/bash
# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs COMMAND on a virtual screen with a window manager, a private session bus, an unlocked gnome-keyring and the
# accessibility bus, all thrown away afterwards: session.sh COMMAND...
set -u
scratch=$(mktemp -d)
export HOME=$scratch/home XDG_RUNTIME_DIR=$scratch/run
mkdir -m 700 "$HOME" "$XDG_RUNTIME_DIR"
unset WAYLAND_DISPLAY XDG_CURRENT_DESKTOP XDG_DATA_HOME XDG_CONFIG_HOME XDG_CACHE_HOME XDG_STATE_HOME
size=${LATCHKEY_SCREEN:-1280x800x24}

exec 3< <(exec Xvfb -displayfd 1 -screen 0 "$size" -nolisten tcp 2>/dev/null)
screen=$!
read -r number <&3 || { echo "Xvfb did not start" >&2; exit 1; }
export DISPLAY=:$number QT_LINUX_ACCESSIBILITY_ALWAYS_ON=1 NO_AT_BRIDGE=0
unset QT_QPA_PLATFORM

dbus-run-session -- bash -c '
    printf pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
    openbox >/dev/null 2>&1 & manager=$!
    /usr/libexec/at-spi-bus-launcher --launch-immediately >/dev/null 2>&1 & bus=$!
    for _ in $(seq 50); do
        gdbus call --session -d org.a11y.Bus -o /org/a11y/bus -m org.a11y.Bus.GetAddress >/dev/null 2>&1 && break
        sleep 0.1
    done
    "$@"; status=$?
    kill $bus $manager 2>/dev/null
    exit $status' -- "$@" 2> >(grep -v "Failed to set fd limit" >&2)
status=$?
kill "$screen" 2>/dev/null
rm -rf "$scratch"
exit $status
