// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/form/redirectfieldeditor.h"

#include "core/oauth/redirecturi.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>

#include <chrono>

namespace latchkey {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

RedirectFieldEditor::RedirectFieldEditor(const Field &field, QWidget *parent)
    : FieldEditor(field, parent),
      m_line(new QLineEdit),
      m_copy(new QPushButton(tr("Copy"))),
      m_note(newPlainLabel({}, "muted"))
{
    m_line->setPlaceholderText(providerText(field.placeholder));
    m_line->setInputMethodHints(Qt::ImhUrlCharactersOnly | Qt::ImhNoPredictiveText);
    adopt(m_line);
    m_copy->setIcon(icon(u"copy"_s));
    m_copy->setAutoDefault(false);
    m_copy->setAccessibleName(tr("Copy %1").arg(providerText(field.label)));
    auto *row = new QHBoxLayout;
    row->setSpacing(6);
    row->addWidget(m_line, 1);
    row->addWidget(m_copy);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(4);
    layout->addLayout(row);
    layout->addWidget(m_note);
    setFocusProxy(m_line);
    connect(m_line, &QLineEdit::textChanged, this, [this] {
        say();
        Q_EMIT changed();
    });
    connect(m_copy, &QPushButton::clicked, this, &RedirectFieldEditor::copy);
    say();
}

QString RedirectFieldEditor::text() const
{
    return m_line->text();
}

void RedirectFieldEditor::setText(const QString &text)
{
    m_line->setText(text);
}

QWidget *RedirectFieldEditor::control() const
{
    return m_line;
}

void RedirectFieldEditor::copy()
{
    QGuiApplication::clipboard()->setText(text().trimmed());
    m_copy->setText(tr("Copied"));
    QTimer::singleShot(2s, m_copy, [button = m_copy] { button->setText(tr("Copy")); });
}

void RedirectFieldEditor::say()
{
    const Result<RedirectUri, RedirectUriFault> uri = readRedirectUri(text().trimmed());
    m_copy->setEnabled(!text().trimmed().isEmpty());
    if (!uri) {
        setTextOrHide(m_note, {}); // the sentence about the fault says more
        return;
    }
    switch (uri->kind) {
    case RedirectUri::Kind::LoopbackHttp:
        m_note->setText(tr("Latchkey listens on %1 while you sign in, and only then.")
                            .arg(QString::fromLatin1(uri->hostHeader)));
        break;
    case RedirectUri::Kind::LoopbackHttps:
        m_note->setText(tr("Latchkey listens on %1 with the certificate and key under More options. Without "
                           "them you will paste the address the browser ends on.")
                            .arg(QString::fromLatin1(uri->hostHeader)));
        break;
    case RedirectUri::Kind::Elsewhere:
        m_note->setText(tr("Latchkey can't receive the answer at this address: after signing in you will "
                           "paste the address the browser ends on."));
        break;
    }
    m_note->show();
}

} // namespace latchkey
