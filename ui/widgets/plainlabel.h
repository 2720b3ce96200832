// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/theme.h"

#include <QLabel>
#include <QString>

class QLabel;

namespace latchkey {

// A label that never reads its text as markup, wraps it, and takes its looks from the style sheet
// ("title", "heading", "muted", "mono", "error", "warning" or "").
[[nodiscard]] QLabel *newPlainLabel(const QString &text = {}, const char *look = "");
// The same without wrapping: for a line, or a picture.
[[nodiscard]] QLabel *newPlainLine(const QString &text = {}, const char *look = "");
// The look of a text of this tone.
[[nodiscard]] const char *lookOf(Tone tone);
// Changes the looks of a label that is shown already.
void setLook(QLabel *label, const char *look);
// An empty text hides the label.
void setTextOrHide(QLabel *label, const QString &text);

// A tool tip takes what looks like markup for markup, and cannot be told otherwise. This one shows it as it
// is written: an invisible character behind each mark keeps Qt from seeing a tag. Long lines are broken.
[[nodiscard]] QString plainToolTip(QString text);

// A text of the provider's data in the user's language.
[[nodiscard]] QString providerText(const char *text);

// One line of text that gives way: cut with an ellipsis where there is no room, whole in the tool tip.
class ElidedLabel final : public QLabel
{
    Q_OBJECT

public:
    explicit ElidedLabel(QWidget *parent = nullptr);

    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
};

} // namespace latchkey
