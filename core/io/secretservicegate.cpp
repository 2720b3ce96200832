// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/secretservicegate.h"

#include "core/io/keychainprocess.h"

#include <QDBusArgument>
#include <QDBusMetaType>
#include <QDBusServiceWatcher>
#include <QMap>

namespace latchkey {

using namespace Qt::StringLiterals;
using Kind = SecretStoreError::Kind;
using Attributes = QMap<QString, QString>;
using Values = Result<QVariantList, SecretStoreError>;

namespace {

constexpr auto busName = "org.freedesktop.secrets"_L1;
constexpr auto nowhere = "/"_L1; // how the specification writes "none" as an object path

QDBusMessage toTheService(const QString &method)
{
    return QDBusMessage::createMethodCall(busName, u"/org/freedesktop/secrets"_s,
                                          u"org.freedesktop.Secret.Service"_s, method);
}

QDBusMessage propertyMessage(const QDBusObjectPath &object, const QString &method)
{
    return QDBusMessage::createMethodCall(busName, object.path(), u"org.freedesktop.DBus.Properties"_s,
                                          method);
}

} // namespace

SecretServiceGate::SecretServiceGate(QString application, QObject *parent)
    : KeychainGate(parent), m_application(std::move(application))
{
    qDBusRegisterMetaType<Attributes>();
    auto *watcher = new QDBusServiceWatcher(busName, m_bus.connection(),
                                            QDBusServiceWatcher::WatchForUnregistration, this);
    connect(watcher, &QDBusServiceWatcher::serviceUnregistered, this, [this] {
        endPrompt(failure(SecretStoreError { Kind::NoService, u"ended"_s }));
    });
    connect(&m_bus, &SessionBus::lost, this, [this] {
        endPrompt(failure(SecretStoreError { Kind::NoBus, u"ended"_s }));
    });
}

void SecretServiceGate::look(const QString &key, Answer answer)
{
    view(key, [answer = std::move(answer)](const Result<View, SecretStoreError> &seen) {
        answer(seen.transform(&SecretServiceGate::stateOf));
    });
}

void SecretServiceGate::unlock(const QString &key, Answer answer)
{
    view(key, [this, key, answer = std::move(answer)](const Result<View, SecretStoreError> &seen) {
        if (!seen || stateOf(*seen) != ItemState::Locked) {
            answer(seen.transform(&SecretServiceGate::stateOf));
            return;
        }
        const auto paths =
            seen->lockedItems.isEmpty() ? QList<QDBusObjectPath> { seen->collection } : seen->lockedItems;
        auto message = toTheService(u"Unlock"_s);
        message << QVariant::fromValue(paths);
        m_bus.call(message, [this, key, answer](const Values &answered) {
            if (!answered) {
                answer(failure(answered.error()));
                return;
            }
            prompt(answered->value(1).value<QDBusObjectPath>(),
                   [this, key, answer](const Result<void, SecretStoreError> &done) {
                       if (done)
                           look(key, answer);
                       else
                           answer(failure(done.error()));
                   });
        });
    });
}

void SecretServiceGate::setLabel(const QString &key, const QString &label)
{
    viewItems({}, key, [this, label](const Result<View, SecretStoreError> &seen) {
        if (!seen || seen->items.isEmpty())
            return;
        auto message = propertyMessage(seen->items.constFirst(), u"Set"_s);
        message << u"org.freedesktop.Secret.Item"_s << u"Label"_s << QVariant::fromValue(QDBusVariant(label));
        m_bus.call(message, [](const Values &) {});
    });
}

void SecretServiceGate::view(const QString &key, const Viewed &viewed)
{
    const auto owned = [this, key, viewed](const Result<QString, SecretStoreError> &owner) {
        if (!owner) {
            viewed(failure(owner.error()));
            return;
        }
        if (m_owner != *owner)
            forgetKeychainSession();
        m_owner = *owner;
        viewDefault(key, viewed);
    };
    m_bus.ensureService(busName, [this, viewed, owned](const Result<void, SecretStoreError> &isThere) {
        if (isThere)
            m_bus.findOwner(busName, owned);
        else
            viewed(failure(isThere.error()));
    });
}

void SecretServiceGate::viewDefault(const QString &key, const Viewed &viewed)
{
    auto message = toTheService(u"ReadAlias"_s);
    message << u"default"_s;
    m_bus.call(message, [this, key, viewed](const Values &answered) {
        if (!answered)
            viewed(failure(answered.error()));
        else
            viewCollection({ answered->value(0).value<QDBusObjectPath>(), false, {}, {} }, key, viewed);
    });
}

void SecretServiceGate::viewCollection(View view, const QString &key, const Viewed &viewed)
{
    if (view.collection.path() == nowhere) {
        viewItems(std::move(view), key, viewed);
        return;
    }
    auto message = propertyMessage(view.collection, u"Get"_s);
    message << u"org.freedesktop.Secret.Collection"_s << u"Locked"_s;
    m_bus.call(message, [this, view, key, viewed](const Values &answered) mutable {
        if (!answered) {
            viewed(failure(answered.error()));
            return;
        }
        view.collectionIsLocked = answered->value(0).value<QDBusVariant>().variant().toBool();
        viewItems(std::move(view), key, viewed);
    });
}

void SecretServiceGate::viewItems(View view, const QString &key, const Viewed &viewed)
{
    // The attributes that QtKeychain 0.13.2 gives its items. The type ("plaintext") is left out, so that an
    // item another version wrote is seen too.
    const Attributes attributes { { u"xdg:schema"_s, u"org.qt.keychain"_s },
                                  { u"server"_s, m_application },
                                  { u"user"_s, key } };
    auto message = toTheService(u"SearchItems"_s);
    message << QVariant::fromValue(attributes);
    m_bus.call(message, [view, viewed](const Values &answered) mutable {
        if (!answered) {
            viewed(failure(answered.error()));
            return;
        }
        view.items = qdbus_cast<QList<QDBusObjectPath>>(answered->value(0));
        view.lockedItems = qdbus_cast<QList<QDBusObjectPath>>(answered->value(1));
        viewed(view);
    });
}

ItemState SecretServiceGate::stateOf(const View &view)
{
    if (!view.lockedItems.isEmpty())
        return ItemState::Locked;
    // QtKeychain writes into the default collection, whichever collection holds the item now.
    if (view.collectionIsLocked)
        return ItemState::Locked;
    if (!view.items.isEmpty())
        return ItemState::Present;
    return view.collection.path() == nowhere ? ItemState::NoCollection : ItemState::Absent;
}

void SecretServiceGate::prompt(const QDBusObjectPath &path, SessionBus::Done done)
{
    if (path.path() == nowhere) {
        done({});
        return;
    }
    m_prompt = path;
    m_promptDone = std::move(done);
    const QString interface = u"org.freedesktop.Secret.Prompt"_s;
    m_bus.connection().connect(busName, path.path(), interface, u"Completed"_s, this,
                               SLOT(onPromptCompleted(bool, QDBusVariant)));
    auto message = QDBusMessage::createMethodCall(busName, path.path(), interface, u"Prompt"_s);
    message << QString(); // no parent window: there is no portable name for one
    const auto answered = [this](const Values &begun) {
        if (!begun)
            endPrompt(failure(begun.error()));
    };
    m_bus.call(message, answered, noBusDeadline);
}

void SecretServiceGate::onPromptCompleted(bool isDismissed, const QDBusVariant & /*result*/)
{
    if (isDismissed)
        findOutWhoDismissed();
    else
        endPrompt({});
}

// GNOME's keyring says "dismissed" too when its prompter could not be started, such as over ssh. Nobody was
// asked then, and "you closed the window" would be wrong.
void SecretServiceGate::findOutWhoDismissed()
{
    m_bus.ensureService(
        u"org.gnome.keyring.SystemPrompter"_s, [this](const Result<void, SecretStoreError> &runs) {
            const bool cannotAsk =
                !runs && runs.error().detail.startsWith("org.freedesktop.DBus.Error.Spawn."_L1);
            endPrompt(failure(SecretStoreError { cannotAsk ? Kind::Locked : Kind::Dismissed, {} }));
        });
}

void SecretServiceGate::endPrompt(const Result<void, SecretStoreError> &result)
{
    if (!m_promptDone)
        return;
    m_bus.connection().disconnect(busName, m_prompt.path(), u"org.freedesktop.Secret.Prompt"_s,
                                  u"Completed"_s, this, SLOT(onPromptCompleted(bool, QDBusVariant)));
    const auto done = std::exchange(m_promptDone, nullptr);
    done(result);
}

} // namespace latchkey
