// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/tokenoperation.h"

namespace latchkey {

TokenOperation::TokenOperation(HttpClient &http, Clock clock, const Provider &provider, QObject *parent)
    : QObject(parent), m_http(http), m_clock(std::move(clock)), m_provider(provider)
{
}

void TokenOperation::start(const FieldValues &fields, const SecretValues &secrets, const Grant &grant)
{
    TokenRequestContext context { .startedAt = m_clock(), .answeredAt = {}, .requestedScopes = {} };
    if (m_provider.requestedScopes)
        context.requestedScopes = m_provider.requestedScopes(fields);
    m_http.send(m_provider.tokenRequest(fields, secrets, grant),
                { this, [this, context](const HttpResult &response) mutable {
                     if (!response) {
                         Q_EMIT finished(failure(TokenError(response.error())));
                         return;
                     }
                     context.answeredAt = m_clock();
                     Q_EMIT finished(m_provider.parseTokenResponse(*response, context));
                 } });
}

} // namespace latchkey
