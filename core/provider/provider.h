// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"
#include "core/oauth/httpmessage.h"
#include "core/oauth/tokenresponse.h"

#include <QByteArray>
#include <QList>
#include <QSet>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <optional>
#include <variant>

namespace latchkey {

// All texts in here are untranslated (QT_TRANSLATE_NOOP, context "Provider") and translated where they
// are shown: QCoreApplication::translate("Provider", text).

struct FieldChoice
{
    QString value;
    const char *label = "";
};

// One field of an account's form. The ids are used by forms, command line and files alike.
struct Field
{
    enum class Kind {
        Text,
        Url, // a base address; choices are proposals, and another may be typed
        Choice, // exactly one of the choices
        RedirectUri,
        Secret, // one line
        Flag, // "true" or "false"
        Pem, // a certificate or key, the text of a PEM file; secret or not
    };
    QString id;
    Kind kind = Kind::Text;
    const char *label = "";
    const char *help = ""; // where in the vendor's product the value is found
    const char *placeholder = "";
    QString defaultValue = {};
    QList<FieldChoice> choices = {};
    bool required = true;
    bool secret = false;
    bool advanced = false; // folded away in the form
    // A token obtained with another value does not fit the account: a change needs a new token.
    bool bindsToken = true;
    // Names the host: after a change the user must enter the secrets again, and the tokens are dropped.
    bool bindsSecrets = false;
    // Propose a separate loopback address for each account, below the default value.
    bool offersLoopback = false;

    [[nodiscard]] bool isFlag() const { return kind == Kind::Flag; }
};

// Why a value is refused. One sentence, untranslated, context "Provider"; fieldProblemText() makes it
// readable.
struct FieldProblem
{
    QString fieldId; // "name" for the account's name
    const char *sentence = "";
    QStringList where = {}; // the values of %1 and %2 in the sentence: "U+200B", "7"
    bool mayBeMeant = false; // a secret may really be like that: ask the user
    friend bool operator==(const FieldProblem &a, const FieldProblem &b)
    {
        return a.fieldId == b.fieldId && qstrcmp(a.sentence, b.sentence) == 0 && a.where == b.where
            && a.mayBeMeant == b.mayBeMeant;
    }
};

// RFC 6749, section 4.1.3, with RFC 7636, section 4.5.
struct AuthorizationCodeGrant
{
    Secret code;
    Secret codeVerifier; // empty where the provider knows no PKCE
};

// RFC 6749, section 6.
struct RefreshTokenGrant
{
    Secret refreshToken;
    Secret authorizationCode; // the code the session began with; only Rev asks for it
};

// RFC 6749, section 4.4.
struct ClientCredentialsGrant
{};

using Grant = std::variant<AuthorizationCodeGrant, RefreshTokenGrant, ClientCredentialsGrant>;

enum class GrantKind { AuthorizationCode, ClientCredentials };

// What the authorization URL is made from. All of it belongs to one sign-in.
struct AuthorizationRequest
{
    FieldValues fields;
    const SecretValues &secrets;
    Secret state;
    Secret codeVerifier; // empty unless the provider uses PKCE
    QDateTime now; // UTC; Rev's verifier holds the moment the browser is opened
};

// What the user can do about a refusal.
enum class RefusalMeaning { TryAgain, SignIn, TryAgainOrSignIn };

// A provider is data. Its differences are functions in that data, not subclasses.
struct Provider
{
    QString id;
    const char *displayName = ""; // "Vbrick Rev"; two entries of one vendor share it
    const char *variant = ""; // "API key and signature": distinguishes two entries of one vendor; else empty
    const char *summary = ""; // "Enterprise video"
    QString picture = {}; // a resource: ":/providers/rev.svg"; empty: the generic one
    QList<Field> fields; // in the form's order
    GrantKind grant = GrantKind::AuthorizationCode;
    bool usesPkce = false;
    bool hasRefreshToken = true;
    QByteArray codeParameter = "code";
    bool codeSpaceMeansPlus = false;
    // The vendor can start the redirect itself, without our state. Such a code is used only after the user
    // confirmed it (docs/providers.md, Priava).
    bool redirectsWithoutState = false;
    const char *registerHint = ""; // "Register exactly this in Priava: ..."
    const char *removalNote = ""; // what stays valid at the vendor when the account is removed
    const char *refusedHelp = ""; // what to check when the client or its secret is refused
    const char *notAllowedHelp = ""; // what to check when the API answers 403 to a good token
    // The vendor's domains, including hosts below them. Other addresses may be right, since many customers
    // have their own hosts, but the user is told.
    QStringList usualDomains = {};
    QStringList testUserMembers = {}; // where the answer of `testUrl` names the user, best first

    // Cleans what was typed and adds defaults: "example.com" becomes "https://example.com".
    FieldValues (*complete)(const FieldValues &typed) = nullptr;
    // Checks beyond those of each field's kind. Called with completed values.
    QList<FieldProblem> (*check)(const FieldValues &fields) = nullptr;
    QUrl (*baseUrl)(const FieldValues &fields) = nullptr; // of the vendor's API
    QUrl (*tokenEndpoint)(const FieldValues &fields) = nullptr;
    // "APAC · api-sandbox.priava.com": what the list shows under the name.
    QString (*environment)(const FieldValues &fields) = nullptr;
    // Nothing if the vendor publishes no address and the user entered none (Priava).
    std::optional<QUrl> (*authorizationUrl)(const AuthorizationRequest &request) = nullptr;
    HttpRequest (*tokenRequest)(const FieldValues &fields, const SecretValues &secrets,
                                const Grant &grant) = nullptr;
    TokenResult (*parseTokenResponse)(const HttpResponse &response,
                                      const TokenRequestContext &context) = nullptr;
    QStringList (*requestedScopes)(const FieldValues &fields) = nullptr; // null: none are asked for
    // What an error of the token endpoint means; `renewing`: it answered a refresh, not a first request.
    RefusalMeaning (*meaningOf)(const TokenError &error, bool renewing) = nullptr;
    // "Bearer" or "VBrick".
    QString (*headerScheme)(const FieldValues &fields, const TokenFacts &facts) = nullptr;
    // Headers of every API call besides Authorization (Priava's TenantRegion).
    HttpHeaders (*apiHeaders)(const FieldValues &fields) = nullptr; // null: none
    // A harmless request to try a token with; null: only an account's own `test_url`.
    QUrl (*testUrl)(const FieldValues &fields) = nullptr;

    [[nodiscard]] const Field *field(const QString &fieldId) const;
};

} // namespace latchkey
