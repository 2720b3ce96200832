// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/randombytes.h"
#include "core/port/redirectlistener.h"

#include <memory>

namespace latchkey {

class Browser;
class HttpClient;
class Lock;

// What the use cases ask of the world, put together by the composition root. Everything outlives the
// services.
struct FlowContext
{
    HttpClient &http;
    Browser &browser;
    Lock &lock;
    RedirectListenerFactory makeListener;
    Clock clock;
    RandomBytes random = &systemRandomBytes;
    // The listener of the last sign-in that ended: the browser may still be fetching its page. It closes its
    // port by itself, or when the next sign-in begins.
    std::unique_ptr<RedirectListener> lingering = {};
};

} // namespace latchkey
