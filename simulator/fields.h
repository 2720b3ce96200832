// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>
#include <utility>

namespace latchkey::simulator {

// The names and values of a form body, a query or a flat JSON object, in the order they came.
class Fields
{
public:
    // Percent escapes must be whole, text must be UTF-8, every piece needs its '='; '+' is a blank.
    [[nodiscard]] static std::optional<Fields> fromForm(const QByteArray &body);
    // One object with only string values.
    [[nodiscard]] static std::optional<Fields> fromJson(const QByteArray &body);

    [[nodiscard]] bool has(const QString &name) const;
    [[nodiscard]] QString value(const QString &name) const; // of the first of that name, else empty

    // Why these are not exactly the required fields, each once and not empty, and some of the optional ones;
    // empty if they are. Names fields, never a value.
    [[nodiscard]] QString complaint(const QStringList &required, const QStringList &optional = {}) const;

private:
    QList<std::pair<QString, QString>> m_items;
};

} // namespace latchkey::simulator
