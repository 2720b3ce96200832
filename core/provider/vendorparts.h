// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"
#include "core/base/randombytes.h"
#include "core/oauth/httpmessage.h"
#include "core/provider/provider.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QUrl>

#include <utility>

namespace latchkey {

// The account's base address, from its completed "url" field, so without a slash at the end.
[[nodiscard]] QUrl vendorAddress(const FieldValues &fields, const QString &path = {});
// "rev.example.com", with the port where one was typed; foreign letters in punycode.
[[nodiscard]] QString vendorHost(const FieldValues &fields);

// "example.com/" becomes "https://example.com". An existing scheme is kept. Case, punycode and the scheme's
// default port are written in one way.
[[nodiscard]] FieldValues withCompletedAddress(const FieldValues &typed);
// Whether the address has a path where only a host belongs.
[[nodiscard]] bool hasVendorPath(const FieldValues &fields);

// Appends the parameters to the page's query. Every name and value is percent-encoded as RFC 3986 asks;
// QUrlQuery would leave '+' and '/' as they are (docs/platform-facts.md, fact 7).
using UrlParameters = QList<std::pair<QByteArrayView, QByteArray>>;
[[nodiscard]] QUrl withParameters(const QUrl &page, const UrlParameters &parameters);

// The optional fields of every account: an address to try the token with, and the certificate and key of an
// https loopback listener.
[[nodiscard]] QList<Field> commonFields();

// The redirect URI field of providers that sign in through the browser. Each vendor proposes its own port and
// path, so that one vendor's answer cannot arrive at another's address (R18).
[[nodiscard]] Field redirectUriField(const QString &proposed, const char *help);

// "true": the user allows accounts at other hosts to have the same redirect URI. Never in a template.
inline const QString shareRedirectUri = QStringLiteral("share_redirect_uri");
[[nodiscard]] Field shareRedirectUriField();
// The field's proposal with a random path: accounts that share a redirect URI could receive each other's
// codes (RFC 9700, section 4.4).
[[nodiscard]] QString ownRedirectUri(const Field &field, RandomBytes random);

// Token requests with a form or a JSON body.
[[nodiscard]] HttpRequest formRequest(const QUrl &endpoint, const FormBody &form,
                                      const QByteArray &contentType = "application/x-www-form-urlencoded");
[[nodiscard]] HttpRequest jsonRequest(const QUrl &endpoint, const QJsonObject &json);

// Empty when the account has no such secret.
[[nodiscard]] Secret secretValue(const SecretValues &secrets, const QString &fieldId);
// For a member of a JSON body.
[[nodiscard]] QString textOf(const Secret &secret);

// The usual reading of RFC 6749: an invalid grant needs a new sign-in, everything else may be tried again.
[[nodiscard]] RefusalMeaning usualMeaning(const TokenError &error, bool renewing);
// The refusal's HTTP status; 0: no complete answer came, or none that could be understood.
[[nodiscard]] int statusOf(const TokenError &error);

} // namespace latchkey
