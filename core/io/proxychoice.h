// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/httptransport.h"

#include <QNetworkProxy>
#include <QObject>
#include <QUrl>

#include <functional>

namespace latchkey {

// Which proxy a request to this address goes through: loopback goes through none (SECURITY F31), the rest as
// the settings or the system say. Asking the system happens in the background; `choose` is called on this
// thread, and not at all once `owner` is gone.
void chooseProxy(const QUrl &url, const HttpTransport &transport, QObject *owner,
                 const std::function<void(const QNetworkProxy &)> &choose);

} // namespace latchkey
