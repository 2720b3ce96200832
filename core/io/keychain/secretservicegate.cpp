// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/keychain/secretservicegate.h"

#include "core/io/keychain/keychainprocess.h"

#include <QDBusArgument>
#include <QDBusMetaType>
#include <QDBusServiceWatcher>
#include <QMap>

#include <memory>

namespace latchkey {

using namespace Qt::StringLiterals;
using SecretStoreFault = SecretStoreError::Kind;
using Attributes = QMap<QString, QString>;
using Values = Result<QVariantList, SecretStoreError>;

namespace {

constexpr auto secretsBusName = "org.freedesktop.secrets"_L1;
constexpr auto nowhere = "/"_L1; // how the specification writes "none" as an object path
constexpr auto promptInterface = "org.freedesktop.Secret.Prompt"_L1;

QDBusMessage toTheService(const QString &method)
{
    return QDBusMessage::createMethodCall(secretsBusName, u"/org/freedesktop/secrets"_s,
                                          u"org.freedesktop.Secret.Service"_s, method);
}

QDBusMessage propertyMessage(const QDBusObjectPath &object, const QString &method)
{
    return QDBusMessage::createMethodCall(secretsBusName, object.path(), u"org.freedesktop.DBus.Properties"_s,
                                          method);
}

QDBusMessage lockedMessage(const QDBusObjectPath &collection)
{
    auto message = propertyMessage(collection, u"Get"_s);
    message << u"org.freedesktop.Secret.Collection"_s << u"Locked"_s;
    return message;
}

QDBusMessage collectionsMessage()
{
    auto message = propertyMessage(QDBusObjectPath(u"/org/freedesktop/secrets"_s), u"Get"_s);
    message << u"org.freedesktop.Secret.Service"_s << u"Collections"_s;
    return message;
}

QDBusMessage searchMessage(const QString &application, const QString &key)
{
    // The attributes that QtKeychain 0.13.2 gives its items. The type ("plaintext") is left out, so that
    // items of other versions match too.
    const Attributes attributes { { u"xdg:schema"_s, u"org.qt.keychain"_s },
                                  { u"server"_s, application },
                                  { u"user"_s, key } };
    auto message = toTheService(u"SearchItems"_s);
    message << QVariant::fromValue(attributes);
    return message;
}

QDBusMessage promptMessage(const QDBusObjectPath &prompt, const QString &method)
{
    return QDBusMessage::createMethodCall(secretsBusName, prompt.path(), promptInterface, method);
}

bool isTrue(const QVariantList &property)
{
    return property.value(0).value<QDBusVariant>().variant().toBool();
}

} // namespace

struct SecretServiceGate::Questions
{
    Result<QString, SecretStoreError> owner;
    Values alias;
    Values locked;
    QDBusObjectPath collection; // the one `locked` is about; empty: it was not asked
    int open = 0;
};

SecretServiceGate::SecretServiceGate(QString application, QObject *parent)
    : KeychainGate(parent), m_application(std::move(application))
{
    qDBusRegisterMetaType<Attributes>();
    auto *watcher = new QDBusServiceWatcher(secretsBusName, m_bus.connection(),
                                            QDBusServiceWatcher::WatchForUnregistration, this);
    connect(watcher, &QDBusServiceWatcher::serviceUnregistered, this, [this] {
        endPrompt(failure(SecretStoreError { SecretStoreFault::NoService, u"ended"_s }));
    });
    connect(&m_bus, &SessionBus::lost, this, [this] {
        endPrompt(failure(SecretStoreError { SecretStoreFault::NoBus, u"ended"_s }));
    });
}

void SecretServiceGate::look(const QString &key, Answer answer)
{
    view(key, [answer = std::move(answer)](const Result<View, SecretStoreError> &seen) {
        answer(seen.transform(&SecretServiceGate::stateOf));
    });
}

// A keyring without a password is locked until it is first opened, which needs no prompt: only the answer to
// Unlock tells whether there is one.
void SecretServiceGate::open(const QString &key, MayAsk mayAsk, int rounds, const Answer &answer)
{
    const auto unlocked = [this, key, mayAsk, rounds, answer](const Values &answered) {
        if (!answered)
            return answer(failure(answered.error()));
        const auto path = answered->value(1).value<QDBusObjectPath>();
        if (mayAsk == MayAsk::No && path.path() != nowhere) {
            m_bus.call(promptMessage(path, u"Dismiss"_s), [](const Values &) {}); // it was not shown
            return answer(ItemState::Locked);
        }
        prompt(path, [this, key, mayAsk, rounds, answer](const Result<void, SecretStoreError> &done) {
            if (done)
                open(key, mayAsk, rounds - 1, answer);
            else
                answer(failure(done.error()));
        });
    };
    view(key, [this, rounds, unlocked, answer](const Result<View, SecretStoreError> &seen) {
        if (!seen || stateOf(*seen) != ItemState::Locked || rounds == 0)
            return answer(seen.transform(&SecretServiceGate::stateOf));
        const auto paths =
            seen->lockedItems.isEmpty() ? QList<QDBusObjectPath> { seen->collection } : seen->lockedItems;
        auto message = toTheService(u"Unlock"_s);
        message << QVariant::fromValue(paths);
        m_bus.call(message, unlocked);
    });
}

void SecretServiceGate::setLabel(const QString &key, const QString &label)
{
    // Do not restart a keychain that has just ended only for a label.
    auto search = searchMessage(m_application, key);
    search.setAutoStartService(false);
    m_bus.call(search, [this, label](const Values &found) {
        const auto items =
            found ? qdbus_cast<QList<QDBusObjectPath>>(found->value(0)) : QList<QDBusObjectPath>();
        if (items.isEmpty())
            return;
        auto message = propertyMessage(items.constFirst(), u"Set"_s);
        message << u"org.freedesktop.Secret.Item"_s << u"Label"_s << QVariant::fromValue(QDBusVariant(label));
        message.setAutoStartService(false);
        m_bus.call(message, [](const Values &) {});
    });
}

void SecretServiceGate::view(const QString &key, const Viewed &viewed)
{
    ask([this, key, viewed](const Questions &first) {
        if (first.owner || first.owner.error().kind != SecretStoreFault::NoService) {
            conclude(key, first, viewed);
            return;
        }
        m_bus.ensureService(
            secretsBusName, [this, key, viewed](const Result<void, SecretStoreError> &isThere) {
                if (isThere)
                    ask([this, key, viewed](const Questions &second) { conclude(key, second, viewed); });
                else
                    viewed(failure(isThere.error()));
            });
    });
}

void SecretServiceGate::ask(const std::function<void(const Questions &)> &answered)
{
    auto questions = std::make_shared<Questions>();
    const auto take = [questions, answered](auto Questions::*place) {
        ++questions->open;
        return [questions, answered, place](const auto &answer) {
            (*questions).*place = answer;
            if (--questions->open == 0)
                answered(*questions);
        };
    };
    // The bus answers the first question without the service. The others do not start the service:
    // ensureService() does that.
    const auto owned = take(&Questions::owner);
    QList<std::pair<QDBusMessage, SessionBus::Answered>> further;
    auto alias = toTheService(u"ReadAlias"_s);
    alias << u"default"_s;
    further.append({ alias, take(&Questions::alias) });
    if (!m_collection.path().isEmpty()) {
        questions->collection = m_collection;
        further.append({ lockedMessage(m_collection), take(&Questions::locked) });
    }
    m_bus.findOwner(secretsBusName, owned);
    for (auto &[message, then] : further) {
        message.setAutoStartService(false);
        m_bus.call(message, std::move(then));
    }
}

void SecretServiceGate::conclude(const QString &key, const Questions &answers, const Viewed &viewed)
{
    if (!answers.owner) {
        viewed(failure(answers.owner.error()));
        return;
    }
    if (m_owner != *answers.owner)
        forgetKeychainSession();
    m_owner = *answers.owner;
    if (!answers.alias) {
        viewed(failure(answers.alias.error()));
        return;
    }
    View view { answers.alias->value(0).value<QDBusObjectPath>(), false, {}, {} };
    m_collection = view.collection.path() == nowhere ? QDBusObjectPath() : view.collection;
    if (m_collection.path().isEmpty()) {
        viewWithoutCollection(key, view, viewed);
    } else if (answers.collection == view.collection && answers.locked) {
        view.collectionIsLocked = isTrue(*answers.locked);
        viewItems(key, view, viewed);
    } else {
        viewCollection(key, view, viewed);
    }
}

void SecretServiceGate::viewCollection(const QString &key, View view, const Viewed &viewed)
{
    m_bus.call(lockedMessage(view.collection), [this, key, view, viewed](const Values &answered) mutable {
        if (!answered) {
            viewed(failure(answered.error()));
            return;
        }
        view.collectionIsLocked = isTrue(*answered);
        viewItems(key, view, viewed);
    });
}

// KeePassXC never answers a search if it exposes no group to other programs.
void SecretServiceGate::viewWithoutCollection(const QString &key, View view, const Viewed &viewed)
{
    m_bus.call(collectionsMessage(), [this, key, view, viewed](const Values &answered) {
        const auto collections = answered
            ? qdbus_cast<QList<QDBusObjectPath>>(answered->value(0).value<QDBusVariant>().variant())
            : QList<QDBusObjectPath>();
        if (answered && collections.isEmpty())
            viewed(view);
        else
            viewItems(key, view, viewed);
    });
}

// A search makes KeePassXC prompt to unlock its database, so do not search before it is unlocked.
void SecretServiceGate::viewItems(const QString &key, View view, const Viewed &viewed)
{
    if (view.collectionIsLocked) {
        viewed(view);
        return;
    }
    m_bus.call(searchMessage(m_application, key), [view, viewed](const Values &found) mutable {
        if (!found) {
            viewed(failure(found.error()));
            return;
        }
        view.items = qdbus_cast<QList<QDBusObjectPath>>(found->value(0));
        view.lockedItems = qdbus_cast<QList<QDBusObjectPath>>(found->value(1));
        viewed(view);
    });
}

ItemState SecretServiceGate::stateOf(const View &view)
{
    if (!view.lockedItems.isEmpty())
        return ItemState::Locked;
    // QtKeychain writes into the default collection, even if another one holds the item now.
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
    m_bus.connection().connect(secretsBusName, path.path(), promptInterface, u"Completed"_s, this,
                               SLOT(onPromptCompleted(bool, QDBusVariant)));
    auto message = promptMessage(path, u"Prompt"_s);
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
        tellDismissalFromMissingPrompt();
    else
        endPrompt({});
}

// GNOME's keyring also reports "dismissed" if its prompter could not start, such as over ssh. The user saw no
// prompt then, so "you closed the window" would be wrong.
void SecretServiceGate::tellDismissalFromMissingPrompt()
{
    m_bus.ensureService(
        u"org.gnome.keyring.SystemPrompter"_s, [this](const Result<void, SecretStoreError> &runs) {
            const bool cannotAsk =
                !runs && runs.error().detail.startsWith("org.freedesktop.DBus.Error.Spawn."_L1);
            endPrompt(failure(
                SecretStoreError { cannotAsk ? SecretStoreFault::Locked : SecretStoreFault::Dismissed, {} }));
        });
}

void SecretServiceGate::endPrompt(const Result<void, SecretStoreError> &result)
{
    if (!m_promptDone)
        return;
    m_bus.connection().disconnect(secretsBusName, m_prompt.path(), promptInterface, u"Completed"_s, this,
                                  SLOT(onPromptCompleted(bool, QDBusVariant)));
    const auto done = std::exchange(m_promptDone, nullptr);
    done(result);
}

} // namespace latchkey
