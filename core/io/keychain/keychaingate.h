// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/port/secretstore.h"

#include <QObject>

#include <functional>

namespace latchkey {

// What the keychain's service says of an item, beside QtKeychain, which cannot tell a locked keychain from a
// missing item (docs/platform-facts.md, fact 12).
enum class ItemState {
    Present,
    Absent, // the service answers and is unlocked
    Locked, // it is there or not: the service says only after unlocking
    NoCollection, // absent, and there is nowhere to put it
    Unknown, // this service cannot be asked
};

class KeychainGate : public QObject
{
    Q_OBJECT

public:
    using Answer = std::function<void(Result<ItemState, SecretStoreError>)>;
    using QObject::QObject;

    // Neither asks the user nor unlocks anything.
    virtual void look(const QString &key, Answer answer) = 0;
    // For when nobody may be asked. Opens what opens without a question, such as a keyring that has no
    // password (F105). Locked also where reading would make the service ask.
    virtual void openUnasked(const QString &key, Answer answer) = 0;
    // May open the service's prompt and wait for the user. Dismissed: the user closed it. Locked: there was
    // nothing that could have asked the user.
    virtual void unlock(const QString &key, Answer answer) = 0;
    // Has the service bring to the disk what was changed, where it would take its time; read it back after.
    virtual void settle(const std::function<void()> &then) { then(); }
    // What the keychain's own window shows for the item. Success is not waited for.
    virtual void setLabel(const QString &key, const QString &label) = 0;
};

} // namespace latchkey
