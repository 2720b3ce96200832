// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"
#include "core/base/result.h"
#include "core/port/redirectlistener.h"

#include <QDateTime>
#include <QObject>
#include <QUrl>

#include <memory>
#include <optional>

namespace latchkey {

// How a sign-in stands: everything its dialog shows.
struct AuthorizationProgress
{
    enum class Step {
        NotStarted,
        OpeningBrowser,
        // Another program has the port, and the code alone is enough to get a token: continue by pasting?
        ConfirmingPort,
        Waiting, // for the redirect, or for the user to paste
        Confirming, // a code without state arrived: use it?
        Exchanging,
        Storing,
        Done,
        Failed,
    };
    Step step = Step::NotStarted;
    Step failedAt = Step::NotStarted; // where it stood when it failed
    QString accountName;
    QString providerId;
    QUrl authorizationUrl; // empty: published nowhere and not entered; the user begins at the vendor
    QString redirectUri; // as registered
    QString listeningOn; // "127.0.0.1:53917"; empty: the listener can't serve it, so paste
    QDateTime deadline; // UTC; valid while waiting: five minutes from the start
    std::optional<Problem> browserProblem; // the browser did not open: the link can still be copied
    std::optional<Problem> listenProblem; // why nothing listens although it could
    std::optional<Problem> problem; // with Failed
    int foreignAnswers = 0; // answers of other sign-ins that were refused
    bool mayAcceptMissingState = false; // offer acceptMissingState()
    QList<RedirectNotice> notices; // each once
    QString strangeWord; // what an answer without state said instead of a code ("access_denied"), if it can
                         // be shown
    int strangeAnswers = 0; // how many said something instead of a code
    int heldCodes = 0; // with Confirming: different codes that wait for a yes; the first one is asked about

    friend bool operator==(const AuthorizationProgress &, const AuthorizationProgress &) = default;
};

// One sign-in, from the browser to the stored token. Lives for one call; deleting it cancels it and closes
// the port. After Failed a new one is needed (R29).
class AuthorizationOperation : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    // Binds the port, then opens the browser (R10).
    virtual void start() = 0;
    virtual void openBrowserAgain() = 0;
    // The redirected address or the bare code. A problem: nothing was used and the sign-in goes on.
    [[nodiscard]] virtual std::optional<Problem> paste(const QString &text) = 0;
    // Answers Confirming (use the code?) and ConfirmingPort. A code that is not used ends nothing: the next
    // one is asked about, or waited for.
    virtual void confirm(bool yes) = 0;
    virtual void acceptMissingState() = 0; // the user says the vendor begins the redirect on its own
    [[nodiscard]] virtual const AuthorizationProgress &progress() const = 0;

Q_SIGNALS:
    void progressChanged();
    // Once, with Done or Failed.
    void finished(const latchkey::Result<latchkey::AccountId, latchkey::Problem> &result);
    // Where an answer came through the browser: it has been given its page. A program that ends earlier
    // leaves the browser before a closed port.
    void browserServed();
};

} // namespace latchkey
