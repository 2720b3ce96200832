# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Postman's own runner takes the exported collection and environment, and every request gets 200."""

import json

from peers import PeerTest, made, readable, run

MARKS = r"\{\{"


class Newman(PeerTest):
    def newman(self, files, environment):
        collection, = self.write(files, "collection").iterdir()
        report = self.folder / "report.json"
        done = self.run_node(self.npm / "node_modules/newman/bin/newman.js", "run", collection, "-e", environment,
                             "-r", "json", "--reporter-json-export", report)
        self.assertEqual(done.returncode, 0)
        return [execution["response"]["code"] for execution in json.loads(report.read_bytes())["run"]["executions"]]

    def send(self, exports):
        """The collection of the accounts that the environment holds."""
        environment, = self.write(exports["postman-environment"], "environment").iterdir()
        return self.newman(exports["postman-collection"], environment)

    def test_collection_with_its_environment(self):
        taken = readable(self.accounts, MARKS)
        self.assertEqual(self.send(made(self.peerfiles, taken)[1]), [200] * len(taken))
        self.assertEqual(self.statuses(), [200] * len(taken))

    def test_no_value_is_read_as_a_template(self):
        """F111"""
        self.check_hostile(MARKS, self.send)

    def test_the_collection_holds_no_token(self):
        (text,) = self.exports["postman-collection"].values()
        self.assertFalse(b"CANARY" in text or b"127.0.0.1" in text)

    def test_the_copied_environment_fits_the_collection_of_its_account(self):
        self.write({"environment.json": self.made[0]["recipes"]["postman-environment"]})
        _, exports = made(self.peerfiles, self.accounts[:1])
        self.assertEqual(self.newman(exports["postman-collection"], self.folder / "environment.json"), [200])

    def test_tokens_are_secret_variables(self):
        (text,) = self.exports["postman-environment"].values()
        values = json.loads(text)["values"]
        holding = [value for value in values if "CANARY" in value["value"]]
        self.assertEqual(len(holding), 2 * len(readable(self.accounts, MARKS)))
        self.assertEqual({value["type"] for value in holding}, {"secret"})
        self.assertEqual(len({value["key"] for value in values}), len(values))


if __name__ == "__main__":
    run()
