# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Finds the numbers of requirements (R1..R58) and faults (F1..F115) in the tests, and what each stands at.

C++: a number in a row's name stands for that row, elsewhere in a test function, in its name, or in the comment or on the
line of its declaration for the whole function. Rows that stand below a look at isLong() are there in the long run only.
Python: a number in the name of a test function or its class, or in or above one of them, stands for it; outside of both
for the whole file. What stands in another function says nothing about a test.
"""

import ast
import io
import re
import tokenize
from dataclasses import dataclass
from pathlib import Path

LAST = {"R": 58, "F": 115}
NUMBERS = [f"{letter}{at}" for letter, last in LAST.items() for at in range(1, last + 1)]
NUMBER = re.compile(r"(?<![\w.#\\/-])([RF][1-9]\d{0,2})(?!\w)")
# In a name the words are joined: R2_named, isOne_R2, test_r38_f76_one, test_x_R48.
NUMBER_IN_NAME = re.compile(r"(?<![A-Za-z0-9])([RFrf][1-9]\d{0,2})(?![0-9A-Za-z])")
# Comments and texts of C++, raw ones too.
WORDS = re.compile(r'//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"', re.S)
SLOT_DECLARATION = re.compile(r"^    void (\w+)\(\)", re.M)
DEFINITION = re.compile(r"^(?:    void|void \w+::)\s*(\w+)\(\)(?!;)", re.M)
SECTION = re.compile(r"^(?:private Q_SLOTS:|(?:public|protected|private|Q_SIGNALS)\b.*:|\};)", re.M)
ABOUT_NUMBERS = ("tests/security/", "tests/architecture/test_references")
SETUP = {"initTestCase", "cleanupTestCase", "init", "cleanup"}


@dataclass(frozen=True, order=True)
class Place:
    """What shows a number: the test as ctest names it, the function in it, whether only rows of it do, and whether
    they are there in the long run only."""

    test: str
    function: str
    rows: bool = False
    long: bool = False


class Unknown(Exception):
    """A number that there is not."""


def numbers_in(text: str):
    for number in NUMBER.findall(text):
        if number not in NUMBERS:
            raise Unknown(f"there is no {number}")
        yield number


def numbers_in_name(name: str):
    for number in NUMBER_IN_NAME.findall(name):
        yield from numbers_in(number.upper())


def test_name(file: str) -> str:
    """tests/core/io/tst_x.cpp is core.io.tst_x; tests/e2e/cli/test_x.py is e2e.cli_x, every other test_x.py of e2e is
    e2e.x."""
    path = Path(file).relative_to("tests")
    if path.suffix == ".cpp":
        return ".".join((*path.parent.parts, path.stem))
    folder = ("e2e",) if path.parts[0] == "e2e" else path.parent.parts
    command_line = "cli_" if path.parts[:2] == ("e2e", "cli") else ""
    return ".".join((*folder, command_line + re.sub(r"^(?:test|check)_", "", path.stem)))


def slots_of(text: str):
    """The names of the test functions."""
    names, in_slots, at = set(), False, 0
    for border in [*SECTION.finditer(text), None]:
        end = border.start() if border else len(text)
        if in_slots:
            names.update(name for name in SLOT_DECLARATION.findall(text[at:end]))
        if border:
            in_slots, at = border.group().startswith("private Q_SLOTS"), border.end()
    return names - SETUP


def body_end(text: str, start: int) -> int:
    """A function of a class ends with a brace at its own indentation."""
    indentation = "    " if text.startswith("    ", start) else ""
    end = re.compile(rf"^{indentation}\}}", re.M).search(text, start)
    return end.end() if end else len(text)


def spans_of(text: str, slots):
    """(start, end, function, in its data) for each stretch of text that belongs to a test function."""
    for match in DEFINITION.finditer(text):
        name = match.group(1)
        slot = name.removesuffix("_data")
        # The comment directly above belongs to it.
        if slot in slots:
            line_end = text.find("\n", match.start())
            is_short = text[match.start():line_end].split("//")[0].rstrip().endswith("}")
            end = line_end if is_short else body_end(text, match.start())
            yield comment_start(text, match.start()), end, slot, name != slot
    for match in re.finditer(r"^    void (\w+)\(\);[^\n]*", text, re.M):
        slot = match.group(1).removesuffix("_data")
        if slot in slots:
            yield comment_start(text, match.start()), match.end(), slot, False


def comment_start(text: str, start: int) -> int:
    """Where the comment lines directly above begin."""
    while True:
        before = text.rfind("\n", 0, max(start - 1, 0)) + 1
        if start == 0 or not text[before:start].strip().startswith("//"):
            return start
        start = before


def in_cpp(text: str, test: str):
    """(number, place) for each number; one that belongs to no test function says nothing about a test."""
    slots = slots_of(text)
    spans = list(spans_of(text, slots))
    for match in WORDS.finditer(text):
        found = list(numbers_in(match.group()))
        if not found:
            continue
        for start, end, slot, in_data in spans:
            if start <= match.start() < end:
                is_row = in_data and match.group().startswith('"')
                # In a row's name the number comes first; elsewhere in a table it is data.
                is_data = text[:match.start()].rstrip(" \nu").endswith("<<")
                if is_row and (is_data or not NUMBER.match(match.group()[1:])):
                    break
                is_long = is_row and "isLong()" in text[start:match.start()]
                for number in found:
                    yield number, Place(test, slot, is_row, is_long)
                break
    for slot in {slot.removesuffix("_data") for slot in slots}:
        for number in numbers_in_name(slot):
            yield number, Place(test, slot)


def scopes_of(tree):
    """(first line, last line, name, whether it says something about a test), outer ones first."""
    def walk(node, names, is_story):
        for child in ast.iter_child_nodes(node):
            if not isinstance(child, (ast.FunctionDef, ast.ClassDef)):
                yield from walk(child, names, is_story)
                continue
            # What a test function defines for itself is a part of it.
            is_inner = names and names[-1].startswith("test")
            own = names if is_inner else (*names, child.name)
            counts = is_inner or (is_story and (isinstance(child, ast.ClassDef) or child.name.startswith("test")))
            yield child.lineno, child.end_lineno, own, counts
            yield from walk(child, own, counts)
    yield from walk(tree, (), True)


def in_python(text: str, test: str):
    """(number, place) for each number in a name, comment or text."""
    scopes = list(scopes_of(ast.parse(text)))
    for _, _, names, counts in scopes:
        if counts:
            for number in numbers_in_name(names[-1]):
                yield number, Place(test, ".".join(names))
    lines = text.splitlines()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in (tokenize.COMMENT, tokenize.STRING):
            continue
        line = token.start[0]
        if token.type == tokenize.COMMENT and lines[line - 1].strip().startswith("#"):
            # A comment of its own belongs to what comes below it.
            while line < len(lines) and lines[line - 1].strip().startswith("#"):
                line += 1
        around = [(names, counts) for first, last, names, counts in scopes if first <= line <= last]
        names, counts = around[-1] if around else ((), True)
        for number in numbers_in(token.string):
            if counts:
                yield number, Place(test, ".".join(names))


def is_test(file: str) -> bool:
    name = Path(file).name
    return (re.fullmatch(r"tst_\w+\.cpp", name) is not None
            or re.fullmatch(r"(?:test|check)_\w+\.py", name) is not None)


def collect(root: Path):
    """number -> the places that show it, sorted."""
    shown = {number: set() for number in NUMBERS}
    for path in sorted((root / "tests").rglob("*")):
        file = path.relative_to(root).as_posix()
        # The tests of this table and of references speak of numbers, and show none.
        if not path.is_file() or not is_test(file) or file.startswith(ABOUT_NUMBERS):
            continue
        read = in_cpp if path.suffix == ".cpp" else in_python
        try:
            for number, place in read(path.read_text(encoding="utf-8"), test_name(file)):
                shown[number].add(place)
        except Unknown as problem:
            raise Unknown(f"{file}: {problem}") from problem
    return {number: merged(places) for number, places in shown.items()}


def outer(function: str):
    """"" and A of A.b."""
    return {"", function.rpartition(".")[0]} - {function}


def merged(places):
    """A whole function includes its rows, a whole file or class its tests."""
    return sorted(place for place in places
                  if not any(Place(place.test, around) in places for around in outer(place.function))
                  if not (place.rows and Place(place.test, place.function) in places)
                  and not (place.long and Place(place.test, place.function, True) in places))
