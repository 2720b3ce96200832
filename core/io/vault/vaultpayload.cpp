// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/vault/vaultpayload.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cmath>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr auto idMember = "id"_L1;
constexpr auto generationMember = "generation"_L1;
constexpr auto createdMember = "created"_L1;
constexpr auto itemsMember = "items"_L1;
constexpr auto labelMember = "label"_L1;
constexpr auto valueMember = "value"_L1;

// Up to here a JSON number is exact.
constexpr double mostGenerations = 9007199254740992.0;

std::optional<VaultItem> itemOf(const QJsonValue &json)
{
    const QJsonValue label = json[labelMember];
    const QJsonValue value = json[valueMember];
    if (!label.isString() || !value.isString())
        return {};
    QByteArray bytes = value.toString().toUtf8();
    VaultItem item { label.toString(), Secret(QByteArrayView(bytes)) };
    bytes.fill('\0');
    return item;
}

} // namespace

VaultBytes toPayload(const VaultContent &content)
{
    QJsonObject items;
    for (const auto &[key, item] : content.items)
        items.insert(key,
                     QJsonObject { { labelMember, item.label },
                                   { valueMember, QString::fromUtf8(item.value.reveal()) } });
    const QJsonObject object { { idMember, content.id },
                               { generationMember, static_cast<double>(content.generation) },
                               { createdMember, content.createdAt.toString(Qt::ISODate) },
                               { itemsMember, items } };
    QByteArray json = QJsonDocument(object).toJson(QJsonDocument::Compact);
    const qsizetype steps = (json.size() + vaultPayloadStep - 1) / vaultPayloadStep;
    VaultBytes payload(static_cast<std::size_t>(steps * vaultPayloadStep));
    if (!payload.isEmpty())
        std::fill(std::copy(json.cbegin(), json.cend(), payload.data()), payload.data() + payload.size(),
                  ' ');
    json.fill('\0');
    return payload;
}

std::optional<VaultContent> fromPayload(QByteArrayView payload)
{
    // Parsed where it lies: a copy of the plaintext would have to be overwritten too.
    const QJsonDocument document =
        QJsonDocument::fromJson(QByteArray::fromRawData(payload.data(), payload.size()));
    const double generation = document[generationMember].toDouble(-1);
    if (!document[idMember].isString() || !document[itemsMember].isObject() || generation < 1
        || generation > mostGenerations || generation != std::floor(generation))
        return {};
    VaultContent content;
    content.id = document[idMember].toString();
    content.generation = static_cast<quint64>(generation);
    content.createdAt = QDateTime::fromString(document[createdMember].toString(), Qt::ISODate);
    const QJsonObject items = document[itemsMember].toObject();
    for (auto at = items.begin(); at != items.end(); ++at) {
        auto item = itemOf(at.value());
        if (!item)
            return {};
        content.items.insert_or_assign(at.key(), *std::move(item));
    }
    return content;
}

} // namespace latchkey
