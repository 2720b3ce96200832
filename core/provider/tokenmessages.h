// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"
#include "core/oauth/httpmessage.h"
#include "core/provider/provider.h"

#include <QJsonObject>

namespace latchkey {

// Token requests as the vendors want them: a form, or JSON.
[[nodiscard]] HttpRequest formRequest(const QUrl &endpoint, const FormBody &form,
                                      const QByteArray &contentType = "application/x-www-form-urlencoded");
[[nodiscard]] HttpRequest jsonRequest(const QUrl &endpoint, const QJsonObject &json);

// Empty when the account has no such secret.
[[nodiscard]] Secret secretValue(const SecretValues &secrets, const QString &fieldId);
// For a member of a JSON body.
[[nodiscard]] QString textOf(const Secret &secret);

// RFC 6749 as most servers mean it: a dead grant asks for a new sign-in, all else may be tried again.
[[nodiscard]] RefusalMeaning usualMeaning(const TokenError &error, bool renewing);
// The HTTP status the refusal came with; 0: no complete answer came.
[[nodiscard]] int statusOf(const TokenError &error);

} // namespace latchkey
