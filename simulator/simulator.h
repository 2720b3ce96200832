// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QJsonObject>
#include <QObject>
#include <QSslCertificate>
#include <QSslKey>
#include <QString>
#include <QUrl>

#include <functional>
#include <memory>

namespace latchkey::simulator {

// The vendors' stand-ins: their authorization pages, token endpoints and one harmless API call each, on
// 127.0.0.1. The rules are written from the vendors' documents and share nothing with the product, so that
// one mistake cannot pass on both sides. README.md tells the endpoints and the keys.
class Simulator final : public QObject
{
    Q_OBJECT

public:
    // `clock` is the vendors' own time, in UTC; without one the real time.
    explicit Simulator(std::function<QDateTime()> clock = {}, QObject *parent = nullptr);
    ~Simulator() override;

    void useTls(const QSslCertificate &certificate, const QSslKey &key); // before listen()
    [[nodiscard]] bool listen(quint16 port = 0); // 0: any free port
    [[nodiscard]] quint16 port() const;
    [[nodiscard]] QUrl url(const QString &path = {}) const; // "http://127.0.0.1:PORT" and the path
    // Of the API call that the vendor's stand-in answers with 200 to a good token.
    [[nodiscard]] QUrl harmlessUrl(const QString &vendor) const;

    // The problem of the document, which then changes nothing. Empty: applied.
    QString configure(const QJsonObject &document);
    // The requests seen, see README.md. Holds no secret.
    [[nodiscard]] QJsonObject log() const;

    // The fully encoded redirect after the demo user presses the button on that authorization page; empty if
    // the page refuses.
    [[nodiscard]] QByteArray redirectAfterAllow(const QUrl &authorizationUrl);
    [[nodiscard]] QByteArray redirectAfterDeny(const QUrl &authorizationUrl);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace latchkey::simulator
