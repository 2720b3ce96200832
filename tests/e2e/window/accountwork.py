# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person does in the dialogs: adding an account, and watching it sign in."""

PRIAVA = "Priava"
REV = "Vbrick Rev, API key and signature"
REV_OAUTH2 = "Vbrick Rev, OAuth 2 with PKCE"
BRIGHT_PATTERN = "Bright Pattern"

CHOOSER = "Add an account"
FORM = "Add a "
SIGN_IN = "Sign in to "


def fill(dialog, fields):
    """Types every field by its label; a choice is made by naming it with True."""
    for label, value in fields.items():
        if value is True:
            dialog.button(label).press()
        else:
            dialog.field(label).type(value)


def open_form(app, vendor, button="Add account"):
    app.window.press_button(button)
    app.wait_for_window(CHOOSER).press_button(vendor)
    return app.wait_for_window(FORM, starts=True)


def save_and_sign_in(app, form):
    form.press_button("Save and sign in")
    return app.wait_for_window(SIGN_IN, starts=True)
