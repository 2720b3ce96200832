// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/port/secretstore.h"

#include <QObject>

#include <functional>

namespace latchkey {

// The state of an item according to the keychain's service. QtKeychain itself cannot tell a locked keychain
// from a missing item (docs/platform-facts.md, fact 12).
enum class ItemState {
    Present,
    Absent, // the service answers and is unlocked
    Locked, // whether it exists is only known after unlocking
    NoCollection, // absent, and no collection could hold it
    Unknown, // this service cannot be asked
};

class KeychainGate : public QObject
{
    Q_OBJECT

public:
    using Answer = std::function<void(Result<ItemState, SecretStoreError>)>;
    using QObject::QObject;

    // Neither prompts nor unlocks.
    virtual void look(const QString &key, Answer answer) = 0;
    // Opens without a prompt what can be opened so, such as a keyring without a password (F105). Locked also
    // if reading would make the service prompt.
    virtual void openUnasked(const QString &key, Answer answer) = 0;
    // May open the service's prompt and wait for the user. Dismissed: the user closed it. Locked: no prompt
    // could be shown.
    virtual void unlock(const QString &key, Answer answer) = 0;
    // Makes a service that writes late write its changes to disk. Read the value back afterwards.
    virtual void settle(const std::function<void()> &then) { then(); }
    // The item's name in the keychain's own window. Does not wait for success.
    virtual void setLabel(const QString &key, const QString &label) = 0;
};

} // namespace latchkey
