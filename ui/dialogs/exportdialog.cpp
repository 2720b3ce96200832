// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/exportdialog.h"

#include "core/flow/account/accountservice.h"
#include "core/flow/draft/apiaddress.h"
#include "core/flow/handout/exportservice.h"
#include "core/flow/handout/handoutservice.h"
#include "core/provider/providers.h"
#include "core/recipe/exportformat.h"
#include "core/text/problemtext.h"
#include "ui/acts/hostconsent.h"
#include "ui/dialogs/accountpicker.h"
#include "ui/dialogs/exportformatlist.h"
#include "ui/dialogs/targetpicker.h"
#include "ui/widgets/dialogframe.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/problemview.h"
#include "ui/widgets/windowheight.h"

#include <QDir>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace latchkey {

using namespace Qt::StringLiterals;

class ExportDialog::Private
{
public:
    Private(ExportDialog &dialog, const UiServices &theServices, HostConsent &theConsent)
        : q(dialog), services(theServices), consent(theConsent)
    {
    }

    void build();
    void buildForm();
    void showFormat();
    void showWhatCanBeDone() const;
    void start(bool mayReplace);
    [[nodiscard]] bool askAboutHosts(const QList<AccountId> &ids, bool mayReplace);
    void write(const QList<AccountId> &ids, bool mayReplace);
    void setBusy(bool isBusy) const;
    void showResult(const QStringList &paths);
    void showFailure(const Problem &why);

    ExportDialog &q;
    UiServices services;
    HostConsent &consent;
    AccountId stoppedAt;
    int count = 0;

    QWidget *form = nullptr;
    QWidget *formArea = nullptr; // which scrolls it
    AccountPicker *accounts = nullptr;
    ExportFormatList *formats = nullptr;
    TargetPicker *target = nullptr;
    QLabel *warning = nullptr;
    QProgressBar *bar = nullptr;
    ProblemView *problem = nullptr;
    QPushButton *cancel = nullptr;
    QPushButton *exportButton = nullptr;
};

ExportDialog::ExportDialog(const UiServices &services, HostConsent &consent, const QList<AccountId> &ids,
                           QWidget *parent)
    : QDialog(parent), d(std::make_unique<Private>(*this, services, consent))
{
    d->build();
    resize(600, 480);
    d->accounts->choose(ids);
    d->showFormat();
    growTo(*this, 720);
}

ExportDialog::~ExportDialog() = default;

void ExportDialog::Private::build()
{
    const DialogFrame frame = frameDialog(
        q, tr("Export"), tr("Files for API clients, with tokens that live for two minutes at least."));
    buildForm();
    bar = new QProgressBar;
    bar->setTextVisible(false);
    bar->setAccessibleName(tr("Tokens got"));
    bar->hide();
    problem = new ProblemView;
    // Longer words and a message must not press the rest together.
    auto *scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setProperty("surface", u"none"_s);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setMinimumHeight(200);
    scroll->setWidget(form);
    formArea = scroll;
    frame.body->addWidget(scroll, 1);
    frame.body->addWidget(warning);
    frame.body->addWidget(bar);
    frame.body->addWidget(problem);
    cancel = addDialogButton(frame, tr("Cancel"));
    exportButton = addDialogButton(frame, tr("Export"), "primary");
    QObject::connect(cancel, &QPushButton::clicked, &q, &QDialog::reject);
    QObject::connect(exportButton, &QPushButton::clicked, &q, [this] { start(false); });
    QObject::connect(&services.exports, &ExportService::progressed, &q, [this](int done, int total) {
        bar->setRange(0, total);
        bar->setValue(done);
    });
    QObject::connect(&services.exports, &ExportService::stoppedAt, &q,
                     [this](const AccountId &id) { stoppedAt = id; });
}

void ExportDialog::Private::buildForm()
{
    form = new QWidget;
    accounts = new AccountPicker(services);
    formats = new ExportFormatList;
    target = new TargetPicker;
    warning = newPlainLabel({}, "warning");
    auto *column = new QVBoxLayout(form);
    form->setProperty("surface", u"none"_s);
    column->setContentsMargins(0, 0, 10, 0);
    column->setSpacing(12);
    column->addWidget(accounts, 1);
    column->addWidget(formats);
    column->addWidget(target);
    QObject::connect(accounts, &AccountPicker::changed, &q, [this] { showWhatCanBeDone(); });
    QObject::connect(target, &TargetPicker::changed, &q, [this] { showWhatCanBeDone(); });
    QObject::connect(formats, &ExportFormatList::chosen, &q, [this] { showFormat(); });
}

void ExportDialog::Private::showFormat()
{
    const ExportFormat &format = *findExportFormat(formats->value());
    target->propose(format.suggestedName, format.isFolder);
    setTextOrHide(warning,
                  format.holdsTokens
                      ? tr("What is written holds tokens. Only you can read it; delete it when "
                           "you no longer need it.")
                      : QString());
    showWhatCanBeDone();
}

