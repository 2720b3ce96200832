// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/secrets/movesecretsdialog.h"

#include "core/flow/move/secretmoveservice.h"
#include "core/flow/store/vaultservice.h"
#include "core/text/problemtext.h"
#include "ui/secrets/passphrasefields.h"
#include "ui/widgets/dialogframe.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/problemview.h"
#include "ui/widgets/secretlineedit.h"

#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace latchkey {

using MoveStep = MoveSecretsOperation::Step;

MoveSecretsDialog::MoveSecretsDialog(const Parts &parts, SecretPlace to, Occasion occasion, QWidget *parent)
    : QDialog(parent),
      m_parts(parts),
      m_to(to),
      m_occasion(occasion),
      m_ask(new QWidget),
      m_status(newPlainLabel({}, "muted")),
      m_bar(new QProgressBar),
      m_outcome(new ProblemView)
{
    const bool isBeginning = occasion == Occasion::Beginning;
    const bool toVault = to == SecretPlace::Vault;
    const DialogFrame frame = frameDialog(
        *this,
        isBeginning   ? tr("Create an encrypted vault")
            : toVault ? tr("Move to an encrypted vault")
                      : tr("Move to the keychain"),
        isBeginning
            ? tr("A part of the profile that only your passphrase opens. All its secrets are kept there.")
            : toVault
            ? tr("A part of the profile that only your passphrase opens. All secrets are copied there and "
                 "compared with "
                 "the "
                 "originals before it counts.")
            : tr("The keychain opens when you log in. All secrets are copied into it and compared with the "
                 "originals before it counts."));
    auto *rows = new QVBoxLayout(m_ask);
    rows->setContentsMargins({});
    rows->setSpacing(6);
    addPassphrase(rows);
    frame.body->addWidget(m_ask);
    m_bar->setTextVisible(false);
    m_bar->setAccessibleName(tr("Progress of moving"));
    frame.body->addWidget(m_bar);
    frame.body->addWidget(m_status);
    frame.body->addWidget(m_outcome);
    frame.body->addStretch();
    m_keep = addDialogButton(frame, toVault ? tr("Keep the copies") : tr("Keep the vault"));
    m_cancel = addDialogButton(frame, tr("Cancel"));
    m_go = addDialogButton(frame, isBeginning ? tr("Create vault") : tr("Move"), "primary");
    connect(m_keep, &QPushButton::clicked, this, [this] { answer(false); });
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_go, &QPushButton::clicked, this, &QDialog::accept);
    showStage(Stage::Asking);
    if (!m_new && !m_line)
        m_go->setFocus();
    resize(500, 200);
    growToFit(*this);
}

// Which passphrase is asked for, if any, depends on the vault that is there.
void MoveSecretsDialog::addPassphrase(QVBoxLayout *into)
{
    if (m_to == SecretPlace::Vault && !m_parts.vault.exists()) {
        m_new = new PassphraseFields;
        into->addWidget(m_new);
        connect(m_new, &PassphraseFields::changed, this, &MoveSecretsDialog::showWhatIsMissing);
        m_new->setFocus();
        return;
    }
    if (m_to == SecretPlace::Keychain && !m_parts.vault.isLocked())
        return;
    m_line = new SecretLineEdit;
    m_line->setAccessibleName(tr("Passphrase"));
    if (m_to == SecretPlace::Vault)
        into->addWidget(newPlainLabel(tr("This profile has an encrypted vault already. It is used again.")));
    into->addWidget(newFieldName(tr("Passphrase of the vault"), m_line));
    into->addWidget(m_line);
    connect(m_line, &QLineEdit::textChanged, this, &MoveSecretsDialog::showWhatIsMissing);
    m_line->setFocus();
}

void MoveSecretsDialog::accept()
{
    if (m_stage == Stage::Answering)
        return answer(true);
    if (m_stage != Stage::Asking || !isTyped())
        return;
    m_outcome->clear();
    // Meanwhile another process may have put something into the keychain; then there is something to ask
    // about.
    MoveSecretsOperation::Wanted wanted { .to = m_to,
                                          .mayClear =
                                              m_occasion == Occasion::Beginning && m_parts.moves.mayBegin() };
    if (m_new) {
        wanted.passphrase = m_new->passphrase();
        growToFit(*this);
        if (!wanted.passphrase)
            return;
    } else if (m_line) {
        wanted.passphrase = m_line->secret();
    }
    showStage(Stage::Moving);
    m_operation = m_parts.moves.move(std::move(wanted), this);
    connect(m_operation, &MoveSecretsOperation::progressed, this, &MoveSecretsDialog::showProgress);
    connect(m_operation, &MoveSecretsOperation::finished, this, &MoveSecretsDialog::finish);
    m_operation->start();
}

void MoveSecretsDialog::reject()
{
    switch (m_stage) {
    case Stage::Moving:
        m_status->setText(tr("Putting everything back as it was…"));
        m_cancel->setEnabled(false);
        m_operation->cancel();
        return;
    case Stage::Removing: return;
    case Stage::Answering: return QDialog::accept(); // the secrets were moved; the window asks again
    case Stage::Asking: return QDialog::reject();
    }
}

void MoveSecretsDialog::done(int result)
{
    if (m_new)
        m_new->forget();
    if (m_line)
        m_line->clear();
    QDialog::done(result);
}

