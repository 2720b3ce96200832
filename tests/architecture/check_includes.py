#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fails when a file includes upward, sideways in a circle, or a Qt module its layer may not know."""

import re
import sys
from pathlib import Path

# Folder -> what it may include. A folder that is not named here may include nothing of ours.
ALLOWED = {
    "core/base": set(),
    "core/account": {"core/base"},
    "core/oauth": {"core/base", "core/account"},
    "core/provider": {"core/base", "core/account", "core/oauth"},
    "core/recipe": {"core/base", "core/account"},
    "core/port": {"core/base", "core/account", "core/oauth"},
    "core/text": {"core/base", "core/account", "core/oauth", "core/provider", "core/port"},
    "core/flow": {"core/base", "core/account", "core/oauth", "core/provider", "core/recipe", "core/port"},
    "core/io": {"core/base", "core/account", "core/oauth", "core/port"},
    "ui": {"core/base", "core/account", "core/oauth", "core/provider", "core/recipe", "core/text", "core/flow"},
    "app/common": {"core/base", "core/account", "core/port", "core/flow", "core/io"},
    "app/latchkey": {"core/base", "core/account", "core/provider", "core/text", "core/flow", "core/io", "ui",
                     "app/common"},
    "app/latchkey-cli": {"core/base", "core/account", "core/oauth", "core/provider", "core/recipe", "core/port",
                         "core/text", "core/flow", "core/io", "app/common"},
    "simulator": set(),
}
# A folder with rooms: each may include those before it.
ROOMS = {
    "core/flow": "store draft token account handout move doctor",
    "core/io": "file desktop keychain profile vault http redirect",
    "ui": "widgets acts list secrets signin form dialogs window",
    "app/latchkey-cli": "terminal parse commands docs",
}
NO_QT_MODULES = re.compile(r"^(Qt(Widgets|Gui|Network|DBus|Concurrent)/|Q(Widget|Application|GuiApplication|Network|Tcp|Settings)|qt6keychain/)")
PURE = {folder for folder in ALLOWED if folder.startswith("core/") and folder != "core/io"}
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.M)


def room_of(path: str):
    """The number of the file's room in its folder's row; None: the folder has none, or the file stands before them."""
    for folder, rooms in ROOMS.items():
        if path.startswith(folder + "/"):
            name = path[len(folder) + 1:].partition("/")
            return (folder, rooms.split().index(name[0])) if name[1] else None
    return None


def folder_of(path: str) -> str:
    return max((f for f in ALLOWED if path.startswith(f + "/")), key=len, default="")


def main(root: Path) -> int:
    faults, uses = [], {}
    for file in sorted(p for top in ("app", "core", "simulator", "ui") for p in (root / top).rglob("*") if p.suffix in (".h", ".cpp")):
        name = file.relative_to(root).as_posix()
        here, unit = folder_of(name), name.rsplit(".", 1)[0]
        for bracket, target in INCLUDE.findall(file.read_text(encoding="utf-8")):
            if bracket == "<":
                if here in PURE and NO_QT_MODULES.match(target):
                    faults.append(f"{name}: {here} may not know <{target}>")
                continue
            if target.endswith(".moc"):  # made of the file itself
                continue
            if not (root / target).is_file():
                faults.append(f'{name}: write "{target}" from the project root')
                continue
            there = folder_of(target)
            if there != here and there not in ALLOWED.get(here, ()):
                faults.append(f"{name}: {here} may not include {target}")
            room, its_room = room_of(name), room_of(target)
            if room and its_room and room[0] == its_room[0] and its_room[1] > room[1]:
                faults.append(f"{name}: its room stands below that of {target}")
            if target.rsplit(".", 1)[0] != unit:
                uses.setdefault(unit, set()).add(target.rsplit(".", 1)[0])
    done, path = set(), []

    def walk(unit: str) -> None:
        if unit in path:
            faults.append("circle: " + " -> ".join(path[path.index(unit):] + [unit]))
        elif unit not in done:
            path.append(unit)
            for used in sorted(uses.get(unit, ())):
                walk(used)
            done.add(path.pop())

    for unit in sorted(uses):
        walk(unit)
    print("\n".join(faults) or "every include points down")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
