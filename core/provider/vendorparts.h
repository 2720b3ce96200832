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

// The account's base address is the value of its "url" field; completed, so without a slash at its end.
[[nodiscard]] QUrl vendorAddress(const FieldValues &fields, const QString &path = {});
// "rev.example.com", with the port where one was typed; foreign letters in punycode.
[[nodiscard]] QString vendorHost(const FieldValues &fields);

// "example.com/" becomes "https://example.com". An address with a scheme keeps it, whatever it is. What may
// be written in several ways (case, punycode, the scheme's own port) is written in one.
[[nodiscard]] FieldValues withCompletedAddress(const FieldValues &typed);
// A path was pasted where only a host belongs.
[[nodiscard]] bool hasVendorPath(const FieldValues &fields);

// Appends the parameters to what query the page already has. Every name and value is percent-encoded as
// RFC 3986 asks; QUrlQuery would leave '+' and '/' as they are (docs/platform-facts.md, fact 7).
using UrlParameters = QList<std::pair<QByteArrayView, QByteArray>>;
[[nodiscard]] QUrl withParameters(const QUrl &page, const UrlParameters &parameters);

// What every account may have: an address to try the token with, and the certificate and key of an https
// loopback listener.
[[nodiscard]] QList<Field> commonFields();

// The redirect URI field of the providers that sign in through the browser. Each vendor proposes a port
// and a path of its own, so that one vendor's answer cannot arrive on another's address (R18).
[[nodiscard]] Field redirectUriField(const QString &proposed, const char *help);

// "true": the user's word that accounts at other hosts may have the same redirect URI. Never in a template.
inline const QString shareRedirectUri = QStringLiteral("share_redirect_uri");
[[nodiscard]] Field shareRedirectUriField();
// The field's proposal with a path that no other account has: two accounts with one redirect URI could be
// handed each other's codes (RFC 9700, section 4.4).
[[nodiscard]] QString ownRedirectUri(const Field &field, RandomBytes random);

// Token requests as the vendors want them: a form, or JSON.
[[nodiscard]] HttpRequest formRequest(const QUrl &endpoint, const FormBody &form,
                                      const QByteArray &contentType = "application/x-www-form-urlencoded");
[[nodiscard]] HttpRequest jsonRequest(const QUrl &endpoint, const QJsonObject &json);

// Empty when the account has no such secret.
[[nodiscard]] Secret secretValue(const SecretValues &secrets, const QString &fieldId);
// For a member of a JSON body.
[[nodiscard]] QString textOf(const Secret &secret);

// RFC 6749 as most servers mean it: a dead grant asks for a new sign-in, all else may be tried again.
[[nodiscard]] RefusalMeaning usualMeaning(const TokenError &error, bool renewing);
// The HTTP status the refusal came with; 0: no complete answer came.
[[nodiscard]] int statusOf(const TokenError &error);

} // namespace latchkey
