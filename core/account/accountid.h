// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHashFunctions>
#include <QMetaType>
#include <QString>

namespace latchkey {

// Names an account for ever: a UUID in lower case without braces. It is the key of the account's
// item in the secret store too (R47), so no text of the user's ever gets there.
struct AccountId
{
    QString value;

    [[nodiscard]] static AccountId create();
    [[nodiscard]] bool isValid() const { return !value.isEmpty(); }

    friend bool operator==(const AccountId &, const AccountId &) = default;
    friend bool operator<(const AccountId &a, const AccountId &b) { return a.value < b.value; }
    friend size_t qHash(const AccountId &id, size_t seed = 0) { return qHash(id.value, seed); }
};

} // namespace latchkey

Q_DECLARE_METATYPE(latchkey::AccountId)
