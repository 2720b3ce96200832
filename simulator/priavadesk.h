// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "simulator/fields.h"
#include "simulator/message.h"
#include "simulator/office.h"

namespace latchkey::simulator {

// Priava: form requests, a tenant region in each, refresh tokens that rotate.
class PriavaDesk
{
public:
    explicit PriavaDesk(Office &office);
    [[nodiscard]] std::optional<Answer> answer(const Request &request); // nothing: not Priava's address

private:
    Answer authorize(const Request &request);
    Answer admin(const Request &request);
    [[nodiscard]] Answer adminPage(const QString &newCode) const;
    Answer token(const Request &request);
    Answer exchange(const Request &request, const std::optional<Fields> &fields, bool silent);
    Answer grantTokens(const Fields &fields, Client &client, bool silent);
    [[nodiscard]] Answer ping(const Request &request) const;

    Office &m_office;
};

} // namespace latchkey::simulator
