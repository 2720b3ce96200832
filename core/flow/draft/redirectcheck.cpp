// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/draft/redirectcheck.h"

#include "core/flow/store/flowcontext.h"
#include "core/flow/store/porterrors.h"
#include "core/oauth/origin.h"
#include "core/oauth/pkce.h"
#include "core/oauth/redirecturi.h"

#include <QCoreApplication>

namespace latchkey {

using namespace Qt::StringLiterals;
using Check = DoctorFinding::Check;
using Outcome = DoctorFinding::Outcome;

namespace {

QString redirectOf(const Account &account)
{
    return account.fields.value(u"redirect_uri"_s);
}

QString certificateOf(const Account &account)
{
    return account.fields.value(u"tls_certificate"_s);
}

QString byPasting()
{
    return QCoreApplication::translate("DoctorFinding", "by pasting only");
}

DoctorFinding finding(Check check, Outcome outcome, const QString &subject, const Account &account)
{
    return { check, outcome, subject, account.name, {}, {} };
}

// The port is let go at once; nobody is answered meanwhile.
Result<void, ListenError> bindForAMoment(FlowContext &context, const RedirectUri &uri,
                                         const std::optional<TlsIdentity> &identity)
{
    context.lingering.reset(); // it may hold the same port
    const auto listener = context.makeListener();
    return listener->listen(uri, { makeState(context.random), "code", false, {} }, identity);
}

QList<DoctorFinding> checkServed(FlowContext &context, const Account &account, const RedirectUri &uri,
                                 const std::optional<TlsIdentity> &identity)
{
    DoctorFinding redirect = finding(Check::RedirectUri, Outcome::Passed, uri.text, account);
    DoctorFinding port = finding(Check::Port, Outcome::Passed, QString::fromLatin1(uri.hostHeader), account);
    const auto bound = bindForAMoment(context, uri, identity);
    if (bound)
        return { redirect, port };
    const Problem problem = problemOf(bound.error(), context.clock());
    // A certificate that cannot be used says nothing of the port.
    const bool isPort = bound.error().kind != ListenError::Kind::BadCertificate;
    (isPort ? port : redirect).outcome = Outcome::Failed;
    (isPort ? port : redirect).problem = problem;
    if (!isPort)
        port.outcome = Outcome::Skipped;
    return { redirect, port };
}

} // namespace

bool needsTlsKey(const Account &account)
{
    const auto uri = readRedirectUri(redirectOf(account));
    return uri && uri->kind == RedirectUri::Kind::LoopbackHttps && !certificateOf(account).isEmpty()
        && !account.missingSecrets.contains(u"tls_key"_s);
}

QList<DoctorFinding> checkRedirect(FlowContext &context, const Account &account,
                                   const Result<AccountSecrets, Problem> &secrets)
{
    const QString text = redirectOf(account);
    const auto uri = readRedirectUri(text);
    if (!uri) {
        DoctorFinding refused = finding(Check::RedirectUri, Outcome::Failed, shownAddress(text), account);
        refused.problem = Problem { Problem::Kind::FieldRefused, u"redirect_uri"_s, {}, context.clock(), {} };
        return { refused };
    }
    if (uri->kind == RedirectUri::Kind::LoopbackHttp)
        return checkServed(context, account, *uri, {});

    DoctorFinding pasted = finding(Check::RedirectUri, Outcome::Warned, shownAddress(text), account);
    pasted.detail = byPasting();
    if (!needsTlsKey(account))
        return { pasted };
    if (!secrets) {
        pasted.problem = secrets.error();
        return { pasted };
    }
    const auto key = secrets->fields.find(u"tls_key"_s);
    if (key == secrets->fields.end())
        return { pasted };
    return checkServed(context, account, *uri, TlsIdentity { certificateOf(account).toUtf8(), key->second });
}

} // namespace latchkey
