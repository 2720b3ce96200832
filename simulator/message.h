// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include <utility>

namespace latchkey::simulator {

using Headers = QList<std::pair<QByteArray, QByteArray>>;

// A request as it came over the wire, nothing decoded.
struct Request
{
    QByteArray method; // "GET"
    QString path; // percent-encoded
    QByteArray query; // percent-encoded, without the question mark
    Headers headers;
    QByteArray body;
    bool isOfAnotherUser = false; // of this machine

    // The value of the header, whatever the case of its name; empty when it is missing. A header sent twice
    // comes back joined, so that no strict comparison lets it pass.
    [[nodiscard]] QByteArray header(QByteArrayView name) const;
};

// An answer, and how to send it.
struct Answer
{
    int status = 200;
    Headers headers;
    QByteArray body;
    int delayMs = 0;
    bool held = false; // until the held answers are released
    bool dropped = false; // the connection is cut instead of answered

    // For the log: never a secret.
    QString client;
    QString grant;
    QString fault;
};

[[nodiscard]] Answer jsonAnswer(int status, const QByteArray &body);
[[nodiscard]] Answer htmlAnswer(int status, const QByteArray &body);
[[nodiscard]] Answer redirectAnswer(int status, const QByteArray &location);
[[nodiscard]] Answer methodNotAllowed(const QByteArray &allowed);

// The text as a JSON string, quotation marks included.
[[nodiscard]] QByteArray quoted(const QString &text);

// The bytes of a whole HTTP/1.1 answer. `date` is the value of the Date header.
[[nodiscard]] QByteArray onTheWire(const Answer &answer, const QByteArray &date);

} // namespace latchkey::simulator
