# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Insomnia's importer takes the export, and every request gets 200. Insomnia itself does not run without a screen."""

import json
import os
from pathlib import Path

from peers import PeerTest, readable, run


MARKS = r"\{[{%#]"


class Insomnia(PeerTest):
    def send(self, exports):
        (text,) = exports["insomnia"].values()
        done = self.run_node(Path(__file__).resolve().parent / "sendinsomnia.js", input=text,
                             env=dict(os.environ, NODE_PATH=str(self.npm / "node_modules")))
        self.assertEqual(done.returncode, 0)
        return json.loads(done.stdout)

    def test_export(self):
        count = len(readable(self.accounts, MARKS))
        self.assertEqual(self.send(self.exports), [200] * count)
        self.assertEqual(self.statuses(), [200] * count)

    def test_no_value_is_read_as_a_template(self):
        """F111"""
        self.check_hostile(MARKS, self.send)


if __name__ == "__main__":
    run()
