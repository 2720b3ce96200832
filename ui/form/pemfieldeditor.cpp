// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/form/pemfieldeditor.h"

#include "core/provider/valuecheck.h"
#include "core/text/fieldproblemtext.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/secretlineedit.h"

#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace latchkey {

using namespace Qt::StringLiterals;

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
    auto *dialog = new QFileDialog(this, tr("Choose a PEM file"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({ tr("PEM files (*.pem *.crt *.cer *.key)"), tr("All files (*)") });
    connect(dialog, &QFileDialog::fileSelected, this, &PemFieldEditor::readFile);
    dialog->open();
}

} // namespace latchkey
