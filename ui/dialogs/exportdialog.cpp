// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/exportdialog.h"

#include "core/flow/account/accountservice.h"
#include "core/flow/handout/exportservice.h"
#include "core/flow/handout/handoutservice.h"
#include "core/flow/store/secretbinding.h"
#include "core/provider/providers.h"
#include "core/recipe/exportformat.h"
#include "core/text/problemtext.h"
#include "ui/acts/uiservices.h"
#include "ui/dialogs/exportpickers.h"
#include "ui/widgets/dialogframe.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/problemview.h"

#include <QButtonGroup>
#include <QCoreApplication>
#include <QDir>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QRadioButton>
#include <QScrollArea>
#include <QVBoxLayout>
#include <QWidget>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr const char *formatProperty = "value";
constexpr int besideTheButton = 24; // as far as the radio button's text

QString formatText(const char *text)
{
    return QCoreApplication::translate("Recipe", text);
}

} // namespace

// The formats of an export, one below the other, each with what it is and whether it holds tokens.
class ExportFormatList final : public QWidget
{
    Q_OBJECT

public:
    ExportFormatList() : m_group(new QButtonGroup(this))
    {
        auto *column = new QVBoxLayout(this);
        column->setContentsMargins({});
        column->setSpacing(2);
        column->addWidget(newFieldName(tr("Format")));
        for (const ExportFormat &format : exportFormats()) {
            auto *button = new QRadioButton(formatText(format.label));
            button->setProperty(formatProperty, format.id);
            button->setAccessibleDescription(formatText(format.description));
            QLabel *description = newPlainLabel(formatText(format.description), "muted");
            description->setIndent(besideTheButton);
            m_group->addButton(button);
            column->addSpacing(4);
            column->addWidget(button);
            column->addWidget(description);
        }
        m_group->buttons().constFirst()->setChecked(true);
        setFocusProxy(m_group->buttons().constFirst());
        connect(m_group, &QButtonGroup::buttonToggled, this, [this](QAbstractButton *, bool isChecked) {
            if (isChecked)
                Q_EMIT chosen();
        });
    }

    // The id of the chosen format, see exportformat.h.
    [[nodiscard]] QString value() const
    {
        return m_group->checkedButton()->property(formatProperty).toString();
    }

Q_SIGNALS:
    void chosen();

private:
    QButtonGroup *m_group;
};

ExportDialog::ExportDialog(UiServices services, HostConsent &consent, const QList<AccountId> &ids,
                           QWidget *parent)
    : QDialog(parent), m_services(std::move(services)), m_consent(consent)
{
    build();
    resize(600, 480);
    m_accounts->choose(ids);
    showFormat();
    growTo(*this, 720);
}

void ExportDialog::build()
{
    const DialogFrame frame = frameDialog(
        *this, tr("Export"), tr("Files for API clients, with tokens that live for two minutes at least."));
    buildForm();
    m_bar = newBusyBar(tr("Tokens got"));
    m_bar->hide();
    m_problem = new ProblemView;
    // The form scrolls, so that long texts and a message do not squeeze it.
    m_formArea = newScrollArea(m_form);
    m_formArea->setMinimumHeight(200);
    frame.body->addWidget(m_formArea, 1);
    frame.body->addWidget(m_warning);
    frame.body->addWidget(m_bar);
    frame.body->addWidget(m_problem);
    m_cancel = addDialogButton(frame, tr("Cancel"));
    m_exportButton = addDialogButton(frame, tr("Export"), "primary");
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_exportButton, &QPushButton::clicked, this, [this] { start(false); });
    connect(&m_services.exports, &ExportService::progressed, this, [this](int done, int total) {
        m_bar->setRange(0, total);
        m_bar->setValue(done);
    });
    connect(&m_services.exports, &ExportService::stoppedAt, this,
            [this](const AccountId &id) { m_stoppedAt = id; });
}

void ExportDialog::buildForm()
{
    m_form = new QWidget;
    m_accounts = new AccountPicker(m_services);
    m_formats = new ExportFormatList;
    m_target = new TargetPicker;
    m_warning = newPlainLabel({}, "warning");
    auto *column = new QVBoxLayout(m_form);
    m_form->setProperty("surface", u"none"_s);
    column->setContentsMargins(0, 0, 10, 0);
    column->setSpacing(12);
    column->addWidget(m_accounts, 1);
    column->addWidget(m_formats);
    column->addWidget(m_target);
    connect(m_accounts, &AccountPicker::changed, this, &ExportDialog::showWhatCanBeDone);
    connect(m_target, &TargetPicker::changed, this, &ExportDialog::showWhatCanBeDone);
    connect(m_formats, &ExportFormatList::chosen, this, &ExportDialog::showFormat);
}

void ExportDialog::showFormat()
{
    const ExportFormat &format = *findExportFormat(m_formats->value());
    m_target->propose(format.suggestedName, format.isFolder);
    setTextOrHide(m_warning,
                  format.holdsTokens
                      ? tr("What is written holds tokens. Only you can read it; delete it when "
                           "you no longer need it.")
                      : QString());
    showWhatCanBeDone();
}

