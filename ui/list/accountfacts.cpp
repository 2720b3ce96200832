// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/list/accountfacts.h"

#include "core/account/expiry.h"
#include "core/oauth/origin.h"
#include "core/provider/providers.h"
#include "core/text/problemtext.h"
#include "ui/widgets/momenttext.h"

#include <QCoreApplication>

namespace latchkey {

using namespace Qt::StringLiterals;
using namespace std::chrono;

namespace {

QString factText(const char *text)
{
    return QCoreApplication::translate("AccountFacts", text);
}

QString expiryText(const TokenFacts &token, const QDateTime &now)
{
    const auto left = remaining(token, now);
    if (!left)
        return factText(QT_TRANSLATE_NOOP("AccountFacts", "not known; valid until refused"));
    const QString sentence = *left > 0s ? factText(QT_TRANSLATE_NOOP("AccountFacts", "%1, in %2"))
                                        : factText(QT_TRANSLATE_NOOP("AccountFacts", "%1, %2"));
    return sentence.arg(momentText(*token.expiresAt, now), countdownText(token, now));
}

QString valueText(const Field &field, const QString &value)
{
    for (const FieldChoice &choice : field.choices)
        if (choice.value == value && *choice.label)
            return QCoreApplication::translate("Provider", choice.label);
    // The help of a flag says what is risked: it stays in sight while the flag is set.
    if (field.isFlag())
        return QCoreApplication::translate("Provider", field.help);
    if (field.kind == Field::Kind::Pem)
        return factText(QT_TRANSLATE_NOOP("AccountFacts", "stored"));
    return shownAddress(value);
}

} // namespace

QList<AccountFact> tokenFacts(const Account &account, const QDateTime &now)
{
    if (!account.token)
        return {};
    const TokenFacts &token = *account.token;
    QList<AccountFact> facts;
    facts << AccountFact { factText(QT_TRANSLATE_NOOP("AccountFacts", "Expires")), expiryText(token, now) };
    facts << AccountFact { factText(QT_TRANSLATE_NOOP("AccountFacts", "Issued")),
                           momentText(token.issuedAt, now) };
    if (const auto whole = lifetime(token))
        facts << AccountFact { factText(QT_TRANSLATE_NOOP("AccountFacts", "Lifetime")),
                               lifetimeText(*whole) };
    if (!token.user.isEmpty())
        facts << AccountFact { factText(QT_TRANSLATE_NOOP("AccountFacts", "User")), token.user };
    if (!token.scopes.isEmpty())
        facts << AccountFact { factText(QT_TRANSLATE_NOOP("AccountFacts", "Scope")),
                               token.scopes.join(u' ') };
    facts << AccountFact { factText(QT_TRANSLATE_NOOP("AccountFacts", "Header")),
                           u"Authorization: %1 …"_s.arg(headerScheme(account)) };
    for (const TokenNote note : token.notes)
        facts << AccountFact { factText(QT_TRANSLATE_NOOP("AccountFacts", "Note")), noteText(note) };
    return facts;
}

QString headerScheme(const Account &account)
{
    if (!account.token)
        return {};
    const Provider *provider = findProvider(account.providerId);
    return provider ? provider->headerScheme(account.fields, *account.token) : account.token->headerScheme;
}

QList<AccountFact> fieldFacts(const Account &account)
{
    QList<AccountFact> facts;
    const Provider *provider = findProvider(account.providerId);
    if (!provider)
        return facts;
    for (const Field &field : provider->fields) {
        const QString value = account.fields.value(field.id);
        if (!field.secret && !value.isEmpty() && !(field.isFlag() && value != "true"_L1))
            facts << AccountFact { QCoreApplication::translate("Provider", field.label),
                                   valueText(field, value) };
    }
    return facts;
}

} // namespace latchkey
