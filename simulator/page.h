// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace latchkey::simulator {

struct SignInForm
{
    QString vendorName;
    QByteArray accent; // a CSS colour
    QString client;
    QString user; // as typed before
    QString complaint; // empty: none
};

// The fields are user and password, the buttons allow and deny (name: decision). The form is sent to the
// address it was loaded from, so the authorization request stays in the query.
[[nodiscard]] QByteArray signInPage(const SignInForm &form);

// Any other page. `content` is HTML already.
[[nodiscard]] QByteArray plainPage(const QString &title, const QByteArray &content);

} // namespace latchkey::simulator
