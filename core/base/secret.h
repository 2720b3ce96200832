// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QDebug>

#include <string>

namespace latchkey {

// Bytes that must not reach a log, a model or a file. Copying is explicit (`Secret(other)`), reading is
// explicit, and the buffer is overwritten when it dies.
class Secret
{
public:
    Secret() = default;
    explicit Secret(QByteArrayView bytes) : m_bytes(bytes.data(), static_cast<std::size_t>(bytes.size())) {}
    explicit Secret(const Secret &) = default;
    Secret &operator=(const Secret &other);
    Secret(Secret &&other) noexcept;
    Secret &operator=(Secret &&other) noexcept;
    ~Secret() { wipe(); }

    [[nodiscard]] bool isEmpty() const { return m_bytes.empty(); }
    [[nodiscard]] QByteArrayView reveal() const { return m_bytes; }

    // Compares every byte, so that the time taken does not tell where the first differs.
    friend bool operator==(const Secret &a, const Secret &b);
    friend QDebug operator<<(QDebug out, const Secret &) { return out << "Secret(…)"; }

private:
    void wipe() noexcept;

    std::string m_bytes;
};

} // namespace latchkey
