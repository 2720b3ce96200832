// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QMap>

#include "simulator/message.h"

namespace latchkey::simulator {

// The received requests. Never holds a query, a body, a header or anything else that may be secret.
class Journal
{
public:
    void arrived(); // a request is being answered from now on
    void answered(const Request &request, const Answer &answer);
    void left(); // its answer has been sent, or given up

    // {"requests": [{"method", "path", "status", ...}], "counts": {"GET /path": n}, "most_at_once": n}
    [[nodiscard]] QJsonObject toJson() const;
    void clear();

private:
    QJsonArray m_requests;
    QMap<QString, int> m_counts;
    int m_inFlight = 0;
    int m_mostAtOnce = 0;
};

} // namespace latchkey::simulator
