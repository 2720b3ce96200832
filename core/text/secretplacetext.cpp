// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/secretplacetext.h"

namespace latchkey {

using namespace Qt::StringLiterals;

QString keychainText(const QString &backend)
{
    if (backend == "libsecret"_L1)
        return u"Secret Service"_s; // what gnome-keyring and KeePassXC offer
    if (backend == "kwallet"_L1)
        return u"KWallet"_s;
    return backend;
}

} // namespace latchkey
