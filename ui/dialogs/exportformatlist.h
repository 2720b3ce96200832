// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QButtonGroup;

namespace latchkey {

// The formats of an export, one below the other, each with what it is and whether it holds tokens.
class ExportFormatList final : public QWidget
{
    Q_OBJECT

public:
    explicit ExportFormatList(QWidget *parent = nullptr);

    [[nodiscard]] QString value() const; // an id of exportformat.h

Q_SIGNALS:
    void chosen();

private:
    QButtonGroup *m_group;
};

} // namespace latchkey
