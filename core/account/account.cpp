// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/account/account.h"

#include <QUuid>

namespace latchkey {

AccountId AccountId::create()
{
    return { QUuid::createUuid().toString(QUuid::WithoutBraces) };
}

} // namespace latchkey
