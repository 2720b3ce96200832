// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/ownprofile.h"

#include <QStringList>

#include <sys/resource.h>

namespace latchkey::profile {

// What a second process of a test does with FOLDER [LIMIT]: opens the profile, and is killed as soon as
// it writes past LIMIT bytes of a file. Gives the program's exit status.
inline int openProfile(const QStringList &arguments)
{
    if (arguments.size() == 2) {
        rlimit limit = {};
        ::getrlimit(RLIMIT_CORE, &limit);
        limit.rlim_cur = 0;
        ::setrlimit(RLIMIT_CORE, &limit);
        ::getrlimit(RLIMIT_FSIZE, &limit);
        limit.rlim_cur = arguments.at(1).toULong();
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    return OwnProfile(arguments.at(0)).accounts.load() ? 0 : 1;
}

} // namespace latchkey::profile
