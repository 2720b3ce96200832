#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Brings a keychain to the session that keyring-session.sh made, open and without anybody at the screen.

keychain.py run KEYCHAIN COMMAND...   prepares the home, starts the keychain and becomes COMMAND, with
                                      LATCHKEY_TEST_KEYCHAIN=KEYCHAIN in its environment
keychain.py start                     starts that keychain again; there must be none

KEYCHAIN is gnome-keyring, gnome-keyring-open (without a password, and nobody has opened it yet), kwallet, keepassxc, keepassxc-unexposed (no group is offered to other programs),
scripted-secret-service or scripted-kwallet; for these two LATCHKEY_SCRIPTED_KEYCHAIN names their program.
"""

import base64
import os
import re
import socket
import subprocess
import sys
import time
import uuid
from pathlib import Path

SECRET_SERVICE, KWALLET = "org.freedesktop.secrets", "org.kde.kwalletd5"
BUS_NAMES = {"gnome-keyring": SECRET_SERVICE, "gnome-keyring-open": SECRET_SERVICE, "keepassxc": SECRET_SERVICE, "keepassxc-unexposed": SECRET_SERVICE,
             "scripted-secret-service": SECRET_SERVICE, "kwallet": KWALLET, "scripted-kwallet": KWALLET}
PASSWORD = "pw"
# QtKeychain takes KWallet only in a desktop of this name.
PLASMA = {"XDG_CURRENT_DESKTOP": "KDE", "KDE_SESSION_VERSION": "5", "KDE_FULL_SESSION": "true"}
KWALLETRC = """[Wallet]
Enabled=true
First Use=false
Default Wallet=kdewallet
Leave Open=true
Prompt on Open=false
"""
# As desktops that log in by themselves have it: the file is text, for everybody of this user to read.
OPEN_KEYRING = """[keyring]
display-name=Default
ctime=0
mtime=0
lock-on-idle=false
lock-after=false
"""
KEEPASSXC_INI = """[General]
ConfigVersion=2
SingleInstance=false
UpdateCheckMessageShown=true
[GUI]
CheckForUpdates=false
[FdoSecrets]
Enabled=true
ConfirmAccessItem=false
ConfirmDeleteItem=false
ShowNotification=false
UnlockBeforeSearch=true
"""


def write(path, text):
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def home():
    return Path(os.environ["HOME"])


def database():
    return home() / "desk.kdbx"


def keepassxc_cli(*words, lines=(PASSWORD,)):
    typed = "".join(line + "\n" for line in lines)
    return subprocess.run(["keepassxc-cli", *map(str, words)], input=typed, text=True, check=True,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=60).stdout


def exposed(document):
    """KeePassXC offers one group of a database to other programs, which it names in the database itself."""
    identity = re.search(r"<UUID>([^<]+)</UUID>\s*<Name>Secrets<", document).group(1)
    group = uuid.UUID(bytes=base64.b64decode(identity))
    entry = f"<Item><Key>FDO_SECRETS_EXPOSED_GROUP</Key><Value>{{{group}}}</Value></Item>"
    head, end, tail = document.partition("</Meta>")
    head = head.replace("<CustomData/>", "<CustomData></CustomData>")
    if "<CustomData>" not in head:
        head += "<CustomData></CustomData>"
    return head.replace("<CustomData>", "<CustomData>" + entry, 1) + end + tail


def prepare_keepassxc(is_exposed):
    write(home() / ".config/keepassxc/keepassxc.ini", KEEPASSXC_INI)
    keepassxc_cli("db-create", "-p", database(), lines=(PASSWORD, PASSWORD))
    if not is_exposed:
        return
    keepassxc_cli("mkdir", database(), "Secrets")
    document = home() / "desk.xml"
    write(document, exposed(keepassxc_cli("export", database())))
    database().unlink()
    keepassxc_cli("import", "-p", document, database(), lines=(PASSWORD, PASSWORD))


def start_kwallet():
    """As PAM does at a login: the wallet's key comes through a pipe, the session's environment through a socket."""
    address = os.environ["XDG_RUNTIME_DIR"] + "/kwallet5.socket"
    Path(address).unlink(missing_ok=True)
    key, key_writer = os.pipe()
    os.write(key_writer, b"k" * 56)
    os.close(key_writer)
    with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as client:
        server.bind(address)
        server.listen(1)
        start_quietly(["kwalletd5", "--pam-login", str(key), str(server.fileno())],
                      pass_fds=(key, server.fileno()), env={**os.environ, "PAM_KWALLET5_LOGIN": address})
        client.connect(address)
        client.sendall("".join(f"{name}={value}\n" for name, value in os.environ.items()).encode())
    os.close(key)


def start_quietly(command, **more):
    more.setdefault("stdin", subprocess.DEVNULL)
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
                            **more)


def start_with_password(command):
    process = start_quietly(command, stdin=subprocess.PIPE)
    process.stdin.write(PASSWORD.encode() + b"\n")
    process.stdin.close()


def ask(path, interface, name):
    return subprocess.run(["gdbus", "call", "--session", "-d", SECRET_SERVICE, "-o", path, "-m",
                           "org.freedesktop.DBus.Properties.Get", interface, name],
                          capture_output=True, text=True, timeout=60, check=False).stdout


def has_opened(is_exposed):
    """KeePassXC owns its name a moment before it has opened its database, and offers it locked until then."""
    offered = re.search(r"'(/\S+/collection/[^']+)'",
                        ask("/org/freedesktop/secrets", "org.freedesktop.Secret.Service", "Collections"))
    if not is_exposed:
        return not offered
    return offered and "false" in ask(offered.group(1), "org.freedesktop.Secret.Collection", "Locked")


def start(keychain):
    if keychain == "gnome-keyring":
        subprocess.run(["gnome-keyring-daemon", "--unlock", "--components=secrets"], input=PASSWORD.encode(),
                       check=True, timeout=60, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    elif keychain == "gnome-keyring-open":
        start_quietly(["gnome-keyring-daemon", "--foreground", "--components=secrets"])
    elif keychain == "kwallet":
        start_kwallet()
    elif keychain.startswith("keepassxc"):
        start_with_password(["keepassxc", "--pw-stdin", str(database())])
    else:
        start_quietly([os.environ["LATCHKEY_SCRIPTED_KEYCHAIN"], keychain.removeprefix("scripted-")])
    subprocess.run(["gdbus", "wait", "--session", "--timeout", "60", BUS_NAMES[keychain]], check=True, timeout=90)
    if keychain.startswith("keepassxc"):
        end = time.monotonic() + 60
        while not has_opened(keychain == "keepassxc"):
            if time.monotonic() > end:
                raise SystemExit("KeePassXC does not open its database")
            time.sleep(0.05)


def prepare(keychain):
    os.environ["LATCHKEY_TEST_KEYCHAIN"] = keychain
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if BUS_NAMES[keychain] == KWALLET:
        os.environ.update(PLASMA)
    if keychain == "gnome-keyring-open":
        keyrings = home() / ".local/share/keyrings"
        write(keyrings / "Default.keyring", OPEN_KEYRING)
        write(keyrings / "default", "Default")
    elif keychain == "kwallet":
        write(home() / ".config/kwalletrc", KWALLETRC)
    elif keychain.startswith("keepassxc"):
        prepare_keepassxc(keychain == "keepassxc")


def main(mode, *words):
    if mode == "start":
        start(os.environ["LATCHKEY_TEST_KEYCHAIN"])
        return
    keychain, *command = words
    prepare(keychain)
    start(keychain)
    os.execvp(command[0], command)


if __name__ == "__main__":
    main(*sys.argv[1:])
