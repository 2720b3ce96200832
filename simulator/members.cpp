// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/members.h"

#include <QJsonArray>

#include <utility>

namespace latchkey::simulator {

using namespace Qt::StringLiterals;

Members::Members(QJsonObject object, QString where) : m_rest(std::move(object)), m_where(std::move(where)) {}

void Members::text(const QString &name, QString &target)
{
    const QJsonValue value = m_rest.take(name);
    if (value.isString())
        target = value.toString();
    else if (!value.isUndefined())
        wrong(name, u"a string"_s);
}

void Members::choice(const QString &name, QString &target, const QStringList &choices)
{
    const QJsonValue value = m_rest.take(name);
    if (choices.contains(value.toString()))
        target = value.toString();
    else if (!value.isUndefined())
        wrong(name, choices.join(u" or "_s));
}

void Members::texts(const QString &name, QStringList &target)
{
    const QJsonValue value = m_rest.take(name);
    if (value.isUndefined())
        return;
    QStringList read;
    for (const QJsonValue item : value.toArray()) {
        if (!item.isString())
            return wrong(name, u"a list of strings"_s);
        read << item.toString();
    }
    if (!value.isArray())
        return wrong(name, u"a list of strings"_s);
    target = read;
}

void Members::flag(const QString &name, bool &target)
{
    const QJsonValue value = m_rest.take(name);
    if (value.isBool())
        target = value.toBool();
    else if (!value.isUndefined())
        wrong(name, u"true or false"_s);
}

void Members::number(const QString &name, std::optional<qint64> &target)
{
    const QJsonValue value = m_rest.take(name);
    if (value.isUndefined())
        return;
    if (value.toString() == "unknown"_L1)
        target.reset();
    else if (value.isDouble())
        target = value.toInteger();
    else
        wrong(name, u"a number or \"unknown\""_s);
}

QJsonObject Members::object(const QString &name)
{
    const QJsonValue value = m_rest.take(name);
    if (!value.isUndefined() && !value.isObject())
        wrong(name, u"an object"_s);
    return value.toObject();
}

QList<QJsonObject> Members::objects(const QString &name)
{
    const QJsonValue value = m_rest.take(name);
    if (!value.isUndefined() && !value.isArray())
        wrong(name, u"a list of objects"_s);
    QList<QJsonObject> read;
    for (const QJsonValue item : value.toArray()) {
        if (!item.isObject())
            wrong(name, u"a list of objects"_s);
        read << item.toObject();
    }
    return read;
}

void Members::complain(const QString &problem)
{
    if (m_problem.isEmpty())
        m_problem = problem;
}

QString Members::problem() const
{
    if (!m_problem.isEmpty() || m_rest.isEmpty())
        return m_problem;
    return m_where + u": no such key: "_s + m_rest.keys().join(u", "_s);
}

void Members::wrong(const QString &name, const QString &expected)
{
    complain(m_where + u": "_s + name + u" must be "_s + expected);
}

} // namespace latchkey::simulator
