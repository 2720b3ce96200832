// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/targetpicker.h"

#include "ui/widgets/dialogframe.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStandardPaths>

namespace latchkey {

using namespace Qt::StringLiterals;

TargetPicker::TargetPicker(QWidget *parent) : QWidget(parent), m_line(new QLineEdit)
{
    m_line->setAccessibleName(tr("Save as"));
    auto *choose = new QPushButton(tr("Choose…"));
    choose->setAccessibleName(tr("Choose where to save"));
    choose->setAutoDefault(false);
    auto *row = new QHBoxLayout;
    row->setSpacing(6);
    row->addWidget(m_line, 1);
    row->addWidget(choose);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(4);
    column->addWidget(newFieldName(tr("Save as"), m_line));
    column->addLayout(row);
    setFocusProxy(m_line);
    connect(m_line, &QLineEdit::textChanged, this, &TargetPicker::changed);
    connect(choose, &QPushButton::clicked, this, &TargetPicker::choose);
}

void TargetPicker::propose(const QString &name, bool isFolder)
{
    const QFileInfo present(path());
    const bool isOwnName = !m_name.isEmpty() && present.fileName() != m_name;
    m_name = name;
    m_isFolder = isFolder;
    if (!isOwnName)
        setPath(QDir(m_line->text().isEmpty() ? usualFolder() : present.path()).filePath(name));
}

QString TargetPicker::usualFolder()
{
    const QString documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    return QFileInfo(documents).isDir() ? documents : QDir::homePath();
}

QString TargetPicker::path() const
{
    const QString typed = m_line->text().trimmed();
    if (typed.isEmpty())
        return {};
    return QFileInfo(QDir::home(), QDir::fromNativeSeparators(typed)).absoluteFilePath();
}

void TargetPicker::setPath(const QString &path)
{
    m_line->setText(QDir::toNativeSeparators(path));
}

void TargetPicker::choose()
{
    const QFileInfo present(path());
    auto *dialog = new QFileDialog(this, m_isFolder ? tr("Choose a folder to save into") : tr("Save as"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setDirectory(present.path());
    if (m_isFolder) {
        dialog->setFileMode(QFileDialog::Directory);
        dialog->setOption(QFileDialog::ShowDirsOnly);
    } else {
        dialog->setAcceptMode(QFileDialog::AcceptSave);
        dialog->setFileMode(QFileDialog::AnyFile);
        // Asked once, where it is written.
        dialog->setOption(QFileDialog::DontConfirmOverwrite);
        dialog->selectFile(present.fileName());
    }
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, isFolder = m_isFolder, name = m_name](const QString &chosen) {
                setPath(isFolder ? QDir(chosen).filePath(name) : chosen);
            });
    dialog->open();
}

} // namespace latchkey
