// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"

#include <QList>
#include <QString>
#include <QWidget>

class QGridLayout;
class QLabel;

namespace latchkey {

// One line of the side panel.
struct AccountFact
{
    QString label;
    QString value;

    friend bool operator==(const AccountFact &, const AccountFact &) = default;
};

// What is known of the token: when it expires, was issued, for whom and what, and what was odd about it.
[[nodiscard]] QList<AccountFact> tokenFacts(const Account &account, const QDateTime &now);
// What stands before the token in the header, as it will be copied: it may differ from what the answer said.
// Empty without a token.
[[nodiscard]] QString headerScheme(const Account &account);
// What the user entered. Secrets are only said to be stored.
[[nodiscard]] QList<AccountFact> fieldFacts(const Account &account);

// Names and values, one beside the other. Changes only what changed, so that it can be called every second.
class FactList final : public QWidget
{
    Q_OBJECT

public:
    explicit FactList(QWidget *parent = nullptr);

    void setFacts(const QList<AccountFact> &facts);

private:
    void addRow();

    QGridLayout *m_grid;
    QList<std::pair<QLabel *, QLabel *>> m_rows;
    QList<AccountFact> m_facts;
};

} // namespace latchkey
