// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// JSON as the vendors write it. Whatever is accepted must mean to Qt's parser, the second opinion, the same.
#include "core/oauth/lenientjson.h"

#include <QJsonArray>
#include <QJsonDocument>

#include "fuzz/fuzzing.h"

using namespace latchkey;
using namespace latchkey::fuzzing;

namespace {

// The one thing that is forgiven, undone: a comma that only blanks and an end follow.
QByteArray withoutTrailingCommas(QByteArray text, qsizetype *colons)
{
    qsizetype comma = -1;
    bool inString = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (inString) {
            i += c == '\\' ? 1 : 0;
            inString = c != '"';
        } else if (c == '"') {
            inString = true;
            comma = -1;
        } else if (c == ',') {
            comma = i;
        } else if (comma >= 0 && (c == '}' || c == ']')) {
            text[comma] = ' ';
            comma = -1;
        } else if (c != ' ' && c != '\t' && c != '\r' && c != '\n') {
            comma = -1;
        }
        *colons += !inString && c == ':' ? 1 : 0;
    }
    return text;
}

qsizetype membersIn(const QJsonValue &value)
{
    qsizetype count = 0;
    if (value.isObject()) {
        const QJsonObject object = value.toObject();
        count = object.size();
        for (const auto &member : object)
            count += membersIn(member);
    } else if (value.isArray()) {
        for (const auto &element : value.toArray())
            count += membersIn(element);
    }
    return count;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray text = bytesOf(data, size);
    const auto json = readJsonObject(text);
    if (!json) {
        require(!json.error().reason.isEmpty(), "a refusal has a reason");
        require(json.error().offset >= 0 && json.error().offset <= text.size(), "an offset lies in the text");
        return 0;
    }
    qsizetype colons = 0;
    QJsonParseError error;
    const auto document = QJsonDocument::fromJson(withoutTrailingCommas(text, &colons), &error);
    require(error.error == QJsonParseError::NoError && document.isObject(), "Qt accepts what is accepted");
    // As maps: objects compare the order of their members, in which Qt's parser has rare names otherwise than
    // insert().
    require(document.object().toVariantMap() == json->toVariantMap(), "Qt reads the same values");
    require(membersIn(*json) == colons, "no member is named twice");

    // Qt writes an escaped byte order mark as it is, which is not read at a string's beginning.
    const QByteArray written = QJsonDocument(*json).toJson(QJsonDocument::Compact);
    if (written.contains("\"\xEF\xBB\xBF"))
        return 0;
    const auto again = readJsonObject(written);
    require(again && again->toVariantMap() == json->toVariantMap(), "written and read again, it is the same");
    return 0;
}
