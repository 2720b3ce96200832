// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/profileproblems.h"

#include <QCoreApplication>
#include <QLocale>

namespace latchkey {

namespace {

class ProfileWords
{
    Q_DECLARE_TR_FUNCTIONS(Problem)

public:
    [[nodiscard]] static ProblemText text(const Problem &problem, const QString &detail);

private:
    [[nodiscard]] static QString reason(const QString &detail);
    [[nodiscard]] static ProblemText restored(const Problem &problem, const QString &detail);
};

QString ProfileWords::reason(const QString &detail)
{
    if (detail.endsWith(u'.')) // whole sentences
        return detail;
    return detail.isEmpty() ? QString() : tr("Reason: %1.").arg(detail);
}

// The detail is where the damaged file is now; empty: there was none any more.
ProblemText ProfileWords::restored(const Problem &problem, const QString &detail)
{
    const QString made = QLocale().toString(problem.at.toLocalTime(), QLocale::ShortFormat);
    const QString lacks =
        tr("What you changed since then is lost: an account added since is missing (its secrets stay in the "
           "secret store), and one removed since is back without them.");
    if (detail.isEmpty())
        return {
            tr("The profile was gone, so its last good backup is in use, made %1.").arg(made), lacks,
            tr("Look through the accounts; sign in again, or enter a secret again, where one asks for it."),
            NextStep::None
        };
    return {
        tr("The profile was damaged, so its last good backup is in use, made %1.").arg(made),
        tr("The damaged file is kept: %1.").arg(detail) + u' ' + lacks,
        tr("Look through the accounts; sign in again, or enter a secret again, where one asks for it. Then "
           "delete the damaged file, and this is not said any more."),
        NextStep::None
    };
}

ProblemText ProfileWords::text(const Problem &problem, const QString &detail)
{
    using Kind = Problem::Kind;
    switch (problem.kind) {
    case Kind::ProfileReadOnly:
        return {
            tr("The profile cannot be changed."), reason(detail),
            tr("Give yourself the right to write in its folder, or choose another folder with --profile."),
            NextStep::TryAgain
        };
    case Kind::ProfileFull:
        return { tr("The disk that holds the profile is full."),
                 {},
                 tr("Free some space, then try again."),
                 NextStep::TryAgain };
    case Kind::ProfileNewer:
        return { tr("The profile was written by a newer Latchkey (its format is version %1).").arg(detail),
                 tr("It was left as it is."), tr("Update Latchkey, or choose another folder with --profile."),
                 NextStep::None };
    case Kind::ProfileCorrupt:
        return { tr("The profile is damaged, and there is no backup of it to fall back on."), reason(detail),
                 tr("Nothing was changed. Put a copy of your own in its place, or choose another folder with "
                    "--profile. To begin anew, move what is in its folder elsewhere; secrets stay in the "
                    "secret store."),
                 NextStep::None };
    case Kind::ProfileBusy:
        return { tr("Another program holds the profile."), reason(detail),
                 tr("Close what has the profile's file open, then try again."), NextStep::TryAgain };
    case Kind::ProfileRestored: return restored(problem, detail);
    default:
        return { tr("The profile could not be read or written."), reason(detail),
                 tr("Check the profile's folder and its permissions, then try again."), NextStep::TryAgain };
    }
}

} // namespace

ProblemText profileProblemText(const Problem &problem, const QString &detail)
{
    return ProfileWords::text(problem, detail);
}

} // namespace latchkey
