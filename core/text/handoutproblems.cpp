// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/handoutproblems.h"

#include <QCoreApplication>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

class HandoutWords
{
    Q_DECLARE_TR_FUNCTIONS(Problem)

public:
    [[nodiscard]] static ProblemText boundElsewhere(const QString &detail);
    [[nodiscard]] static ProblemText onlyCopyLeft(const QString &names);
    [[nodiscard]] static ProblemText vault(Problem::Kind kind, const QString &detail);
    [[nodiscard]] static ProblemText wayToVault(Problem::Kind kind, const QString &detail);
    [[nodiscard]] static QString reason(const QString &detail);
    [[nodiscard]] static ProblemText text(Problem::Kind kind, const QString &detail);
};

// "reason" says which file it is; who has lost it for good is told how to begin anew.
ProblemText HandoutWords::vault(Problem::Kind kind, const QString &detail)
{
    const QString beginAnew =
        tr("To go on with the vault that lies there, or with an empty one: latchkey-cli vault replace.");
    switch (kind) {
    case Problem::Kind::VaultMissing:
        return { detail.isEmpty() ? tr("The vault is missing.") : tr("The vault is missing: %1.").arg(detail),
                 tr("The secrets of this profile are in it, so no empty one is put in its place unasked."),
                 tr("Put it back, or the newest of your backups, then try again.") + u' ' + beginAnew,
                 NextStep::TryAgain };
    case Problem::Kind::VaultReplaced:
        return { tr("This is another vault than the one this profile used."), reason(detail),
                 tr("Put the profile's own vault back, or the newest of your backups, then try again.") + u' '
                     + beginAnew,
                 NextStep::TryAgain };
    case Problem::Kind::VaultRestorable:
        return { tr("The vault could not be opened."), reason(detail),
                 tr("Put the copy that ends in “.bak” in its place, or the newest of your backups."),
                 NextStep::TryAgain };
    case Problem::Kind::VaultRolledBack:
        return { tr("The vault is older than the one used last."),
                 tr("Somebody or some program put an older copy in its place."),
                 tr("Put the newest copy back, or sign in again where a token is refused."), NextStep::None };
    case Problem::Kind::VaultNewer:
        return { tr("The vault was written by a newer Latchkey (its format is version %1).").arg(detail),
                 tr("It was left as it is."), tr("Update Latchkey."), NextStep::None };
    case Problem::Kind::VaultDamaged:
        return { tr("The vault could not be read or written."), reason(detail),
                 tr("Put the newest of your backups in its place, then try again."), NextStep::TryAgain };
    default: Q_UNREACHABLE();
    }
}

// What has nothing to do with what is in the file.
ProblemText HandoutWords::wayToVault(Problem::Kind kind, const QString &detail)
{
    switch (kind) {
    case Problem::Kind::VaultLocked:
        return { tr("The vault is locked."), tr("The secrets of this profile are in an encrypted file."),
                 tr("Enter its passphrase, then try again."), NextStep::TryAgain };
    case Problem::Kind::PassphraseWrong:
        return { tr("The vault did not open."),
                 tr("The passphrase is wrong, or the file's head was changed."),
                 tr("Try again; capital letters count."), NextStep::TryAgain };
    case Problem::Kind::VaultNoMemory:
        return { tr("There is not enough memory to open the vault."),
                 detail.isEmpty() ? QString() : tr("Its passphrase needs %1 for a moment.").arg(detail),
                 tr("Close other programs, or raise the limit that this one was given, then try again."),
                 NextStep::TryAgain };
    case Problem::Kind::VaultNoAccess:
        return { tr("The vault may not be read or changed."), reason(detail),
                 tr("Give yourself the right to read it and to write in its folder, then try again."),
                 NextStep::TryAgain };
    case Problem::Kind::VaultFull:
        return { tr("The disk that holds the vault is full."), reason(detail),
                 tr("Free some space, then try again."), NextStep::TryAgain };
    case Problem::Kind::VaultBusy:
        return { tr("The vault is in use by another program, which has not let go of it."), reason(detail),
                 tr("Wait a moment, then try again; if it goes on, close the other Latchkey."),
                 NextStep::TryAgain };
    default: return vault(kind, detail);
    }
}

