// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/vault/vaultbytes.h"

#include <algorithm>
#include <sodium.h>

namespace latchkey {

namespace {

// Every use of the library passes here first, since each needs such bytes.
void startLibrary()
{
    static const bool isReady = sodium_init() >= 0;
    if (!isReady)
        qFatal("libsodium finds no source of random bytes");
}

} // namespace

VaultBytes::VaultBytes(std::size_t size)
{
    startLibrary();
    m_data.reset(static_cast<unsigned char *>(sodium_malloc(size)));
    if (!m_data)
        return;
    m_size = size;
    // The allocation tried that already, but says nothing of how it went.
    m_staysOutOfSwap = sodium_mlock(m_data.get(), m_size) == 0;
    sodium_memzero(m_data.get(), m_size);
}

VaultBytes::VaultBytes(QByteArrayView bytes) : VaultBytes(static_cast<std::size_t>(bytes.size()))
{
    if (m_data)
        std::copy(bytes.begin(), bytes.end(), m_data.get());
}

VaultBytes VaultBytes::random(std::size_t size)
{
    VaultBytes bytes(size);
    if (!bytes.isEmpty())
        randombytes_buf(bytes.data(), size);
    return bytes;
}

void VaultBytes::Free::operator()(unsigned char *data) const
{
    sodium_free(data); // overwrites first
}

} // namespace latchkey
