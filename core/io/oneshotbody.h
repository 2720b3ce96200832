// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIODevice>

#include <algorithm>
#include <cstring>

namespace latchkey {

// A request body that can be read once and never again. Qt sends a request a second time by itself when
// the connection breaks before the answer; a body that cannot be rewound is the one thing that stops it
// (SECURITY facts 1 and 2). A GET gets an empty one for the same reason.
class OneShotBody final : public QIODevice
{
public:
    explicit OneShotBody(QByteArray body, QObject *parent = nullptr)
        : QIODevice(parent), m_body(std::move(body))
    {
        open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    }
    ~OneShotBody() override { m_body.fill('\0'); }

    [[nodiscard]] bool isSequential() const override { return true; }
    [[nodiscard]] bool reset() override { return false; }
    [[nodiscard]] qint64 bytesAvailable() const override { return m_body.size() - m_taken; }
    // Something was handed over to be sent, so the server may have got it.
    [[nodiscard]] bool isTouched() const { return m_taken > 0; }

protected:
    qint64 readData(char *data, qint64 capacity) override
    {
        const qint64 count = std::min(capacity, bytesAvailable());
        if (count <= 0)
            return bytesAvailable() == 0 ? -1 : 0;
        std::memcpy(data, m_body.constData() + m_taken, static_cast<std::size_t>(count));
        m_taken += count;
        return count;
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    QByteArray m_body;
    qint64 m_taken = 0;
};

} // namespace latchkey
