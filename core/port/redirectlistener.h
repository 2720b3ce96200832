// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/secret.h"
#include "core/oauth/redirect.h"
#include "core/oauth/redirecturi.h"

#include <QObject>

#include <functional>
#include <memory>
#include <optional>

namespace latchkey {

struct ListenError
{
    enum class Kind { PortTaken, BadCertificate, Failed };
    Kind kind = Kind::Failed;
    QString detail;
    friend bool operator==(const ListenError &, const ListenError &) = default;
};

// For https://localhost redirect URIs: PEM texts the user supplies.
struct TlsIdentity
{
    QByteArray certificate;
    Secret key;
};

// The pages that the browser is shown at the end; static, nothing of the request is in them (R19).
enum class RedirectPage {
    SignedIn, // the token was obtained and stored
    ConfirmInLatchkey, // a code without state is held until the user says yes
    ReturnToLatchkey, // neither: the window says more
    Declined, // the user pressed Deny
    Failed, // the exchange failed
};

// What came to the port and was not heard, where the user can do something about it.
enum class RedirectNotice {
    TriedWithTls, // a browser speaks https to our http port
    TooLarge, // a request with more headers, or a longer address, than is read
    OtherUser, // a program of another user, or one that was gone before it could be looked at
};

// Takes one authorization response on the exact redirect URI (RFC 8252, section 7.3; R9 to R20).
// Strangers get a 4xx and change nothing. Deleting it closes the port.
class RedirectListener : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    // Binds the loopback address of `uri` (for "localhost" both 127.0.0.1 and ::1, as far as they exist).
    [[nodiscard]] virtual Result<void, ListenError> listen(const RedirectUri &uri,
                                                           const ExpectedAnswer &expected,
                                                           const std::optional<TlsIdentity> &identity) = 0;
    // From now on an answer without any state is ours too: the user asked for it. Meant for Priava, which
    // may start the redirect on its own.
    virtual void acceptMissingState() = 0;
    // Ends the browser's wait that began with answered(), or what codeOffered() left open. Later identical
    // callbacks get a static page; the port closes soon after. Does nothing before them and the second time.
    virtual void answerBrowser(RedirectPage page) = 0;

Q_SIGNALS:
    // An answer with the right state, at most once. The browser is kept waiting until answerBrowser(), or
    // shown ReturnToLatchkey after 25 s.
    void answered(const latchkey::Result<latchkey::Secret, latchkey::AuthorizationError> &code);
    // Where no state is needed: nothing ties it to this sign-in, so the next one is heard too. The browser is
    // shown ConfirmInLatchkey, or the page of answerBrowser() if that is known when it comes for it.
    void codeOffered(const latchkey::Secret &code);
    // Likewise, and without a code. Any page can send it, so it ends nothing.
    void unprovenRefused(const latchkey::AuthorizationError &error);
    // An answer with a wrong or missing state came and was refused. `count` so far.
    void foreignAnswerRefused(int count, bool stateWasMissing);
    // The browser has been given its page or, after answerBrowser(), did not come for it.
    void browserServed();
    void noticed(latchkey::RedirectNotice notice); // each at most once
};

using RedirectListenerFactory = std::function<std::unique_ptr<RedirectListener>()>;

} // namespace latchkey
