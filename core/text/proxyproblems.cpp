// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/proxyproblems.h"

#include <QCoreApplication>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

class ProxyWords
{
    Q_DECLARE_TR_FUNCTIONS(Problem)

public:
    [[nodiscard]] static ProblemText text(Problem::Kind kind, const QString &detail);
};

ProblemText ProxyWords::text(Problem::Kind kind, const QString &detail)
{
    const QString name = detail.isEmpty() ? u"?"_s : detail;
    const QString setPassword =
        tr("Set the user and the password in the environment: "
           "https_proxy=http://USER:PASSWORD@HOST:PORT. Latchkey logs in the Basic way only; for a proxy "
           "that wants NTLM or Kerberos run a local helper that logs in for you.");
    switch (kind) {
    case Problem::Kind::ProxyPasswordMissing:
        return { tr("The proxy at %1 asks for a password.").arg(name),
                 tr("None is set, so nothing was passed on."), setPassword, NextStep::TryAgain };
    case Problem::Kind::ProxyPasswordRefused:
        return { tr("The proxy at %1 asks for a password it did not accept.").arg(name),
                 tr("The password that is set is wrong, or the proxy wants another way of logging in."),
                 setPassword, NextStep::TryAgain };
    case Problem::Kind::ProxyUnclear:
        return { tr("The environment variable %1 does not name a proxy that Latchkey can use.").arg(name),
                 tr("Nothing was sent. Latchkey can use http:// and socks5:// proxies."),
                 tr("Correct it, for example to http://proxy.example.com:3128, or choose a proxy in the "
                    "settings."),
                 NextStep::TryAgain };
    default:
        return { detail.isEmpty() ? tr("The proxy could not be used.")
                                  : tr("The proxy %1 could not be used.").arg(detail),
                 tr("It does not answer, or refuses to pass the request on."),
                 tr("Check the proxy in the settings, then try again."), NextStep::TryAgain };
    }
}

} // namespace

ProblemText proxyProblemText(Problem::Kind kind, const QString &detail)
{
    return ProxyWords::text(kind, detail);
}

} // namespace latchkey
