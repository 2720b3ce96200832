// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/port/secretstore.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QVariantList>

#include <chrono>
#include <functional>

namespace latchkey {

inline constexpr std::chrono::seconds busAnswerDeadline { 30 };
// For a question that the user answers.
inline constexpr std::chrono::milliseconds noBusDeadline { 0x7fffffff };

// Calls services on the session bus without blocking, and reports errors as a secret store's: no bus, no
// service, no answer.
class SessionBus final : public QObject
{
    Q_OBJECT

public:
    using Answered = std::function<void(Result<QVariantList, SecretStoreError>)>;
    using Done = std::function<void(Result<void, SecretStoreError>)>;

    explicit SessionBus(QObject *parent = nullptr);

    // `then` is called once, unless this object is gone by then.
    void call(const QDBusMessage &question, Answered then,
              std::chrono::milliseconds deadline = busAnswerDeadline);
    // Makes sure that the service runs; starts it if the bus can.
    void ensureService(const QString &name, const Done &then);
    // The current owner of the name (":1.42"); it changes when the service restarts.
    void findOwner(const QString &name, std::function<void(Result<QString, SecretStoreError>)> then);

    [[nodiscard]] QDBusConnection connection() const { return m_connection; }

Q_SIGNALS:
    void lost(); // the bus has gone for good

private:
    Q_SLOT void onDisconnected() { Q_EMIT lost(); }
    void start(const QString &name, const Done &then);
    [[nodiscard]] SecretStoreError errorOf(const QDBusMessage &answer, bool deadlineIsOver) const;

    QDBusConnection m_connection;
};

} // namespace latchkey
