#!/bin/bash
# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs COMMAND on a virtual screen with a window manager, a private session bus, an unlocked gnome-keyring and the
# accessibility bus, all thrown away afterwards: session.sh COMMAND...
# LATCHKEY_SCREEN is the screen's size; with LATCHKEY_KEYCHAIN=none nobody on the bus keeps secrets.
set -u
scratch=$(mktemp -d)
screen=
# A caller that looks for what was left behind looks at the home too, and removes it then.
left=$scratch
[ -z "${LATCHKEY_LEAVES_HOME-}" ] || left=$scratch/run
trap '[ -z "$screen" ] || kill "$screen" 2>/dev/null; rm -rf "$left"' EXIT
trap 'exit 143' INT TERM
export HOME=$scratch/home XDG_RUNTIME_DIR=$scratch/run
mkdir -m 700 "$HOME" "$XDG_RUNTIME_DIR"
unset WAYLAND_DISPLAY XDG_CURRENT_DESKTOP XDG_DATA_HOME XDG_CONFIG_HOME XDG_CACHE_HOME XDG_STATE_HOME
size=${LATCHKEY_SCREEN:-1280x800x24}

exec 3< <(exec Xvfb -displayfd 1 -screen 0 "$size" -nolisten tcp -noreset 2>/dev/null)
screen=$!
read -r number <&3 || { echo "Xvfb did not start" >&2; exit 1; }
export DISPLAY=:$number QT_LINUX_ACCESSIBILITY_ALWAYS_ON=1 NO_AT_BRIDGE=0
unset QT_QPA_PLATFORM
# A process that drives the window reads English.
export LC_ALL=C.UTF-8 LANGUAGE=en

services=/usr/share/dbus-1/services
if [ "${LATCHKEY_KEYCHAIN:-}" = none ]; then
    mkdir "$scratch/services"
    cp "$services/org.a11y.Bus.service" "$scratch/services"
    services=$scratch/services
fi
cat >"$scratch/bus.conf" <<EOF
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir=$XDG_RUNTIME_DIR</listen>
  <auth>EXTERNAL</auth>
  <servicedir>$services</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
EOF

dbus-run-session --config-file="$scratch/bus.conf" -- bash -c '
    if [ "${LATCHKEY_KEYCHAIN:-}" != none ]; then
        printf pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
        # It goes into the background before it has its name.
        gdbus wait --session --timeout 60 org.freedesktop.secrets
    fi
    # A screen that has only just begun may turn its first visitor away.
    until openbox --startup "touch $XDG_RUNTIME_DIR/managed"; do sleep 0.2; done >/dev/null 2>&1 & manager=$!
    /usr/libexec/at-spi-bus-launcher --launch-immediately >/dev/null 2>&1 & bus=$!
    for _ in $(seq 600); do
        [ -e "$XDG_RUNTIME_DIR/managed" ] &&
            gdbus call --session -d org.a11y.Bus -o /org/a11y/bus -m org.a11y.Bus.GetAddress >/dev/null 2>&1 && break
        sleep 0.1
    done
    "$@" 2>&4; status=$?
    kill $bus $manager 2>/dev/null
    exit $status' -- "$@" 4>&2 2>/dev/null
