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

// For https://localhost redirect URIs: the user's PEM texts.
struct TlsIdentity
{
    QByteArray certificate;
    Secret key;
};

// The pages that the browser shows at the end. They are static and contain nothing of the request (R19).
enum class RedirectPage {
    SignedIn, // the token was obtained and stored
    ConfirmInLatchkey, // a code without state waits for the user's confirmation
    ReturnToLatchkey, // the window says more
    Declined, // the user pressed Deny
    Failed, // the exchange failed
};

// Refused requests that the user can do something about.
enum class RedirectNotice {
    TriedWithTls, // a browser speaks https to our http port
    TooLarge, // more headers, or a longer address, than we read
    OtherUser, // a program of another user, or one that ended before we could check it
};

// Takes one authorization response on the exact redirect URI (RFC 8252, section 7.3; R9 to R20). Other
// requests get a 4xx and change nothing. Deleting it closes the port.
class RedirectListener : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    // Binds the loopback address of `uri` (for "localhost" both 127.0.0.1 and ::1, if they exist).
    [[nodiscard]] virtual Result<void, ListenError> listen(const RedirectUri &uri,
                                                           const ExpectedAnswer &expected,
                                                           const std::optional<TlsIdentity> &identity) = 0;
    // From now on accept an answer without a state too, because the user asked for it. For Priava, which may
    // start the redirect itself.
    virtual void acceptMissingState() = 0;
    // Shows the page to the browser that has been waiting since answered() or codeOffered(). Later identical
    // callbacks get a static page; the port closes soon after. Does nothing before those signals or the
    // second time.
    virtual void answerBrowser(RedirectPage page) = 0;

Q_SIGNALS:
    // An answer with the right state, at most once. The browser waits until answerBrowser(), or shows
    // ReturnToLatchkey after 25 s.
    void answered(const latchkey::Result<latchkey::Secret, latchkey::AuthorizationError> &code);
    // A code where no state is needed: nothing ties it to this sign-in, so listening goes on. The browser
    // shows ConfirmInLatchkey, or the page of answerBrowser() if that was called before it loads the page.
    void codeOffered(const latchkey::Secret &code);
    // An error where no state is needed. Any page can send it, so the sign-in goes on.
    void unprovenRefused(const latchkey::AuthorizationError &error);
    // An answer with a wrong or missing state was refused, `count` so far.
    void foreignAnswerRefused(int count, bool stateWasMissing);
    // The browser got its page or, after answerBrowser(), did not load it.
    void browserServed();
    void noticed(latchkey::RedirectNotice notice); // each at most once
};

using RedirectListenerFactory = std::function<std::unique_ptr<RedirectListener>()>;

} // namespace latchkey
