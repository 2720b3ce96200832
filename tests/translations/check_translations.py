#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fails when a translation is not complete, or a text was forgotten: check_translations.py ROOT LUPDATE [LATCHKEY].

With the program given, its help is read in every language, which shows that the translations are compiled into it.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

SOURCE_FOLDERS = ("app", "core", "ui")
ENGLISH = "en"  # holds the plurals alone
# What leads to a question ends in "…" at once; with a blank it stands for words that are left out.
SET_OFF_ELLIPSIS = re.compile(r"(?<!\bBearer) …")
PLACE_MARK = re.compile(r"%(?:L?\d{1,2}|n|u)")
LITERAL = r'"(?:\\.|[^"\\\n])*"'
MARKED = re.compile(rf'(?:QT_TRANSLATE_NOOP|\btranslate)\(\s*"([^"]+)",\s*((?:{LITERAL}\s*)+)[,)]')
ESCAPES = {r"\n": "\n", r"\"": '"', r"\\": "\\", r"\t": "\t"}
CLASS_WITH_TEXTS = re.compile(r"^class (\w+)[^;{]*\{\s*Q_OBJECT", re.M)
HELP_TEXT = ("main", "Keeps API access tokens fresh and hands them out.")


def messages(file: Path):
    """Yields the context, source and message element of each entry."""
    for context in ElementTree.parse(file).getroot().iter("context"):
        for message in context.iter("message"):
            yield context.findtext("name", ""), message.findtext("source", ""), message


def language_of(file: Path) -> str:
    return file.stem.removeprefix("latchkey_")


def translations(message) -> list:
    entry = message.find("translation")
    forms = [form.text or "" for form in entry.findall("numerusform")]
    return forms or [entry.text or ""]


def edges(text: str):
    """The blanks at both ends, which set the text off from what stands beside it."""
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def faults_of_entry(source: str, message):
    if SET_OFF_ELLIPSIS.search(source):
        yield "has a blank before its ellipsis"
    kind = message.find("translation").get("type")
    if kind:
        yield f"is {kind}"
        return
    for text in translations(message):
        if not text.strip():
            yield "is empty"
        elif sorted(set(PLACE_MARK.findall(text))) != sorted(set(PLACE_MARK.findall(source))):
            yield f"has other place marks in “{text}”"
        elif edges(text) != edges(source):
            yield f"has other blanks at its ends in “{text}”"


def faults_of_file(file: Path):
    seen = set()
    for context, source, message in messages(file):
        where = f"{file.name}: {context}: “{source}”"
        for fault in faults_of_entry(source, message):
            yield f"{where} {fault}"
        key = (context, source, message.findtext("comment", ""))
        if key in seen:
            yield f"{where} stands there twice"
        seen.add(key)


def updated(root: Path, lupdate: str, scratch: Path):
    """What the script that translators use makes of copies of the files."""
    for file in (root / "translations").glob("latchkey_*.ts"):
        shutil.copy(file, scratch)
    run = subprocess.run([root / "translations" / "update.sh", scratch], env={**os.environ, "LUPDATE": lupdate},
                         capture_output=True, text=True, check=False)
    if run.returncode != 0 or run.stderr.strip():
        yield f"translations/update.sh said: {run.stderr.strip() or run.returncode}"


def faults_of_update(old: Path, new: Path):
    before = {(context, source) for context, source, _ in messages(old)}
    after = {(context, source) for context, source, _ in messages(new)}
    for context, source in sorted(after - before):
        yield f"{old.name}: {context}: “{source}” is new; run translations/update.sh and translate it"
    for context, source in sorted(before - after):
        yield f"{old.name}: {context}: “{source}” is in no source any more; run translations/update.sh"


def joined(literals: str) -> str:
    text = "".join(literal[1:-1] for literal in re.findall(LITERAL, literals))
    return re.sub(r"\\.", lambda escape: ESCAPES.get(escape.group(), escape.group()), text)


def faults_of_extraction(root: Path, known: set):
    """lupdate passes over a marked text inside of a call that is named tr, and takes a class for another one when it
    misses its header; both show only in the running program, as a text that stays English."""
    contexts, classes = {context for context, _ in known}, set()
    for folder in SOURCE_FOLDERS:
        for file in sorted((root / folder).rglob("*.[ch]*")):
            text = file.read_text(encoding="utf-8")
            classes.update(f"latchkey::{name}" for name in CLASS_WITH_TEXTS.findall(text))
            for context, literals in MARKED.findall(text):
                contexts.discard(context)
                if (context, joined(literals)) not in known:
                    yield f"{file.relative_to(root)}: lupdate did not find “{joined(literals)}”"
            contexts.difference_update(re.findall(r"Q_DECLARE_TR_FUNCTIONS\((\w+)\)", text))
    for context in sorted(contexts - classes):
        yield f"{context} is the name of no class with Q_OBJECT, and no context that is written out"


def faults_of_program(program: str, file: Path, scratch: Path):
    wanted = [translations(message)[0] for context, source, message in messages(file) if (context, source) == HELP_TEXT]
    home = {"HOME": str(scratch), "XDG_RUNTIME_DIR": str(scratch), "QT_QPA_PLATFORM": "offscreen",
            "LC_ALL": f"{language_of(file)}.UTF-8"}
    env = {name: value for name, value in os.environ.items() if name != "LANGUAGE"}
    shown = subprocess.run([program, "--help"], env={**env, **home}, capture_output=True, timeout=60, check=False)
    for text in wanted:
        if text not in shown.stdout.decode("utf-8", "replace"):
            yield f"{file.name} is not in the program: --help does not say “{text}”"


def faults(root: Path, lupdate: str, program: str):
    files = sorted((root / "translations").glob("latchkey_*.ts"))
    if not files:
        yield "there are no translations"
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        yield from updated(root, lupdate, scratch)
        for file in files:
            yield from faults_of_file(file)
            yield from faults_of_update(file, scratch / file.name)
            if language_of(file) != ENGLISH:
                yield from faults_of_extraction(root, {(context, source) for context, source, _ in messages(file)})
                if program:
                    yield from faults_of_program(program, file, scratch)


def main() -> int:
    found = list(faults(Path(sys.argv[1]).resolve(), sys.argv[2], sys.argv[3] if len(sys.argv) > 3 else ""))
    print("\n".join(found) if found else "every text is translated")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
