// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace latchkey {

// The program that listens on this TCP port: "python3, process 4711". Empty where the system does not tell:
// it is another user's, or this is not Linux.
[[nodiscard]] QString portOwner(quint16 port);

} // namespace latchkey
