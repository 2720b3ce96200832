// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/activitydialog.h"

#include "core/account/profilevalues.h"
#include "core/base/clock.h"
#include "core/flow/account/accountservice.h"
#include "core/flow/handout/activityservice.h"
#include "core/flow/handout/handoutservice.h"
#include "core/recipe/exportformat.h"
#include "core/text/accounttext.h"
#include "ui/widgets/dialogframe.h"
#include "ui/widgets/momenttext.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/problemview.h"

#include <QAbstractTableModel>
#include <QCheckBox>
#include <QComboBox>
#include <QCoreApplication>
#include <QHBoxLayout>
#include <QHash>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTableView>

namespace latchkey {

using namespace Qt::StringLiterals;

// What was handed out when, and by which program: the newest first. Holds no value of any token.
class ActivityModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { WhenColumn, AccountColumn, FormColumn, ProgramColumn, ColumnCount };

    ActivityModel(Clock clock, QObject *parent) : QAbstractTableModel(parent), m_clock(std::move(clock)) {}

    // `forms`: what the ids of recipes and formats are called.
    void show(const QList<ActivityEntry> &entries, const QHash<QString, QString> &forms)
    {
        beginResetModel();
        m_entries = entries;
        m_forms = forms;
        endResetModel();
    }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
    }

    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : ColumnCount;
    }

    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override
    {
        const ActivityEntry &entry = m_entries.at(index.row());
        const QString whole = activityText(entry, m_forms.value(entry.form));
        switch (role) {
        case Qt::DisplayRole: return textOf(entry, index.column());
        case Qt::ToolTipRole: return plainToolTip(whole);
        case Qt::AccessibleDescriptionRole: return whole;
        default: return {};
        }
    }

    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override
    {
        if (role == Qt::TextAlignmentRole)
            return QVariant::fromValue(Qt::AlignLeft | Qt::AlignVCenter);
        if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
            return {};
        switch (section) {
        case WhenColumn: return tr("When");
        case AccountColumn: return tr("Account");
        case FormColumn: return tr("Format");
        case ProgramColumn: return tr("Program");
        default: return {};
        }
    }

private:
    [[nodiscard]] QString textOf(const ActivityEntry &entry, int column) const
    {
        switch (column) {
        case WhenColumn: return momentText(entry.at, m_clock());
        case AccountColumn: return entry.accountName;
        case FormColumn: return m_forms.value(entry.form, entry.form);
        case ProgramColumn: return entry.program;
        default: return {};
        }
    }

    Clock m_clock;
    QList<ActivityEntry> m_entries;
    QHash<QString, QString> m_forms;
};

ActivityDialog::ActivityDialog(const UiServices &services, const std::optional<AccountId> &id,
                               QWidget *parent)
    : QDialog(parent),
      m_services(services),
      m_model(new ActivityModel(services.clock, this)),
      m_account(new QComboBox),
      m_table(new QTableView),
      m_nothing(newPlainLabel({}, "muted")),
      m_records(new QCheckBox(tr("Record what is handed out"))),
      m_problem(new ProblemView),
      m_clear(new QPushButton(tr("Clear…")))
{
    const DialogFrame frame = frameDialog(
        *this, tr("Activity"),
        tr("Which token was handed out when, in which format, by which program. Never the token."));
    m_clear->setAutoDefault(false);
    m_clear->setProperty("kind", u"danger"_s);
    m_clear->setAccessibleName(tr("Clear the record"));
    frame.body->addWidget(makeFilter(id));
    frame.body->addWidget(makeTable(), 1);
    frame.body->addWidget(m_nothing);
    frame.body->addWidget(m_records);
    frame.body->addWidget(m_problem);
    frame.buttons->insertWidget(0, m_clear);
    connect(addDialogButton(frame, tr("Close"), "primary"), &QPushButton::clicked, this, &QDialog::reject);
    connect(m_clear, &QPushButton::clicked, this, &ActivityDialog::askToClear);
    connect(m_records, &QCheckBox::toggled, this, &ActivityDialog::setRecording);
    connect(&services.activity, &ActivityService::changed, this, &ActivityDialog::update);
    resize(760, 520);
    update();
    m_table->setFocus();
}

