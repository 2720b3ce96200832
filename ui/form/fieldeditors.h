// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/provider/provider.h"

namespace latchkey {

class FieldEditor;

// The editor that fits the kind of a field. The caller owns it.
[[nodiscard]] FieldEditor *newFieldEditor(const Field &field, const Provider &provider);

} // namespace latchkey
