// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/journal.h"

#include <algorithm>

namespace latchkey::simulator {

using namespace Qt::StringLiterals;

void Journal::arrived()
{
    ++m_inFlight;
    m_mostAtOnce = std::max(m_mostAtOnce, m_inFlight);
}

void Journal::answered(const Request &request, const Answer &answer)
{
    const QString method = QString::fromLatin1(request.method);
    QJsonObject entry { { u"method"_s, method },
                        { u"path"_s, request.path },
                        { u"status"_s, answer.dropped ? 0 : answer.status } };
    if (!answer.client.isEmpty())
        entry.insert(u"client"_s, answer.client);
    if (!answer.grant.isEmpty())
        entry.insert(u"grant"_s, answer.grant);
    if (!answer.fault.isEmpty())
        entry.insert(u"fault"_s, answer.fault);
    m_requests << entry;
    ++m_counts[method + u' ' + request.path];
}

void Journal::left()
{
    --m_inFlight;
}

QJsonObject Journal::toJson() const
{
    QJsonObject counts;
    for (auto it = m_counts.begin(); it != m_counts.end(); ++it)
        counts.insert(it.key(), it.value());
    return { { u"requests"_s, m_requests }, { u"counts"_s, counts }, { u"most_at_once"_s, m_mostAtOnce } };
}

void Journal::clear()
{
    m_requests = {};
    m_counts.clear();
    m_mostAtOnce = m_inFlight;
}

} // namespace latchkey::simulator
