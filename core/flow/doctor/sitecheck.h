// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/doctorfinding.h"
#include "core/port/httpclient.h"

#include <QDateTime>
#include <QList>
#include <QObject>
#include <QUrl>

namespace latchkey {

struct FlowContext;

// Can the vendor's host be reached, through which proxy, over TLS, and how far apart are the clocks? One GET
// that carries no secret; whatever is answered will do. Lives for one call.
class SiteCheck final : public QObject
{
    Q_OBJECT

public:
    SiteCheck(FlowContext &context, const QUrl &site, const QString &accountName, QObject *parent = nullptr);

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
