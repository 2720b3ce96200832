// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/port/secretstore.h"

#include <QObject>

#include <functional>

namespace latchkey {

using SecretRead = std::function<void(Result<Secret, SecretStoreError>)>;
using KeychainDone = std::function<void(Result<void, SecretStoreError>)>;

// One QtKeychain job each, always in text mode and never with its plain-file fallback (R44). A job belongs to
// nobody and deletes itself: deleted while it runs it is used after free
// (docs/platform-facts.md, facts 15 and 18).
// When `context` is gone the answer is dropped. The errors are as QtKeychain tells them; they confuse locked
// and not found.
void runReadJob(const QString &service, const QString &key, QObject *context, SecretRead then);
void runWriteJob(const QString &service, const QString &key, const Secret &secret, QObject *context,
                 KeychainDone then);
void runDeleteJob(const QString &service, const QString &key, QObject *context, KeychainDone then);

} // namespace latchkey
