#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fails when a file breaks a rule that can be seen in its text: licence lines, length, references that lead nowhere
(references.py), and calls that are not made here."""

import os
import re
import sys
from pathlib import Path

from references import Documents

LINE_LIMIT = 400
TEST_LINE_LIMIT = 600  # a test holds tables of situations
# Files that cutting would make worse, with what they are.
LONG = {
    "core/account/problemtable.cpp": "one table with a row for each kind of problem",
}
CODE = {".h", ".cpp", ".py", ".sh"}
LICENSED = CODE | {".cmake", ".md", ".svg", ".html", ".css", ".qss", ".qrc", ".xml", ".yml", ".yaml"}
LICENSED_NAMES = {"CMakeLists.txt", ".clang-format"}
# What speaks of references that lead nowhere.
ABOUT_REFERENCES = {"tests/architecture/references.py", "tests/architecture/test_references.py",
                    "tests/security/test_collect.py"}
PRODUCT = ("core/", "ui/", "app/")
# Folders of things that are made, or that have to stay byte for byte as they are.
SKIPPED = {".git", ".cache", "__pycache__", "data"}
SPDX = ("SPDX-FileCopyrightText: 2026 Latchkey contributors", "SPDX-License-Identifier: ")

# What must not be called, where it may be all the same, and why not.
CALLS = [
    (re.compile(r"\bignoreSslErrors\b"), (), "a certificate error always ends the request (R22)"),
    # The demo's simulator is waited for after the window and its event loop are gone.
    (re.compile(r"\bwaitFor[A-Z]\w*\s*\("), ("app/latchkey/demo.cpp",), "nothing blocks the event loop"),
    (re.compile(r"\bprocessEvents\s*\("), (), "no nested event loop"),
    # The application's own loop and a database query are the only things that are executed.
    (re.compile(r"(?<!Application::)(?<!uery\.)(?<!uery->)(?<!application\.)\bexec\s*\("), (), "no nested event loop"),
    (re.compile(r"\bQHostAddress::Any(IPv4|IPv6)?\b"), (), "only this computer may reach a listener (R9)"),
    (re.compile(r"\bQWebEngine"), (), "sign-ins happen in the user's own browser (R1)"),
    (re.compile(r"\bsetInsecureFallback\s*\(\s*true"), (), "no secret in plain text (R44)"),
    (re.compile(r"(?<!\w)(std)?::(system|popen)\s*\("), (), "no shell (R2)"),
    (re.compile(r"\bQRandomGenerator::(global|securelySeeded)\b|\bmt19937"), (), "the system's generator only (R5)"),
    (re.compile(r"\bQSettings\b"), (), "the profile is the only place for settings (docs/platform-facts.md, fact 20)"),
    (re.compile(r"\berrorString\s*\("), ("core/io/",), "it may hold a whole address (docs/platform-facts.md, fact 6)"),
]

# Every way into rich text (F113). A name is the user's, a sentence a server's: neither may be markup, which
# loads pictures and spoofs what the window says. A literal tr() without arguments is ours, and may be a tool tip.
PLAIN = r"(?!\s*plainToolTip\(|\s*tr\(\s*\)\s*\))"
PLAIN_ROLE = r"(?!\s*:\s*return plainToolTip\(|\s*,\s*plainToolTip\()"
RICH = [
    (rf"\bset(TabToolTip|TabWhatsThis)\s*\(|\bset(ToolTip|WhatsThis|StatusTip)\s*\({PLAIN}", (),
     "plainToolTip() shows a text as it is written"),
    (rf"\b(ToolTip|WhatsThis|StatusTip)Role\b{PLAIN_ROLE}", (), "plainToolTip() shows a text as it is written"),
    (r"\bQToolTip::showText\s*\((?![^;]*\bplainToolTip\()", (), "plainToolTip() shows a text as it is written"),
    (r"\bnew QLabel\b|\bQLabel(\s+\w+)?\s*[({]|\bQLabel\s+\w+\s*;|\bmake_unique<QLabel>",
     ("ui/widgets/plainlabel.cpp", "ui/widgets/plainlabel.h"), "newPlainLabel() makes labels"),
    (r"\bpublic QLabel\b", ("ui/widgets/plainlabel.h",), "newPlainLabel() makes labels"),
    (r"\bnew QMessageBox\b|\bQMessageBox\s+\w+\s*[;({]|\bpublic QMessageBox\b"
     r"|\bQMessageBox::(about|aboutQt|information|question|warning|critical)\s*\(",
     ("ui/widgets/dialogframe.cpp",), "newMessageBox() makes boxes"),
    (r"\bset(Informative|Detailed)Text\s*\(", ("ui/widgets/dialogframe.cpp",), "newMessageBox() takes both texts"),
    (r"\bsetTextFormat\s*\((?!\s*Qt::PlainText\b)|\bQt::(Rich|Markdown|Auto)Text\b", (), "plain text only"),
    (r"\b(set|insert|append)(Html|Markdown)\s*\(|\bconvertFromPlainText\b", (), "plain text only"),
    (r"\bQ(TextEdit|TextBrowser|InputDialog|ProgressDialog|ErrorMessage|WhatsThis|SystemTrayIcon|StaticText|SplashScreen"
     r"|GraphicsTextItem|Wizard|ToolBar|ToolButton)\b", (), "it reads texts as markup, or makes tool tips of them"),
    (r"\bQFormLayout\b", (), "it makes labels of texts"),
    (r"\bQTextDocument\b", ("ui/widgets/plainlabel.cpp",), "plain text only"),
]
CALLS += [(re.compile(pattern), allowed_in, f"{reason} (F113)") for pattern, allowed_in, reason in RICH]
# The rule's own rows: what it finds, and what it lets through.
RICH_FOUND = ["b->setToolTip(name);", "a->setToolTip(tr(\"%1\").arg(name));", "i->setToolTip(c ? a : tr(\"b\"));",
              "case Qt::ToolTipRole: return name;", "item->setData(Qt::ToolTipRole, name);", "w->setWhatsThis(name);",
              "QToolTip::showText(at, name, this);", "auto *l = new QLabel(name);", "QLabel label(name);",
              "l->setTextFormat(Qt::AutoText);", "QMessageBox box;", "QMessageBox::warning(this, title, name);",
              "box->setInformativeText(name);", "edit->setHtml(name);", "QInputDialog dialog;", "tabs->setTabToolTip(0, name);", "show(QLabel{name});",
              "QFormLayout form; form.addRow(name, edit);", "new QTextBrowser;",
              "tray->showMessage(name); // by a QSystemTrayIcon\nQSystemTrayIcon *tray;", "QProgressDialog bar(name);"]
RICH_PASSED = ["b->setToolTip(plainToolTip(name));", "b->setToolTip(tr(\"Literal\"));", "b->setToolTip(tr(\"a\"\n \"b\"));",
               "case Qt::ToolTipRole: return plainToolTip(name);", "item->setData(Qt::ToolTipRole, plainToolTip(name));",
               "QToolTip::showText(at, plainToolTip(name), this);", "l->setTextFormat(Qt::PlainText);", "QLabel *l = x;"]
COMMENT_OR_STRING = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"', re.S)


def files(root: Path):
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(f for f in folders if f not in SKIPPED and not f.startswith("build"))
        for name in sorted(names):
            yield Path(folder, name)


def without_comments(text: str) -> str:
    """Keeps the line ends, so that line numbers stay true."""
    return COMMENT_OR_STRING.sub(lambda match: "\n" * match.group().count("\n"), text)


def faults_of(name: str, file: Path, documents: Documents):
    if file.suffix not in LICENSED and file.name not in LICENSED_NAMES:
        return
    text = file.read_text(encoding="utf-8")
    head = "\n".join(text.splitlines()[:6])
    if not all(line in head for line in SPDX):
        yield f"{name}: the two SPDX lines are missing at the top"
    lines = text.count("\n")
    limit = TEST_LINE_LIMIT if name.startswith("tests/") else LINE_LIMIT
    if file.suffix in CODE and lines > limit and name not in LONG:
        yield f"{name}: {lines} lines, {limit} are the most"
    for offset, reference in documents.unresolved(name, text) if name not in ABOUT_REFERENCES else ():
        yield f"{name}:{text.count(chr(10), 0, offset) + 1}: {reference}: the reference leads nowhere"
    if name.startswith(PRODUCT) and file.suffix in (".h", ".cpp"):
        code = without_comments(text)
        for call, allowed_in, reason in CALLS:
            if allowed_in and name.startswith(allowed_in):
                continue
            for match in call.finditer(code):
                line = code.count("\n", 0, match.start()) + 1
                yield f"{name}:{line}: {match.group()}: {reason}"


def rule_fails():
    """The rows that the rule about rich text gets wrong."""
    for rows, is_found in ((RICH_FOUND, True), (RICH_PASSED, False)):
        for row in rows:
            if any(call.search(without_comments(row)) for call, _, _ in CALLS) != is_found:
                yield f"the rule about rich text is wrong about: {row}"


def main(root: Path) -> int:
    faults = list(rule_fails())
    documents = Documents(root)
    faults += [fault for file in files(root)
               for fault in faults_of(file.relative_to(root).as_posix(), file, documents)]
    print("\n".join(faults) or "every file keeps the rules")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
