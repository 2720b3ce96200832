// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace latchkey {

// Says that the profile may have been changed by somebody, within a second and without polling. Also said of
// this process's own changes; who listens looks whether anything is new.
class ChangeNotice : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

Q_SIGNALS:
    void noticed();
};

} // namespace latchkey
