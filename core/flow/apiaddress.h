// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"
#include "core/provider/provider.h"

#include <QString>
#include <QUrl>

namespace latchkey {

// What a token is tried on: the account's own test address, else the vendor's harmless request; empty: there
// is neither.
[[nodiscard]] QUrl testAddress(const Account &account, const Provider &provider);
// The host of the account's test address where it is not the vendor's; else empty.
[[nodiscard]] QString foreignHost(const Account &account, const Provider &provider);

} // namespace latchkey
