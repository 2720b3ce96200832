// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "simulator/fields.h"
#include "simulator/message.h"
#include "simulator/office.h"

namespace latchkey::simulator {

// Bright Pattern's configuration API: client credentials only, an answer that is not quite JSON.
class ConfigApiDesk
{
public:
    explicit ConfigApiDesk(Office &office);
    [[nodiscard]] std::optional<Answer> answer(const Request &request); // nothing: not this vendor's address

private:
    Answer token(const Request &request);
    Answer grantToken(const Request &request, const std::optional<Fields> &fields, bool silent);
    [[nodiscard]] Answer data(const Request &request) const;

    Office &m_office;
};

} // namespace latchkey::simulator
