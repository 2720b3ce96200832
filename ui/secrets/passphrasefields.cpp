// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/secrets/passphrasefields.h"

#include "core/text/accounttext.h"
#include "ui/widgets/dialogframe.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/secretlineedit.h"

#include <QLabel>
#include <QVBoxLayout>

namespace latchkey {

PassphraseFields::PassphraseFields(QWidget *parent)
    : QWidget(parent),
      m_first(new SecretLineEdit),
      m_again(new SecretLineEdit),
      m_problem(newPlainLabel({}, "error"))
{
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins({});
    rows->setSpacing(6);
    const QString rule =
        tr("At least %1 characters. A few unusual words are easier to remember than many signs.")
            .arg(passphraseMinimum);
    m_first->setAccessibleName(tr("New passphrase"));
    m_first->setAccessibleDescription(rule + u' ' + noRecoveryText());
    m_again->setAccessibleName(tr("New passphrase again"));
    rows->addWidget(newPlainLabel(noRecoveryText(), "warning"));
    rows->addSpacing(6);
    rows->addWidget(newFieldName(tr("New passphrase"), m_first));
    rows->addWidget(m_first);
    rows->addWidget(newPlainLabel(rule, "muted"));
    rows->addSpacing(6);
    rows->addWidget(newFieldName(tr("The same again"), m_again));
    rows->addWidget(m_again);
    rows->addWidget(m_problem);
    m_problem->hide();
    setFocusProxy(m_first);
    setTabOrder(m_first, m_again);
    for (SecretLineEdit *line : { m_first, m_again }) {
        connect(line, &QLineEdit::textChanged, this, [this] {
            m_problem->hide();
            Q_EMIT changed();
        });
    }
}

bool PassphraseFields::isComplete() const
{
    return !m_first->text().isEmpty() && !m_again->text().isEmpty();
}

std::optional<Secret> PassphraseFields::passphrase()
{
    Secret typed = m_first->secret();
    if (const auto fault = passphraseFault(typed)) {
        refuse(passphraseText(*fault), m_first);
        return {};
    }
    if (!(m_again->secret() == typed)) {
        refuse(tr("The two passphrases differ: type the same one twice."), m_again);
        return {};
    }
    return typed;
}

void PassphraseFields::forget()
{
    m_first->clear();
    m_again->clear();
}

void PassphraseFields::refuse(const QString &why, SecretLineEdit *line)
{
    setTextOrHide(m_problem, why);
    m_first->setAccessibleDescription(why);
    line->setFocus();
    line->selectAll();
}

} // namespace latchkey
