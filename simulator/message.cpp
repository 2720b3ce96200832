// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/message.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace latchkey::simulator {

namespace {

Answer typedAnswer(int status, const QByteArray &contentType, const QByteArray &body)
{
    Answer answer;
    answer.status = status;
    answer.headers = { { "Content-Type", contentType }, { "Cache-Control", "no-store" } };
    answer.body = body;
    return answer;
}

QByteArray reasonPhrase(int status)
{
    switch (status) {
    case 200: return "OK";
    case 302: return "Found";
    case 307: return "Temporary Redirect";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 415: return "Unsupported Media Type";
    case 429: return "Too Many Requests";
    case 500: return "Internal Server Error";
    case 502: return "Bad Gateway";
    case 503: return "Service Unavailable";
    default: return "Answer";
    }
}

} // namespace

QByteArray Request::header(QByteArrayView name) const
{
    QByteArrayList values;
    for (const auto &[key, value] : headers) {
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            values << value;
    }
    return values.join(", ");
}

Answer jsonAnswer(int status, const QByteArray &body)
{
    return typedAnswer(status, "application/json;charset=UTF-8", body);
}

Answer htmlAnswer(int status, const QByteArray &body)
{
    Answer answer = typedAnswer(status, "text/html;charset=UTF-8", body);
    answer.headers << std::pair<QByteArray, QByteArray> { "Content-Security-Policy",
                                                          "default-src 'none'; style-src 'unsafe-inline'" }
                   << std::pair<QByteArray, QByteArray> { "Referrer-Policy", "no-referrer" };
    return answer;
}

Answer redirectAnswer(int status, const QByteArray &location)
{
    Answer answer;
    answer.status = status;
    answer.headers = { { "Location", location }, { "Cache-Control", "no-store" } };
    return answer;
}

Answer methodNotAllowed(const QByteArray &allowed)
{
    Answer answer = typedAnswer(405, "text/plain", "Method not allowed");
    answer.headers << std::pair<QByteArray, QByteArray> { "Allow", allowed };
    return answer;
}

QByteArray quoted(const QString &text)
{
    const QByteArray array = QJsonDocument(QJsonArray { text }).toJson(QJsonDocument::Compact);
    return array.mid(1, array.size() - 2);
}

QByteArray onTheWire(const Answer &answer, const QByteArray &date)
{
    QByteArray bytes = "HTTP/1.1 " + QByteArray::number(answer.status) + ' ' + reasonPhrase(answer.status)
        + "\r\nDate: " + date + "\r\n";
    for (const auto &[name, value] : answer.headers)
        bytes += name + ": " + value + "\r\n";
    bytes += "Content-Length: " + QByteArray::number(answer.body.size()) + "\r\n\r\n";
    return bytes + answer.body;
}

} // namespace latchkey::simulator
