# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The session's real keychain, looked at, locked and unlocked from outside the program; no window is needed."""

import contextlib
import os
import re
import signal
import subprocess

SERVICE = "/org/freedesktop/secrets"
BUS_NAME = "org.freedesktop.secrets"
PASSWORD = "pw"  # as the session unlocks it


def process_id():
    """The service's process."""
    told = subprocess.run(["gdbus", "call", "--session", "-d", "org.freedesktop.DBus", "-o", "/org/freedesktop/DBus",
                           "-m", "org.freedesktop.DBus.GetConnectionUnixProcessID", BUS_NAME],
                          check=True, timeout=240, capture_output=True, text=True).stdout
    return int(re.search(r"uint32 (\d+)", told)[1])


@contextlib.contextmanager
def stopped():
    """The service hangs meanwhile: nothing is lost, and nothing is answered."""
    process = process_id()
    os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(process, signal.SIGCONT)


def items():
    """The keys of Latchkey's items. The secrets in the answer are dropped here."""
    answer = subprocess.run(["secret-tool", "search", "--all", "server", "Latchkey"], timeout=240, capture_output=True,
                            text=True)
    return re.findall(r"^attribute\.user = (.*)$", answer.stdout + answer.stderr, re.M)


def delete_items():
    """Deletes Latchkey's items, as somebody could by hand."""
    if items():  # to delete none is a failure
        subprocess.run(["secret-tool", "clear", "server", "Latchkey"], check=True, timeout=240, capture_output=True)


def lock():
    """Locks every collection, as a screen lock may do."""
    objects = subprocess.run(["gdbus", "call", "--session", "-d", "org.freedesktop.secrets", "-o", SERVICE, "-m",
                              "org.freedesktop.DBus.Properties.Get", "org.freedesktop.Secret.Service", "Collections"],
                             check=True, timeout=240, capture_output=True, text=True).stdout
    paths = re.findall(r"'(/org/freedesktop/secrets/collection/[^']+)'", objects)
    subprocess.run(["gdbus", "call", "--session", "-d", "org.freedesktop.secrets", "-o", SERVICE, "-m",
                    "org.freedesktop.Secret.Service.Lock", "[" + ", ".join(f"'{path}'" for path in paths) + "]"],
                   check=True, timeout=240, capture_output=True)


def unlock():
    """Unlocks the default collection without a prompt, by the daemon's own back door."""
    from gi.repository import Gio, GLib
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)

    def call(interface, method, arguments):
        return bus.call_sync(BUS_NAME, SERVICE, interface, method, arguments, None, 0, 60000, None).unpack()
    collection, = call("org.freedesktop.Secret.Service", "ReadAlias", GLib.Variant("(s)", ("default",)))
    _, session = call("org.freedesktop.Secret.Service", "OpenSession",
                      GLib.Variant("(sv)", ("plain", GLib.Variant("s", ""))))
    call("org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface", "UnlockWithMasterPassword",
         GLib.Variant("(o(oayays))", (collection, (session, b"", PASSWORD.encode(), "text/plain"))))
