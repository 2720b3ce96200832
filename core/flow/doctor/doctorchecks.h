// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"
#include "core/account/doctorfinding.h"
#include "core/base/result.h"
#include "core/port/httpclient.h"

#include <QDateTime>
#include <QList>
#include <QObject>
#include <QUrl>

namespace latchkey {

struct FlowContext;

// Can the browser's answer arrive? Binds the port of the account's redirect URI for a moment. `secrets` are
// only needed for the key of an https address; their problem is told where they could not be read.
[[nodiscard]] QList<DoctorFinding> checkRedirect(FlowContext &context, const Account &account,
                                                 const Result<AccountSecrets, Problem> &secrets);
// The secret store has to be read before.
[[nodiscard]] bool needsTlsKey(const Account &account);

// Can the vendor's host be reached, through which proxy, over TLS, and how far apart are the clocks? One GET
// that carries no secret; whatever is answered will do. Lives for one call.
class SiteCheck final : public QObject
{
    Q_OBJECT

public:
    SiteCheck(FlowContext &context, QUrl site, QString accountName, QObject *parent = nullptr);

    void start();

Q_SIGNALS:
    void finished(const QList<latchkey::DoctorFinding> &findings); // Proxy, Tls, ServerClock

private:
    void send();
    void judge(const HttpResult &answer);
    [[nodiscard]] DoctorFinding finding(DoctorFinding::Check check, DoctorFinding::Outcome outcome) const;
    [[nodiscard]] DoctorFinding proxyFinding(const std::optional<Problem> &problem) const;
    [[nodiscard]] DoctorFinding tlsFinding(const std::optional<Problem> &problem) const;
    [[nodiscard]] DoctorFinding clockFinding(const HttpResult &answer) const;

    FlowContext &m_context;
    QUrl m_site;
    QString m_accountName;
    QString m_proxy;
    QDateTime m_sentAt;
};

} // namespace latchkey
