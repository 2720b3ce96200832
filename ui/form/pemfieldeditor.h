// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/form/fieldeditor.h"

class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace latchkey {

class SecretLineEdit;

// The text of a PEM file, pasted or read from a file. A key is masked like any secret.
class PemFieldEditor final : public FieldEditor
{
    Q_OBJECT

public:
    explicit PemFieldEditor(const Field &field, QWidget *parent = nullptr);

    [[nodiscard]] QString text() const override;
    void setText(const QString &text) override;
    [[nodiscard]] QWidget *control() const override;
    void showUnchanged(bool isUnchanged) override;
    void forget() override;

    void readFile(const QString &path);

private:
    void chooseFile();

    QPlainTextEdit *m_text = nullptr; // what is no secret
    SecretLineEdit *m_secret = nullptr; // what is one; it keeps the line breaks it is given
    QPushButton *m_choose;
    QLabel *m_fault;
};

} // namespace latchkey
