// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secret.h"

#include <QDateTime>
#include <QList>
#include <QStringList>

#include <optional>

namespace latchkey {

// Something the user should know about an accepted answer. The numbers are stored in the profile: add, never
// renumber.
enum class TokenNote {
    LifetimeWasRounded = 1, // a fraction of a second, or blanks around the number (F9)
    AlreadyExpired = 2, // expires_in 0 or less, or an expiration in the past (F10, F16)
    VeryLongLifetime = 3, // capped at ten years (F11, F13)
    LifetimeNotUnderstood = 4, // treated as unknown (F12, F16)
    LifetimesContradict = 5, // the earlier one holds (F17)
    UnusualContentType = 6, // JSON under another name (F18)
    RefreshTokenEmpty = 7, // the old one is kept (F35)
    ScopeDiffers = 8, // the granted scope is not the one asked for (R33)
    ServerClockDiffers = 9, // more than two minutes (R36)
    OtherUser = 10, // not the user of the last sign-in
};

// The facts about a token that are not secret. They are stored in the profile and with the token.
struct TokenFacts
{
    QDateTime issuedAt; // UTC; the start of the request (R35)
    std::optional<QDateTime> expiresAt; // UTC; absent: the server named no lifetime
    QString headerScheme; // "Bearer", "VBrick": the word before the token in the Authorization header
    QStringList scopes; // as granted; empty when the server named none
    QString user; // the user the token speaks for, as the provider names them; may be empty
    QList<TokenNote> notes;

    friend bool operator==(const TokenFacts &, const TokenFacts &) = default;
};

// A successful token response (RFC 6749, section 5.1).
struct TokenSet
{
    Secret accessToken;
    std::optional<Secret> refreshToken;
    TokenFacts facts;

    friend bool operator==(const TokenSet &, const TokenSet &) = default;
};

} // namespace latchkey
