// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/provider/provider.h"

namespace latchkey {

// One value of an account that decides where a secret or the browser goes, for people to judge before they
// say yes to an account that somebody else made.
struct Destination
{
    QString fieldId;
    const char *label = ""; // the field's
    QString shown; // one printable line; hosts in punycode
    const char *warning = ""; // what is not as usual; untranslated, context "Provider"; empty: nothing
};

// In the order of the fields; those without a value are left out. Also for values that were refused.
[[nodiscard]] QList<Destination> destinations(const Provider &provider, const FieldValues &completed);

} // namespace latchkey
