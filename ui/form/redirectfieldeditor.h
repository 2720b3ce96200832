// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/form/fieldeditor.h"

class QLabel;
class QLineEdit;
class QPushButton;

namespace latchkey {

// The redirect URI: typed or proposed, to be copied and registered at the vendor, with a word on whether
// Latchkey can catch the answer there.
class RedirectFieldEditor final : public FieldEditor
{
    Q_OBJECT

public:
    explicit RedirectFieldEditor(const Field &field, QWidget *parent = nullptr);

    [[nodiscard]] QString text() const override;
    void setText(const QString &text) override;
    [[nodiscard]] QWidget *control() const override;

private:
    void copy();
    void say();

    QLineEdit *m_line;
    QPushButton *m_copy;
    QLabel *m_note;
};

} // namespace latchkey
