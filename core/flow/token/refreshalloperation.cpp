// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/token/refreshalloperation.h"

#include "core/flow/token/tokenservice.h"

namespace latchkey {

RefreshAllOperation::RefreshAllOperation(TokenService &tokens, QList<AccountId> ids, int width,
                                         QObject *parent)
    : QObject(parent),
      m_tokens(tokens),
      m_waiting(std::move(ids)),
      m_width(width),
      m_total(static_cast<int>(m_waiting.size()))
{
}

void RefreshAllOperation::start()
{
    if (m_waiting.isEmpty()) {
        Q_EMIT finished(0, 0);
        return;
    }
    for (int i = 0; i < m_width; ++i)
        next();
}

void RefreshAllOperation::next()
{
    if (m_waiting.isEmpty())
        return;
    ++m_running;
    const AccountId id = m_waiting.takeFirst();
    m_tokens.refresh(id, { this, [this, id](const Result<void, Problem> &result) { take(id, result); } });
}

void RefreshAllOperation::take(const AccountId &id, const Result<void, Problem> &result)
{
    --m_running;
    ++m_done;
    if (!result)
        ++m_failed;
    Q_EMIT ended(id, result ? std::optional<Problem>() : result.error());
    Q_EMIT progressed(m_done, m_failed);
    if (m_done == m_total) {
        Q_EMIT finished(m_done, m_failed);
        return;
    }
    next();
}

} // namespace latchkey
