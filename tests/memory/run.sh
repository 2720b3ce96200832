#!/bin/bash
# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# The main flows of the command line under valgrind, with a real keychain and the vendors' stand-ins: no byte is read
# that was never written or is no longer ours, and nothing of ours is lost: tests/memory/run.sh [BUILD].
# Then what QtKeychain does not survive (docs/platform-facts.md, fact 18): a store that goes away while its job is
# under way.
set -eu
cd "$(dirname "$0")/../.."
. packaging/packages.sh
build=${1:-build/dev}
# shellcheck disable=SC2086 # the lists are meant to be split
install_packages $build_packages $run_packages $screen_packages $test_packages $check_packages
cmake --build "$build" --target latchkey-cli latchkey-simulator core.io.keychain.tst_keychainsecretstore \
    core.io.redirect.tst_loopbacklistener >/dev/null
exec tests/support/keychain/keyring-session.sh tests/memory/flows.sh "$PWD/$build"
