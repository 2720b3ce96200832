// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/signin.h"

#include <QUrl>

#include "simulator/fields.h"
#include "simulator/page.h"

namespace latchkey::simulator {

using namespace Qt::StringLiterals;

namespace {

Answer allowed(SimulatorState &state, const Visit &visit, const QString &user)
{
    Client *client = state.configuration.client(visit.vendor, visit.client);
    Grant grant;
    grant.user = user;
    grant.redirectUri = visit.redirectUri;
    grant.challenge = visit.challenge;
    const QString code = state.ledger.issueCode(*client, grant);
    // Rev sends a '+' in its codes as it is.
    const QByteArray bare = visit.vendor == "rev"_L1 ? QByteArray("+") : QByteArray();
    return redirectAnswer(302,
                          redirectLocation(visit.redirectUri,
                                           visit.codeParameter + '=' + QUrl::toPercentEncoding(code, bare)
                                               + "&state=" + QUrl::toPercentEncoding(visit.state)));
}

Answer denied(const Visit &visit)
{
    return redirectAnswer(
        302,
        redirectLocation(visit.redirectUri,
                         "error=access_denied&state=" + QUrl::toPercentEncoding(visit.state)));
}

} // namespace

Answer receiveVisit(SimulatorState &state, const Request &request, const Visit &visit)
{
    SignInForm form { .vendorName = visit.vendorName,
                      .accent = visit.accent,
                      .client = visit.client,
                      .user = {},
                      .complaint = {} };
    if (request.method != "POST")
        return htmlAnswer(200, signInPage(form));

    const auto fields = Fields::fromForm(request.body);
    const QString decision = fields ? fields->value(u"decision"_s) : QString();
    if (decision == "deny"_L1)
        return denied(visit);
    if (decision != "allow"_L1)
        return refusedVisit(visit.vendorName, u"The form came back damaged."_s);

    form.user = fields->value(u"user"_s);
    const auto user = state.configuration.users.constFind(form.user);
    if (user != state.configuration.users.constEnd() && user->password == fields->value(u"password"_s))
        return allowed(state, visit, form.user);
    form.complaint = u"User name or password is wrong. Please try again."_s;
    return htmlAnswer(401, signInPage(form));
}

Answer refusedVisit(const QString &vendorName, const QString &complaint)
{
    return htmlAnswer(400,
                      plainPage(vendorName + u": this request can't go on"_s,
                                "<p id=\"error\">" + complaint.toHtmlEscaped().toUtf8()
                                    + "</p><p>Nothing was signed in. Close this page and start again.</p>"));
}

QByteArray redirectLocation(const QString &redirectUri, const QByteArray &answer)
{
    return redirectUri.toUtf8() + (redirectUri.contains(u'?') ? '&' : '?') + answer;
}

} // namespace latchkey::simulator
