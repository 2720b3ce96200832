// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/problem.h"
#include "core/oauth/redirect.h"
#include "core/oauth/tokenerror.h"
#include "core/port/accountstore.h"
#include "core/port/browser.h"
#include "core/port/lock.h"
#include "core/port/privatefiles.h"
#include "core/port/redirectlistener.h"
#include "core/port/secretstore.h"

#include <QDateTime>

namespace latchkey {

// The errors of the ports as the one value that is kept with an account and shown. `now` is UTC.
[[nodiscard]] Problem problemOf(const TokenError &error, const QDateTime &now);
[[nodiscard]] Problem problemOf(const AuthorizationError &error, const QDateTime &now);
[[nodiscard]] Problem problemOf(const PasteError &error, const QDateTime &now);
[[nodiscard]] Problem problemOf(const SecretStoreError &error, const QDateTime &now);
[[nodiscard]] Problem problemOf(const AccountStoreError &error, const QDateTime &now);
[[nodiscard]] Problem problemOf(const ListenError &error, const QDateTime &now);
[[nodiscard]] Problem problemOf(const BrowserError &error, const QDateTime &now);
[[nodiscard]] Problem problemOf(const LockError &error, const QDateTime &now);
[[nodiscard]] Problem problemOf(const PrivateFileError &error, const QDateTime &now);

} // namespace latchkey
