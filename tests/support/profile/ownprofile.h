// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/profile/sqliteaccountstore.h"
#include "core/io/profile/sqliteactivitystore.h"
#include "core/io/profile/sqliteprofile.h"
#include "core/io/profile/sqliterecipestore.h"

namespace latchkey::profile {

// A profile through a connection of its own, as each process has one.
struct OwnProfile
{
    explicit OwnProfile(const QString &folder) : file(folder) {}

    SqliteProfile file;
    SqliteAccountStore accounts { file };
    SqliteActivityStore activity { file };
    SqliteRecipeStore recipes { file };
};

} // namespace latchkey::profile
