// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/commands/handoutcommand.h"

#include "app/latchkey-cli/parse/durationargument.h"
#include "core/account/expiry.h"
#include "core/text/durationtext.h"

namespace latchkey {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

void HandoutCommand::start()
{
    const Account *account = accountNamed(line().argument(0));
    if (!account)
        return;
    if (line().has(u"--min-life"_s)) {
        const auto life = durationArgument(line().value(u"--min-life"_s));
        if (!life)
            return refuse(u"--min-life takes a duration such as 90s, 10m or 1h30m."_s);
        m_minLife = *life;
    }
    auto forms = recipes();
    if (!forms)
        return;
    for (const QString &form : std::as_const(*forms)) {
        if (!program().handouts().recipe(form))
            return refuse(u"There is no form \"%1\". See: latchkey-cli recipes"_s.arg(form));
    }
    HandoutRequest request { .id = account->id, .recipeId = forms->takeFirst(), .program = programName() };
    // Without a token there is nothing to hand out as it is.
    request.minLife = account->token ? m_minLife : std::max<std::chrono::seconds>(m_minLife, 1s);
    request.allowedHosts = line().values(u"--other-host"_s);
    request.refreshFirst = line().has(u"--refresh"_s);
    request.isStrict = true;
    request.furtherRecipeIds = *forms;
    program().handouts().handOut(
        request, { this, [this, id = account->id](const Result<Handout, Problem> &handout) {
                      const Account *owner = program().accounts().find(id);
                      if (!handout)
                          return refuseHandout(id, handout.error());
                      if (!owner)
                          return fail({ Problem::Kind::NoSuchAccount, {}, {}, program().clock()(), {} });
                      sayIfShort(*owner, *handout);
                      take(*owner, *handout);
                  } });
}

void HandoutCommand::refuseHandout(const AccountId &id, const Problem &problem)
{
    const Account *account = program().accounts().find(id);
    const int status = report(console(), problem, account);
    const auto left =
        account && account->token ? remaining(*account->token, program().clock()()) : std::nullopt;
    const bool isLess = left && *left > 0s && *left < m_minLife;
    if (isLess && problem.kind != Problem::Kind::OtherHost)
        console().say(
            u"The token at hand is good for %1, less than the %2 asked for; --min-life 0s hands it out."_s
                .arg(durationText(*left), durationText(m_minLife)));
    else if (account && account->token && !account->token->expiresAt)
        console().say(u"How long the token at hand lives is not known; --min-life 0s hands it out."_s);
    finish(status);
}

// Nothing better is to be had: it was just got, or may be good for longer than anybody knows.
void HandoutCommand::sayIfShort(const Account &account, const Handout &handout) const
{
    if (!handout.facts.expiresAt)
        return sayUnknownLife(console(), account);
    const auto left = remaining(handout.facts, program().clock()());
    if (m_minLife > 0s && left && *left < m_minLife)
        console().say(
            u"latchkey-cli: This token is new, and yet good for %1 only, less than the %2 asked for."_s.arg(
                durationText(*left), durationText(m_minLife)));
}

} // namespace latchkey
