// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/signin/signinpaste.h"

#include "core/flow/token/authorizationoperation.h"
#include "core/oauth/origin.h"
#include "core/provider/provider.h"
#include "core/text/problemtext.h"
#include "ui/widgets/dialogframe.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/secretlineedit.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace latchkey {

using namespace Qt::StringLiterals;

SignInPaste::SignInPaste(QWidget *parent)
    : QWidget(parent),
      m_line(new SecretLineEdit),
      m_heading(newFieldName({}, m_line)),
      m_use(new QPushButton(tr("Use it"))),
      m_problem(newPlainLabel({}, "error")),
      m_example(newPlainLabel({}, "muted"))
{
    m_line->setRevealed(true); // what was pasted must be seen to be judged
    m_line->setObjectName(u"paste"_s);
    m_line->setPlaceholderText(tr("Paste the page's address, or just the code"));
    m_line->setAccessibleName(tr("Redirected address or code"));
    m_use->setEnabled(false);
    m_problem->hide();

    QFrame *line = newDivider();
    line->setFixedHeight(1);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_line, 1);
    row->addWidget(m_use);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(6);
    layout->addWidget(line);
    layout->addSpacing(8);
    layout->addWidget(m_heading);
    layout->addLayout(row);
    layout->addWidget(m_problem);
    layout->addWidget(m_example);

    connect(m_line, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_use->setEnabled(!text.trimmed().isEmpty());
        m_problem->hide();
    });
    // It may have been hidden while its user was away.
    connect(m_line, &QLineEdit::textEdited, this, [this] { m_line->setRevealed(true); });
    setFocusProxy(m_line);
    connect(m_use, &QPushButton::clicked, this, [this] {
        if (!m_line->text().trimmed().isEmpty())
            Q_EMIT used(m_line->text());
    });
}

void SignInPaste::explain(const AuthorizationProgress &now, const Provider *provider)
{
    const bool isOnlyWay = now.listeningOn.isEmpty();
    m_heading->setText(isOnlyWay ? tr("Paste the answer") : tr("Landed on another page?"));
    m_use->setDefault(true);
    const QByteArray parameter = provider == nullptr ? QByteArrayLiteral("code") : provider->codeParameter;
    const QChar joint = now.redirectUri.contains(u'?') ? u'&' : u'?';
    m_example->setText(
        tr("The address looks like %1")
            .arg(shownAddress(now.redirectUri) + joint + QString::fromLatin1(parameter) + u"=…"_s));
}

void SignInPaste::showProblem(const Problem &problem, const Provider *provider)
{
    setTextOrHide(m_problem, problemText(problem, provider).whole());
    m_line->setFocus();
}

void SignInPaste::forget()
{
    m_line->clear();
}

} // namespace latchkey
