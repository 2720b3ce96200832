// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/keychain/scriptedsecretservice.h"

#include <QDBusArgument>
#include <QDBusMetaType>
#include <QDBusVariant>
#include <QTimer>

namespace latchkey::test {

using namespace Qt::StringLiterals;
using Attributes = QMap<QString, QString>;
using Paths = QList<QDBusObjectPath>;

// "(oayays)": how a secret travels.
struct TravellingSecret
{
    QDBusObjectPath session;
    QByteArray parameters;
    QByteArray value;
    QString contentType;

    friend QDBusArgument &operator<<(QDBusArgument &argument, const TravellingSecret &secret)
    {
        argument.beginStructure();
        argument << secret.session << secret.parameters << secret.value << secret.contentType;
        argument.endStructure();
        return argument;
    }
    friend const QDBusArgument &operator>>(const QDBusArgument &argument, TravellingSecret &secret)
    {
        argument.beginStructure();
        argument >> secret.session >> secret.parameters >> secret.value >> secret.contentType;
        argument.endStructure();
        return argument;
    }
};

namespace {

const QString root = u"/org/freedesktop/secrets"_s;
const QString collection = root + u"/collection/scripted"_s;
const QString alias = root + u"/aliases/default"_s;
const QString session = root + u"/session/s1"_s;
const QString promptPath = root + u"/prompt/p%1"_s;
const QString interface = u"org.freedesktop.Secret."_s;
const QDBusObjectPath nowhere(u"/"_s);

QDBusObjectPath pathOf(int number)
{
    return QDBusObjectPath(collection + u'/' + QString::number(number));
}

int numberOf(const QString &path)
{
    return path.startsWith(collection + u'/') ? path.section(u'/', -1).toInt() : 0;
}

QVariant asVariant(const QVariant &value)
{
    return QVariant::fromValue(QDBusVariant(value));
}

} // namespace

ScriptedSecretService::ScriptedSecretService(Script &script, ItemFile &items, const QDBusConnection &bus)
    : ScriptedService(script, items, bus)
{
    qDBusRegisterMetaType<Attributes>();
    qDBusRegisterMetaType<TravellingSecret>();
    qDBusRegisterMetaType<QMap<QDBusObjectPath, TravellingSecret>>();
}

bool ScriptedSecretService::start(ScriptedSecretService &service)
{
    return service.bus().registerVirtualObject(root, &service, QDBusConnection::SubPath)
        && service.bus().registerService(u"org.freedesktop.secrets"_s);
}

ScriptedService::Answer ScriptedSecretService::answerTo(const QDBusMessage &message)
{
    if (message.interface() == "org.freedesktop.DBus.Properties"_L1)
        return propertyAnswer(message);
    if (message.interface() == interface + u"Prompt"_s)
        return prompt(message);
    if (message.interface() == interface + u"Item"_s)
        return itemAnswer(message);
    return serviceAnswer(message);
}

ScriptedService::Answer ScriptedSecretService::serviceAnswer(const QDBusMessage &message)
{
    const QString call = message.member();
    if (call == "OpenSession"_L1)
        return openSession(message);
    if (call == "ReadAlias"_L1)
        return { { QVariant::fromValue(hasCollection() ? QDBusObjectPath(collection) : nowhere) } };
    if (call == "SearchItems"_L1)
        return search(message);
    if (call == "CreateItem"_L1)
        return createItem(message);
    if (call == "GetSecrets"_L1)
        return getSecrets(message);
    if (call == "Unlock"_L1)
        return unlock(message);
    if (call == "Lock"_L1)
        return lock(message);
    if (call == "Close"_L1)
        return {};
    return failed(u"org.freedesktop.DBus.Error.UnknownMethod"_s);
}

ScriptedService::Answer ScriptedSecretService::openSession(const QDBusMessage &message)
{
    if (message.arguments().value(0).toString() != "plain"_L1)
        return failed(u"org.freedesktop.DBus.Error.NotSupported"_s);
    return { { asVariant(QString()), QVariant::fromValue(QDBusObjectPath(session)) } };
}

ScriptedService::Answer ScriptedSecretService::search(const QDBusMessage &message)
{
    if (script().says("collection", "silent"))
        return never();
    Paths found;
    for (const StoredItem &item : items().matching(qdbus_cast<Attributes>(message.arguments().value(0))))
        found += pathOf(item.number);
    if (!hasCollection())
        found.clear();
    const Paths none;
    return { { QVariant::fromValue(isLocked() ? none : found),
               QVariant::fromValue(isLocked() ? found : none) } };
}

ScriptedService::Answer ScriptedSecretService::createItem(const QDBusMessage &message)
{
    if (!hasCollection() || (message.path() != alias && message.path() != collection))
        return failed(u"org.freedesktop.Secret.Error.NoSuchObject"_s);
    if (isLocked())
        return failed(u"org.freedesktop.Secret.Error.IsLocked"_s);
    const auto properties = qdbus_cast<QVariantMap>(message.arguments().value(0));
    const auto secret = qdbus_cast<TravellingSecret>(message.arguments().value(1));
    const bool replaces = message.arguments().value(2).toBool();
    const StoredItem item {
        0, properties.value(u"org.freedesktop.Secret.Item.Label"_s).toString(),
        qdbus_cast<Attributes>(properties.value(u"org.freedesktop.Secret.Item.Attributes"_s)), secret.value
    };
    const auto made = [](int number) {
        return QVariantList { QVariant::fromValue(pathOf(number)), QVariant::fromValue(nowhere) };
    };
    return write([&] { return made(items().put(item, replaces)); }, made(0), {});
}

// libsecret asks for the secrets of all items found, and takes the first.
ScriptedService::Answer ScriptedSecretService::getSecrets(const QDBusMessage &message)
{
    const auto paths = qdbus_cast<Paths>(message.arguments().value(0));
    const StoredItem *first = paths.isEmpty() ? nullptr : items().item(numberOf(paths.constFirst().path()));
    const auto pack = [&](const QByteArray &value) {
        QMap<QDBusObjectPath, TravellingSecret> secrets;
        for (const QDBusObjectPath &path : paths) {
            if (items().item(numberOf(path.path())) && !isLocked())
                secrets.insert(path, { QDBusObjectPath(session), {}, value, u"text/plain"_s });
        }
        return QVariantList { QVariant::fromValue(secrets) };
    };
    return read(first ? first->value : QByteArray(), pack);
}

ScriptedService::Answer ScriptedSecretService::itemAnswer(const QDBusMessage &message)
{
    const StoredItem *item = items().item(numberOf(message.path()));
    if (!item)
        return failed(u"org.freedesktop.Secret.Error.NoSuchObject"_s);
    if (isLocked())
        return failed(u"org.freedesktop.Secret.Error.IsLocked"_s);
    if (message.member() == "GetSecret"_L1) {
        return read(item->value, [](const QByteArray &value) {
            const TravellingSecret secret { QDBusObjectPath(session), {}, value, u"text/plain"_s };
            return QVariantList { QVariant::fromValue(secret) };
        });
    }
    if (message.member() == "Delete"_L1) {
        const QVariantList done { QVariant::fromValue(nowhere) };
        return write(
            [&] {
                items().remove(item->number);
                return done;
            },
            done, {});
    }
    return failed(u"org.freedesktop.DBus.Error.UnknownMethod"_s);
}

ScriptedService::Answer ScriptedSecretService::propertyAnswer(const QDBusMessage &message)
{
    const QString of = message.arguments().value(0).toString();
    const QString name = message.arguments().value(1).toString();
    if (message.member() == "Get"_L1) {
        const QVariant value = property(message.path(), name);
        return value.isValid() ? Answer { { asVariant(value) } }
                               : failed(u"org.freedesktop.DBus.Error.UnknownProperty"_s);
    }
    if (message.member() == "Set"_L1) {
        const QVariant value = message.arguments().value(2).value<QDBusVariant>().variant();
        if (name == "Attributes"_L1)
            items().setAttributes(numberOf(message.path()), qdbus_cast<Attributes>(value));
        else
            items().setLabel(numberOf(message.path()), value.toString());
        return {};
    }
    QVariantMap all;
    for (const QString &each : { u"Collections"_s, u"Locked"_s, u"Items"_s, u"Label"_s, u"Attributes"_s }) {
        if (const QVariant value = property(message.path(), each); value.isValid())
            all.insert(each, value);
    }
    return { { all } };
}

QVariant ScriptedSecretService::property(const QString &path, const QString &name)
{
    if (path == root) {
        if (name != "Collections"_L1)
            return {};
        return QVariant::fromValue(hasCollection() ? Paths { QDBusObjectPath(collection) } : Paths());
    }
    if (name == "Locked"_L1)
        return isLocked();
    if (const StoredItem *item = items().item(numberOf(path))) {
        if (name == "Label"_L1)
            return item->label;
        return name == "Attributes"_L1 ? QVariant::fromValue(item->attributes) : QVariant();
    }
    if (name == "Label"_L1)
        return u"Scripted"_s;
    if (name != "Items"_L1)
        return {};
    Paths paths;
    for (const StoredItem &item : items().items())
        paths += pathOf(item.number);
    return QVariant::fromValue(paths);
}

ScriptedService::Answer ScriptedSecretService::lock(const QDBusMessage &message)
{
    script().Set(u"locked"_s, u"yes"_s);
    return { { message.arguments().value(0), QVariant::fromValue(nowhere) } };
}

ScriptedService::Answer ScriptedSecretService::unlock(const QDBusMessage &message)
{
    if (script().says("unlock", "error"))
        return failed(u"org.freedesktop.DBus.Error.Failed"_s);
    m_toUnlock = qdbus_cast<Paths>(message.arguments().value(0));
    if (script().says("unlock", "unasked"))
        script().Set(u"locked"_s, QString());
    if (!isLocked())
        return { { QVariant::fromValue(m_toUnlock), QVariant::fromValue(nowhere) } };
    const QDBusObjectPath path(promptPath.arg(++m_prompts));
    return { { QVariant::fromValue(Paths()), QVariant::fromValue(path) } };
}

// The prompt is answered by a user after it was shown, which is after the call was.
ScriptedService::Answer ScriptedSecretService::prompt(const QDBusMessage &message)
{
    if (message.member() == "Dismiss"_L1 || script().says("unlock", "silent"))
        return {};
    const bool isDismissed = script().says("unlock", "dismiss");
    auto completed = QDBusMessage::createSignal(message.path(), interface + u"Prompt"_s, u"Completed"_s);
    completed << isDismissed << asVariant(QVariant::fromValue(isDismissed ? Paths() : m_toUnlock));
    const auto complete = [this, isDismissed, completed] {
        if (!isDismissed)
            script().Set(u"locked"_s, QString());
        bus().send(completed);
    };
    if (script().says("hold", "prompt"))
        script().hold(complete);
    else
        QTimer::singleShot(10 + script().rule(u"unlock-delay"_s).toInt(), this, complete);
    return {};
}

} // namespace latchkey::test