void MoveSecretsDialog::showStage(Stage stage)
{
    m_stage = stage;
    const bool isBusy = stage == Stage::Moving || stage == Stage::Removing;
    const bool asksForPassphrase = stage == Stage::Asking || stage == Stage::Moving;
    m_ask->setEnabled(stage == Stage::Asking);
    m_ask->setVisible(asksForPassphrase && (m_new || m_line));
    m_bar->setRange(0, 0);
    m_bar->setVisible(isBusy);
    setTextOrHide(m_status, {});
    m_keep->setVisible(!asksForPassphrase);
    m_keep->setEnabled(stage == Stage::Answering);
    m_cancel->setEnabled(stage != Stage::Removing);
    m_cancel->setText(asksForPassphrase ? tr("Cancel") : tr("Decide later"));
    m_cancel->setAccessibleName(m_cancel->text());
    if (!asksForPassphrase) {
        m_go->setText(m_to == SecretPlace::Vault ? tr("Delete the copies") : tr("Delete the vault"));
        m_go->setAccessibleName(m_go->text());
    }
    showWhatIsMissing();
}

void MoveSecretsDialog::showWhatIsMissing()
{
    m_go->setEnabled(m_stage == Stage::Answering || (m_stage == Stage::Asking && isTyped()));
    const QString missing =
        m_new ? tr("Enter the new passphrase twice first.") : tr("Enter the passphrase first.");
    m_go->setToolTip(plainToolTip(m_stage != Stage::Asking || isTyped() ? QString() : missing));
}

void MoveSecretsDialog::showProgress(MoveStep step, int done, int all)
{
    const bool isCounted = (step == MoveStep::Copying || step == MoveStep::Comparing) && all > 0;
    m_bar->setRange(0, isCounted ? 2 * all : 0);
    m_bar->setValue(step == MoveStep::Comparing ? all + done : done);
    m_cancel->setEnabled(step != MoveStep::Clearing);
    switch (step) {
    case MoveStep::Waiting: setTextOrHide(m_status, tr("Waiting until no token is on its way…")); break;
    case MoveStep::OpeningVault: setTextOrHide(m_status, tr("Opening the vault…")); break;
    case MoveStep::Copying: setTextOrHide(m_status, tr("Copying: %1 of %2").arg(done).arg(all)); break;
    case MoveStep::Comparing: setTextOrHide(m_status, tr("Comparing: %1 of %2").arg(done).arg(all)); break;
    case MoveStep::Clearing: setTextOrHide(m_status, tr("Finishing…")); break;
    }
    growToFit(*this);
}

void MoveSecretsDialog::finish(const std::optional<Problem> &problem)
{
    m_operation->deleteLater(); // it is the one that is talking
    m_operation = nullptr;
    if (!problem)
        return m_parts.moves.leftovers() ? askAboutLeftovers() : QDialog::accept();
    showStage(Stage::Asking);
    if (problem->kind == Problem::Kind::Cancelled)
        m_outcome->showText(tr("Nothing was moved."), tr("Everything is as it was."));
    else
        m_outcome->showProblem(*problem, nullptr);
    if (m_line && problem->kind == Problem::Kind::PassphraseWrong) {
        m_line->clear();
        m_line->setFocus();
    }
    growToFit(*this);
}

// Deleting is what answers Enter: the new place was compared with the old one, and what is left there can
// still be read.
void MoveSecretsDialog::askAboutLeftovers()
{
    showStage(Stage::Answering);
    m_asked = *m_parts.moves.leftovers();
    const int count = m_asked.count;
    if (m_to == SecretPlace::Vault)
        m_outcome->showOutcome(Tone::Ok,
                               { tr("The secrets are in the encrypted vault now."),
                                 tr("The keychain still holds copies of %n account(s). They are not used any "
                                    "more, but programs that run as you can ask the keychain for them.",
                                    nullptr, count),
                                 tr("Delete the copies unless you have a reason to keep them."),
                                 {} });
    else
        m_outcome->showOutcome(Tone::Ok,
                               { tr("The secrets are in the keychain now."),
                                 tr("The vault is still there. It is not used any more, but anyone who has "
                                    "it and its passphrase can read the secrets."),
                                 tr("Delete the vault unless you have a reason to keep it."),
                                 {} });
    growToFit(*this);
    m_go->setFocus();
}

void MoveSecretsDialog::answer(bool removes)
{
    showStage(Stage::Removing);
    const SecretMoveService::Done done { this, [this](const Result<void, Problem> &result) {
                                            // Cancelled: another process has moved them since, and the window
                                            // asks about what is left now.
                                            if (result || result.error().kind == Problem::Kind::Cancelled)
                                                return QDialog::accept();
                                            showStage(Stage::Answering);
                                            m_outcome->showProblem(result.error(), nullptr);
                                            growToFit(*this);
                                        } };
    if (removes)
        m_parts.moves.removeLeftovers(m_asked, done);
    else
        m_parts.moves.keepLeftovers(m_asked, done);
}

bool MoveSecretsDialog::isTyped() const
{
    return m_new ? m_new->isComplete() : !m_line || !m_line->text().isEmpty();
}

} // namespace latchkey
