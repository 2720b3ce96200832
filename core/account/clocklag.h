// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"

#include <QList>

#include <chrono>

namespace latchkey {

// By how much `now` is before what has happened already: the clock was set back between two runs, or was
// ahead in the one before (F80). 0: by less than two minutes, as clocks differ.
[[nodiscard]] std::chrono::seconds clockLag(const QList<Account> &accounts, const QDateTime &now);

} // namespace latchkey
