// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/port/redirectlistener.h"

#include <QByteArray>

namespace latchkey {

// The pages for requests that are not the expected answer.
enum class RefusalPage {
    NothingHere, // another path, method or host
    OtherSignIn, // an answer whose state is not ours
    AlreadyHandled, // our answer once more
    NotProven, // an error without a state
    TooLarge, // more headers, or a longer address, than we read
};

// Complete HTML pages in the user's language. They contain only our own text: nothing of a request, no
// script, no link and nothing to load (R19).
[[nodiscard]] QByteArray redirectPageHtml(RedirectPage page);
[[nodiscard]] QByteArray refusalPageHtml(RefusalPage page);

// Complete HTTP/1.1 responses, with headers against scripts, leaks and caching (R19). `withBody` is false for
// HEAD.
[[nodiscard]] QByteArray pageResponse(int status, const QByteArray &html, bool withBody = true);
[[nodiscard]] QByteArray seeOtherResponse(const QByteArray &path); // 303 to a path on the same port

} // namespace latchkey
