// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secret.h"

#include <QByteArrayView>

#include <memory>

namespace latchkey {

// Bytes between guard pages, kept out of swap space and of core dumps as far as the system's limit on locked
// memory goes, and overwritten when they die (docs/vault-format.md, section 8).
class VaultBytes final
{
public:
    VaultBytes() = default;
    explicit VaultBytes(std::size_t size); // zeros; no size at all if there is no memory for it
    explicit VaultBytes(QByteArrayView bytes);
    [[nodiscard]] static VaultBytes random(std::size_t size);

    [[nodiscard]] bool isEmpty() const { return !m_data; }
    [[nodiscard]] std::size_t size() const { return m_size; }
    // False: the system's limit on locked memory did not allow it.
    [[nodiscard]] bool staysOutOfSwap() const { return m_staysOutOfSwap; }
    [[nodiscard]] unsigned char *data() { return m_data.get(); }
    [[nodiscard]] const unsigned char *data() const { return m_data.get(); }
    [[nodiscard]] QByteArrayView view() const { return { m_data.get(), static_cast<qsizetype>(m_size) }; }
    [[nodiscard]] VaultBytes copy() const { return VaultBytes(view()); }

private:
    struct Free
    {
        void operator()(unsigned char *data) const;
    };

    std::unique_ptr<unsigned char, Free> m_data;
    std::size_t m_size = 0;
    bool m_staysOutOfSwap = false;
};

} // namespace latchkey
