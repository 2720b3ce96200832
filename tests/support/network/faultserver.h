// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QSslConfiguration>
#include <QTcpServer>
#include <QUrl>

#include <chrono>
#include <optional>
#include <variant>

namespace latchkey {

// What a FaultServer does, step by step. After the last step the connection stays open and silent.
namespace fault {

struct Send
{
    QByteArray bytes;
};
struct Drip // one byte at a time
{
    QByteArray bytes;
    std::chrono::milliseconds every { 1000 };
};
struct Flood // the same bytes over and over, as fast as they are taken
{
    QByteArray bytes;
    qint64 total = -1; // at least so many bytes; -1: for ever
};
struct Close // orderly
{};
struct Reset // RST
{};
using Step = std::variant<Send, Drip, Flood, Close, Reset>;
using Script = QList<Step>;

// A whole answer and an orderly end. `headers` are whole lines, each with its line end.
[[nodiscard]] Script answer(int status, const QByteArray &body, const QByteArray &headers = {});
// Such an answer's bytes; the length is set unless the headers hold one.
[[nodiscard]] QByteArray answerBytes(int status, const QByteArray &body, const QByteArray &headers = {});

} // namespace fault

// A file below tests/data.
[[nodiscard]] QByteArray testData(const QString &path);

// A server on 127.0.0.1 that counts what really arrives and then does what its script says, right or wrong.
class FaultServer final : public QTcpServer
{
    Q_OBJECT

public:
    enum class Trigger {
        Request, // a whole request, its body included
        FirstBytes, // whatever they are; TLS is not spoken then
        Connection,
    };

    explicit FaultServer(fault::Script script, Trigger trigger = Trigger::Request);

    // Speaks TLS with tests/data/tls/NAME.pem and .key.
    void useTls(const QString &name);
    [[nodiscard]] QUrl url(const QString &path = QStringLiteral("/token")) const;

    [[nodiscard]] int connections() const { return m_connections; }
    // Each request as it came, headers and body; a second one on the same connection counts too.
    [[nodiscard]] const QList<QByteArray> &requests() const { return m_requests; }

Q_SIGNALS:
    void connectionOpened();
    void connectionClosed();

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    friend class FaultConnection;

    fault::Script m_script;
    Trigger m_trigger;
    std::optional<QSslConfiguration> m_tls;
    int m_connections = 0;
    QList<QByteArray> m_requests;
};

} // namespace latchkey
