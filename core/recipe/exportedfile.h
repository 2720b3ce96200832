// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secret.h"

#include <QString>

namespace latchkey {

struct ExportedFile
{
    QString path; // relative, with '/'; empty: the export is this one file
    Secret content;
};

} // namespace latchkey
