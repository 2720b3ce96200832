// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/keychain/scriptedservice.h"

#include <QDBusObjectPath>

namespace latchkey::test {

// The Secret Service (specifications.freedesktop.org/secret-service) as far as libsecret and Latchkey use it:
// one collection, sessions without encryption, which libsecret falls back to.
class ScriptedSecretService final : public ScriptedService
{
    Q_OBJECT

public:
    ScriptedSecretService(Script &script, ItemFile &items, const QDBusConnection &bus);

    [[nodiscard]] static bool start(ScriptedSecretService &service);

private:
    Answer answerTo(const QDBusMessage &message) override;
    Answer serviceAnswer(const QDBusMessage &message);
    Answer itemAnswer(const QDBusMessage &message);
    Answer propertyAnswer(const QDBusMessage &message);
    Answer openSession(const QDBusMessage &message);
    Answer search(const QDBusMessage &message);
    Answer createItem(const QDBusMessage &message);
    Answer getSecrets(const QDBusMessage &message);
    Answer unlock(const QDBusMessage &message);
    Answer lock(const QDBusMessage &message);
    Answer prompt(const QDBusMessage &message);

    [[nodiscard]] bool hasCollection() { return script().rule(QStringLiteral("collection")).isEmpty(); }
    [[nodiscard]] bool isLocked() { return script().says("locked", "yes"); }
    [[nodiscard]] QVariant property(const QString &path, const QString &name);

    QList<QDBusObjectPath> m_toUnlock;
    int m_prompts = 0;
};

} // namespace latchkey::test
