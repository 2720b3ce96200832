// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/port/browser.h"

namespace latchkey {

// For a sign-in whose address is shown instead of opened.
class NoBrowser final : public Browser
{
public:
    [[nodiscard]] Result<void, BrowserError> open(const QUrl & /*url*/) override { return {}; }
};

} // namespace latchkey
