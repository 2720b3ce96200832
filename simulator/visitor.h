// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QTcpSocket;

namespace latchkey::simulator {

// Whether the other end, on this machine, belongs to a process of a user other than ours and root. Only Linux
// tells; elsewhere the answer is no.
[[nodiscard]] bool isOfAnotherUser(const QTcpSocket &socket);

} // namespace latchkey::simulator
