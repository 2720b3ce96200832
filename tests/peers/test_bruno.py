# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bruno's command line takes the exported folder, and every request gets 200."""

import json

from peers import PeerTest, run


class Bruno(PeerTest):
    def test_collection_with_its_environment(self):
        folder = self.write(self.exports["bruno"], "collection")
        report = self.folder / "report.json"
        done = self.run_quietly(["sh", "-c", 'cd "$1" && shift && exec "$@"', "sh", folder, self.npm / "node",
                                 self.npm / "node_modules/@usebruno/cli/bin/bru.js", "run", "--env", "Latchkey",
                                 "--reporter-json", report])
        self.assertEqual(done.returncode, 0)
        results = json.loads(report.read_bytes())[0]["results"]
        self.assertEqual([result["response"]["status"] for result in results], [200] * len(self.accounts))
        self.assertEqual(self.statuses(), [200] * len(self.accounts))

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