ProblemText HandoutWords::boundElsewhere(const QString &detail)
{
    const QString between = u" \u2260 "_s;
    const QString was = detail.section(between, 0, 0);
    const QString is = detail.section(between, 1);
    return {
        tr("The secrets of this account were entered for another address, so nothing was sent."),
        is.isEmpty() ? QString() : tr("They belong to: %1. The account now says: %2.").arg(was, is),
        tr("If nobody changed the address on purpose, enter the former one. If the new one is right, edit "
           "the account and enter its secrets again, or add it anew."),
        NextStep::EditAccount
    };
}

ProblemText HandoutWords::onlyCopyLeft(const QString &names)
{
    return { tr("Copies were kept, because they may be the last ones."),
             tr("The place in use holds no secrets for: %1.").arg(names),
             tr("Move the secrets back to where the copies are, or remove these accounts."), NextStep::None };
}

QString HandoutWords::reason(const QString &detail)
{
    return detail.isEmpty() ? QString() : tr("Reason: %1.").arg(detail);
}

ProblemText HandoutWords::text(Problem::Kind kind, const QString &detail)
{
    switch (kind) {
    case Problem::Kind::OtherHost:
        return {
            tr("The token would go to %1.").arg(detail),
            tr("The account's test address leads there and not to the vendor: host, port and scheme count. "
               "Whoever answers there can use the token."),
            tr("Allow this host if it is meant, or change the account's test address."), NextStep::EditAccount
        };
    case Problem::Kind::ReadAsTemplate:
        return {
            tr("The program that reads this form would take a part of \"%1\" for a template of its own.")
                .arg(detail),
            tr("It would fill in another value or run code, and the form cannot say that it is plain text."),
            tr("Choose another form: JSON and the curl command take every token."), NextStep::None
        };
    case Problem::Kind::RedirectUriShared:
        return { tr("“%1”, an account at another host, has the same redirect URI.").arg(detail),
                 tr("Whoever runs one of the two hosts could obtain codes that are meant for the other."),
                 tr("Give the account a redirect URI with a path of its own, or allow it to share this one."),
                 NextStep::EditAccount };
    case Problem::Kind::NoTestAddress:
        return { tr("There is nothing to try the token with."),
                 tr("The vendor names no harmless request, and the account has no test address."),
                 tr("Enter a test address in the account."), NextStep::EditAccount };
    case Problem::Kind::SecretNotEntered:
        return { tr("A secret of this account was never entered."),
                 tr("The account came from a template, or was added without it."),
                 tr("Edit the account and enter what is missing."), NextStep::EditAccount };
    case Problem::Kind::SecretsBoundElsewhere: return boundElsewhere(detail);
    case Problem::Kind::FileExists:
        return { detail.isEmpty() ? tr("There is such a file already.")
                                  : tr("There is a file already: %1.").arg(detail),
                 {},
                 tr("Choose another name, or allow replacing it."),
                 NextStep::None };
    case Problem::Kind::FileNotUnderstood:
        return { tr("The file is not one that Latchkey understands."), reason(detail),
                 tr("Choose a file that Latchkey exported."), NextStep::None };
    case Problem::Kind::FileFailed:
        return { tr("The file could not be read or written."), reason(detail),
                 tr("Check the folder, its permissions and the space on the disk, then try again."),
                 NextStep::TryAgain };
    case Problem::Kind::OnlyCopyLeft: return onlyCopyLeft(detail);
    default: return wayToVault(kind, detail);
    }
}

} // namespace

ProblemText handoutProblemText(Problem::Kind kind, const QString &detail)
{
    return HandoutWords::text(kind, detail);
}

} // namespace latchkey
