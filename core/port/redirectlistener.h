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

// The pages that the browser is shown at the end; static, nothing of the request is in them (SECURITY R19).
enum class RedirectPage {
    SignedIn, // the token was obtained and stored
    ConfirmInLatchkey, // a code without state is held until the user says yes
    ReturnToLatchkey, // neither: the window says more
    Declined, // the user pressed Deny
    Failed, // the exchange failed
};

// Takes one authorization response on the exact redirect URI (RFC 8252, section 7.3; SECURITY R9 to R20).
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
    // Ends the browser's wait that began with answered(). Later identical callbacks get a static page; the
    // port closes soon after. Does nothing before answered() and the second time.
    virtual void answerBrowser(RedirectPage page) = 0;

Q_SIGNALS:
    // At most once. The browser is kept waiting until answerBrowser(), or shown ReturnToLatchkey after
    // 25 s.
    void answered(const latchkey::Result<latchkey::Secret, latchkey::AuthorizationError> &code);
    // An answer with a wrong or missing state came and was refused. `count` so far.
    void foreignAnswerRefused(int count, bool stateWasMissing);
    // After answerBrowser(): the browser has been given its page, or did not come for it.
    void browserServed();
    void triedWithTls(); // a browser speaks https to our http port
};

using RedirectListenerFactory = std::function<std::unique_ptr<RedirectListener>()>;

} // namespace latchkey
