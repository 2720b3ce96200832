#!/bin/bash
# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# How long a valid token takes to come out: `latchkey-cli token NAME` against `secret-tool lookup` of an item of the same
# size in the same keychain, in turn, in one run: tests/bench/token.sh [RUNS].
set -eu
cd "$(dirname "$0")/../.."
. packaging/packages.sh
# shellcheck disable=SC2086
install_packages $build_packages $run_packages $screen_packages $test_packages >&2
cmake --preset release >/dev/null
cmake --build --preset release --target latchkey-cli latchkey-simulator bench-readkeychain >&2
exec tests/support/keychain/keyring-session.sh bash tests/bench/token-run.sh "$PWD/build/release" "${1:-40}"
