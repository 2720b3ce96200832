// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/port/accountstore.h"

#include <QString>

#include <memory>

namespace latchkey {

class SqliteConnection;

// Opens the profile's database in `folder`, which must be private; makes an empty one if there is none, and
// brings an older one up to date.
// Whatever stands in its place and is not one is left as it is: a link, a FIFO, an empty or damaged file,
// another program's database, a newer Latchkey's.
[[nodiscard]] Result<std::unique_ptr<SqliteConnection>, AccountStoreError>
openAccountDatabase(const QString &folder);

} // namespace latchkey
