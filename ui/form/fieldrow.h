// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;
class QTimer;

namespace latchkey {

class FieldEditor;

// A field in a form: its label, its editor, what is wrong with it, and where its value is found. What is
// wrong is said only once the user is through with the field: after a pause in typing, when the
// focus has left, or when they save.
class FieldRow final : public QWidget
{
    Q_OBJECT

public:
    // Takes the editor over.
    explicit FieldRow(FieldEditor *editor, QWidget *parent = nullptr);

    [[nodiscard]] FieldEditor &editor() const { return *m_editor; }
    // Remembers the sentence (empty: nothing is wrong) and shows it when it is time; with a button for those
    // who know better, where the value `mayBeMeant`.
    void setProblem(const QString &sentence, bool mayBeMeant);
    [[nodiscard]] bool isTakenAsIs() const; // that button was pressed, and nothing typed since
    void markStored(); // the field is a secret that is stored, and changed only when another is typed
    void speakUp(); // from now on problems are shown at once
    [[nodiscard]] bool hasProblem() const { return !m_sentence.isEmpty(); }
    // Shows a problem or a risk that the user took: not to be folded away.
    [[nodiscard]] bool hasSomethingToSay() const;

Q_SIGNALS:
    void changed();
    void spokeUp();

private:
    void showState();

    FieldEditor *m_editor;
    QLabel *m_problem;
    QPushButton *m_asIs;
    QLabel *m_help = nullptr;
    QTimer *m_pause;
    QString m_sentence;
    bool m_mayBeMeant = false;
    bool m_isQuiet = true;
    bool m_isStored = false;
};

} // namespace latchkey
