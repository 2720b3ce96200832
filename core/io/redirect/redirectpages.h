// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/port/redirectlistener.h"

#include <QByteArray>

namespace latchkey {

// What the browser of a request is shown that does not carry the awaited answer.
enum class RefusalPage {
    NothingHere, // another path, method or host
    OtherSignIn, // an answer whose state is not ours
    AlreadyHandled, // our answer once more
    NotProven, // without a state, and no code
    TooLarge, // more headers, or a longer address, than we read
};

// Whole HTML pages in the user's language. They are made of our own words alone: nothing of a request gets
// in, and there is no script, no link and nothing to load (R19).
[[nodiscard]] QByteArray redirectPageHtml(RedirectPage page);
[[nodiscard]] QByteArray refusalPageHtml(RefusalPage page);

// Whole HTTP/1.1 responses, with headers that let nothing run, leak or be kept (R19). `withBody` is false for
// HEAD.
[[nodiscard]] QByteArray pageResponse(int status, const QByteArray &html, bool withBody = true);
[[nodiscard]] QByteArray seeOtherResponse(const QByteArray &path); // 303 to a path on the same port

} // namespace latchkey
