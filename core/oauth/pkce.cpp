// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oauth/pkce.h"

#include <QCryptographicHash>

namespace latchkey {

namespace {
constexpr auto base64Url = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;
constexpr qsizetype entropy = 32; // 32 bytes make the 43 characters of section 4.1
} // namespace

Secret makeCodeVerifier(RandomBytes random)
{
    return Secret(random(entropy).toBase64(base64Url));
}

QByteArray codeChallengeS256(const Secret &codeVerifier)
{
    return QCryptographicHash::hash(codeVerifier.reveal().toByteArray(), QCryptographicHash::Sha256)
        .toBase64(base64Url);
}

Secret makeState(RandomBytes random)
{
    return Secret(random(entropy).toBase64(base64Url));
}

} // namespace latchkey
