// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/form/fieldeditor.h"

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QTimer;

namespace latchkey {

class SecretLineEdit;

// A secret of one line, with a button that reveals it for a moment.
class SecretFieldEditor final : public FieldEditor
{
    Q_OBJECT

public:
    explicit SecretFieldEditor(const Field &field, QWidget *parent = nullptr);

    [[nodiscard]] QString text() const override;
    void setText(const QString &text) override;
    [[nodiscard]] QWidget *control() const override;
    void showUnchanged(bool isUnchanged) override;
    void forget() override;
    void conceal(); // the text stays

protected:
    void changeEvent(QEvent *event) override;

private:
    void reveal(bool revealed);

    SecretLineEdit *m_line;
    QPushButton *m_eye;
    QTimer *m_hideAgain;
};

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
