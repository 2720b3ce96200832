// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/latchkey-cli/terminal/inheritedprocessstate.h"
#include "core/base/secret.h"

#include <QList>
#include <QStringList>

#include <utility>

namespace latchkey {

// Puts the program in the place of this one, so that signals, its exit status and its standard streams are
// its own by nature. Returns only where that fails: 127, there is no such program; 126, it cannot be run (as
// env(1) does). Where programs cannot be replaced it is started, waited for, and its status returned.
int becomeProgram(const QStringList &words, const QList<std::pair<QByteArray, Secret>> &variables,
                  const InheritedProcessState &inheritance);

} // namespace latchkey
