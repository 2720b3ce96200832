// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/inputtext.h"

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr QByteArrayView mark("\xEF\xBB\xBF");

// The length that the first byte of a character announces (RFC 3629, section 3). Qt checks the bytes after
// it.
qsizetype promisedLength(char first)
{
    const auto lead = static_cast<unsigned char>(first);
    if (lead < 0x80)
        return 1;
    return lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

qsizetype firstWrongByte(QByteArrayView utf8)
{
    qsizetype at = 0;
    while (at < utf8.size()) {
        const qsizetype length = std::min(promisedLength(utf8[at]), utf8.size() - at);
        if (!utf8.sliced(at, length).isValidUtf8())
            break;
        at += length;
    }
    return at + 1;
}

} // namespace

Result<QString, NotUtf8> inputText(QByteArrayView utf8)
{
    if (!utf8.isValidUtf8()) {
        const bool isUtf16 = utf8.startsWith("\xFF\xFE") || utf8.startsWith("\xFE\xFF");
        return failure(NotUtf8 { firstWrongByte(utf8), isUtf16 });
    }
    return QString::fromUtf8(withoutMark(utf8));
}

QString reasonOf(const NotUtf8 &fault)
{
    const QString encoding = fault.isUtf16 ? u"UTF-16, "_s : QString();
    return encoding + u"not UTF-8 (byte %1)"_s.arg(fault.byte);
}

QByteArrayView withoutMark(QByteArrayView utf8)
{
    while (utf8.startsWith(mark))
        utf8 = utf8.sliced(mark.size());
    return utf8;
}

QString withoutMark(const QString &text)
{
    const auto end = std::find_if(text.begin(), text.end(), [](QChar c) { return c != u'\uFEFF'; });
    return text.sliced(end - text.begin());
}

} // namespace latchkey