void ExportDialog::showWhatCanBeDone() const
{
    m_problem->clear(); // it was about the old choices
    m_exportButton->setEnabled(!m_accounts->chosen().isEmpty() && !m_target->path().isEmpty());
}

void ExportDialog::start(bool mayReplace)
{
    m_problem->clear();
    m_stoppedAt = {};
    const QList<AccountId> ids = m_accounts->chosen();
    if (!askAboutHosts(ids, mayReplace))
        write(ids, mayReplace);
}

// All foreign hosts in one question.
bool ExportDialog::askAboutHosts(const QList<AccountId> &ids, bool mayReplace)
{
    if (!findExportFormat(m_formats->value())->sendsToAddress)
        return false;
    QList<std::pair<AccountId, QString>> asked;
    QStringList lines;
    for (const AccountId &id : ids) {
        const QString host = m_services.handouts.foreignHost(id);
        if (host.isEmpty() || isAllowedHost(host, m_consent.allowedFor(id)))
            continue;
        asked.append({ id, host });
        lines.append(tr("“%1” to %2").arg(m_services.accounts.find(id)->name, host));
    }
    if (asked.isEmpty())
        return false;
    m_problem->showText(
        tr("Tokens would go to hosts that are not the vendor's: %1.").arg(lines.join(u", "_s)),
        tr("These are the hosts of the accounts' test addresses. Their operators can use the tokens."));
    QPushButton *all = m_problem->addAction(tr("Export all the same"));
    connect(all, &QPushButton::clicked, this, [this, asked, mayReplace] {
        for (const auto &[id, host] : asked)
            m_consent.allow(id, host);
        start(mayReplace);
    });
    growToFit(*this);
    return true;
}

void ExportDialog::write(const QList<AccountId> &ids, bool mayReplace)
{
    ExportRequest request { ids, m_formats->value(), m_target->path(), u"latchkey"_s, {}, mayReplace };
    for (const AccountId &id : ids)
        request.allowedHosts += m_consent.allowedFor(id);
    m_count = static_cast<int>(ids.size());
    setBusy(true);
    m_services.exports.write(request, { this, [this](const Result<QStringList, Problem> &result) {
                                           setBusy(false);
                                           if (result)
                                               showResult(*result);
                                           else
                                               showFailure(result.error());
                                       } });
}

void ExportDialog::setBusy(bool isBusy) const
{
    m_bar->setRange(0, 0);
    m_bar->setVisible(isBusy);
    m_form->setEnabled(!isBusy);
    m_exportButton->setEnabled(!isBusy);
    if (isBusy)
        m_cancel->setFocus();
}

void ExportDialog::showResult(const QStringList &paths)
{
    m_formArea->hide();
    QString advice = m_warning->text();
    if (const QString remark = m_services.exports.remarkOn(m_target->path()); !remark.isEmpty())
        advice += u' ' + remark;
    m_warning->hide();
    m_exportButton->hide();
    const QString place = QDir::toNativeSeparators(m_target->path());
    const QString what = paths.size() == 1 ? tr("Exported %n account(s) into this file:", nullptr, m_count)
                                           : tr("Exported %n account(s) into this folder:", nullptr, m_count);
    m_problem->showOutcome(Tone::Ok, { what, place, advice, {} });
    m_cancel->setText(tr("Close"));
    m_cancel->setAccessibleName(tr("Close"));
    m_cancel->setDefault(true);
    m_cancel->setFocus();
    layout()->activate();
    resize(width(), minimumSizeHint().height());
    growToFit(*this);
    Q_EMIT exported(m_count);
}

void ExportDialog::showFailure(const Problem &why)
{
    const Account *account = m_services.accounts.find(m_stoppedAt);
    if (account) {
        const ProblemText text = problemText(why, findProvider(account->providerId));
        m_problem->showOutcome(Tone::Bad,
                               { tr("“%1” cannot be exported, so nothing was written.").arg(account->name),
                                 text.what + u' ' + text.why, text.next, text.step });
    } else if (why.kind == Problem::Kind::FileExists) {
        Problem there = why;
        there.detail = QDir::toNativeSeparators(m_target->path());
        m_problem->showProblem(there, nullptr);
    } else {
        m_problem->showProblem(why, nullptr);
    }
    if (why.kind == Problem::Kind::FileExists) {
        QPushButton *replace = m_problem->addAction(tr("Replace it"), "danger");
        connect(replace, &QPushButton::clicked, this, [this] { start(true); });
    }
    if (account) {
        QPushButton *without = m_problem->addAction(tr("Leave it out"));
        connect(without, &QPushButton::clicked, this, [this, left = m_stoppedAt] {
            QList<AccountId> ids = m_accounts->chosen();
            ids.removeAll(left);
            m_accounts->choose(ids);
        });
    }
    growToFit(*this);
    m_exportButton->setFocus();
}

} // namespace latchkey

#include "exportdialog.moc"
