// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>

#include <optional>

namespace latchkey::simulator {

// What a refresh does to the refresh token.
enum class RefreshPolicy {
    Rotate, // a new one each time, the old one is refused from then on
    Keep, // the same one, repeated in each answer
    Omit, // the same one, named in the first answer only
    None, // there is none
};

// Tokens a client holds from the start, as if it had signed in earlier.
struct Session
{
    QString accessToken;
    QString refreshToken;
    QString code;
    QString redirectUri; // empty: any registered one
    qint64 remaining = 0; // seconds until the access token expires; may be negative
};

// One client as an administrator registered it with its vendor.
struct Client
{
    QString vendor; // one of vendors.h
    QString id;
    QString secret;
    QStringList redirectUris; // compared character by character
    QString region; // priava
    QString prefix; // rev: "/api/v2/oauth" or "/oauth"
    QString headerScheme; // of the API: "Bearer", "VBrick"
    QStringList scopes; // configapi: the accepted ones; empty: any
    QString scopeParameter; // configapi: "scope" or "tenant"
    QString user; // owns preset codes and sessions
    std::optional<qint64> lifetime; // of access tokens, in seconds; nothing: left out of the answer
    std::optional<qint64> refreshLifetime; // of refresh tokens, in seconds; nothing: they don't expire
    qint64 codeLifetime = 600; // seconds
    RefreshPolicy refresh = RefreshPolicy::Rotate;
    bool revokesOnReuse = false; // a used code or replaced refresh token ends the whole grant
    bool plusInCodes = false;
    bool names = true; // rev: the answer holds username, firstName, lastName
    int apiStatus = 200; // the API's answer to a good token
    QString fault; // of every token request; empty: none
    QStringList codes; // valid without a sign-in, each once
    QStringList nextCodes; // given out by the sign-in page, in this order, before random ones
    QStringList nextAccessTokens; // likewise by the token endpoint
    QStringList nextRefreshTokens;
    QList<Session> sessions;
};

struct User
{
    QString password;
    QString userId;
    QString firstName;
    QString lastName;
};

// A fault of the token endpoint. An empty vendor, client or grant stands for all.
struct PlannedFault
{
    QString vendor;
    QString client;
    QString grant;
    QString fault;
    int times = 1; // 0: always
};

struct Revocation
{
    QString vendor;
    QString client;
    QString what; // "access", "refresh" or "all"
};

struct Configuration
{
    QMap<QString, User> users;
    QList<Client> clients;
    QList<PlannedFault> faults;
    qint64 clockOffset = 0; // seconds by which the vendors' clock is ahead

    [[nodiscard]] Client *client(const QString &vendor, const QString &id);
    // The fault of this token request, which is counted. Empty: none.
    [[nodiscard]] QString takeFault(const QString &vendor, const QString &client, const QString &grant);
};

} // namespace latchkey::simulator
