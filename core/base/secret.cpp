// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/secret.h"

namespace latchkey {

Secret &Secret::operator=(const Secret &other)
{
    if (this != &other) {
        wipe();
        m_bytes = other.m_bytes;
    }
    return *this;
}

Secret::Secret(Secret &&other) noexcept : m_bytes(other.m_bytes.data(), other.m_bytes.size())
{
    other.wipe();
}

Secret &Secret::operator=(Secret &&other) noexcept
{
    if (this != &other) {
        *this = std::as_const(other);
        other.wipe();
    }
    return *this;
}

void Secret::wipe() noexcept
{
    volatile char *byte = m_bytes.data();
    for (std::size_t i = 0; i < m_bytes.size(); ++i)
        byte[i] = '\0';
    m_bytes.clear();
}

bool operator==(const Secret &a, const Secret &b)
{
    if (a.m_bytes.size() != b.m_bytes.size())
        return false;
    unsigned difference = 0;
    for (std::size_t i = 0; i < a.m_bytes.size(); ++i)
        difference |= static_cast<unsigned char>(a.m_bytes[i]) ^ static_cast<unsigned char>(b.m_bytes[i]);
    return difference == 0;
}

} // namespace latchkey
