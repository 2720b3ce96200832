// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QString>
#include <QUrl>

namespace latchkey {

struct BrowserError
{
    enum class Kind { NotFound, BadCommand, Failed };
    Kind kind = Kind::Failed;
    QString detail; // the program's name; never the address
    friend bool operator==(const BrowserError &, const BrowserError &) = default;
};

// The external user-agent (RFC 8252, section 5). Never a view of our own (R1).
class Browser
{
public:
    virtual ~Browser() = default;
    // `url` has passed checkBrowserAddress().
    [[nodiscard]] virtual Result<void, BrowserError> open(const QUrl &url) = 0;
    // The program that open() would start, without starting it. Empty: it needs none.
    [[nodiscard]] virtual Result<QString, BrowserError> check() const { return QString(); }
};

} // namespace latchkey
