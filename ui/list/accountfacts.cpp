// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/list/accountfacts.h"

#include "core/account/expiry.h"
#include "core/oauth/origin.h"
#include "core/provider/providers.h"
#include "core/text/accounttext.h"
#include "core/text/problemtext.h"
#include "ui/widgets/momenttext.h"
#include "ui/widgets/plainlabel.h"

#include <QCoreApplication>
#include <QGridLayout>
#include <QLabel>

namespace latchkey {

using namespace Qt::StringLiterals;
using namespace std::chrono;

namespace {

QString expiryText(const TokenFacts &token, const QDateTime &now)
{
    const auto left = remaining(token, now);
    if (!left)
        return FactList::tr("not known; valid until refused");
    const QString sentence = *left > 0s ? FactList::tr("%1, in %2") : FactList::tr("%1, %2");
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
        return FactList::tr("stored");
    return shownAddress(value);
}

} // namespace

QList<AccountFact> tokenFacts(const Account &account, const QDateTime &now)
{
    if (!account.token)
        return {};
    const TokenFacts &token = *account.token;
    QList<AccountFact> facts;
    facts << AccountFact { FactList::tr("Expires"), expiryText(token, now) };
    facts << AccountFact { FactList::tr("Issued"), momentText(token.issuedAt, now) };
    if (const auto whole = lifetime(token))
        facts << AccountFact { FactList::tr("Lifetime"), lifetimeText(*whole) };
    if (!token.user.isEmpty())
        facts << AccountFact { FactList::tr("User"), token.user };
    if (!token.scopes.isEmpty())
        facts << AccountFact { FactList::tr("Scope"), token.scopes.join(u' ') };
    facts << AccountFact { FactList::tr("Header"), u"Authorization: %1 …"_s.arg(headerScheme(account)) };
    for (const TokenNote note : token.notes)
        facts << AccountFact { FactList::tr("Note"), noteText(note) };
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

namespace {

constexpr int labelWidth = 92;

// Lets a long address break where it has no blank.
QString breakable(QString text)
{
    for (const QChar mark : { u'/', u'.', u'?', u'&', u'=', u'_', u'-', u'@', u':' })
        text.replace(mark, QString(mark) + QChar(0x200B));
    return text;
}

} // namespace

FactList::FactList(QWidget *parent) : QWidget(parent), m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(12);
    m_grid->setVerticalSpacing(7);
    m_grid->setColumnMinimumWidth(0, labelWidth);
    m_grid->setColumnStretch(1, 1);
}

void FactList::setFacts(const QList<AccountFact> &facts)
{
    while (m_rows.size() < facts.size())
        addRow();
    for (qsizetype at = 0; at < m_rows.size(); ++at) {
        const auto &[label, value] = m_rows[at];
        const bool isUsed = at < facts.size();
        label->setVisible(isUsed);
        value->setVisible(isUsed);
        if (!isUsed || (at < m_facts.size() && m_facts[at] == facts[at]))
            continue;
        label->setText(facts[at].label);
        value->setText(breakable(facts[at].value));
        value->setAccessibleName(u"%1: %2"_s.arg(facts[at].label, facts[at].value));
    }
    m_facts = facts;
    setVisible(!facts.isEmpty());
}

void FactList::addRow()
{
    QLabel *label = newPlainLabel({}, "muted");
    label->setFixedWidth(labelWidth);
    QLabel *value = newPlainLabel();
    value->setMinimumWidth(40);
    const int row = static_cast<int>(m_rows.size());
    m_grid->addWidget(label, row, 0, Qt::AlignTop);
    m_grid->addWidget(value, row, 1, Qt::AlignTop);
    m_rows.emplaceBack(label, value);
}

} // namespace latchkey
