// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/provider/tokenmessages.h"

#include "core/base/result.h"

#include <QJsonDocument>

namespace latchkey {

HttpRequest formRequest(const QUrl &endpoint, const FormBody &form, const QByteArray &contentType)
{
    return { .method = HttpMethod::Post,
             .url = endpoint,
             .headers = { { "Content-Type", contentType }, { "Accept", "application/json" } },
             .body = form.encoded(),
             .allowPlainHttp = false };
}

HttpRequest jsonRequest(const QUrl &endpoint, const QJsonObject &json)
{
    return { .method = HttpMethod::Post,
             .url = endpoint,
             .headers = { { "Content-Type", "application/json" }, { "Accept", "application/json" } },
             .body = QJsonDocument(json).toJson(QJsonDocument::Compact),
             .allowPlainHttp = false };
}

Secret secretValue(const SecretValues &secrets, const QString &fieldId)
{
    const auto found = secrets.find(fieldId);
    return found == secrets.end() ? Secret() : found->second;
}

QString textOf(const Secret &secret)
{
    return QString::fromUtf8(secret.reveal());
}

RefusalMeaning usualMeaning(const TokenError &error, bool)
{
    const auto *oauth = std::get_if<OAuthError>(&error);
    return oauth && oauth->code == OAuthError::Code::InvalidGrant ? RefusalMeaning::SignIn
                                                                  : RefusalMeaning::TryAgain;
}

int statusOf(const TokenError &error)
{
    return std::visit(Overloaded { [](const TransportError &) { return 0; },
                                   [](const auto &answer) { return answer.status; } },
                      error);
}

} // namespace latchkey
