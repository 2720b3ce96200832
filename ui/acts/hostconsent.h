// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"

#include <QHash>
#include <QStringList>

namespace latchkey {

// The user's word that an account's token may go to a host that is not the vendor's. It holds for this run.
class HostConsent final
{
public:
    void allow(const AccountId &id, const QString &host) { m_hosts[id].append(host); }
    [[nodiscard]] QStringList allowedFor(const AccountId &id) const { return m_hosts.value(id); }

private:
    QHash<AccountId, QStringList> m_hosts;
};

} // namespace latchkey
