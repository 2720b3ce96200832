// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/provider/provider.h"

#include <QAbstractButton>

namespace latchkey {

// One vendor as a large button: picture, name, and a line that tells it from the others.
class ProviderCard final : public QAbstractButton
{
    Q_OBJECT

public:
    explicit ProviderCard(const Provider &provider, QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    Provider m_provider;
    QString m_name;
    QString m_more;
};

} // namespace latchkey
