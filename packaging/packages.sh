# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# What Latchkey needs from Debian 12, and how it is installed. Sourced by packaging/run.sh, tests/run.sh and
# .ci/run, so that the lists stand once.

# To compile.
build_packages="build-essential cmake ninja-build pkg-config ccache qt6-base-dev libgl-dev qt6-svg-dev
    qtkeychain-qt6-dev libexpected-dev libsodium-dev rapidjson-dev qt6-httpserver-dev qt6-websockets-dev qt6-tools-dev
    qt6-tools-dev-tools qt6-l10n-tools"

# To run: plug-ins, services and Qt's own texts that are looked up at run time. libqt6keychain1 loads libsecret
# without depending on it.
run_packages="libqt6sql6-sqlite libqt6svg6 libsecret-1-0 xdg-utils dbus qt6-translations-l10n"

# A screen, a keychain and a screen reader's view, for a machine that has none of them.
screen_packages="xvfb openbox dbus-x11 gnome-keyring at-spi2-core gir1.2-atspi-2.0 python3 python3-pyatspi
    imagemagick libglib2.0-bin fonts-noto-core fonts-inter"

# What only the tests need.
test_packages="chromium chromium-driver python3-selenium libsecret-tools xclip xdotool x11-utils x11-xkb-utils dbus-bin gdb openssl curl
    procps
    python3-nacl python3-argon2 wget httpie jq python3-dotenv git mandoc man-db zsh fish strace
    python3-cbor2 python3-dbusmock faketime libkf5wallet-bin keepassxc"

# Only where there is no npm yet: Debian's contradicts a Node that comes with an npm of its own.
node_packages="nodejs npm"

# What only the checks before a change lands need.
check_packages="clang clang-format clang-tidy libclang-rt-14-dev llvm-14 valgrind"

# install_packages PACKAGE...: installs those that are missing, and says so. Only this step asks for sudo.
install_packages() {
    missing=""
    for package in "$@"; do
        dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    echo "Installing:$missing"
    as_root=""
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || {
            echo "These packages are missing and there is no sudo to install them:$missing" >&2
            return 1
        }
        as_root=sudo
    fi
    $as_root apt-get update -qq
    # shellcheck disable=SC2086 # the list is meant to be split
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
}
