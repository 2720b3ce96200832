# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_kill.py PROGRAM SIMULATOR KILLPOINT [PART...]: kill -9 at each step of what changes an account leaves the old
state or the new one, never neither (F75, F79). Runs in keyring-session.sh; with LATCHKEY_LONG=1 more than a thousand
kills, at every call of the moves between keychain and vault among them, else a hundred."""

import itertools
import os
import sys
from collections import Counter

import shared  # noqa

import deeds
import moves
from commandline import DONE
from keepers import Keychain, Places, Vault
from killpoints import Killer, Position, Step, was_killed
from kills import KillStory, tell
from leaks import leaking_files

IS_LONG = os.environ.get("LATCHKEY_LONG") == "1"
# How often each is killed in a short run; in all more than a hundred times.
SHORT = {(deeds.Refresh, Keychain): 18, (deeds.SignIn, Keychain): 14, (deeds.Rename, Keychain): 9, (deeds.Edit, Keychain): 8,
         (deeds.Remove, Keychain): 10, (deeds.Add, Keychain): 9, (deeds.Begin, Keychain): 16,
         (deeds.Refresh, Vault): 13, (deeds.Remove, Vault): 11}
# These take longer and have more steps: a short run takes some of them, a long run every call of all.
SHORT_MOVES = {moves.ToVault: 5, moves.ToKeychain: 4, moves.CopyToVault: 0, moves.CopyToKeychain: 0,
               moves.BackToVault: 0, moves.ClearKeychain: 0, moves.ClearVault: 0, moves.Passphrase: 2}
EVERY_CALL = None
TRIES = 5


class Ending(Exception):
    """Tells at which place the state was none that is allowed."""


class Rounds:
    """One deed, killed as often as it was asked for, at each of its steps `at_least` so often."""

    def __init__(self, deed, killer, times, at_least=1):
        self._deed, self._killer, self._times, self._at_least = deed, killer, times, at_least
        self._reached, self._left = Counter(), Counter()

    def _run(self, position=None):
        deed, room = self._deed, self._deed.room
        deed.prepare()
        ran = room.run(*deed.words(), stdin=deed.stdin(), env=self._killer.environment(room.environment, position))
        return ran, self._killer.calls(deed.steps())

    def run(self):
        """The states that were left, and a line for each step."""
        whole, calls = self._run()
        steps = self._deed.steps()
        assert whole.status == DONE, whole.err
        assert calls.reached == len(steps), f"never seen: {steps[calls.reached].name}; {calls.told}"
        self._judge(whole, calls)
        if self._times is EVERY_CALL:
            self._kill_everywhere(len(steps))
            return self._report(steps)
        for step in range(len(steps) + 1):
            wanted = self._times * (step + 1) // (len(steps) + 1) - self._times * step // (len(steps) + 1)
            if max(wanted, self._at_least):
                self._kill_at(step, max(wanted, self._at_least), calls)
        return self._report(steps)

    def _kill_everywhere(self, count):
        """Before each call until it comes to its end; behind a call all is as it is before the next."""
        for number in itertools.count(1):
            position = Position(number, False)
            ran, calls = self._run(position)
            self._judge(ran, calls, position)
            if not was_killed(ran):
                break
            self._reached[calls.reached] += 1
        # A step of a call or two may have come a call later each time.
        for step in range(count + 1):
            if not self._reached[step]:
                self._kill_at(step, 1, calls)

    def _kill_at(self, step, wanted, calls):
        positions = calls.positions(step)
        made = 0
        # Threads take turns, so a call may come earlier or later than it did; then it is tried again.
        for attempt in range(wanted + max(wanted, TRIES)):
            if made >= wanted and self._reached[step]:
                return
            at = attempt * len(positions) // wanted if attempt < wanted else attempt
            position = positions[at % len(positions)]
            ran, killed = self._run(position)
            if was_killed(ran):
                self._judge(ran, killed, position)
                self._reached[killed.reached] += 1
                made += 1
            if killed.reached > step:
                # It came past the step, so where it was this time is known: a first run makes more calls.
                positions = killed.positions(step)
        assert self._reached[step], f"never killed at step {step}"

    def _judge(self, ran, calls, position=None):
        try:
            self._deed.room.restart()
            self._deed.room.check()
            self._left[self._deed.judge(calls)] += 1
            self._deed.room.check()
        except AssertionError as fault:
            last = calls.told[-1] if calls.told else "nothing"
            raise Ending(f"{self._deed.title}, killed {position}, behind “{last}” ({calls.reached} steps): "
                         f"{fault}") from fault

    def _report(self, steps):
        names = ["nothing yet"] + [step.name for step in steps]
        lines = [f"    {self._reached[at]:4} × {name}" for at, name in enumerate(names)]
        left = ", ".join(f"{count} × {state}" for state, count in self._left.items())
        return sum(self._reached.values()), "\n".join([f"  left: {left}; how far it had come:", *lines])


class Kills(KillStory):
    def kill(self, deed, keeper):
        room = self.make_room(f"{deed.__name__.lower()}-{keeper.name}", keeper)
        if keeper is Places:
            room.be_short_of_memory(self.killpoint)
            times, at_least = EVERY_CALL if IS_LONG else SHORT_MOVES[deed], 0
        else:
            times, at_least = SHORT[deed, keeper] * (10 if IS_LONG else 1), 1
        count, report = Rounds(deed(room), Killer(self.killpoint, self.folder), times, at_least).run()
        print(f"{deed.title}, {keeper.name}: killed {count} times;{report}", file=sys.stderr)
        self.assertGreaterEqual(count, times or 1)


class Export(KillStory):
    def test_a_killed_export(self):
        """F78: it leaves its file whole or as it was; a temporary file is for the user alone, and gone after the next."""
        place = self.folder / "exports"
        place.mkdir(mode=0o700)
        room = self.make_room("export", Keychain)
        room.add("subject")
        room.sign_in("subject")
        for old in (None, "old\n"):
            self._kill_an_export(room, place / "token.env", old)

    def _kill_an_export(self, room, target, old):
        killer = Killer(self.killpoint, self.folder)
        steps = [Step("the file written", r"^write \.latchkey-"), Step("the file synced", r"^sync \.latchkey-")]

        def export(position=None):
            if old is not None:
                target.write_text(old, encoding="utf-8")
            ran = room.run("export", "subject", "--as", "dotenv", "--output", str(target), "--replace",
                           env=killer.environment(room.environment, position))
            whole = target.exists() and target.read_text(encoding="utf-8") != old and target.read_bytes()
            left = [file for file in target.parent.iterdir() if file != target]
            target.unlink(missing_ok=True)
            return ran, killer.calls(steps), whole, left

        export()  # makes more calls than those after it
        ran, calls, exported, left = export()
        self.assertEqual((ran.status, calls.reached, bool(exported), left), (DONE, 2, True, []), ran.err)
        places = Counter()

        def kill_behind(number):
            ran, calls, whole, left = export(Position(number, True))
            places[calls.reached] += was_killed(ran)
            self.assertTrue(whole in (False, exported), "neither the old file nor the new one")
            self.assertTrue(all(file.name.startswith(".latchkey-") for file in left), left)
            self.assertLessEqual({file.stat().st_mode & 0o777 for file in left}, {0o600})
            self.assertEqual((export()[3], leaking_files(target.parent)), ([], []), f"behind {calls.told[-1]}")

        begin = calls.ends[0]
        for number in range(begin - 3, len(calls.told) + 1):
            kill_behind(number)
        # Threads take turns, so a call may come earlier or later than it did; then it is tried again.
        for number in [begin - 1, begin, begin + 1] * TRIES:
            if not all(places[reached] for reached in range(3)):
                kill_behind(number)
        print(f"export: killed {places.total()} times, behind so many steps: {dict(places)}", file=sys.stderr)
        self.assertTrue(all(places[reached] for reached in range(3)), f"not killed at every step: {places}")


class Tokens(Kills):
    deeds = [(deeds.Refresh, Keychain), (deeds.SignIn, Keychain)]


class Accounts(Kills):
    deeds = [(deed, Keychain) for deed in (deeds.Rename, deeds.Edit, deeds.Remove, deeds.Add, deeds.Begin)]


class InVault(Kills):
    deeds = [(deeds.Refresh, Vault), (deeds.Remove, Vault)]


class ToVault(Kills):
    deeds = [(deed, Places) for deed in (moves.ToVault, moves.CopyToVault, moves.BackToVault, moves.ClearKeychain)]


class FromVault(Kills):
    deeds = [(deed, Places) for deed in (moves.ToKeychain, moves.CopyToKeychain, moves.ClearVault, moves.Passphrase)]


def add_tests():
    """To each class those of its deeds. The claim of each: the old state or the new one, whenever it ends (F75)."""
    for story in Kills.__subclasses__():
        for deed, keeper in story.deeds:
            if keeper is Places and not (SHORT_MOVES[deed] or IS_LONG):
                continue

            def test(self, deed=deed, keeper=keeper):
                self.kill(deed, keeper)
            setattr(story, f"test_{deed.__name__.lower()}_{keeper.name}", test)
    assert sorted(deed for story in Kills.__subclasses__() for deed in map(str, story.deeds)) == sorted(
        map(str, [*SHORT, *((deed, Places) for deed in SHORT_MOVES)])), "a deed is in no class, or in two"


add_tests()

if __name__ == "__main__":
    tell()
