// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/form/fieldeditor.h"

class QLabel;
class QLineEdit;

namespace latchkey {

class RadioRow;

// An address with proposals ("Production", "Sandbox"), or another that is typed. What was typed survives a
// look at the proposals.
class UrlFieldEditor final : public FieldEditor
{
    Q_OBJECT

public:
    explicit UrlFieldEditor(const Field &field, QWidget *parent = nullptr);

    [[nodiscard]] QString text() const override;
    void setText(const QString &text) override;
    [[nodiscard]] QWidget *control() const override;

private:
    void show(const QString &choice);

    RadioRow *m_radios;
    QLineEdit *m_line;
    QLabel *m_address;
};

} // namespace latchkey
