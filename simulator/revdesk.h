// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "simulator/fields.h"
#include "simulator/message.h"
#include "simulator/office.h"

namespace latchkey::simulator {

// Vbrick Rev with API key and signature: JSON requests, an absolute expiration.
class RevDesk
{
public:
    explicit RevDesk(Office &office);
    [[nodiscard]] std::optional<Answer> answer(const Request &request); // nothing: not Rev's address

private:
    Answer authorize(const Request &request, const QString &prefix);
    [[nodiscard]] QString proofComplaint(const Fields &fields, const Client &client) const;
    Answer token(const Request &request, const QString &prefix);
    Answer exchange(const Request &request, const std::optional<Fields> &fields, const QString &prefix,
                    bool silent);
    [[nodiscard]] Answer tokenAnswer(const Tokens &tokens, const Grant &grant, const Client &client) const;
    [[nodiscard]] Answer session(const Request &request) const;

    Office &m_office;
};

} // namespace latchkey::simulator
