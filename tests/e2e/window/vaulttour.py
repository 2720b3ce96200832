# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of the encrypted vault: where secrets are kept, creating one, changing its passphrase, locking it. The
demo keeps its secrets in memory, so this is a profile of its own."""

from application import Application
from leakwatch import LeakWatch

PLACE, CREATE, CHANGE, BACK = ("Where secrets are kept", "Create an encrypted vault", "Change the passphrase",
                               "Move to the keychain")
PASSPHRASE = "CANARY-passphrase-1"


class WatchedApplication(Application):
    """Looks for leaks wherever a picture is taken."""

    leaks = None

    def picture(self, name):
        self.leaks.look(self)
        super().picture(name)


def picture_vault(program, _, scratch, screenshots):
    output, profile = scratch / "output", scratch / "profile"
    leaks = LeakWatch(scratch / "watch")
    app = WatchedApplication(program, "--profile", str(profile), scratch=output, pictures=screenshots)
    app.leaks = leaks
    leaks.watch(app.pid)
    try:
        _create(app)
        _look_at(app)
        app.choose_appearance("Dark")
        _look_at(app, "dark-")
        status = app.quit()
        if status != 0:
            raise AssertionError(f"the program ended with {status}")
        leaks.assert_nothing_leaked(output, profile)  # R48
    finally:
        app.stop()
        leaks.stop()


def _create(app):
    app.open_from_more(PLACE, PLACE)
    app.picture("secrets-keychain")
    app.wait_for_window(PLACE).press_button(CREATE + "…")
    dialog = app.wait_for_window(CREATE)
    dialog.field("New passphrase").type(PASSPHRASE)
    dialog.field("New passphrase again").type(PASSPHRASE + "0")
    dialog.press_button("Create vault")
    dialog.wait_for_words("differ")
    app.picture("vault-create")
    dialog.field("New passphrase again").type(PASSPHRASE)
    dialog.press_button("Create vault")
    app.wait_until_closed(CREATE)
    place = app.wait_for_window(PLACE)
    place.wait_for_words("which is open")
    app.picture("secrets-vault")
    place.press_button("Close")
    app.wait_until_closed(PLACE)
    app.wait_for_words("Secrets in the vault, open")


def _look_at(app, prefix=""):
    app.open_from_more(PLACE, PLACE)
    place = app.wait_for_window(PLACE)
    for button, title, name in (("Change passphrase", CHANGE, "vault-passphrase"),
                                ("Move to the keychain…", BACK, "vault-move-back")):
        place.press_button(button)
        dialog = app.wait_for_window(title)
        app.picture(prefix + name)
        dialog.press_button("Cancel")
        app.wait_until_closed(title)
    place.press_button("Lock the vault now")
    place.wait_for_words("which is locked")
    app.picture(prefix + "secrets-vault-locked")
    place.press_button("Unlock the vault")
    unlock = app.wait_for_window("Unlock the vault")
    app.picture(prefix + "vault-unlock")
    unlock.field("Passphrase").type(PASSPHRASE)
    unlock.press_button("Unlock")
    app.wait_until_closed("Unlock the vault")
    place.press_button("Close")
    app.wait_until_closed(PLACE)
    app.window.press_button("Lock the vault")
    app.wait_for_words("Secrets in the vault, locked")
    app.picture(prefix + "vault-locked")
    app.window.press_button("Unlock…")
    unlock = app.wait_for_window("Unlock the vault")
    unlock.field("Passphrase").type(PASSPHRASE)
    unlock.press_button("Unlock")
    app.wait_until_closed("Unlock the vault")
