// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/redirect/loopbacklistener.h"
#include "support/network/faultbrowser.h"

#include <QList>

#include <memory>
#include <optional>
#include <vector>

namespace latchkey {

inline const QByteArray goodState = "CANARY-state-1";
inline const QByteArray goodQuery = "code=CANARY-code-1&state=" + goodState;

[[nodiscard]] inline RedirectUri redirectUri(quint16 port, const QString &host = QStringLiteral("127.0.0.1"),
                                             const QByteArray &path = "/callback", bool secure = false)
{
    const QString authority =
        (host.contains(QLatin1Char(':')) ? QStringLiteral("[%1]:%2") : QStringLiteral("%1:%2"))
            .arg(host)
            .arg(port);
    return { .kind = secure ? RedirectUri::Kind::LoopbackHttps : RedirectUri::Kind::LoopbackHttp,
             .text = (secure ? QStringLiteral("https://") : QStringLiteral("http://")) + authority
                 + QString::fromLatin1(path),
             .host = host,
             .port = port,
             .path = path,
             .hostHeader = authority.toLatin1() };
}

// To be sent one after the other.
[[nodiscard]] inline QByteArrayList bytesOf(const QByteArray &text)
{
    QByteArrayList bytes;
    for (const char byte : text)
        bytes.append(QByteArray(1, byte));
    return bytes;
}

// A listener, and everything it said.
struct Listening
{
    explicit Listening(const RedirectUri &redirect, const LoopbackLimits &limits = {},
                       const std::optional<TlsIdentity> &identity = {},
                       const Secret &state = Secret(goodState))
        : uri(redirect), listener(std::make_unique<LoopbackListener>(limits))
    {
        QObject::connect(listener.get(), &RedirectListener::answered, listener.get(),
                         [this](const auto &answer) { answers.push_back(answer); });
        QObject::connect(listener.get(), &RedirectListener::foreignAnswerRefused, listener.get(),
                         [this](int count, bool missing) {
                             foreign.append({ count, missing });
                         });
        QObject::connect(listener.get(), &RedirectListener::noticed, listener.get(),
                         [this](RedirectNotice notice) { notices.append(notice); });
        QObject::connect(listener.get(), &RedirectListener::codeOffered, listener.get(),
                         [this](const Secret &code) { offers.append(code); });
        QObject::connect(listener.get(), &RedirectListener::unprovenRefused, listener.get(),
                         [this](const AuthorizationError &error) { strange.push_back(error); });
        ExpectedAnswer expected;
        expected.state = state;
        result = listener->listen(uri, expected, identity);
    }

    [[nodiscard]] QByteArray get(const QByteArray &target) const
    {
        return "GET " + target + " HTTP/1.1\r\nHost: " + uri.hostHeader + "\r\nAccept: text/html\r\n\r\n";
    }
    [[nodiscard]] QByteArray goodRequest() const { return get(uri.path + '?' + goodQuery); }
    [[nodiscard]] bool hasTheCode() const
    {
        return answers.size() == 1 && answers[0] && *answers[0] == Secret("CANARY-code-1");
    }

    RedirectUri uri;
    std::unique_ptr<LoopbackListener> listener;
    Result<void, ListenError> result;
    std::vector<Result<Secret, AuthorizationError>> answers;
    QList<std::pair<int, bool>> foreign;
    QList<RedirectNotice> notices;
    QList<Secret> offers;
    std::vector<AuthorizationError> strange;
};

} // namespace latchkey
