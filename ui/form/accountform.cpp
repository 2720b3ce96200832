// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/form/accountform.h"

#include "core/account/accountname.h"
#include "core/text/fieldproblemtext.h"
#include "ui/form/fieldeditor.h"
#include "ui/form/fieldeditors.h"
#include "ui/form/fieldrow.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/theme.h"

#include <QPushButton>
#include <QScopedValueRollback>
#include <QVBoxLayout>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

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

// What has something to say is shown even while the others are folded away: a warning must stay visible.
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
