// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/flow/token/authorizationoperation.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QRadioButton>
#include <QStringList>
#include <QTextDocument>

namespace latchkey::test {

// Finds what a user sees by its words. Null: it isn't there, or not shown.
inline QAbstractButton *buttonCalled(const QWidget &root, const QString &words)
{
    for (QAbstractButton *button : root.findChildren<QAbstractButton *>()) {
        if (button->isVisibleTo(&root) && (button->text() == words || button->accessibleName() == words))
            return button;
    }
    return nullptr;
}

// The line a field's value is typed into.
inline QLineEdit *lineOf(const QWidget &root, const QString &fieldId)
{
    const auto *editor = root.findChild<QWidget *>(fieldId);
    return editor == nullptr ? nullptr : editor->findChild<QLineEdit *>();
}

// The sentence beside a field; empty: none is shown.
inline QString sentenceBeside(const QWidget &root, const QString &fieldId)
{
    const auto *label = root.findChild<QLabel *>(fieldId + QStringLiteral("Problem"));
    return label == nullptr || label->isHidden() ? QString() : label->text();
}

// Every text a user can read at the moment, but not what is typed into lines.
inline QString shownTexts(const QWidget &root)
{
    QStringList texts { root.windowTitle() };
    for (const QLabel *label : root.findChildren<QLabel *>()) {
        if (label->isVisibleTo(&root))
            texts.append(label->text());
    }
    for (const QAbstractButton *button : root.findChildren<QAbstractButton *>()) {
        if (button->isVisibleTo(&root))
            texts.append(button->text());
    }
    return texts.join(u'\n');
}

// The controls that a screen reader could not name.
inline QStringList namelessControls(const QWidget &root)
{
    QStringList nameless;
    for (const QWidget *widget : root.findChildren<QWidget *>()) {
        const auto *button = qobject_cast<const QAbstractButton *>(widget);
        const bool isInput = qobject_cast<const QLineEdit *>(widget) != nullptr
            || qobject_cast<const QPlainTextEdit *>(widget) != nullptr
            || qobject_cast<const QAbstractSpinBox *>(widget) != nullptr;
        const bool isPartOfAnother = widget->objectName().startsWith(QStringLiteral("qt_"))
            || qobject_cast<const QAbstractSpinBox *>(widget->parent()) != nullptr;
        if (isPartOfAnother || widget->focusPolicy() == Qt::NoFocus)
            continue;
        const bool hasName =
            !widget->accessibleName().isEmpty() || (button != nullptr && !button->text().isEmpty());
        if ((isInput || button != nullptr) && !hasName)
            nameless.append(QString::fromLatin1(widget->metaObject()->className()) + u' '
                            + widget->objectName());
    }
    return nameless;
}

// Labels and tool tips that would read what a user or a server wrote as markup.
inline int labelsThatReadMarkup(const QWidget &root)
{
    int count = 0;
    for (const QLabel *label : root.findChildren<QLabel *>())
        count += label->textFormat() != Qt::PlainText ? 1 : 0;
    for (const QWidget *widget : root.findChildren<QWidget *>())
        count += Qt::mightBeRichText(widget->toolTip()) || Qt::mightBeRichText(widget->whatsThis()) ? 1 : 0;
    for (const auto *view : root.findChildren<QAbstractItemView *>()) {
        const QAbstractItemModel *model = view->model();
        for (int row = 0; model != nullptr && row < model->rowCount(); ++row) {
            for (int column = 0; column < model->columnCount(); ++column) {
                const QModelIndex index = model->index(row, column);
                for (const int role : { int(Qt::ToolTipRole), int(Qt::WhatsThisRole) })
                    count += Qt::mightBeRichText(index.data(role).toString()) ? 1 : 0;
            }
        }
    }
    return count;
}

// A sign-in that does what the test says.
class FakeAuthorizationOperation final : public AuthorizationOperation
{
public:
    struct Shared // outlives the operations, which the dialog owns
    {
        FakeAuthorizationOperation *current = nullptr;
        AuthorizationProgress progress; // how the next one begins
        std::optional<Problem> pasteProblem;
        int pastes = 0;
        bool pasteWasAsTyped = false; // the pasted text was `expectedPaste`
        QString expectedPaste;
        int starts = 0;
        int openings = 0;
        int deleted = 0;
        bool missingStateAccepted = false;
        std::optional<bool> confirmed;
    };
    explicit FakeAuthorizationOperation(Shared &shared) : m_shared(shared), m_progress(shared.progress)
    {
        m_shared.current = this;
    }
    ~FakeAuthorizationOperation() override
    {
        ++m_shared.deleted;
        if (m_shared.current == this)
            m_shared.current = nullptr;
    }

    void start() override { ++m_shared.starts; }
    void openBrowserAgain() override { ++m_shared.openings; }
    std::optional<Problem> paste(const QString &text) override
    {
        ++m_shared.pastes;
        m_shared.pasteWasAsTyped = text == m_shared.expectedPaste;
        return m_shared.pasteProblem;
    }
    void confirm(bool useTheCode) override { m_shared.confirmed = useTheCode; }
    void acceptMissingState() override { m_shared.missingStateAccepted = true; }
    [[nodiscard]] const AuthorizationProgress &progress() const override { return m_progress; }

    void become(const AuthorizationProgress &progress)
    {
        m_progress = progress;
        Q_EMIT progressChanged();
    }

private:
    Shared &m_shared;
    AuthorizationProgress m_progress;
};

} // namespace latchkey::test
