#!/bin/bash
# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what is missing, builds a release and opens the window. Arguments go to the program: packaging/run.sh --demo.
# Without a display the same window is opened on a virtual screen and driven through the accessibility tree.
set -eu
cd "$(dirname "$0")/.."
. packaging/packages.sh

if [ "$(id -u)" -eq 0 ] && [ -n "${SUDO_UID:-}" ]; then
    echo "Start packaging/run.sh as yourself, not through sudo: it asks for sudo when it has to install something." >&2
    exit 1
fi

echo "1. Packages"
# shellcheck disable=SC2086 # the lists are meant to be split
install_packages $build_packages $run_packages
echo "2. Build"
cmake --preset release >/dev/null
# The vendors' stand-ins are for the demo, which is what is shown on a virtual screen too.
simulator=
case "${DISPLAY:-}${WAYLAND_DISPLAY:-} $* " in
' '* | *' --demo '*) simulator=latchkey-simulator ;;
esac
# How much is done and what is left, on one line where this is a terminal.
export NINJA_STATUS='%p, %u left after %e s: '
# shellcheck disable=SC2086 # empty or a word
cmake --build --preset release --target latchkey $simulator
program=$PWD/build/release/app/latchkey/latchkey

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    echo "3. The window"
    exec "$program" "$@"
fi
echo "3. No display: the window on a virtual screen, driven through the accessibility tree"
# shellcheck disable=SC2086
install_packages $screen_packages
exec tests/e2e/session.sh /usr/bin/python3 tests/e2e/window/tour.py "$program" "$@"
