// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"

#include <QDateTime>
#include <QJsonObject>
#include <QList>
#include <QObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QUrl>

namespace latchkey {

class AccountRepository;

struct DemoAccount
{
    Account account;
    AccountSecrets secrets;
    std::optional<int> lifetime; // of the next tokens, in seconds; absent: unknown
};

// The accounts of the demo, one in every state. `base` is the simulator's address.
[[nodiscard]] QList<DemoAccount> demoAccounts(const QUrl &base, const QDateTime &now);
// The simulator's configuration that knows the same clients and tokens.
[[nodiscard]] QJsonObject demoConfiguration(const QList<DemoAccount> &accounts, const QDateTime &now);

// `latchkey --demo`: the vendors' stand-ins on loopback, which start and end with the window, and a temporary
// profile.
class Demo final : public QObject
{
    Q_OBJECT

public:
    explicit Demo(QObject *parent = nullptr);
    ~Demo() override;

    [[nodiscard]] QString profileFolder() const { return m_profile.path(); }
    // Starts the simulator, configures the accounts there, then stores them; ready() or failed() follows.
    void start(AccountRepository &repository, const QDateTime &now);

Q_SIGNALS:
    void ready();
    void failed(const QString &why);

private:
    void fill(AccountRepository &repository, const QUrl &base, const QDateTime &now);

    QTemporaryDir m_profile;
    QProcess m_simulator;
};

} // namespace latchkey
