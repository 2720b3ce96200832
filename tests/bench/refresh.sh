#!/bin/bash
# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# 1,000 expired accounts of Bright Pattern: `latchkey-cli refresh --all` against `curl --parallel` making the same
# requests to the same simulated vendor, in one run, with the keychain writes counted apart: tests/bench/refresh.sh [COUNT].
set -eu
cd "$(dirname "$0")/../.."
. packaging/packages.sh
# shellcheck disable=SC2086
install_packages $build_packages $run_packages $screen_packages $test_packages >&2
cmake --preset release >/dev/null
cmake --build --preset release --target latchkey-cli latchkey-simulator bench-fillkeychain >&2
exec tests/support/keyring-session.sh bash tests/bench/refresh-run.sh "$PWD/build/release" "${1:-1000}"
