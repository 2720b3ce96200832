// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/form/accountform.h"

#include "core/account/account.h"
#include "core/text/accounttext.h"
#include "ui/form/fieldeditors.h"
#include "ui/widgets/dialogframe.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/plainlabel.h"

#include <QLabel>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QStyle>
#include <QTimer>
#include <QVBoxLayout>
#include <QWidget>

#include <algorithm>
#include <chrono>

namespace latchkey {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

// A field in a form: its label, its editor, what is wrong with it, and where its value is found. What is
// wrong is shown only once the user is done with the field: after a pause in typing, when the focus has left,
// or on saving.
class FieldRow final : public QWidget
{
    Q_OBJECT

public:
    // Owns the editor.
    explicit FieldRow(FieldEditor *editor)
        : m_editor(editor),
          m_problem(newPlainLabel({}, "error")),
          m_asIs(new QPushButton(tr("It really is like that"))),
          m_pause(new QTimer(this))
    {
        const Field &field = editor->field();
        auto *layout = new QVBoxLayout(this);
        layout->setContentsMargins({});
        layout->setSpacing(4);
        if (!field.isFlag()) {
            const QString name = providerText(field.label);
            layout->addWidget(
                newFieldName(field.required ? name : tr("%1 (optional)").arg(name), editor->control()));
        }
        layout->addWidget(editor);
        m_problem->setObjectName(field.id + "Problem"_L1);
        m_problem->hide();
        layout->addWidget(m_problem);
        m_asIs->setObjectName(field.id + "AsIs"_L1);
        m_asIs->setAccessibleName(tr("%1 really is like that").arg(providerText(field.label)));
        m_asIs->setCheckable(true);
        m_asIs->setAutoDefault(false);
        m_asIs->hide();
        layout->addWidget(m_asIs, 0, Qt::AlignLeft);
        if (*field.help != '\0') {
            m_help = newPlainLabel(providerText(field.help),
                                   field.kind == Field::Kind::RedirectUri ? "" : "muted");
            layout->addWidget(m_help);
        }
        m_pause->setSingleShot(true);
        m_pause->setInterval(700ms);
        connect(m_pause, &QTimer::timeout, this, &FieldRow::speakUp);
        connect(editor, &FieldEditor::left, this, [this] {
            if (m_pause->isActive())
                speakUp();
        });
        connect(m_asIs, &QPushButton::clicked, this, &FieldRow::changed);
        connect(editor, &FieldEditor::changed, this, [this] {
            m_asIs->setChecked(false); // it was pressed for another text
            // Half a word is no mistake yet, so wait for a pause, unless a problem is shown already.
            m_isQuiet = m_isQuiet || m_problem->isHidden();
            m_pause->start();
            Q_EMIT changed();
        });
        showState();
    }

    [[nodiscard]] FieldEditor &editor() const { return *m_editor; }
    // Remembers the sentence (empty: nothing is wrong) and shows it when it is time; with a button that
    // insists on the value, where it `mayBeMeant`.
    void setProblem(const QString &sentence, bool mayBeMeant)
    {
        m_sentence = sentence;
        m_mayBeMeant = mayBeMeant;
        showState();
    }

    // That button was pressed, and nothing typed since.
    [[nodiscard]] bool isTakenAsIs() const { return m_asIs->isChecked(); }

    // The field is a secret that is stored, and changed only when another one is typed.
    void markStored()
    {
        m_isStored = true;
        showState();
    }

    // From now on problems are shown at once.
    void speakUp()
    {
        m_pause->stop();
        m_isQuiet = false;
        showState();
        Q_EMIT spokeUp();
    }

