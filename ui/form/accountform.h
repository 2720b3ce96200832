// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/flow/draft/accountdraft.h"
#include "core/provider/provider.h"

#include <QWidget>

#include <map>

class QPushButton;
class QVBoxLayout;

namespace latchkey {

class FieldRow;

// The form of an account, made from its provider's own list of fields. It holds whatever was typed and
// says beside each field what others find wrong with it; it checks nothing itself.
class AccountForm final : public QWidget
{
    Q_OBJECT

public:
    explicit AccountForm(Provider provider, QWidget *parent = nullptr);

    [[nodiscard]] const Provider &provider() const { return m_provider; }
    // Shows what the draft holds. With an id it is changed, else the name is a proposal, which follows the
    // environment until the user types one. Secrets that are `missing` were never entered.
    void fill(const AccountDraft &draft, const QStringList &missing = {});
    // Secrets are in it only where they were typed.
    [[nodiscard]] AccountDraft draft() const;
    // Proposes a name that none of these accounts has.
    void proposeName(const QStringList &taken);
    void showProblems(const QList<FieldProblem> &problems);
    void speakUp(); // problems of fields never touched are shown too
    // Puts the focus there; null: there is no problem.
    QWidget *goToFirstProblem();
    void forgetSecrets();

Q_SIGNALS:
    void changed();

private:
    void addRow(const Field &field, QVBoxLayout *into);
    void addFold(QVBoxLayout *into);
    void unfold(bool open);
    void followEnvironment();

    Provider m_provider;
    AccountDraft m_filled;
    std::map<QString, FieldRow *> m_rows; // by field id
    QList<FieldRow *> m_order; // as shown
    QPushButton *m_more = nullptr;
    QStringList m_taken;
    bool m_nameIsProposed = false;
    bool m_isProposing = false;
};

} // namespace latchkey
