// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "simulator/fields.h"
#include "simulator/message.h"
#include "simulator/office.h"

namespace latchkey::simulator {

// Vbrick Rev with OAuth 2: a public client with PKCE, JSON requests, a lifetime that is a string.
class RevOAuth2Desk
{
public:
    explicit RevOAuth2Desk(Office &office);
    [[nodiscard]] std::optional<Answer> answer(const Request &request); // nothing: not Rev's address

private:
    Answer authorize(const Request &request);
    Answer token(const Request &request);
    Answer exchange(const Request &request, const std::optional<Fields> &fields, bool silent);
    Answer grantTokens(const Fields &fields, Client &client, bool silent);
    [[nodiscard]] Answer tokenAnswer(const Tokens &tokens, const Grant &grant) const;
    [[nodiscard]] Answer metadata() const;

    Office &m_office;
};

} // namespace latchkey::simulator