QWidget *ActivityDialog::makeFilter(const std::optional<AccountId> &id)
{
    auto *filter = new QWidget;
    m_account->setAccessibleName(tr("Show the activity of"));
    m_account->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_account->setMinimumContentsLength(28);
    m_account->addItem(tr("All accounts"));
    for (const Account &account : m_services.accounts.accounts()) {
        m_account->addItem(account.name, account.id.value);
        if (account.id == id)
            m_account->setCurrentIndex(m_account->count() - 1);
    }
    auto *row = new QHBoxLayout(filter);
    row->setContentsMargins({});
    row->setSpacing(10);
    row->addWidget(newFieldName(tr("Account"), m_account));
    row->addWidget(m_account, 1);
    connect(m_account, &QComboBox::currentIndexChanged, this, &ActivityDialog::update);
    return filter;
}

QWidget *ActivityDialog::makeTable()
{
    m_table->setProperty("look", u"framed"_s);
    m_table->setModel(m_model);
    m_table->setAccessibleName(tr("Activity"));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    m_table->setWordWrap(false);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Interactive);
    m_table->horizontalHeader()->setStretchLastSection(true);
    for (const auto &[column, width] :
         { std::pair { ActivityModel::WhenColumn, 165 }, std::pair { ActivityModel::AccountColumn, 200 },
           std::pair { ActivityModel::FormColumn, 170 } })
        m_table->setColumnWidth(column, width);
    return m_table;
}

std::optional<AccountId> ActivityDialog::account() const
{
    const QString id = m_account->currentData().toString();
    return id.isEmpty() ? std::nullopt : std::optional(AccountId { id });
}

QHash<QString, QString> ActivityDialog::formNames(const QList<ActivityEntry> &entries) const
{
    QHash<QString, QString> names;
    for (const ActivityEntry &entry : entries) {
        if (names.contains(entry.form))
            continue;
        if (const auto recipe = m_services.handouts.recipe(entry.form))
            names.insert(entry.form, recipe->label);
        else if (const ExportFormat *format = findExportFormat(entry.form))
            names.insert(entry.form, QCoreApplication::translate("Recipe", format->label));
    }
    return names;
}

void ActivityDialog::update()
{
    const auto entries = m_services.activity.entries(account());
    if (entries)
        m_model->show(*entries, formNames(*entries));
    else
        m_problem->showProblem(entries.error(), nullptr);
    const bool isEmpty = m_model->rowCount() == 0;
    setTextOrHide(m_nothing,
                  !isEmpty        ? QString()
                      : account() ? tr("Nothing was handed out of this account.")
                                  : tr("Nothing was handed out yet."));
    m_clear->setEnabled(!isEmpty);
    const QSignalBlocker blocker(m_records);
    m_records->setChecked(m_services.activity.isRecording());
}

void ActivityDialog::setRecording(bool isRecording)
{
    m_problem->clear();
    if (const auto changed = m_services.activity.setRecording(isRecording); !changed) {
        m_problem->showProblem(changed.error(), nullptr);
        update();
    }
}

void ActivityDialog::askToClear()
{
    const auto id = account();
    m_problem->showText(id ? tr("Clear what is recorded of “%1”?").arg(m_account->currentText())
                           : tr("Clear the whole record, of all accounts?"),
                        tr("This can't be undone."));
    connect(m_problem->addAction(tr("Clear"), "danger"), &QPushButton::clicked, this, [this, id] {
        m_problem->clear();
        if (const auto cleared = m_services.activity.clear(id); !cleared)
            m_problem->showProblem(cleared.error(), nullptr);
    });
    m_problem->addWayBack(tr("Keep"));
}

} // namespace latchkey

#include "activitydialog.moc"
