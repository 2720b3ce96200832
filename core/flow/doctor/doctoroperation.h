// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"
#include "core/account/doctorfinding.h"

#include <QList>
#include <QObject>

#include <memory>
#include <optional>

namespace latchkey {

class AccountRepository;
struct FlowContext;

// Looks whether everything a sign-in and a refresh need is there: redirect URI servable, port free, browser
// found, keychain write-read-delete with 4 KB, proxy, TLS, clock against the server's Date. Sends no secret.
// Lives for one call; deleting it cancels.
class DoctorOperation final : public QObject
{
    Q_OBJECT

public:
    // Without an id: what belongs to no account, and every account's addresses (each host once).
    DoctorOperation(FlowContext &context, AccountRepository &repository, std::optional<AccountId> id,
                    QObject *parent = nullptr);
    ~DoctorOperation() override;

    void start();

Q_SIGNALS:
    void found(const latchkey::DoctorFinding &finding); // one after the other
    void finished(const QList<latchkey::DoctorFinding> &findings); // none Failed: all is well

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace latchkey
