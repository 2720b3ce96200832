// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/doctorfinding.h"

#include <QFrame>

namespace latchkey {

struct Provider;

// One finding of the doctor: how it went, what was looked at, and what to do next.
class FindingRow final : public QFrame
{
    Q_OBJECT

public:
    // `provider` of the finding's account; may be null.
    FindingRow(const DoctorFinding &finding, const Provider *provider, QWidget *parent = nullptr);
};

} // namespace latchkey
