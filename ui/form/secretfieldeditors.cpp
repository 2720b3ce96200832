// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/form/secretfieldeditors.h"

#include "core/base/inputtext.h"
#include "core/provider/valuecheck.h"
#include "core/text/accounttext.h"
#include "ui/widgets/dialogframe.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/secretlineedit.h"

#include <QEvent>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>

#include <chrono>

namespace latchkey {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

SecretFieldEditor::SecretFieldEditor(const Field &field, QWidget *parent)
    : FieldEditor(field, parent),
      m_line(new SecretLineEdit),
      m_eye(new QPushButton),
      m_hideAgain(new QTimer(this))
{
    m_line->setPlaceholderText(providerText(field.placeholder));
    adopt(m_line);
    m_eye->setProperty("kind", u"quiet"_s);
    m_eye->setCheckable(true);
    m_eye->setAutoDefault(false);
    m_hideAgain->setSingleShot(true);
    m_hideAgain->setInterval(15s);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(6);
    layout->addWidget(m_line, 1);
    layout->addWidget(m_eye);
    setFocusProxy(m_line);
    setTabOrder(m_line, m_eye);
    reveal(false);
    connect(m_line, &QLineEdit::textChanged, this, [this] {
        if (m_hideAgain->isActive())
            m_hideAgain->start();
        Q_EMIT changed();
    });
    connect(m_eye, &QPushButton::toggled, this, &SecretFieldEditor::reveal);
    connect(m_hideAgain, &QTimer::timeout, this, [this] { m_eye->setChecked(false); });
}

QString SecretFieldEditor::text() const
{
    return m_line->text();
}

void SecretFieldEditor::setText(const QString &text)
{
    m_line->setText(text);
}

QWidget *SecretFieldEditor::control() const
{
    return m_line;
}

void SecretFieldEditor::showUnchanged(bool isUnchanged)
{
    m_line->setPlaceholderText(isUnchanged ? tr("Unchanged") : providerText(field().placeholder));
}

void SecretFieldEditor::forget()
{
    conceal();
    m_line->clear();
}

void SecretFieldEditor::conceal()
{
    m_eye->setChecked(false);
}

// Nothing is revealed while the form waits for an answer.
void SecretFieldEditor::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::EnabledChange)
        conceal();
    FieldEditor::changeEvent(event);
}

void SecretFieldEditor::reveal(bool revealed)
{
    m_line->setRevealed(revealed);
    m_eye->setIcon(icon(revealed ? u"hide"_s : u"reveal"_s));
    const QString label = providerText(field().label);
    const QString act = revealed ? tr("Hide %1").arg(label) : tr("Show %1").arg(label);
    m_eye->setAccessibleName(act);
    m_eye->setToolTip(plainToolTip(act));
    if (revealed)
        m_hideAgain->start();
    else
        m_hideAgain->stop();
}

namespace {

constexpr qint64 pemFileLimit = qint64 { 64 } * 1024; // a chain of certificates is a few KiB
constexpr int linesShown = 4;

} // namespace

PemFieldEditor::PemFieldEditor(const Field &field, QWidget *parent)
    : FieldEditor(field, parent),
      m_choose(new QPushButton(tr("Choose file…"))),
      m_fault(newPlainLabel({}, "error"))
{
    auto *row = new QHBoxLayout;
    row->setSpacing(6);
    if (field.secret) {
        m_secret = new SecretLineEdit;
        row->addWidget(m_secret, 1);
        connect(m_secret, &QLineEdit::textChanged, this, &FieldEditor::changed);
    } else {
        m_text = new QPlainTextEdit;
        m_text->setPlaceholderText(u"-----BEGIN CERTIFICATE-----\n…"_s);
        m_text->setTabChangesFocus(true);
        m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
        m_text->setFixedHeight(m_text->fontMetrics().lineSpacing() * linesShown + 18);
        row->addWidget(m_text, 1);
        connect(m_text, &QPlainTextEdit::textChanged, this, &FieldEditor::changed);
    }
    adopt(control());
    showUnchanged(false);
    setFocusProxy(control());
    m_choose->setAutoDefault(false);
    m_choose->setAccessibleName(tr("Choose file for %1").arg(providerText(field.label)));
    row->addWidget(m_choose, 0, Qt::AlignTop);
    m_fault->hide();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(4);
    layout->addLayout(row);
    layout->addWidget(m_fault);
    connect(m_choose, &QPushButton::clicked, this, &PemFieldEditor::chooseFile);
}

QString PemFieldEditor::text() const
{
    return m_secret != nullptr ? m_secret->text() : m_text->toPlainText();
}

void PemFieldEditor::setText(const QString &text)
{
    if (m_secret != nullptr)
        m_secret->setText(text);
    else
        m_text->setPlainText(text);
}

QWidget *PemFieldEditor::control() const
{
    return m_secret != nullptr ? static_cast<QWidget *>(m_secret) : m_text;
}

void PemFieldEditor::showUnchanged(bool isUnchanged)
{
    if (m_secret != nullptr)
        m_secret->setPlaceholderText(isUnchanged ? tr("Unchanged") : tr("Paste the key, or choose its file"));
}

void PemFieldEditor::forget()
{
    if (m_secret != nullptr)
        m_secret->clear();
}

void PemFieldEditor::readFile(const QString &path)
{
    QFile file(path);
    const QString name = QFileInfo(path).fileName();
    if (!file.open(QIODevice::ReadOnly)) {
        setTextOrHide(m_fault, tr("%1 could not be opened. Check that you may read it.").arg(name));
        return;
    }
    QByteArray bytes = file.read(pemFileLimit + 1);
    const auto text = inputText(bytes);
    if (bytes.size() > pemFileLimit) {
        setTextOrHide(m_fault, tr("%1 is too large for a PEM file.").arg(name));
    } else if (!text) {
        setTextOrHide(m_fault, fieldProblemText(problemOf(field().id, text.error())));
    } else if (!bytes.contains("-----BEGIN ")) {
        setTextOrHide(m_fault, tr("%1 is no PEM file: it has no line with -----BEGIN.").arg(name));
    } else {
        setTextOrHide(m_fault, {});
        setText(*text);
    }
    bytes.fill('\0');
}

void PemFieldEditor::chooseFile()
{
    QFileDialog *dialog = newFileChooser(this, tr("Choose a PEM file"),
                                         { tr("PEM files (*.pem *.crt *.cer *.key)"), tr("All files (*)") });
    connect(dialog, &QFileDialog::fileSelected, this, &PemFieldEditor::readFile);
    dialog->open();
}

} // namespace latchkey
