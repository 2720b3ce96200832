// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QFile>
#include <QList>
#include <QTextStream>

#include <algorithm>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>
#include <vector>

namespace latchkey::test {

// Searches all writable memory of this process for bytes, as in a core dump. Holds the bytes masked, so that
// it does not find its own copy.
class OwnMemory final
{
public:
    class Trace final
    {
    public:
        explicit Trace(QByteArrayView bytes)
        {
            for (const char byte : bytes)
                m_disguised.push_back(static_cast<char>(byte ^ mask));
        }

    private:
        friend class OwnMemory;
        static constexpr char mask = 0x5a;
        [[nodiscard]] bool isAt(const char *place) const
        {
            return std::equal(m_disguised.begin(), m_disguised.end(), place,
                              [](char disguised, char byte) { return disguised == (byte ^ mask); });
        }
        // Where the first of the bytes stands next, or nullptr.
        [[nodiscard]] const char *nextIn(const char *place, const char *end) const
        {
            if (place >= end)
                return nullptr;
            const auto length = static_cast<std::size_t>(end - place);
            return static_cast<const char *>(std::memchr(place, m_disguised.front() ^ mask, length));
        }
        std::vector<char> m_disguised;
    };

    // -1: this system does not let itself be looked at.
    [[nodiscard]] static int count(const Trace &trace)
    {
        static std::vector<char> s_piece(1024 * 1024);
        const int memory = ::open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
        if (memory < 0)
            return -1;
        int found = 0;
        for (const Range &range : writable()) {
            const auto length = static_cast<quint64>(trace.m_disguised.size());
            for (quint64 at = range.from; at + length <= range.to; at += s_piece.size() - length + 1) {
                const auto wanted = std::min<quint64>(s_piece.size(), range.to - at);
                const auto got = ::pread(memory, s_piece.data(), wanted, static_cast<off_t>(at));
                const auto *end =
                    s_piece.data() + std::max<ssize_t>(0, got - static_cast<ssize_t>(length) + 1);
                for (const char *place = s_piece.data(); (place = trace.nextIn(place, end)); ++place) {
                    const auto original = at + static_cast<quint64>(place - s_piece.data());
                    if (trace.isAt(place) && !isWithin(s_piece, original))
                        ++found;
                }
                ::explicit_bzero(s_piece.data(), s_piece.size());
            }
        }
        ::close(memory);
        return found;
    }

private:
    struct Range
    {
        quint64 from = 0;
        quint64 to = 0;
    };
    static bool isWithin(const std::vector<char> &piece, quint64 address)
    {
        const auto begin = reinterpret_cast<quintptr>(piece.data());
        return address >= begin && address < begin + piece.size();
    }
    static QList<Range> writable()
    {
        QFile maps(QStringLiteral("/proc/self/maps"));
        QList<Range> ranges;
        if (!maps.open(QIODevice::ReadOnly))
            return ranges;
        const QList<QByteArray> lines = maps.readAll().split('\n');
        for (const QByteArray &line : lines) {
            const QList<QByteArray> words = line.simplified().split(' ');
            const QList<QByteArray> ends = words.first().split('-');
            if (words.size() > 1 && words.at(1).startsWith("rw") && ends.size() == 2)
                ranges.append(
                    { ends.first().toULongLong(nullptr, 16), ends.last().toULongLong(nullptr, 16) });
        }
        return ranges;
    }
};

} // namespace latchkey::test
