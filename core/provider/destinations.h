// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/provider/provider.h"

namespace latchkey {

// A value that decides where a secret or the browser goes. The user checks these before accepting an account
// from a template.
struct Destination
{
    QString fieldId;
    const char *label = ""; // the field's
    QString shown; // one printable line; hosts in punycode
    const char *warning = ""; // what is unusual; untranslated, context "Provider"; empty: nothing
};

// In the order of the fields, without empty ones. Works for refused values too.
[[nodiscard]] QList<Destination> destinations(const Provider &provider, const FieldValues &completed);

} // namespace latchkey
