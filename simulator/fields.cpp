// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/fields.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QStringDecoder>

#include <algorithm>

namespace latchkey::simulator {

using namespace Qt::StringLiterals;

namespace {

std::optional<int> hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return std::nullopt;
}

std::optional<QString> decodedPiece(QByteArrayView piece)
{
    QByteArray bytes;
    for (qsizetype i = 0; i < piece.size(); ++i) {
        if (piece[i] == '+') {
            bytes += ' ';
        } else if (piece[i] != '%') {
            bytes += piece[i];
        } else {
            if (i + 2 >= piece.size())
                return std::nullopt;
            const auto high = hexDigit(piece[i + 1]);
            const auto low = hexDigit(piece[i + 2]);
            if (!high || !low)
                return std::nullopt;
            bytes += static_cast<char>(*high * 16 + *low);
            i += 2;
        }
    }
    QStringDecoder decoder(QStringDecoder::Utf8);
    QString text = decoder(bytes);
    if (decoder.hasError())
        return std::nullopt;
    return text;
}

// Walks through a JSON object whose values are all strings. QJsonDocument alone would forget a member
// that is given twice.
class FlatObject
{
public:
    explicit FlatObject(QByteArrayView text) : m_rest(text) {}

    [[nodiscard]] std::optional<QList<std::pair<QString, QString>>> read()
    {
        QList<std::pair<QString, QString>> items;
        if (!took('{'))
            return std::nullopt;
        if (took('}'))
            return atEnd() ? std::optional(items) : std::nullopt;
        do {
            const auto name = string();
            if (!name || !took(':'))
                return std::nullopt;
            const auto value = string();
            if (!value)
                return std::nullopt;
            items.append({ *name, *value });
        } while (took(','));
        if (!took('}') || !atEnd())
            return std::nullopt;
        return items;
    }

private:
    void skipBlanks()
    {
        while (!m_rest.isEmpty() && QByteArrayView(" \t\r\n").contains(m_rest.front()))
            m_rest = m_rest.sliced(1);
    }

    bool took(char c)
    {
        skipBlanks();
        if (m_rest.isEmpty() || m_rest.front() != c)
            return false;
        m_rest = m_rest.sliced(1);
        return true;
    }

    bool atEnd()
    {
        skipBlanks();
        return m_rest.isEmpty();
    }

    std::optional<QString> string()
    {
        skipBlanks();
        if (m_rest.isEmpty() || m_rest.front() != '"')
            return std::nullopt;
        qsizetype end = 1;
        while (end < m_rest.size() && m_rest[end] != '"') {
            if (static_cast<unsigned char>(m_rest[end]) < 0x20)
                return std::nullopt;
            end += m_rest[end] == '\\' ? 2 : 1;
        }
        if (end >= m_rest.size())
            return std::nullopt;
        const QByteArray array = '[' + m_rest.first(end + 1).toByteArray() + ']';
        const QJsonDocument document = QJsonDocument::fromJson(array);
        if (!document.isArray() || document.array().size() != 1)
            return std::nullopt;
        m_rest = m_rest.sliced(end + 1);
        return document.array().first().toString();
    }

    QByteArrayView m_rest;
};

} // namespace

std::optional<Fields> Fields::fromForm(const QByteArray &body)
{
    Fields fields;
    if (body.isEmpty())
        return fields;
    for (const QByteArray &piece : body.split('&')) {
        const qsizetype equals = piece.indexOf('=');
        if (equals < 1)
            return std::nullopt;
        const auto name = decodedPiece(QByteArrayView(piece).first(equals));
        const auto value = decodedPiece(QByteArrayView(piece).sliced(equals + 1));
        if (!name || !value)
            return std::nullopt;
        fields.m_items.append({ *name, *value });
    }
    return fields;
}

std::optional<Fields> Fields::fromJson(const QByteArray &body)
{
    const auto items = FlatObject(body).read();
    if (!items)
        return std::nullopt;
    Fields fields;
    fields.m_items = *items;
    return fields;
}

bool Fields::has(const QString &name) const
{
    return std::any_of(m_items.begin(), m_items.end(), [&](const auto &item) { return item.first == name; });
}

QString Fields::value(const QString &name) const
{
    for (const auto &[key, value] : m_items) {
        if (key == name)
            return value;
    }
    return {};
}

QString Fields::complaint(const QStringList &required, const QStringList &optional) const
{
    QStringList seen;
    for (const auto &item : m_items) {
        if (seen.contains(item.first))
            return item.first + u" is given twice"_s;
        if (!required.contains(item.first) && !optional.contains(item.first))
            return item.first + u" is not expected here"_s;
        seen << item.first;
    }
    for (const QString &name : required) {
        if (value(name).isEmpty())
            return name + u" is missing"_s;
    }
    return {};
}

} // namespace latchkey::simulator
