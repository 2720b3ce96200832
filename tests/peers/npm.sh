#!/bin/bash
# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what the tests with real peers run from npm, in the versions of package-lock.json: npm.sh FOLDER.
# Once; FOLDER/node is a Node that Bruno's command line accepts (20 or newer, Debian 12 has 18).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
cd "$1"

# Two tests, or two build folders, may want it at the same time.
exec 9>.lock
flock 9
wanted=$(cat "$here/package.json" "$here/package-lock.json" "$here/npm.sh" | sha256sum)
[ "$wanted" != "$(cat .installed 2>/dev/null)" ] || exit 0

quiet=(--ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error)
rm -rf node_modules node .installed
cp "$here/package.json" "$here/package-lock.json" .
npm ci "${quiet[@]}" >/dev/null

node=$(command -v node)
if [ "$(node -p 'parseInt(process.versions.node)')" -lt 20 ]; then
    kind=node-linux-$(node -p process.arch)
    npm install "${quiet[@]}" --prefix node20 --no-save "$kind@20.20.2" >/dev/null
    node=$PWD/node20/node_modules/$kind/bin/node
fi
ln -s "$node" node
echo "$wanted" >.installed
