// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace latchkey {

// Builds an application/x-www-form-urlencoded body (RFC 6749, appendix B).
class FormBody
{
public:
    FormBody &add(QByteArrayView name, QByteArrayView value);
    [[nodiscard]] QByteArray encoded() const { return m_encoded; }
    [[nodiscard]] static QByteArray encode(QByteArrayView value);

private:
    QByteArray m_encoded;
};

} // namespace latchkey
