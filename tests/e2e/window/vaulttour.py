# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of the encrypted vault: where secrets are kept, creating one, changing its passphrase, locking it. The
demo keeps its secrets in memory, so this is a profile of its own."""

from desk import Desk
from leakwatch import LeakWatch

PLACE, CREATE, CHANGE, BACK = ("Where secrets are kept", "Create an encrypted vault", "Change the passphrase",
                               "Move to the keychain")
PASSPHRASE = "CANARY-passphrase-1"


class WatchedDesk(Desk):
    """Looks for leaks wherever a picture is taken."""

    leaks = None

    def picture(self, name):
        self.leaks.look(self)
        super().picture(name)


def picture_vault(program, _, scratch, screenshots):
    output, profile = scratch / "output", scratch / "profile"
    leaks = LeakWatch(scratch / "watch")
    desk = WatchedDesk(program, "--profile", str(profile), scratch=output, pictures=screenshots)
    desk.leaks = leaks
    leaks.watch(desk.pid)
    try:
        _create(desk)
        _look_at(desk)
        desk.choose_appearance("Dark")
        _look_at(desk, "dark-")
        status = desk.quit()
        if status != 0:
            raise AssertionError(f"the program ended with {status}")
        leaks.assert_nothing_leaked(output, profile)  # R48
    finally:
        desk.stop()
        leaks.stop()


def _create(desk):
    desk.open_from_more(PLACE, PLACE)
    desk.picture("secrets-keychain")
    desk.wait_for_window(PLACE).press_button(CREATE + "…")
    dialog = desk.wait_for_window(CREATE)
    dialog.field("New passphrase").type(PASSPHRASE)
    dialog.field("New passphrase again").type(PASSPHRASE + "0")
    dialog.press_button("Create vault")
    dialog.wait_for_words("differ")
    desk.picture("vault-create")
    dialog.field("New passphrase again").type(PASSPHRASE)
    dialog.press_button("Create vault")
    desk.wait_until_closed(CREATE)
    place = desk.wait_for_window(PLACE)
    place.wait_for_words("which is open")
    desk.picture("secrets-vault")
    place.press_button("Close")
    desk.wait_until_closed(PLACE)
    desk.wait_for_words("Secrets in the vault, open")


def _look_at(desk, prefix=""):
    desk.open_from_more(PLACE, PLACE)
    place = desk.wait_for_window(PLACE)
    for button, title, name in (("Change passphrase", CHANGE, "vault-passphrase"),
                                ("Move to the keychain…", BACK, "vault-move-back")):
        place.press_button(button)
        dialog = desk.wait_for_window(title)
        desk.picture(prefix + name)
        dialog.press_button("Cancel")
        desk.wait_until_closed(title)
    place.press_button("Lock the vault now")
    place.wait_for_words("which is locked")
    desk.picture(prefix + "secrets-vault-locked")
    place.press_button("Unlock the vault")
    unlock = desk.wait_for_window("Unlock the vault")
    desk.picture(prefix + "vault-unlock")
    unlock.field("Passphrase").type(PASSPHRASE)
    unlock.press_button("Unlock")
    desk.wait_until_closed("Unlock the vault")
    place.press_button("Close")
    desk.wait_until_closed(PLACE)
    desk.window.press_button("Lock the vault")
    desk.wait_for_words("Secrets in the vault, locked")
    desk.picture(prefix + "vault-locked")
    desk.window.press_button("Unlock…")
    unlock = desk.wait_for_window("Unlock the vault")
    unlock.field("Passphrase").type(PASSPHRASE)
    unlock.press_button("Unlock")
    desk.wait_until_closed("Unlock the vault")
