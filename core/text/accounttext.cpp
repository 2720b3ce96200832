// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/accounttext.h"

#include "core/base/inputtext.h"

#include <QCoreApplication>

namespace latchkey {

using namespace Qt::StringLiterals;

QString stateText(AccountState state)
{
    switch (state) {
    case AccountState::NeedsSignIn: return QCoreApplication::translate("State", "Needs sign-in");
    case AccountState::Expired: return QCoreApplication::translate("State", "Expired");
    case AccountState::Error: return QCoreApplication::translate("State", "Error");
    case AccountState::Expiring: return QCoreApplication::translate("State", "Expiring");
    case AccountState::Valid: return QCoreApplication::translate("State", "Valid");
    case AccountState::UnknownLifetime: return QCoreApplication::translate("State", "Lifetime unknown");
    }
    Q_UNREACHABLE();
}

QString noteText(TokenNote note)
{
    const auto say = [](const char *text) { return QCoreApplication::translate("Note", text); };
    switch (note) {
    case TokenNote::LifetimeWasRounded:
        return say(QT_TRANSLATE_NOOP("Note", "The lifetime was no whole number and was rounded down."));
    case TokenNote::AlreadyExpired:
        return say(QT_TRANSLATE_NOOP("Note", "The token had already expired when it came."));
    case TokenNote::VeryLongLifetime:
        return say(QT_TRANSLATE_NOOP("Note", "The lifetime was capped at ten years."));
    case TokenNote::LifetimeNotUnderstood:
        return say(QT_TRANSLATE_NOOP("Note", "The lifetime could not be read, so it counts as unknown."));
    case TokenNote::LifetimesContradict:
        return say(QT_TRANSLATE_NOOP("Note", "The answer named two lifetimes; the earlier end holds."));
    case TokenNote::UnusualContentType:
        return say(QT_TRANSLATE_NOOP("Note", "The answer was JSON, but did not call itself so."));
    case TokenNote::RefreshTokenEmpty:
        return say(
            QT_TRANSLATE_NOOP("Note", "The answer's refresh token was empty; the former one is kept."));
    case TokenNote::ScopeDiffers:
        return say(
            QT_TRANSLATE_NOOP("Note", "The token was granted for another scope than the one asked for."));
    case TokenNote::ServerClockDiffers:
        return say(QT_TRANSLATE_NOOP(
            "Note", "The provider's clock and this computer's differ by more than two minutes."));
    case TokenNote::OtherUser:
        return say(QT_TRANSLATE_NOOP("Note", "The token speaks for another user than the one before."));
    }
    // The number comes from the profile, where a newer Latchkey may have left one that is unknown here.
    return say(QT_TRANSLATE_NOOP("Note", "The provider's answer was unusual."));
}

QString activityText(const ActivityEntry &entry, const QString &formLabel)
{
    const QString form = formLabel.isEmpty() ? entry.form : formLabel;
    if (entry.program.isEmpty()) {
        return QCoreApplication::translate("Activity", "The token of %1 was handed out (%2).")
            .arg(entry.accountName, form);
    }
    return QCoreApplication::translate("Activity", "The token of %1 went to %2 (%3).")
        .arg(entry.accountName, entry.program, form);
}

QString keychainText(const QString &backend)
{
    if (backend == "libsecret"_L1)
        return u"Secret Service"_s; // what gnome-keyring and KeePassXC offer
    if (backend == "kwallet"_L1)
        return u"KWallet"_s;
    return backend;
}

QString fieldProblemText(const FieldProblem &problem)
{
    QString text = QCoreApplication::translate("Provider", problem.sentence);
    for (const QString &where : problem.where)
        text = text.arg(where);
    return text;
}

QString passphraseText(const PassphraseFault &fault)
{
    switch (fault.kind) {
    case PassphraseFault::Kind::TooShort:
        return QCoreApplication::translate("Passphrase",
                                           "The passphrase is too short: use at least %1 characters.")
            .arg(passphraseMinimum);
    case PassphraseFault::Kind::TooLong:
        return QCoreApplication::translate("Passphrase", "The passphrase is too long: use at most %1 bytes.")
            .arg(passphraseMaximum);
    case PassphraseFault::Kind::NotUtf8:
        return QCoreApplication::translate("Passphrase",
                                           "The passphrase is not UTF-8 (byte %1): save its file as UTF-8, "
                                           "or enter it again.")
            .arg(fault.where.value(0));
    case PassphraseFault::Kind::UnusualCharacter:
        return QCoreApplication::translate(
                   "Passphrase",
                   "The passphrase holds an invisible character, or a blank of an unusual kind: %1 at "
                   "character %2. Use one line of visible text.")
            .arg(fault.where.value(0), fault.where.value(1));
    }
    Q_UNREACHABLE();
}

QString noRecoveryText()
{
    return QCoreApplication::translate("Passphrase",
                                       "A forgotten passphrase cannot be recovered by anybody. Without it "
                                       "the vault's secrets are lost and have to be entered again.");
}

} // namespace latchkey
