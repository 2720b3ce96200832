// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>

#include <concepts>
#include <functional>
#include <memory>
#include <utility>

namespace latchkey {

// A continuation that dies with its owner: called at most once, however often it was copied, and not at all
// once the owner is gone. Every port answers through one, on the thread that called it, from the event loop:
// never before the call returns (tests/core/port/tst_reply holds every adapter to it).
template <typename T>
class Reply
{
public:
    template <std::invocable<T> Function>
    Reply(QObject *owner, Function function)
        : m_owner(owner), m_function(std::make_shared<std::function<void(T)>>(std::move(function)))
    {
        Q_ASSERT(owner);
    }

    void operator()(T value) const
    {
        const auto function = std::exchange(*m_function, nullptr);
        if (m_owner && function)
            function(std::move(value));
    }

    // Null once it is gone. For adapters that stop their work when no caller waits any more.
    [[nodiscard]] QObject *owner() const { return m_owner; }

private:
    QPointer<QObject> m_owner;
    std::shared_ptr<std::function<void(T)>> m_function;
};

} // namespace latchkey
