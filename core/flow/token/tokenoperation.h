// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/oauth/tokenresponse.h"
#include "core/port/httpclient.h"
#include "core/provider/provider.h"

#include <QObject>

namespace latchkey {

// One exchange with the token endpoint. Lives for one call: start(), one finished(), delete. Deleting it
// earlier is how to cancel it.
class TokenOperation final : public QObject
{
    Q_OBJECT

public:
    TokenOperation(HttpClient &http, Clock clock, const Provider &provider, QObject *parent = nullptr);

    void start(const FieldValues &fields, const SecretValues &secrets, const Grant &grant);

Q_SIGNALS:
    void finished(const latchkey::TokenResult &result);

private:
    HttpClient &m_http;
    Clock m_clock;
    const Provider &m_provider;
};

} // namespace latchkey
