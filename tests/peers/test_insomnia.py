# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Insomnia's importer takes the export, and every request gets 200. Insomnia itself does not run without a screen."""

import json
import os
from pathlib import Path

from peers import PeerTest, run


class Insomnia(PeerTest):
    def test_export(self):
        (text,) = self.exports["insomnia"].values()
        done = self.run_node(Path(__file__).resolve().parent / "sendinsomnia.js", input=text,
                             env=dict(os.environ, NODE_PATH=str(self.npm / "node_modules")))
        self.assertEqual(done.returncode, 0)
        self.assertEqual(json.loads(done.stdout), [200] * len(self.accounts))
        self.assertEqual(self.statuses(), [200] * len(self.accounts))


if __name__ == "__main__":
    run()
