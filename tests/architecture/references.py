# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Finds references that lead nowhere. What there is, and where it leads:

R37, F107                            a point ("- **R37** ...") of docs/requirements.md
fact 12, facts 12 to 16              "## Fact 12: ..." in docs/platform-facts.md
docs/vault-format.md, section 8      "## 8. ..." in that document
docs/providers.md, Priava            a heading of that document that begins so
NAME.md, docs/NAME.md                a file of the repository, named from its root or from the folder it is cited in

and in a document:
`core/x/y`, `tests/fuzz/fuzz_ABC.cpp`  a file or folder, with or without its suffix; three or more capitals are a gap
`core.x.tst_y`                       a test by ctest's name
"""

import re
from pathlib import Path

GAP = r"(?:\s|//|#)+"  # a comment may go on in the next line
LIST = rf"(\d+(?:(?:,|{GAP}(?:and|to)){GAP}\d+)*)"
NUMBER = re.compile(r"(?<![\w.#\\/-])(?<!noqa: )([RF][1-9]\d{0,2})(?!\w)")
FACT = re.compile(rf"\b[Ff]acts?{GAP}{LIST}")
SECTION = re.compile(rf"\bdocs/([\w-]+)\.md,{GAP}sections?{GAP}{LIST}")
HEADING = re.compile(rf"\bdocs/([\w-]+)\.md,{GAP}([A-Z]\w+)")
DOCUMENT = re.compile(r"(?<![\w./-])(?:[\w-]+/)*[\w-]+\.md\b")
ELSEWHERE = re.compile(r"\bPROVIDERS\b|\bSECURITY(?!\.md\b)\b|\.\./shared\b")
PATH = re.compile(r"`((?:core|ui|app|simulator|tests|packaging|resources|docs)/[\w./-]+)`")
TEST = re.compile(r"`((?:core|ui|app)(?:\.[\w-]+)*\.tst_\w+)`")
MADE = {"security-table.md"}  # files that a build makes


class Documents:
    def __init__(self, root: Path):
        self._root = root
        self._headings = {page.stem: re.findall(r"^#+ (.*)", page.read_text(encoding="utf-8"), re.M)
                          for page in (root / "docs").glob("*.md")}
        page = root / "docs" / "requirements.md"
        text = page.read_text(encoding="utf-8") if page.exists() else ""
        self.numbers = re.findall(r"^- \*\*([RF]\d+)\*\* ", text, re.M)

    def unresolved(self, name: str, text: str):
        """(offset, reference) for each one that leads nowhere; `name` is the file's path from the root."""
        for match in NUMBER.finditer(text):
            if match[1] not in self.numbers:
                yield match.start(), match[1]
        for match in FACT.finditer(text):
            yield from ((match.start(), f"fact {at}") for at in re.findall(r"\d+", match[1])
                        if not self._has("platform-facts", f"Fact {at}:"))
        for match in SECTION.finditer(text):
            yield from ((match.start(), f"docs/{match[1]}.md, section {at}") for at in re.findall(r"\d+", match[2])
                        if not self._has(match[1], f"{at}. "))
        for match in HEADING.finditer(text):
            if not self._has(match[1], match[2]):
                yield match.start(), f"docs/{match[1]}.md, {match[2]}"
        for match in DOCUMENT.finditer(text):
            places = (self._root / match[0], self._root / Path(name).parent / match[0])
            if Path(match[0]).name not in MADE and not any(place.exists() for place in places):
                yield match.start(), match[0]
        for match in (*PATH.finditer(text), *TEST.finditer(text)) if name.endswith(".md") else ():
            path = match[1] if "/" in match[1] else f"tests/{match[1].replace('.', '/')}.cpp"
            pattern = re.sub("[A-Z]{3,}", "*", path)  # fuzz_PARSER.cpp
            if not any(next(self._root.glob(made), None) for made in (pattern, pattern + ".*")):
                yield match.start(), match[1]
        for match in ELSEWHERE.finditer(text):
            yield match.start(), match[0]

    def _has(self, page: str, beginning: str):
        return any(heading.startswith(beginning) for heading in self._headings.get(page, []))
