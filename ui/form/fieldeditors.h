// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/form/fieldeditor.h"

namespace latchkey {

// The editor that fits the kind of a field. The caller owns it.
[[nodiscard]] FieldEditor *newFieldEditor(const Field &field, const Provider &provider);

} // namespace latchkey
