// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oauth/formbody.h"

namespace latchkey {

QByteArray FormBody::encode(QByteArrayView value)
{
    // toPercentEncoding keeps "-._~"; the form encoding also wants a space to be a plus.
    return value.toByteArray().toPercentEncoding().replace("%20", "+");
}

FormBody &FormBody::add(QByteArrayView name, QByteArrayView value)
{
    if (!m_encoded.isEmpty())
        m_encoded += '&';
    m_encoded += encode(name) + '=' + encode(value);
    return *this;
}

} // namespace latchkey
