// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/doctor/doctorchecks.h"

#include "core/flow/store/flowcontext.h"
#include "core/flow/store/porterrors.h"
#include "core/oauth/addressrules.h"
#include "core/oauth/datetime.h"
#include "core/oauth/origin.h"
#include "core/oauth/pkce.h"
#include "core/oauth/redirecturi.h"

#include <QCoreApplication>

#include <utility>

namespace latchkey {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
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

// The port is closed again at once; nothing is answered meanwhile.
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

constexpr std::chrono::seconds tolerance = 2min; // between the server's clock and ours (R36, F83)

QString direct()
{
    return QCoreApplication::translate("DoctorFinding", "none");
}

// How far this computer's clock is ahead of the server's; the Date header tells whole seconds, and the answer
// may have been written at any moment of the request.
qint64 secondsAhead(const QDateTime &server, const QDateTime &sentAt, const QDateTime &answeredAt)
{
    if (server > answeredAt)
        return -answeredAt.secsTo(server);
    const QDateTime latest = server.addSecs(1);
    return latest < sentAt ? latest.secsTo(sentAt) : 0;
}

QString differenceText(qint64 ahead)
{
    if (ahead == 0)
        return QCoreApplication::translate("DoctorFinding", "the same time");
    return ahead > 0 ? QCoreApplication::translate("DoctorFinding", "%1 s ahead").arg(ahead)
                     : QCoreApplication::translate("DoctorFinding", "%1 s behind").arg(-ahead);
}

// It is the proxy's fault, so nothing is known of the vendor.
bool isOfProxy(const std::optional<Problem> &problem)
{
    using Kind = Problem::Kind;
    return problem
        && (problem->kind == Kind::ProxyFailed || problem->kind == Kind::ProxyPasswordMissing
            || problem->kind == Kind::ProxyPasswordRefused || problem->kind == Kind::ProxyUnclear);
}

// The connection stood, with its certificate accepted, before this could go wrong.
bool isAfterConnecting(Problem::Kind kind)
{
    return kind == Problem::Kind::AnswerTooLarge || kind == Problem::Kind::AnswerIncomplete;
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
        refused.problem = makeProblem(Problem::Kind::FieldRefused, context.clock(), u"redirect_uri"_s);
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
    return checkServed(context, account, *uri,
                       TlsIdentity { certificateOf(account).toUtf8(), Secret(key->second) });
}

SiteCheck::SiteCheck(FlowContext &context, QUrl site, QString accountName, QObject *parent)
    : QObject(parent), m_context(context), m_site(std::move(site)), m_accountName(std::move(accountName))
{
}

void SiteCheck::start()
{
    m_context.http.proxyFor(m_site, { this, [this](const QString &proxy) {
                                         m_proxy = proxy;
                                         send();
                                     } });
}

void SiteCheck::send()
{
    m_sentAt = m_context.clock();
    const HttpRequest request { .method = HttpMethod::Get,
                                .url = m_site,
                                .headers = { { "Accept", "*/*" } },
                                .body = {},
                                .allowPlainHttp = true }; // nothing in it is worth reading
    m_context.http.send(request, { this, [this](const HttpResult &answer) { judge(answer); } });
}

void SiteCheck::judge(const HttpResult &answer)
{
    std::optional<Problem> problem;
    if (!answer)
        problem = problemOf(TokenError(answer.error()), m_context.clock());
    Q_EMIT finished({ proxyFinding(problem), tlsFinding(problem), clockFinding(answer) });
}

DoctorFinding SiteCheck::finding(Check check, Outcome outcome) const
{
    return { check, outcome, shownHost(m_site), m_accountName, {}, {} };
}

DoctorFinding SiteCheck::proxyFinding(const std::optional<Problem> &problem) const
{
    DoctorFinding proxy = finding(Check::Proxy, Outcome::Passed);
    proxy.detail = m_proxy.isEmpty() ? direct() : m_proxy;
    if (isOfProxy(problem)) {
        proxy.outcome = Outcome::Failed;
        proxy.problem = problem;
    }
    return proxy;
}

DoctorFinding SiteCheck::tlsFinding(const std::optional<Problem> &problem) const
{
    DoctorFinding tls = finding(Check::Tls, Outcome::Passed);
    if (isOfProxy(problem)) {
        tls.outcome = Outcome::Skipped;
        return tls;
    }
    if (problem && !isAfterConnecting(problem->kind)) {
        tls.outcome = Outcome::Failed;
        tls.problem = problem;
        return tls;
    }
    if (m_site.scheme() != "https"_L1) {
        tls.detail = QCoreApplication::translate("DoctorFinding", "plain http");
        tls.outcome = isLoopbackHost(m_site.host()) ? Outcome::Skipped : Outcome::Warned;
    }
    return tls;
}

DoctorFinding SiteCheck::clockFinding(const HttpResult &answer) const
{
    DoctorFinding clock = finding(Check::ServerClock, Outcome::Skipped);
    const auto server = answer ? readHttpDate(answer->date) : std::nullopt;
    if (!server)
        return clock;
    const qint64 ahead = secondsAhead(*server, m_sentAt, m_context.clock());
    clock.detail = differenceText(ahead);
    clock.outcome = std::abs(ahead) > tolerance.count() ? Outcome::Warned : Outcome::Passed;
    return clock;
}

} // namespace latchkey
