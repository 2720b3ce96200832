// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/provider/provider.h"

#include <QWidget>

namespace latchkey {

// What the value of one field is typed or chosen with. It takes any text, right or wrong, and gives it
// back as it was typed: checking belongs to the service.
class FieldEditor : public QWidget
{
    Q_OBJECT

public:
    explicit FieldEditor(const Field &field, QWidget *parent = nullptr);

    [[nodiscard]] const Field &field() const { return m_field; }
    [[nodiscard]] virtual QString text() const = 0;
    virtual void setText(const QString &text) = 0;
    // What takes the focus and carries the field's name for screen readers.
    [[nodiscard]] virtual QWidget *control() const = 0;
    // Says whether the secret that is stored stays as it is. It is never shown: text() is empty until
    // another one is typed.
    virtual void showUnchanged(bool /*isUnchanged*/) {}
    // Clears what was typed of a secret.
    virtual void forget() {}
    // The help or the problem, for screen readers.
    void describe(const QString &description) const;

Q_SIGNALS:
    void changed();
    void left(); // the focus went elsewhere

protected:
    // Names a control after the field and reports when the focus leaves it.
    void adopt(QWidget *control, const QString &name = {});
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    Field m_field;
};

} // namespace latchkey
