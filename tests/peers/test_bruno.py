# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bruno's command line takes the exported folder, and every request gets 200."""

import json

from peers import PeerTest, readable, run


MARKS = r"\{\{"


class Bruno(PeerTest):
    def send(self, exports):
        folder = self.write(exports["bruno"], "collection")
        report = self.folder / "report.json"
        done = self.run_quietly(["sh", "-c", 'cd "$1" && shift && exec "$@"', "sh", folder, self.npm / "node",
                                 self.npm / "node_modules/@usebruno/cli/bin/bru.js", "run", "--env", "Latchkey",
                                 "--reporter-json", report])
        self.assertEqual(done.returncode, 0)
        results = json.loads(report.read_bytes())[0]["results"]
        return [result["response"]["status"] for result in results]

    def test_collection_with_its_environment(self):
        count = len(readable(self.accounts, MARKS))
        self.assertEqual(self.send(self.exports), [200] * count)
        self.assertEqual(self.statuses(), [200] * count)

    def test_no_value_is_read_as_a_template(self):
        """F111"""
        self.check_hostile(MARKS, self.send)

    def test_only_the_environment_holds_tokens_and_git_leaves_it_out(self):
        files = self.exports["bruno"]
        self.assertEqual([name for name, text in files.items() if b"CANARY" in text], ["environments/Latchkey.bru"])
        self.write(files)
        self.run_quietly(["git", "init", "-q"])
        shown = self.run_quietly(["git", "status", "--porcelain", "-uall"]).stdout
        self.assertIn(b"bruno.json", shown)
        self.assertNotIn(b"Latchkey.bru", shown)


if __name__ == "__main__":
    run()
