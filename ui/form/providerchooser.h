// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/provider/provider.h"

#include <QWidget>

namespace latchkey {

// The vendors by name and picture, one button each.
class ProviderChooser final : public QWidget
{
    Q_OBJECT

public:
    explicit ProviderChooser(const QList<Provider> &providers, QWidget *parent = nullptr);

Q_SIGNALS:
    void chosen(const QString &providerId);
};

} // namespace latchkey