void ExportDialog::Private::showWhatCanBeDone() const
{
    problem->clear(); // it was about what has been changed since
    exportButton->setEnabled(!accounts->chosen().isEmpty() && !target->path().isEmpty());
}

void ExportDialog::Private::start(bool mayReplace)
{
    problem->clear();
    stoppedAt = {};
    const QList<AccountId> ids = accounts->chosen();
    if (!askAboutHosts(ids, mayReplace))
        write(ids, mayReplace);
}

// All foreign hosts in one question.
bool ExportDialog::Private::askAboutHosts(const QList<AccountId> &ids, bool mayReplace)
{
    if (!findExportFormat(formats->value())->sendsToAddress)
        return false;
    QList<std::pair<AccountId, QString>> asked;
    QStringList lines;
    for (const AccountId &id : ids) {
        const QString host = services.handouts.foreignHost(id);
        if (host.isEmpty() || isAllowedHost(host, consent.allowedFor(id)))
            continue;
        asked.append({ id, host });
        lines.append(tr("“%1” to %2").arg(services.accounts.find(id)->name, host));
    }
    if (asked.isEmpty())
        return false;
    problem->showText(
        tr("Tokens would go to hosts that are not the vendor's: %1.").arg(lines.join(u", "_s)),
        tr("These are the hosts of the accounts' test addresses. Whoever runs them can use the tokens."));
    QPushButton *all = problem->addAction(tr("Export all the same"));
    QObject::connect(all, &QPushButton::clicked, &q, [this, asked, mayReplace] {
        for (const auto &[id, host] : asked)
            consent.allow(id, host);
        start(mayReplace);
    });
    growToFit(q);
    return true;
}

void ExportDialog::Private::write(const QList<AccountId> &ids, bool mayReplace)
{
    ExportRequest request { ids, formats->value(), target->path(), u"latchkey"_s, {}, mayReplace };
    for (const AccountId &id : ids)
        request.allowedHosts += consent.allowedFor(id);
    count = static_cast<int>(ids.size());
    setBusy(true);
    services.exports.write(request, { &q, [this](const Result<QStringList, Problem> &result) {
                                         setBusy(false);
                                         if (result)
                                             showResult(*result);
                                         else
                                             showFailure(result.error());
                                     } });
}

void ExportDialog::Private::setBusy(bool isBusy) const
{
    bar->setRange(0, 0);
    bar->setVisible(isBusy);
    form->setEnabled(!isBusy);
    exportButton->setEnabled(!isBusy);
    if (isBusy)
        cancel->setFocus();
}

void ExportDialog::Private::showResult(const QStringList &paths)
{
    formArea->hide();
    QString advice = warning->text();
    if (const QString remark = services.exports.remarkOn(target->path()); !remark.isEmpty())
        advice += u' ' + remark;
    warning->hide();
    exportButton->hide();
    const QString place = QDir::toNativeSeparators(target->path());
    const QString what = paths.size() == 1 ? tr("Exported %n account(s) into this file:", nullptr, count)
                                           : tr("Exported %n account(s) into this folder:", nullptr, count);
    problem->showOutcome(Tone::Ok, { what, place, advice, {} });
    cancel->setText(tr("Close"));
    cancel->setAccessibleName(tr("Close"));
    cancel->setDefault(true);
    cancel->setFocus();
    q.layout()->activate();
    q.resize(q.width(), q.minimumSizeHint().height());
    growToFit(q);
    Q_EMIT q.exported(count);
}

void ExportDialog::Private::showFailure(const Problem &why)
{
    const Account *account = services.accounts.find(stoppedAt);
    if (account) {
        const ProblemText text = problemText(why, findProvider(account->providerId));
        problem->showOutcome(Tone::Bad,
                             { tr("“%1” cannot be exported, so nothing was written.").arg(account->name),
                               text.what + u' ' + text.why, text.next, text.step });
    } else if (why.kind == Problem::Kind::FileExists) {
        Problem there = why;
        there.detail = QDir::toNativeSeparators(target->path());
        problem->showProblem(there, nullptr);
    } else {
        problem->showProblem(why, nullptr);
    }
    if (why.kind == Problem::Kind::FileExists) {
        QPushButton *replace = problem->addAction(tr("Replace it"), "danger");
        QObject::connect(replace, &QPushButton::clicked, &q, [this] { start(true); });
    }
    if (account) {
        QPushButton *without = problem->addAction(tr("Leave it out"));
        QObject::connect(without, &QPushButton::clicked, &q, [this, left = stoppedAt] {
            QList<AccountId> ids = accounts->chosen();
            ids.removeAll(left);
            accounts->choose(ids);
        });
    }
    growToFit(q);
    exportButton->setFocus();
}

} // namespace latchkey
