// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMessageBox>
#include <QString>
#include <QWidget>

class QDialog;
class QFileDialog;
class QFrame;
class QHBoxLayout;
class QLabel;
class QProgressBar;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace latchkey {

struct Provider;

// The head of a dialog: what it is about, in one line and a quieter one, beside the vendor's picture.
class DialogHead final : public QWidget
{
    Q_OBJECT

public:
    explicit DialogHead(QWidget *parent = nullptr);

    // `provider` may be null: no picture then. An empty subtitle takes no room.
    void show(const Provider *provider, const QString &title, const QString &subtitle);

private:
    QLabel *m_picture;
    QLabel *m_title;
    QLabel *m_subtitle;
};

// Texts that wrap need more height than Qt reserves for them: makes the window high enough for all it shows
// at its present width, but never smaller, and never higher than its screen.
void growToFit(QWidget &window);

// Makes the window at least this high, about the same middle, as far as its screen allows.
void growTo(QWidget &window, int height);

// A box that reads none of its texts as markup, to be opened by open(); it deletes itself when closed. `more`
// stands below the text, in smaller letters.
[[nodiscard]] QMessageBox *newMessageBox(QWidget *window, QMessageBox::Icon icon, const QString &title,
                                         const QString &text, const QString &more = {});

// What every dialog has: a head, a body that its owner fills, and a row of buttons at the foot.
struct DialogFrame
{
    DialogHead *head = nullptr;
    QVBoxLayout *body = nullptr;
    QHBoxLayout *buttons = nullptr; // what is inserted before its stretch stands to the left
};

// Lays the dialog out, names its window after the title, and lets it delete itself when closed. `provider`
// may be null.
[[nodiscard]] DialogFrame frameDialog(QDialog &dialog, const QString &title, const QString &subtitle,
                                      const Provider *provider = nullptr);
// A button at the right end of the row. `kind` as in the style sheet; the primary one answers Enter.
[[nodiscard]] QPushButton *addDialogButton(const DialogFrame &frame, const QString &text,
                                           const char *kind = "");
// The bold name of what follows; `buddy` may be null.
[[nodiscard]] QLabel *newFieldName(const QString &text, QWidget *buddy = nullptr);
// A line between two parts of a window.
[[nodiscard]] QFrame *newDivider();
// Scrolls its content up and down, and shows no frame. The focus passes it by.
[[nodiscard]] QScrollArea *newScrollArea(QWidget *content = nullptr);
// A bar that moves until there is an answer; `name` is for screen readers.
[[nodiscard]] QProgressBar *newBusyBar(const QString &name);
// Lets the user choose one file that exists, to be opened by open(); it deletes itself when closed.
[[nodiscard]] QFileDialog *newFileChooser(QWidget *window, const QString &title, const QStringList &filters);

} // namespace latchkey
