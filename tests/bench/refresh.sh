#!/bin/bash
# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# 1,000 expired accounts of Bright Pattern: `latchkey-cli refresh --all` against `curl --parallel` making the same
# requests to the same simulated vendor, in turn, with the keychain writes counted apart (refresh-run.py tells how):
# tests/bench/refresh.sh [COUNT [ROUNDS [DELAY]]]. DELAY: the milliseconds the vendor takes for an answer; with 0 it is
# the simulator's and the machine's speed that both wait for.
set -eu
cd "$(dirname "$0")/../.."
. packaging/packages.sh
# shellcheck disable=SC2086
install_packages $build_packages $run_packages $screen_packages $test_packages >&2
cmake --preset release >/dev/null
cmake --build --preset release --target latchkey-cli latchkey-simulator bench-fillkeychain >&2
exec tests/support/keychain/keyring-session.sh python3 tests/bench/refresh-run.py "$PWD/build/release" "${1:-1000}" "${2:-5}" "${3:-100}"
