#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""References that lead nowhere are found, and the others are let through."""

import tempfile
import unittest
from pathlib import Path

from references import Documents

REQUIREMENTS = "- **R1** one\n- **F2** two, R3\n"
FACTS = "## Fact 3: three\n## Fact 4: four\n"
FORMAT = "## 5. Five\n## 15. Fifteen\n"
PROVIDERS = "## Priava\n"


class References(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        root = Path(folder.name)
        for name, text in (("docs/requirements.md", REQUIREMENTS), ("docs/platform-facts.md", FACTS),
                           ("docs/vault-format.md", FORMAT), ("docs/providers.md", PROVIDERS),
                           ("README.md", ""), ("core/README.md", ""),
                           ("tests/core/tst_a.cpp", "")):
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text, encoding="utf-8")
        self.documents = Documents(root)

    def found(self, text):
        return [reference for _, reference in self.documents.unresolved("core/a.h", text)]

    def test_resolves(self):
        for text in ("(R1, F2; docs/platform-facts.md, fact 3)", "facts 3 and 4", "docs/platform-facts.md,\n// fact 4",
                     "Fact 3: a claim", "docs/vault-format.md, section 5",
                     "docs/vault-format.md,\n# sections 5\n# and 15", "docs/providers.md, Priava",
                     "RFC 6749, section 77", "README.md", "core/README.md",
                     "Key_F77 # noqa: F401", "build/dev/security-table.md"):
            self.assertEqual(self.found(text), [], text)

    def test_finds_what_leads_nowhere(self):
        for text, reference in (("R2", "R2"), ("(F107)", "F107"), ("fact 5", "fact 5"),
                                ("facts 3,\n// 4 and 6", "fact 6"),
                                ("facts 3 to 9", "fact 9"),
                                ("docs/vault-format.md, section 1", "docs/vault-format.md, section 1"),
                                ("docs/vault-format.md,\n// section 51", "docs/vault-format.md, section 51"),
                                ("docs/providers.md, Rev", "docs/providers.md, Rev"),
                                ("docs/nothing.md", "docs/nothing.md"), ("STYLE.md", "STYLE.md"),
                                ("PROVIDERS, Priava", "PROVIDERS"), ("SECURITY 5.3.8", "SECURITY"),
                                ("../shared/x", "../shared")):
            self.assertEqual(self.found(text), [reference], text)

    def test_documents_name_files_and_tests(self):
        for text, leads in (("`core/README`", True), ("`core/README.md`", True), ("`core/ABCDE`", True),
                            ("`core`, `core/b.h`", False),
                            ("`tests/x.cpp`", False), ("`core.tst_a`", True), ("`core.x.tst_a`", False)):
            self.assertEqual(not list(self.documents.unresolved("docs/a.md", text)), leads, text)

    def test_numbers(self):
        self.assertEqual(self.documents.numbers, ["R1", "F2"])


if __name__ == "__main__":
    unittest.main()
