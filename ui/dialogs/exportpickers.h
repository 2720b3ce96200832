// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"
#include "ui/acts/uiservices.h"

#include <QString>
#include <QWidget>

class QLabel;
class QLineEdit;
class QListWidget;

namespace latchkey {

// The accounts of the profile, each with a tick.
class AccountPicker final : public QWidget
{
    Q_OBJECT

public:
    AccountPicker(const UiServices &services, QWidget *parent = nullptr);

    void choose(const QList<AccountId> &ids); // these and no others
    [[nodiscard]] QList<AccountId> chosen() const; // in the order shown

Q_SIGNALS:
    void changed();

private:
    void chooseAll(bool all);
    void tellCount();

    QListWidget *m_list;
    QLabel *m_count;
};

// Where a file is to be written: a path that can be typed or chosen.
class TargetPicker final : public QWidget
{
    Q_OBJECT

public:
    explicit TargetPicker(QWidget *parent = nullptr);

    // Proposes the name, in the folder that was used last here. A folder's parent is chosen instead of it.
    void propose(const QString &name, bool isFolder);
    [[nodiscard]] QString path() const;
    // Where files are first looked for and saved.
    [[nodiscard]] static QString usualFolder();
    void setPath(const QString &path);

Q_SIGNALS:
    void changed();

private:
    void choose();

    QLineEdit *m_line;
    QString m_name;
    bool m_isFolder = false;
};

} // namespace latchkey
