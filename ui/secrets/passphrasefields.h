// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secret.h"

#include <QWidget>

#include <optional>

class QLabel;

namespace latchkey {

class SecretLineEdit;

// A new passphrase, typed twice, with its rule and with what a forgotten one costs. Says below the lines what
// is wrong with what was typed.
class PassphraseFields final : public QWidget
{
    Q_OBJECT

public:
    explicit PassphraseFields(QWidget *parent = nullptr);

    [[nodiscard]] bool isComplete() const; // something is typed in both lines
    // Nothing: it was said why not, and the line to mend has the focus.
    [[nodiscard]] std::optional<Secret> passphrase();
    void forget();

Q_SIGNALS:
    void changed();

private:
    void refuse(const QString &why, SecretLineEdit *line);

    SecretLineEdit *m_first;
    SecretLineEdit *m_again;
    QLabel *m_problem;
};

} // namespace latchkey
