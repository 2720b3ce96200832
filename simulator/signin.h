// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include "simulator/message.h"
#include "simulator/simulatorstate.h"

namespace latchkey::simulator {

// A browser that stands at a vendor's authorization page with a request that is in order.
struct Visit
{
    QString vendorName; // "Vbrick Rev"
    QByteArray accent; // a CSS colour
    QString vendor;
    QString client;
    QString redirectUri;
    QString state;
    QByteArray codeParameter; // "code", "auth_code"
    QString challenge; // PKCE; empty without it
};

// Shows the sign-in page, or, when its form was sent, acts on it: back to the redirect URI with a code after
// Allow, with access_denied after Deny, the page again after a wrong password.
[[nodiscard]] Answer receiveVisit(SimulatorState &state, const Request &request, const Visit &visit);

// What the browser sees when the request itself is wrong: such a request is never redirected (RFC 6749,
// section 4.1.2.1).
[[nodiscard]] Answer refusedVisit(const QString &vendorName, const QString &complaint);

// The redirect URI with the answer added to its query. The answer is percent-encoded already.
[[nodiscard]] QByteArray redirectLocation(const QString &redirectUri, const QByteArray &answer);

} // namespace latchkey::simulator
