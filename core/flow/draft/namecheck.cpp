// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/draft/namecheck.h"

#include "core/account/accountname.h"
#include "core/base/characters.h"
#include "core/flow/store/accountrepository.h"

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

const char *sentenceFor(AccountNameFault fault)
{
    switch (fault) {
    case AccountNameFault::Empty: return QT_TRANSLATE_NOOP("Provider", "Give the account a name.");
    case AccountNameFault::TooLong:
        return QT_TRANSLATE_NOOP("Provider", "The name is longer than 100 characters.");
    case AccountNameFault::ControlCharacter:
        return QT_TRANSLATE_NOOP("Provider",
                                 "The name holds an invisible or control character: %1 at character %2.");
    case AccountNameFault::LeadingDash:
        return QT_TRANSLATE_NOOP("Provider", "The name must not begin with a dash.");
    }
    Q_UNREACHABLE();
}

} // namespace

std::optional<FieldProblem> nameProblem(const AccountRepository &repository, const AccountDraft &draft)
{
    const QString name = normalizedAccountName(draft.name);
    FieldProblem problem { u"name"_s };
    if (const auto fault = accountNameFault(name)) {
        problem.sentence = sentenceFor(*fault);
        if (const auto found = firstInvisible(name); found && *fault == AccountNameFault::ControlCharacter)
            problem.where = { codePointName(found->point), QString::number(found->at) };
        return problem;
    }
    const QString key = accountNameKey(name);
    const auto &accounts = repository.accounts();
    const bool isTaken = std::any_of(accounts.begin(), accounts.end(), [&](const Account &other) {
        return other.id != draft.id && accountNameKey(other.name) == key;
    });
    if (!isTaken)
        return {};
    problem.sentence = QT_TRANSLATE_NOOP("Provider", "Another account has this name.");
    return problem;
}

} // namespace latchkey
