#!/bin/bash
# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# Brings the translations up to date with the texts in the source: translations/update.sh [FOLDER].
# The files latchkey_*.ts are looked for in FOLDER, by default the one this script is in; LUPDATE names another lupdate.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
folder=$(cd "${1:-$here}" && pwd)
cd "$here/.."

lupdate=${LUPDATE:-}
if [ -z "$lupdate" ]; then
    for place in "$(qtpaths6 --query QT_HOST_BINS 2>/dev/null || true)" /usr/lib/qt6/bin; do
        if [ -x "$place/lupdate" ]; then
            lupdate=$place/lupdate
            break
        fi
    done
fi
if [ ! -x "$lupdate" ]; then
    echo "lupdate was not found. Install qt6-l10n-tools, or name the program in LUPDATE." >&2
    exit 1
fi

for file in "$folder"/latchkey_*.ts; do
    # English is in the source; its file only tells "1 account" from "2 accounts".
    options=()
    [ "$(basename "$file")" != latchkey_en.ts ] || options=(-pluralonly)
    # Without "-I ." lupdate does not find the headers, and takes the texts for those of classes without a namespace.
    "$lupdate" -silent -I . app core ui -no-obsolete -locations none -source-language en "${options[@]}" -ts "$file"
    # lupdate keeps no comments.
    sed -i '/^<!DOCTYPE TS>$/a <!-- SPDX-FileCopyrightText: 2026 Latchkey contributors -->\n<!-- SPDX-License-Identifier: GPL-3.0-or-later -->' "$file"
done
