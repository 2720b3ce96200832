// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/acts/nextacts.h"

#include "core/provider/provider.h"
#include "core/text/problemtext.h"

#include <QCoreApplication>

namespace latchkey {

bool signsIn(const Provider *provider)
{
    return provider && provider->grant == GrantKind::AuthorizationCode;
}

QList<NextAct> nextActs(const Problem &problem, const Provider *provider)
{
    const auto say = [](const char *text) { return QCoreApplication::translate("NextAct", text); };
    const NextAct tryAgain { AccountAct::Refresh, say(QT_TRANSLATE_NOOP("NextAct", "Try again")) };
    const NextAct signIn { AccountAct::SignIn, say(QT_TRANSLATE_NOOP("NextAct", "Sign in again")) };
    const NextAct edit { AccountAct::Edit, say(QT_TRANSLATE_NOOP("NextAct", "Edit account")) };
    if (problem.kind == Problem::Kind::VaultLocked)
        return { { AccountAct::Unlock, say(QT_TRANSLATE_NOOP("NextAct", "Unlock…")) }, tryAgain };
    switch (problemText(problem, provider).step) {
    case NextStep::None: return {};
    case NextStep::TryAgain: return { tryAgain };
    case NextStep::SignIn: return { signsIn(provider) ? signIn : edit };
    case NextStep::TryAgainOrSignIn:
        return signsIn(provider) ? QList<NextAct> { tryAgain, signIn } : QList<NextAct> { tryAgain };
    case NextStep::EditAccount: return { edit };
    case NextStep::ChooseMemory:
        return { { AccountAct::KeepInMemory, say(QT_TRANSLATE_NOOP("NextAct", "Keep in memory")) } };
    }
    Q_UNREACHABLE();
}

} // namespace latchkey
