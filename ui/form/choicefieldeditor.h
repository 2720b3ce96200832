// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/form/fieldeditor.h"

namespace latchkey {

class RadioRow;

// Exactly one of a few values.
class ChoiceFieldEditor final : public FieldEditor
{
    Q_OBJECT

public:
    explicit ChoiceFieldEditor(const Field &field, QWidget *parent = nullptr);

    [[nodiscard]] QString text() const override;
    void setText(const QString &text) override;
    [[nodiscard]] QWidget *control() const override;

private:
    RadioRow *m_radios;
};

} // namespace latchkey
