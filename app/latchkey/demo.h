// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QUrl>

namespace latchkey {

class AccountRepository;

// `latchkey --demo`: the vendors' stand-ins on loopback, started with the window and ended with it, and a
// profile that is thrown away.
class Demo final : public QObject
{
    Q_OBJECT

public:
    explicit Demo(QObject *parent = nullptr);
    ~Demo() override;

    [[nodiscard]] QString profileFolder() const { return m_profile.path(); }
    // Starts the simulator and tells it of the accounts, then puts them into the vault; ready() or failed()
    // follows.
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
