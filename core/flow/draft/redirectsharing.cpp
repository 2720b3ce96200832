// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/draft/redirectsharing.h"

#include "core/oauth/origin.h"
#include "core/oauth/redirecturi.h"
#include "core/provider/providers.h"
#include "core/provider/vendorparts.h"

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr const char *sharedSentence =
    QT_TRANSLATE_NOOP("Provider",
                      "The account “%1”, at another host, has this redirect URI: the operator of one host "
                      "could obtain codes that are meant for the other. Choose another path or "
                      "port, or allow it with \"Share the redirect URI with other hosts\" "
                      "(--share-redirect-uri).");

struct Meeting
{
    RedirectUri uri; // where answers arrive
    Origin host; // receives the codes
};

bool arriveTogether(const Meeting &a, const Meeting &b)
{
    return arriveAtTheSamePlace(a.uri, b.uri);
}

// Nothing: no browser brings an answer for such an account.
std::optional<Meeting> meetingOf(const QString &providerId, const FieldValues &fields)
{
    const Provider *provider = findProvider(providerId);
    const auto uri = readRedirectUri(fields.value(u"redirect_uri"_s));
    if (!provider || provider->grant != GrantKind::AuthorizationCode || !uri)
        return {};
    return Meeting { *uri, originOf(provider->tokenEndpoint(fields)) };
}

bool isAllowed(const FieldValues &fields)
{
    return fields.value(shareRedirectUri) == "true"_L1;
}

bool isAsBefore(const QList<Account> &accounts, const AccountDraft &draft, const Meeting &own)
{
    const auto edited = std::find_if(accounts.begin(), accounts.end(),
                                     [&draft](const Account &account) { return account.id == draft.id; });
    const auto before =
        edited == accounts.end() ? std::nullopt : meetingOf(edited->providerId, edited->fields);
    return before && before->host == own.host && arriveTogether(*before, own);
}

} // namespace

std::optional<FieldProblem> sharingProblem(const QList<Account> &accounts, const AccountDraft &draft)
{
    const auto own = meetingOf(draft.providerId, draft.fields);
    if (!own || isAllowed(draft.fields))
        return {};
    const bool isOld = isAsBefore(accounts, draft, *own);
    const auto sharer = std::find_if(accounts.begin(), accounts.end(), [&](const Account &other) {
        const auto theirs = meetingOf(other.providerId, other.fields);
        return other.id != draft.id && theirs && theirs->host != own->host && arriveTogether(*theirs, *own)
            && !(isOld && isAllowed(other.fields));
    });
    if (sharer == accounts.end())
        return {};
    return FieldProblem { u"redirect_uri"_s, sharedSentence, { sharer->name } };
}

bool isSharing(const FieldProblem &problem)
{
    return qstrcmp(problem.sentence, sharedSentence) == 0;
}

} // namespace latchkey
