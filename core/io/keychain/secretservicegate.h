// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/keychain/keychaingate.h"
#include "core/io/keychain/sessionbus.h"

#include <QDBusObjectPath>
#include <QDBusVariant>
#include <QList>

namespace latchkey {

// Asks the Secret Service (specifications.freedesktop.org/secret-service) over D-Bus.
class SecretServiceGate final : public KeychainGate
{
    Q_OBJECT

public:
    // `application` is the service name given to QtKeychain.
    explicit SecretServiceGate(QString application, QObject *parent = nullptr);

    void look(const QString &key, Answer answer) override;
    void openUnasked(const QString &key, Answer answer) override { open(key, MayAsk::No, 2, answer); }
    void unlock(const QString &key, Answer answer) override { open(key, MayAsk::Yes, 2, answer); }
    void setLabel(const QString &key, const QString &label) override;

private:
    struct View
    {
        QDBusObjectPath collection; // the default one; "/": there is none
        bool collectionIsLocked = false;
        QList<QDBusObjectPath> items; // unlocked
        QList<QDBusObjectPath> lockedItems;
    };
    using Viewed = std::function<void(Result<View, SecretStoreError>)>;
    struct Questions;

    enum class MayAsk { No, Yes };
    // `rounds`: the item may be in a keyring other than the default one, and both may be locked.
    void open(const QString &key, MayAsk mayAsk, int rounds, const Answer &answer);
    void view(const QString &key, const Viewed &viewed);
    // Asks as many questions at once as possible: in sequence they would take most of the time of reading an
    // item.
    void ask(const std::function<void(const Questions &)> &answered);
    void conclude(const QString &key, const Questions &answers, const Viewed &viewed);
    void viewCollection(const QString &key, View view, const Viewed &viewed);
    void viewWithoutCollection(const QString &key, View view, const Viewed &viewed);
    void viewItems(const QString &key, View view, const Viewed &viewed);
    void prompt(const QDBusObjectPath &path, SessionBus::Done done);
    void endPrompt(const Result<void, SecretStoreError> &result);
    Q_SLOT void onPromptCompleted(bool isDismissed, const QDBusVariant &result);
    void tellDismissalFromMissingPrompt();

    [[nodiscard]] static ItemState stateOf(const View &view);

    QString m_application;
    SessionBus m_bus;
    QString m_owner; // of the service's name, when it was last asked
    QDBusObjectPath m_collection; // the default one, when it was last asked
    QDBusObjectPath m_prompt;
    SessionBus::Done m_promptDone; // empty: no prompt is open
};

} // namespace latchkey
