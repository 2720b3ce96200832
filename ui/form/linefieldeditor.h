// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/form/fieldeditor.h"

class QLineEdit;

namespace latchkey {

// One line of text: names, scopes, addresses without proposals.
class LineFieldEditor final : public FieldEditor
{
    Q_OBJECT

public:
    explicit LineFieldEditor(const Field &field, QWidget *parent = nullptr);

    [[nodiscard]] QString text() const override;
    void setText(const QString &text) override;
    [[nodiscard]] QWidget *control() const override;

private:
    QLineEdit *m_line;
};

} // namespace latchkey
