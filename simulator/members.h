// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace latchkey::simulator {

// Reads the members of a JSON object one after the other and remembers the first problem. An unread member is
// a problem too: a misspelt key must not look like a setting. Problems name only keys.
class Members
{
public:
    Members(QJsonObject object, QString where);

    // Each leaves the target as it is when the member is missing.
    void text(const QString &name, QString &target);
    void choice(const QString &name, QString &target, const QStringList &choices);
    void texts(const QString &name, QStringList &target);
    void flag(const QString &name, bool &target);
    void number(const QString &name, std::optional<qint64> &target); // whole, or "unknown": nothing
    [[nodiscard]] QJsonObject object(const QString &name);
    [[nodiscard]] QList<QJsonObject> objects(const QString &name);

    void complain(const QString &problem); // nothing when it is empty
    [[nodiscard]] QString problem() const;

private:
    void wrong(const QString &name, const QString &expected);

    QJsonObject m_rest;
    QString m_where;
    QString m_problem;
};

} // namespace latchkey::simulator
