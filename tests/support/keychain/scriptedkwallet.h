// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/keychain/scriptedservice.h"

namespace latchkey::test {

// The part of KWallet (org.kde.KWallet of Plasma 5) that QtKeychain and Latchkey use.
class ScriptedKWallet final : public ScriptedService
{
    Q_OBJECT

public:
    using ScriptedService::ScriptedService;

    [[nodiscard]] static bool start(ScriptedKWallet &wallet);

private:
    Answer answerTo(const QDBusMessage &message) override;
    Answer open();
    Answer writePassword(const QString &name, const QString &value);
    Answer removeEntry(const QString &name);
};

} // namespace latchkey::test
