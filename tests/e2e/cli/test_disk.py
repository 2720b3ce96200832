# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""test_disk.py PROGRAM SIMULATOR: a profile on a disk that fails, as the command line meets it."""

import json
import os
import resource
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import shared  # noqa

from clistory import PRIAVA, CliStory, tell
from commandline import DONE, FAILED, SECRET_STORE, CommandLine
from vendors import client

# What a folder's mode forbids means nothing to root.
AS_NOBODY = {"user": 65534, "group": 65534, "extra_groups": []} if os.geteuid() == 0 else {}


class Disk(CliStory):
    def setUp(self):
        self.profile = Path(tempfile.mkdtemp(dir=self.folder)) / "profile"
        self.cli = CommandLine(self.program, self.profile)
        self.file = self.profile / "profile.sqlite"
        self.backup = self.profile / "profile.sqlite.backup"

    def prepare(self, *names):
        for name in names:
            self.add_configapi(name)

    def names(self):
        return sorted(account["name"] for account in self.cli.json("accounts")[1])

    def kept(self):
        return sorted(self.profile.glob("profile.sqlite.corrupt-*"))


class Damage(Disk):
    def damage(self, how):
        whole = self.file.read_bytes()
        if how == "F72 0 bytes":
            self.file.write_bytes(b"")
        elif how == "F72 half of it":
            self.file.write_bytes(whole[:len(whole) // 2])
        elif how == "F72 not a database":
            self.file.write_bytes(b"\xff\xfenothing\n" * 1000)
        elif how == "F72 1 GB":
            self.file.write_bytes(b"")
            os.truncate(self.file, 10**9)
        else:
            self.file.unlink()

    def test_F72_takes_the_last_good_backup_and_says_so(self):
        for at, how in enumerate(("F72 0 bytes", "F72 half of it", "F72 not a database", "F72 1 GB", "F72 gone")):
            with self.subTest(how):
                self.setUp()
                first, second = f"damage-{at}-a", f"damage-{at}-b"
                self.prepare(first, second)
                self.assertEqual(stat.S_IMODE(self.backup.stat().st_mode), 0o600)
                self.damage(how)

                ran = self.cli.run("token", first)
                self.assert_token(ran, f"CANARY-access-{first}-1")
                self.assertIn("last good backup", ran.err)
                self.assertEqual(self.names(), [first, second])
                if how == "F72 gone":
                    self.assertEqual(self.kept(), [])
                    continue
                self.assertEqual(len(self.kept()), 1)
                self.assertIn(str(self.kept()[0]), ran.err)
                # From then on only those are told who look at the accounts, until the damaged file is deleted.
                self.assertEqual(self.cli.run("token", second).err, "")
                remark = json.loads(self.cli.run("accounts", "--json").err)["remark"]
                self.assertEqual(remark["kind"], "ProfileRestored")
                self.assertIn(str(self.kept()[0]), remark["why"])
                self.assertIn("last good backup", self.cli.run("doctor").err)
                self.kept()[0].unlink()
                self.assertEqual(self.cli.run("accounts").err, "")

    def test_F72_without_a_backup_nothing_is_touched(self):
        self.prepare("lonely")
        for file in self.profile.glob("profile.sqlite.backup*"):
            file.unlink()
        self.file.write_bytes(b"")
        before = sorted(self.profile.iterdir())
        for words in (["accounts"], ["token", "lonely"], ["remove", "lonely", "--yes"]):
            ran = self.cli.run(*words)
            self.assert_nothing_out(ran, FAILED)
            self.assertIn("damaged", ran.err)
            self.assertIn("Nothing was changed", ran.err)
        error = json.loads(self.cli.run("accounts", "--json").err)["error"]
        self.assertEqual(error["kind"], "ProfileCorrupt")
        self.assertEqual(sorted(self.profile.iterdir()), before)
        self.assertEqual(self.file.stat().st_size, 0)

    def test_F72_an_account_the_backup_lacks_and_one_it_brings_back(self):
        self.prepare("kept-one", "removed-one")
        old = self.backup.read_bytes()
        self.assertEqual(self.cli.run("remove", "removed-one", "--yes").status, DONE)
        self.prepare("added-one")
        self.backup.write_bytes(old)
        for older in self.profile.glob("profile.sqlite.backup.older"):
            older.unlink()
        self.file.write_bytes(b"")

        ran = self.cli.run("token", "kept-one")
        self.assert_token(ran, "CANARY-access-kept-one-1")
        self.assertEqual(self.names(), ["kept-one", "removed-one"])
        # Its secret is gone, and that is said; nothing of it is asked of the vendor.
        ran = self.cli.run("token", "removed-one")
        self.assertNotEqual(ran.status, DONE)
        self.assertEqual(ran.out, "")
        self.prepare("added-one")
        self.assert_token(self.cli.run("token", "added-one"), "CANARY-access-added-one-1")

    def test_F73_a_newer_profile_is_left_alone(self):
        self.prepare("newer")
        subprocess.run([sys.executable, "-c", "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); "
                        "c.execute('PRAGMA user_version=7'); c.close()", str(self.file)], check=True)
        before = self.file.read_bytes()
        ran = self.cli.run("accounts")
        self.assert_nothing_out(ran, FAILED)
        self.assertIn("version 7", ran.err)
        self.assertTrue(self.file.read_bytes() == before)


class NoRoom(Disk):
    def limited(self, size, *arguments, stdin=""):
        """The command on a disk where no file can grow past `size` bytes."""
        def limit():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
        return self.cli.run(*arguments, stdin=stdin, preexec_fn=limit)

    def test_F70_every_write_of_the_profile(self):
        self.prepare("full")
        before = self.file.read_bytes()
        failures = 0
        for size in range(0, 200_000, 8192):
            ran = self.limited(size, "rename", "full", "fuller")
            if ran.status == DONE:
                break
            failures += 1
            self.assertEqual(ran.status, FAILED)
            self.assertNotEqual(ran.err, "")
            # Whoever reads it next takes back what was half written: by its journal, as after a power cut.
            self.assertEqual(self.names(), ["full"])
            self.assertTrue(self.file.read_bytes() == before, "F70: the old file is not what it was")
        self.assertGreater(failures, 1)
        self.assertEqual(self.names(), ["fuller"])

    def test_F70_an_export(self):
        self.prepare("export")
        target = self.folder / "export.env"
        target.write_text("old\n", encoding="utf-8")
        self.assert_token(self.cli.run("token", "export"), "CANARY-access-export-1")
        ran = self.limited(0, "export", "export", "--as", "dotenv", "--output", str(target), "--replace")
        self.assertEqual(ran.status, FAILED)
        self.assertIn(str(target), ran.err)
        self.assertEqual(target.read_text(encoding="utf-8"), "old\n")

    def test_F70_a_full_file_system(self):
        place = self.folder / "small"
        place.mkdir()
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=512k,mode=0700", "tmpfs", str(place)],
                                 capture_output=True, check=False)
        if mounted.returncode:
            self.skipTest("no right to mount here; the limit on the size of files stands for it")
        self.addCleanup(subprocess.run, ["umount", str(place)], check=True)
        self.profile = place / "profile"
        self.cli = CommandLine(self.program, self.profile)
        self.file = self.profile / "profile.sqlite"
        self.prepare("tmpfs")
        with open(place / "filler", "wb", buffering=0) as filler:
            try:
                while True:
                    filler.write(b"x" * 1024)
            except OSError:
                pass
        before = self.file.read_bytes()
        ran = self.cli.run("rename", "tmpfs", "renamed")
        self.assertEqual(ran.status, FAILED)
        self.assertIn("full", ran.err)
        self.assertTrue(self.file.read_bytes() == before, "F70: the old file is not what it was")
        self.assertEqual(self.names(), ["tmpfs"])


class RoomForTheAnswer(Disk):
    """R37: a refresh token is not spent where the answer would be lost."""

    def setUp(self):
        super().setUp()
        self.passphrase = self.folder / "passphrase"
        self.passphrase.write_text("CANARY passphrase one\n", encoding="utf-8")

    def sign_in(self, name):
        """An account whose refresh tokens work once, with its secrets in a vault."""
        self.configure(client("priava", name, region="EU", codes=[f"CANARY-code-{name}"], refresh="rotate",
                              revoke_on_reuse=True, lifetime=300,
                              redirect_uris=["http://127.0.0.1:53117/priava"]))
        fields = [f"url={self.vendors.url}/api", "region=EU", f"client_id={name}",
                  "redirect_uri=http://127.0.0.1:53117/priava", "--secret", "client_secret",
                  "--secret", "code"]
        ran = self.unlocked("add", "priava", name, *fields, "--store", "vault",
                            stdin=f"CANARY-secret-{name}\nCANARY-code-{name}\n")
        self.assertEqual(ran.status, DONE, ran.err)
        self.assert_token(self.unlocked("token", name), f"CANARY-access-{name}-1")

    def unlocked(self, *words, **more):
        return self.cli.run(*words, "--passphrase-file", str(self.passphrase), **more)

    def refuses(self, kind, *words, **more):
        """Nothing is sent, nothing comes out, and nothing is left in the folder."""
        sent, before = self.vendors.count(PRIAVA), sorted(self.profile.iterdir())
        ran = self.unlocked(*words, **more)
        self.assert_nothing_out(ran, SECRET_STORE)
        self.assertEqual(self.vendors.count(PRIAVA), sent, "a refresh token was sent whose answer had no place")
        self.assertEqual(sorted(self.profile.iterdir()), before)
        self.assertIn(kind, ran.err)
        self.assertNotIn("keychain", ran.err)

    def goes_on(self, name, at):
        self.assert_token(self.unlocked("token", name, "--refresh"), f"CANARY-access-{name}-{at}")
        with closing(sqlite3.connect(self.profile / "profile.sqlite")) as profile:
            self.assertEqual(profile.execute("SELECT count(*) FROM reserved_space").fetchall(), [(0,)])

    def test_R37_somebody_holds_the_vault(self):
        self.sign_in("held")
        with closing(sqlite3.connect(self.profile / "profile.sqlite", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            self.refuses("Another program holds the profile", "token", "held", "--refresh")
            other.execute("ROLLBACK")
        self.goes_on("held", 2)

    def test_F70_no_file_may_grow(self):
        self.sign_in("limited")

        def limit():  # as `ulimit -f`, without a word to the signal that comes with it
            signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
            resource.setrlimit(resource.RLIMIT_FSIZE, (1024, resource.RLIM_INFINITY))
        self.refuses("could not be read or written", "token", "limited", "--refresh", preexec_fn=limit)
        self.refuses("could not be read or written", "refresh", "limited", preexec_fn=limit)
        self.goes_on("limited", 2)

    def test_F71_the_folder_is_read_only(self):
        self.sign_in("read-only")
        place = open_place(self)
        os.chown(place, AS_NOBODY.get("user", os.getuid()), -1)
        passphrase = shutil.copy(self.passphrase, place / "passphrase")
        shutil.copytree(self.profile, place / "profile")
        for path in (Path(passphrase), place / "profile", *(place / "profile").iterdir()):
            os.chown(path, AS_NOBODY.get("user", os.getuid()), -1)
        self.passphrase, self.profile = Path(passphrase), place / "profile"
        self.profile.chmod(0o500)
        self.cli = CommandLine(place / "latchkey-cli", self.profile, HOME=str(place), XDG_RUNTIME_DIR=str(place))
        self.refuses("cannot be changed", "token", "read-only", "--refresh", **AS_NOBODY)
        self.profile.chmod(0o700)
        self.assert_token(self.unlocked("token", "read-only", "--refresh", **AS_NOBODY), "CANARY-access-read-only-2")


def open_place(story):
    """A folder that nobody can reach too, with the program in it."""
    place = Path(tempfile.mkdtemp(prefix="latchkey-disk-", dir="/tmp"))
    story.addCleanup(shutil.rmtree, place, ignore_errors=True)
    place.chmod(0o755)
    shutil.copy(story.program, place / "latchkey-cli")
    return place


class InItsPlace(Disk):
    def refused(self, cli, *words, **more):
        ran = cli.run(*(words or ["accounts"]), **more)
        self.assert_nothing_out(ran, FAILED)
        return ran.err

    def test_F71_folders_that_are_not_ours_alone(self):
        self.prepare("folder")
        self.profile.chmod(0o777)
        self.assertIn("chmod 700", self.refused(self.cli))
        self.profile.chmod(0o700)
        link = self.folder / "link"
        link.symlink_to(self.profile)
        self.assertIn("symbolic link", self.refused(CommandLine(self.program, link)))
        fifo = self.folder / "fifo"
        os.mkfifo(fifo)
        self.assertIn("not a folder", self.refused(CommandLine(self.program, fifo)))
        self.assertEqual(self.names(), ["folder"])

    def test_says_who_else_may_write_to_a_folder_above(self):
        """F71: of the profile, of an export and of templates, each time, and nothing is refused for it."""
        self.prepare("unshared")
        shared = self.folder / "shared"
        shared.mkdir()
        shared.chmod(0o777)
        remark = f"Other users may write to the folder {shared}"
        cli = CommandLine(self.program, shared / "profile")
        for _ in range(2):
            ran = cli.run("accounts")
            self.assertEqual((ran.status, remark in ran.err), (DONE, True), ran.err)
        ran = self.cli.run("templates", "export", str(shared / "templates.json"))
        self.assertEqual((ran.status, remark in ran.err), (DONE, True), ran.err)
        shared.chmod(0o700)
        self.assertNotIn("Other users", cli.run("accounts").err)

    def test_F71_what_stands_in_the_place_of_the_file(self):
        self.prepare("place")
        elsewhere = self.folder / "elsewhere.sqlite"
        shutil.move(self.file, elsewhere)
        for what, make in (("symlink", lambda: self.file.symlink_to(elsewhere)), ("FIFO", lambda: os.mkfifo(self.file)),
                           ("folder", self.file.mkdir)):
            with self.subTest(f"F71 {what}"):
                make()
                self.assertIn("could not be read", self.refused(self.cli))
                self.file.rmdir() if what == "folder" else self.file.unlink()

    def test_F71_no_home_and_not_ours(self):
        program = str(open_place(self) / "latchkey-cli")

        def at_home(**environment):
            kept = {name: value for name, value in self.cli.environment.items() if name not in ("HOME", "XDG_DATA_HOME")}
            return subprocess.run([program, "accounts"], env={**kept, **environment}, capture_output=True,
                                  text=True, timeout=240, check=False, **AS_NOBODY)
        for home in ({}, {"HOME": ""}, {"HOME": "/usr"}):
            with self.subTest(f"F71 HOME {home}"):
                ran = at_home(**home)
                self.assertEqual((ran.returncode, ran.stdout), (FAILED, ""))
                self.assertIn("home directory", ran.stderr)

    def test_F71_a_read_only_profile_is_read(self):
        self.prepare("read-only")
        place = open_place(self)
        profile = place / "profile"
        profile.mkdir(mode=0o700)
        shutil.copy(self.file, profile / "profile.sqlite")
        for path in (profile / "profile.sqlite", profile):
            os.chown(path, AS_NOBODY.get("user", os.getuid()), -1)
        profile.chmod(0o500)
        cli = CommandLine(place / "latchkey-cli", profile, HOME=str(place), XDG_RUNTIME_DIR=str(place))
        ran = cli.run("accounts", "--json", **AS_NOBODY)
        self.assertEqual(ran.status, DONE, ran.err)
        self.assertEqual([account["name"] for account in json.loads(ran.out)], ["read-only"])
        ran = cli.run("rename", "read-only", "renamed", **AS_NOBODY)
        self.assertEqual(ran.status, FAILED)
        self.assertIn("Permission denied", ran.err)
        self.assertEqual(sorted(os.listdir(profile)), ["profile.sqlite"])


if __name__ == "__main__":
    tell()
