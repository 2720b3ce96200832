// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QMap>
#include <QString>

namespace latchkey::test {

struct StoredItem
{
    int number = 0; // the last part of its path
    QString label;
    QMap<QString, QString> attributes;
    QByteArray value;
};

// The items of a scripted keychain. They are in a file, so that they outlive the program being killed.
class ItemFile
{
public:
    explicit ItemFile(QString path);

    [[nodiscard]] const QList<StoredItem> &items() const { return m_items; }
    [[nodiscard]] QList<StoredItem> matching(const QMap<QString, QString> &attributes) const;
    [[nodiscard]] const StoredItem *item(int number) const;
    // Takes the place of the first item with these attributes where `replaces`; gives back the item's number.
    int put(StoredItem item, bool replaces);
    void setLabel(int number, const QString &label);
    void setAttributes(int number, const QMap<QString, QString> &attributes);
    bool remove(int number);

private:
    void save() const;

    QString m_path;
    QList<StoredItem> m_items;
    int m_last = 0;
};

} // namespace latchkey::test
