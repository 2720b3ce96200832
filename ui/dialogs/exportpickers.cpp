// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/exportpickers.h"

#include "core/account/expiry.h"
#include "core/flow/account/accountservice.h"
#include "core/flow/store/preferencesservice.h"
#include "core/provider/providers.h"
#include "core/text/accounttext.h"
#include "ui/widgets/dialogframe.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/plainlabel.h"

#include <QCollator>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStandardPaths>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int accountIdRole = Qt::UserRole;

QListWidgetItem *newItem(const Account &account, const UiServices &services)
{
    const AccountState state =
        accountState(account, services.clock(), services.preferences.current().expiringThreshold);
    auto *item = new QListWidgetItem(u"%1 · %2"_s.arg(account.name, stateText(state)));
    item->setData(accountIdRole, account.id.value);
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
    item->setCheckState(Qt::Unchecked);
    if (const Provider *provider = findProvider(account.providerId))
        item->setIcon(providerPicture(*provider, 18, 1.0));
    return item;
}

} // namespace

AccountPicker::AccountPicker(const UiServices &services, QWidget *parent)
    : QWidget(parent), m_list(new QListWidget), m_count(newPlainLabel({}, "muted"))
{
    m_list->setAccessibleName(tr("Accounts to export"));
    m_list->setUniformItemSizes(true);
    m_list->setTextElideMode(Qt::ElideMiddle);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    // The list takes the rest of the dialog's height, and at least a few lines.
    m_list->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Ignored);
    m_list->setMinimumHeight(130);
    QList<Account> accounts = services.accounts.accounts();
    QCollator collator;
    collator.setNumericMode(true);
    collator.setCaseSensitivity(Qt::CaseInsensitive);
    std::sort(accounts.begin(), accounts.end(), [&collator](const Account &a, const Account &b) {
        return collator.compare(a.name, b.name) < 0;
    });
    for (const Account &account : std::as_const(accounts))
        m_list->addItem(newItem(account, services));
    m_list->setCurrentRow(0);

    auto *head = new QHBoxLayout;
    head->setSpacing(4);
    head->addWidget(newFieldName(tr("Accounts"), m_list));
    head->addStretch();
    m_count->setWordWrap(false);
    head->addWidget(m_count);
    for (const bool all : { true, false }) {
        auto *button = new QPushButton(all ? tr("All") : tr("None"));
        button->setAccessibleName(all ? tr("Choose all accounts") : tr("Choose no account"));
        button->setProperty("kind", u"link"_s);
        button->setAutoDefault(false);
        head->addWidget(button);
        connect(button, &QPushButton::clicked, this, [this, all] { chooseAll(all); });
    }
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(4);
    column->addLayout(head);
    column->addWidget(m_list, 1);
    // growToFit() would squeeze the list otherwise, since its size hint is ignored.
    setMinimumHeight(column->minimumSize().height());
    setFocusProxy(m_list);
    connect(m_list, &QListWidget::itemChanged, this, [this] {
        tellCount();
        Q_EMIT changed();
    });
    tellCount();
}

void AccountPicker::choose(const QList<AccountId> &ids)
{
    {
        const QSignalBlocker blocker(m_list);
        bool isFirst = true;
        for (int row = 0; row < m_list->count(); ++row) {
            QListWidgetItem *item = m_list->item(row);
            const bool isChosen = ids.contains(AccountId { item->data(accountIdRole).toString() });
            item->setCheckState(isChosen ? Qt::Checked : Qt::Unchecked);
            if (isChosen && std::exchange(isFirst, false))
                m_list->setCurrentRow(row); // scrolls to it
        }
    }
    tellCount();
    Q_EMIT changed();
}

QList<AccountId> AccountPicker::chosen() const
{
    QList<AccountId> ids;
    for (int row = 0; row < m_list->count(); ++row) {
        if (m_list->item(row)->checkState() == Qt::Checked)
            ids.append(AccountId { m_list->item(row)->data(accountIdRole).toString() });
    }
    return ids;
}

void AccountPicker::chooseAll(bool all)
{
    QList<AccountId> ids;
    for (int row = 0; all && row < m_list->count(); ++row)
        ids.append(AccountId { m_list->item(row)->data(accountIdRole).toString() });
    choose(ids);
}

void AccountPicker::tellCount()
{
    m_count->setText(tr("%1 of %2").arg(chosen().size()).arg(m_list->count()));
    m_list->setAccessibleDescription(tr("%1 of %2 chosen").arg(chosen().size()).arg(m_list->count()));
}

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
        // The question whether to replace a file is asked when it is written.
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
