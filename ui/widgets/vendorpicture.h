// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace latchkey {

struct Provider;

// A vendor's picture, crisp on the screen it is on.
class VendorPicture final : public QWidget
{
    Q_OBJECT

public:
    explicit VendorPicture(int size, QWidget *parent = nullptr);

    void setProvider(const Provider *provider); // null: the neutral picture

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Provider *m_provider = nullptr;
};

} // namespace latchkey
