// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/provider/vendorparts.h"

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

QList<Field> mainFields()
{
    return {
        {
            .id = u"url"_s,
            .kind = Field::Kind::Url,
            .label = QT_TRANSLATE_NOOP("Provider", "Host"),
            .help = QT_TRANSLATE_NOOP("Provider",
                                      "The host you open Contact Center Administrator on, in the browser."),
            .placeholder = QT_TRANSLATE_NOOP("Provider", "company.brightpattern.com"),
            .bindsSecrets = true,
        },
        {
            .id = u"client_id"_s,
            .label = QT_TRANSLATE_NOOP("Provider", "Login ID"),
            .help = QT_TRANSLATE_NOOP(
                "Provider", "Contact Center Administrator > Users & Teams > Users: the user's login ID."),
            .placeholder = QT_TRANSLATE_NOOP("Provider", "sheila.thomas"),
        },
        {
            .id = u"client_secret"_s,
            .kind = Field::Kind::Secret,
            .label = QT_TRANSLATE_NOOP("Provider", "API secret"),
            .help = QT_TRANSLATE_NOOP(
                "Provider", "Contact Center Administrator > Users & Teams > Users > the user > Generate."),
            .secret = true,
        },
        {
            .id = u"scope"_s,
            .label = QT_TRANSLATE_NOOP("Provider", "Scope"),
            .help = QT_TRANSLATE_NOOP("Provider", "The tenant or host the token is for. Empty: the host."),
            .placeholder = QT_TRANSLATE_NOOP("Provider", "the host"),
            .required = false,
        },
    };
}

QList<Field> advancedFields()
{
    return {
        {
            .id = u"scope_parameter"_s,
            .kind = Field::Kind::Choice,
            .label = QT_TRANSLATE_NOOP("Provider", "Name of the scope parameter"),
            .help = QT_TRANSLATE_NOOP("Provider", "Version 3 of the API calls it tenant."),
            .defaultValue = u"scope"_s,
            .choices = { { u"scope"_s, QT_TRANSLATE_NOOP("Provider", "scope") },
                         { u"tenant"_s, QT_TRANSLATE_NOOP("Provider", "tenant (version 3)") } },
            .advanced = true,
        },
        {
            .id = u"allow_http"_s,
            .kind = Field::Kind::Flag,
            .label = QT_TRANSLATE_NOOP("Provider", "Allow plain http"),
            .help = QT_TRANSLATE_NOOP(
                "Provider", "For a host without https: the secret and the token can be read on the network."),
            .defaultValue = u"false"_s,
            .advanced = true,
            .bindsToken = false,
        },
    };
}

FieldValues complete(const FieldValues &typed)
{
    FieldValues fields = withCompletedAddress(typed);
    const QString host = vendorAddress(fields).host(QUrl::FullyEncoded);
    if (fields.value(u"scope"_s).isEmpty() && !host.isEmpty())
        fields.insert(u"scope"_s, host);
    return fields;
}

QList<FieldProblem> checkConfigApiHost(const FieldValues &fields)
{
    if (!hasVendorPath(fields))
        return {};
    return { { u"url"_s,
               QT_TRANSLATE_NOOP("Provider",
                                 "Enter only the host, such as company.brightpattern.com, without the path "
                                 "after it.") } };
}

QUrl configApiTokenEndpoint(const FieldValues &fields)
{
    return vendorAddress(fields, u"/configapi/v2/oauth/token"_s);
}

HttpRequest configApiTokenRequest(const FieldValues &fields, const SecretValues &secrets, const Grant &)
{
    FormBody form;
    form.add("grant_type", "client_credentials")
        .add("client_id", fields.value(u"client_id"_s).toUtf8())
        .add("client_secret", secretValue(secrets, u"client_secret"_s).reveal())
        .add(fields.value(u"scope_parameter"_s, u"scope"_s).toLatin1(), fields.value(u"scope"_s).toUtf8());
    HttpRequest request = formRequest(configApiTokenEndpoint(fields), form);
    request.allowPlainHttp = fields.value(u"allow_http"_s) == "true"_L1;
    return request;
}

TokenResult parseConfigApiResponse(const HttpResponse &response, const TokenRequestContext &context)
{
    return parseTokenResponse(response, context);
}

QStringList requestedScopes(const FieldValues &fields)
{
    return fields.value(u"scope"_s).split(u' ', Qt::SkipEmptyParts);
}

// There is no sign-in: after any refusal the user tries again, with the same secret or a corrected one.
RefusalMeaning meaningOfConfigApiError(const TokenError &, bool)
{
    return RefusalMeaning::TryAgain;
}

} // namespace

Provider configApi()
{
    return {
        .id = u"configapi"_s,
        .displayName = QT_TRANSLATE_NOOP("Provider", "Bright Pattern"),
        .summary = QT_TRANSLATE_NOOP("Provider", "Contact center"),
        .picture = u":/providers/configapi.svg"_s,
        .fields = mainFields() + advancedFields() + commonFields(),
        .grant = GrantKind::ClientCredentials,
        .hasRefreshToken = false,
        .removalNote = QT_TRANSLATE_NOOP(
            "Provider",
            "Bright Pattern is not told: the user's API secret stays valid, and so does a token "
            "until it expires. Generate a new API secret for the user to end the old one."),
        .refusedHelp = QT_TRANSLATE_NOOP(
            "Provider",
            "Compare the login ID with Contact Center Administrator > Users & Teams > Users, "
            "generate a new API secret there if in doubt, and check the scope."),
        .notAllowedHelp = QT_TRANSLATE_NOOP("Provider",
                                            "The role of the user lacks the privilege of this API: an "
                                            "administrator of Contact Center can give it to the role."),
        .usualDomains = { u"brightpattern.com"_s },
        .complete = &complete,
        .check = &checkConfigApiHost,
        .baseUrl = [](const FieldValues &fields) { return vendorAddress(fields); },
        .tokenEndpoint = &configApiTokenEndpoint,
        .environment = &vendorHost,
        .tokenRequest = &configApiTokenRequest,
        .parseTokenResponse = &parseConfigApiResponse,
        .requestedScopes = &requestedScopes,
        .meaningOf = &meaningOfConfigApiError,
        .headerScheme = [](const FieldValues &, const TokenFacts &) { return u"Bearer"_s; },
    };
}

} // namespace latchkey