    [[nodiscard]] bool hasProblem() const { return !m_sentence.isEmpty(); }
    // Shows a problem or a risk that the user took: not to be folded away.
    [[nodiscard]] bool hasSomethingToSay() const
    {
        return (!m_isQuiet && hasProblem()) || isTakenAsIs()
            || (m_editor->field().isFlag() && m_editor->text() == "true"_L1);
    }

Q_SIGNALS:
    void changed();
    void spokeUp();

private:
    void showState()
    {
        const QString shown = m_isQuiet ? QString() : m_sentence;
        setTextOrHide(m_problem, shown);
        // Once pressed it stays, so that it can be taken back and the focus is not lost.
        m_asIs->setVisible(isTakenAsIs() || (m_mayBeMeant && !shown.isEmpty()));
        const QString help = m_help == nullptr ? QString() : m_help->text();
        m_editor->describe(shown.isEmpty() ? help : shown + u' ' + help);
        QWidget *control = m_editor->control();
        if (control->property("invalid").toBool() == shown.isEmpty()) {
            control->setProperty("invalid", !shown.isEmpty());
            control->style()->unpolish(control);
            control->style()->polish(control);
        }
        if (m_isStored)
            m_editor->showUnchanged(!hasProblem());
        // The help of a flag says what is risked: it stays, and stands out while the flag is set.
        if (m_help != nullptr && m_editor->field().isFlag())
            setLook(m_help, m_editor->text() == "true"_L1 ? "warning" : "muted");
    }

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

namespace {

const QString nameId = u"name"_s;

Field nameField()
{
    Field field;
    field.id = nameId;
    field.label = QT_TRANSLATE_NOOP("Provider", "Name");
    field.help = QT_TRANSLATE_NOOP("Provider", "What this account is called in Latchkey. It must be unique.");
    return field;
}

QString editorText(const FieldEditor &editor, const FieldValues &values)
{
    const Field &field = editor.field();
    const QString proposal = field.offersLoopback ? QString() : field.defaultValue; // each has its own
    return field.secret ? QString() : values.value(field.id, proposal);
}

} // namespace

AccountForm::AccountForm(Provider provider, QWidget *parent)
    : QWidget(parent), m_provider(std::move(provider))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(16);
    addRow(nameField(), layout);
    for (const Field &field : m_provider.fields) {
        if (!field.advanced)
            addRow(field, layout);
    }
    addFold(layout);
    for (const Field &field : m_provider.fields) {
        if (field.advanced)
            addRow(field, layout);
    }
    layout->addStretch();
    unfold(false);
    setFocusProxy(m_rows.at(nameId)->editor().control());
    fill({ .id = {}, .name = {}, .providerId = m_provider.id, .fields = {}, .secrets = {} });
}

void AccountForm::fill(const AccountDraft &draft, const QStringList &missing)
{
    m_filled = draft;
    for (FieldRow *row : m_order) {
        FieldEditor &editor = row->editor();
        if (editor.field().id != nameId)
            editor.setText(editorText(editor, draft.fields));
        if (draft.id && editor.field().secret && !missing.contains(editor.field().id))
            row->markStored();
        if (draft.id)
            row->speakUp();
    }
    m_rows.at(nameId)->editor().setText(draft.name);
    m_nameIsProposed = draft.name.isEmpty();
}

AccountDraft AccountForm::draft() const
{
    AccountDraft draft {
        .id = m_filled.id, .name = {}, .providerId = m_provider.id, .fields = {}, .secrets = {}
    };
    if (m_filled.id)
        draft.origin = AccountDraft::Origin { m_filled.name, m_filled.fields };
    for (const FieldRow *row : m_order) {
        const Field &field = row->editor().field();
        const QString text = row->editor().text();
        if (field.id == nameId) {
            draft.name = text;
        } else if (!field.secret) {
            draft.fields.insert(field.id, text);
        } else if (!text.isEmpty()) {
            QByteArray bytes = text.toUtf8();
            draft.secrets.insert_or_assign(field.id, Secret(bytes));
            bytes.fill('\0');
            if (row->isTakenAsIs())
                draft.takenAsIs.insert(field.id);
        }
    }
    return draft;
}

void AccountForm::proposeName(const QStringList &taken)
{
    m_taken = taken;
    followEnvironment();
}

void AccountForm::showProblems(const QList<FieldProblem> &problems)
{
    for (FieldRow *row : m_order) {
        const auto found =
            std::find_if(problems.cbegin(), problems.cend(), [row](const FieldProblem &problem) {
                return problem.fieldId == row->editor().field().id;
            });
        if (found == problems.cend())
            row->setProblem({}, false);
        else
            row->setProblem(fieldProblemText(*found), found->mayBeMeant);
    }
    unfold(m_more->isChecked());
}

void AccountForm::speakUp()
{
    for (FieldRow *row : m_order)
        row->speakUp();
}

QWidget *AccountForm::goToFirstProblem()
{
    for (FieldRow *row : m_order) {
        if (!row->hasProblem())
            continue;
        row->editor().control()->setFocus(Qt::OtherFocusReason);
        return row;
    }
    return nullptr;
}

void AccountForm::forgetSecrets()
{
    for (FieldRow *row : m_order)
        row->editor().forget();
}

void AccountForm::addRow(const Field &field, QVBoxLayout *into)
{
    auto *row = new FieldRow(newFieldEditor(field, m_provider));
    into->addWidget(row);
    m_rows.insert_or_assign(field.id, row);
    m_order.append(row);
    connect(row, &FieldRow::spokeUp, this, [this] { unfold(m_more->isChecked()); });
    connect(row, &FieldRow::changed, this, [this, id = field.id] {
        if (id == nameId && !m_isProposing)
            m_nameIsProposed = false;
        else if (id != nameId)
            followEnvironment();
        Q_EMIT changed();
    });
}

void AccountForm::addFold(QVBoxLayout *into)
{
    m_more = new QPushButton(tr("More options"));
    m_more->setProperty("kind", u"link"_s);
    m_more->setCheckable(true);
    m_more->setAutoDefault(false);
    m_more->setVisible(std::any_of(m_provider.fields.cbegin(), m_provider.fields.cend(),
                                   [](const Field &field) { return field.advanced; }));
    into->addWidget(m_more, 0, Qt::AlignLeft);
    connect(m_more, &QPushButton::toggled, this, &AccountForm::unfold);
}

// A row with a problem or a risk stays visible while the others are folded away.
void AccountForm::unfold(bool open)
{
    m_more->setIcon(icon(open ? u"down"_s : u"right"_s, Tone::Accent));
    m_more->setAccessibleDescription(open ? tr("Shown below") : tr("Hidden"));
    for (FieldRow *row : m_order)
        row->setVisible(!row->editor().field().advanced || open || row->hasSomethingToSay());
}

void AccountForm::followEnvironment()
{
    if (!m_nameIsProposed)
        return;
    QString wanted = providerText(m_provider.displayName);
    for (const Field &field : m_provider.fields) {
        if (field.kind != Field::Kind::Url || field.choices.isEmpty())
            continue;
        const QString value = m_rows.at(field.id)->editor().text();
        for (const FieldChoice &choice : field.choices) {
            if (choice.value == value)
                wanted += u' ' + providerText(choice.label);
        }
    }
    const auto isTaken = [this](const QString &name) {
        return std::any_of(m_taken.cbegin(), m_taken.cend(), [&name](const QString &other) {
            return accountNameKey(other) == accountNameKey(name);
        });
    };
    QString name = wanted;
    for (int number = 2; isTaken(name); ++number)
        name = u"%1 (%2)"_s.arg(wanted).arg(number);
    const QScopedValueRollback proposing(m_isProposing, true);
    m_rows.at(nameId)->editor().setText(name);
}

} // namespace latchkey

#include "accountform.moc"
