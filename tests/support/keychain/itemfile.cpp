// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/keychain/itemfile.h"

#include <QDataStream>
#include <QFile>
#include <QSaveFile>

#include <algorithm>

namespace latchkey::test {

namespace {

bool contains(const QMap<QString, QString> &all, const QMap<QString, QString> &some)
{
    for (auto at = some.begin(); at != some.end(); ++at) {
        if (!all.contains(at.key()) || all.value(at.key()) != at.value())
            return false;
    }
    return true;
}

} // namespace

ItemFile::ItemFile(QString path) : m_path(std::move(path))
{
    QFile file(m_path);
    if (!file.open(QIODevice::ReadOnly))
        return;
    QDataStream in(&file);
    qsizetype count = 0;
    for (in >> m_last >> count; count > 0 && in.status() == QDataStream::Ok; --count) {
        StoredItem item;
        in >> item.number >> item.label >> item.attributes >> item.value;
        m_items.append(item);
    }
}

QList<StoredItem> ItemFile::matching(const QMap<QString, QString> &attributes) const
{
    QList<StoredItem> found;
    for (const StoredItem &item : m_items) {
        if (contains(item.attributes, attributes))
            found.append(item);
    }
    return found;
}

const StoredItem *ItemFile::item(int number) const
{
    const auto found = std::find_if(m_items.begin(), m_items.end(),
                                    [number](const StoredItem &item) { return item.number == number; });
    return found == m_items.end() ? nullptr : &*found;
}

int ItemFile::put(StoredItem item, bool replaces)
{
    const auto same = std::find_if(m_items.begin(), m_items.end(), [&item](const StoredItem &other) {
        return other.attributes == item.attributes;
    });
    const bool takesItsPlace = replaces && same != m_items.end();
    const int number = takesItsPlace ? same->number : ++m_last;
    item.number = number;
    if (takesItsPlace)
        *same = std::move(item);
    else
        m_items.append(std::move(item));
    save();
    return number;
}

void ItemFile::setLabel(int number, const QString &label)
{
    for (StoredItem &item : m_items) {
        if (item.number == number)
            item.label = label;
    }
    save();
}

void ItemFile::setAttributes(int number, const QMap<QString, QString> &attributes)
{
    for (StoredItem &item : m_items) {
        if (item.number == number)
            item.attributes = attributes;
    }
    save();
}

bool ItemFile::remove(int number)
{
    const bool wasThere =
        m_items.removeIf([number](const StoredItem &item) { return item.number == number; }) > 0;
    save();
    return wasThere;
}

// In one step: a keychain that loses all it had when it is killed is another fault than this program has to
// show.
void ItemFile::save() const
{
    QSaveFile file(m_path);
    if (!file.open(QIODevice::WriteOnly))
        qFatal("the items cannot be kept");
    QDataStream out(&file);
    out << m_last << m_items.size();
    for (const StoredItem &item : m_items)
        out << item.number << item.label << item.attributes << item.value;
    if (!file.commit())
        qFatal("the items cannot be kept");
}

} // namespace latchkey::test
