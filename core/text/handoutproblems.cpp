// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/handoutproblems.h"

#include <QCoreApplication>

namespace latchkey {

namespace {

class HandoutWords
{
    Q_DECLARE_TR_FUNCTIONS(Problem)

public:
    [[nodiscard]] static ProblemText vault(Problem::Kind kind);
    [[nodiscard]] static ProblemText onlyCopyLeft(const QString &names);
    [[nodiscard]] static QString reason(const QString &detail);
    [[nodiscard]] static ProblemText text(Problem::Kind kind, const QString &detail);
};

ProblemText HandoutWords::vault(Problem::Kind kind)
{
    switch (kind) {
    case Problem::Kind::VaultLocked:
        return { tr("The vault is locked."), tr("The secrets of this profile are in an encrypted file."),
                 tr("Enter its passphrase, then try again."), NextStep::TryAgain };
    case Problem::Kind::PassphraseWrong:
        return { tr("The vault did not open."),
                 tr("The passphrase is wrong, or the file's head was changed."),
                 tr("Try again; capital letters count."), NextStep::TryAgain };
    case Problem::Kind::VaultBusy:
        return { tr("The vault is in use by another program, which has not let go of it."),
                 {},
                 tr("Wait a moment, then try again; if it goes on, close the other Latchkey."),
                 NextStep::TryAgain };
    case Problem::Kind::VaultRolledBack:
        return { tr("The vault is older than the one used last."),
                 tr("Somebody or some program put an older copy in its place."),
                 tr("Put the newest copy back, or sign in again where a token is refused."), NextStep::None };
    default:
        return { tr("The vault could not be read or written."),
                 tr("The file is damaged, or cannot be reached."),
                 tr("Put the copy that ends in “.bak” in its place, or the newest of your backups."),
                 NextStep::TryAgain };
    }
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
            tr("That is the host of the account's test address, not the vendor's. Whoever runs that host "
               "can use the token."),
            tr("Allow this host if it is meant, or change the account's test address."), NextStep::EditAccount
        };
    case Problem::Kind::NoTestAddress:
        return { tr("There is nothing to try the token with."),
                 tr("The vendor names no harmless request, and the account has no test address."),
                 tr("Enter a test address in the account."), NextStep::EditAccount };
    case Problem::Kind::SecretNotEntered:
        return { tr("A secret of this account was never entered."),
                 tr("The account came from a template, or was added without it."),
                 tr("Edit the account and enter what is missing."), NextStep::EditAccount };
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
    default: return vault(kind);
    }
}

} // namespace

ProblemText handoutProblemText(Problem::Kind kind, const QString &detail)
{
    return HandoutWords::text(kind, detail);
}

} // namespace latchkey
