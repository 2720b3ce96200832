// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/form/fieldeditor.h"

class QCheckBox;

namespace latchkey {

// Yes or no, as "true" and "false".
class FlagFieldEditor final : public FieldEditor
{
    Q_OBJECT

public:
    explicit FlagFieldEditor(const Field &field, QWidget *parent = nullptr);

    [[nodiscard]] QString text() const override;
    void setText(const QString &text) override;
    [[nodiscard]] QWidget *control() const override;

private:
    QCheckBox *m_box;
};

} // namespace latchkey
