// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/secrets/secretsdialog.h"

#include "core/flow/move/secretmoveservice.h"
#include "core/flow/store/accountsecretstore.h"
#include "core/flow/store/vaultservice.h"
#include "core/flow/token/tokenservice.h"
#include "core/text/accounttext.h"
#include "core/text/problemtext.h"
#include "ui/secrets/movesecretsdialog.h"
#include "ui/secrets/passphrasedialog.h"
#include "ui/secrets/unlockdialog.h"
#include "ui/widgets/dialogframe.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/problemview.h"

#include <QCoreApplication>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

class LeftoverWords
{
    Q_DECLARE_TR_FUNCTIONS(Leftovers)

public:
    [[nodiscard]] static FormerStoreText text(const SecretMoveService::Leftovers &leftovers);
};

FormerStoreText LeftoverWords::text(const SecretMoveService::Leftovers &leftovers)
{
    const bool isVault = leftovers.place == SecretPlace::Vault;
    FormerStoreText text {
        tr("The keychain still holds copies of %n account(s).", nullptr, leftovers.count),
        tr("The secrets are in the encrypted vault and the copies are not used any more, but "
           "programs that run as you can ask the keychain for them."),
        tr("Delete copies"), tr("Keep copies")
    };
    if (isVault)
        text = { tr("The vault is still there."),
                 tr("The secrets are in the keychain and the vault is not used any more, but anyone who has "
                    "it and its passphrase can read them."),
                 tr("Delete vault"), tr("Keep vault") };
    if (leftovers.isAgreed)
        text.why = isVault ? tr("It could not be deleted yet. Latchkey tries again when it starts.")
                           : tr("They could not be deleted yet. Latchkey tries again when it starts.");
    return text;
}

} // namespace

FormerStoreText formerStoreText(const SecretMoveService::Leftovers &leftovers)
{
    return LeftoverWords::text(leftovers);
}

SecretsDialog::SecretsDialog(const Parts &parts, QWidget *parent)
    : QDialog(parent),
      m_parts(parts),
      m_icon(new IconLabel(20)),
      m_place(newPlainLabel({}, "heading")),
      m_meaning(newPlainLabel()),
      m_path(newPlainLabel({}, "muted")),
      m_swap(newPlainLabel({}, "warning")),
      m_vault(new QWidget),
      m_lock(new QPushButton),
      m_otherName(newFieldName({})),
      m_other(newPlainLabel({}, "muted")),
      m_move(new QPushButton),
      m_leftovers(new ProblemView),
      m_outcome(new ProblemView)
{
    const DialogFrame frame =
        frameDialog(*this, tr("Where secrets are kept"),
                    tr("Client secrets, codes and tokens of all accounts are in one place."));
    addPlace(frame.body);
    addVault(frame.body);
    frame.body->addWidget(m_leftovers);
    frame.body->addWidget(m_outcome);
    auto *line = new QFrame;
    line->setProperty("look", u"line"_s);
    frame.body->addWidget(line);
    addOtherPlace(frame.body);
    frame.body->addStretch();
    connect(addDialogButton(frame, tr("Close"), "primary"), &QPushButton::clicked, this, &QDialog::reject);
    connect(&parts.moves, &SecretMoveService::changed, this, &SecretsDialog::showAll);
    connect(&parts.vault, &VaultService::lockedChanged, this, &SecretsDialog::showAll);
    connect(&parts.secrets, &AccountSecretStore::keepInMemoryChanged, this, &SecretsDialog::showAll);
    connect(&parts.secrets, &AccountSecretStore::lacksKeychainChanged, this, &SecretsDialog::showAll);
    resize(540, 300);
    showAll();
    // The user wants to know whether there is a keychain; the answer comes with a signal.
    if (!parts.vault.isUsed())
        parts.secrets.probe({ this, [](const Result<void, Problem> &) {} });
}

void SecretsDialog::addPlace(QVBoxLayout *into)
{
    auto *head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(m_icon);
    head->addWidget(m_place, 1);
    m_path->setTextInteractionFlags(Qt::TextSelectableByMouse);
    into->addLayout(head);
    into->addWidget(m_meaning);
    into->addWidget(m_path);
    into->addWidget(m_swap);
}

void SecretsDialog::addVault(QVBoxLayout *into)
{
    auto *change = new QPushButton(tr("Change passphrase…"));
    change->setAccessibleName(tr("Change passphrase"));
    for (QPushButton *button : { m_lock, change })
        button->setAutoDefault(false);
    auto *buttons = new QHBoxLayout(m_vault);
    buttons->setContentsMargins({});
    buttons->setSpacing(8);
    buttons->addWidget(m_lock);
    buttons->addWidget(change);
    buttons->addStretch();
    into->addWidget(m_vault);
    connect(m_lock, &QPushButton::clicked, this, &SecretsDialog::lockOrUnlock);
    connect(change, &QPushButton::clicked, this, &SecretsDialog::changePassphrase);
}

void SecretsDialog::addOtherPlace(QVBoxLayout *into)
{
    m_move->setAutoDefault(false);
    auto *row = new QHBoxLayout;
    row->addWidget(m_move);
    row->addStretch();
    into->addWidget(m_otherName);
    into->addWidget(m_other);
    into->addLayout(row);
    connect(m_move, &QPushButton::clicked, this, &SecretsDialog::move);
}

void SecretsDialog::showAll()
{
    showPlace();
    showOtherPlace();
    showLeftovers();
    growToFit(*this);
}

QString SecretsDialog::placeText(SecretLocation kept) const
{
    const QString keychain = keychainText(m_parts.moves.placeName());
    switch (kept) {
    case SecretLocation::NothingYet: return tr("Nothing is kept yet");
    case SecretLocation::NoKeychain: return tr("Nothing is kept yet, and there is no keychain");
    case SecretLocation::Keychain:
        return keychain.isEmpty() ? tr("In the keychain of this computer")
                                  : tr("In the keychain of this computer: %1").arg(keychain);
    case SecretLocation::KeychainGone: return tr("In the keychain of this computer, which is not there");
    case SecretLocation::Memory: return tr("In memory, for this run only");
    case SecretLocation::LockedVault: return tr("In an encrypted vault, which is locked");
    case SecretLocation::OpenVault: return tr("In an encrypted vault, which is open");
    }
    Q_UNREACHABLE();
}

QString SecretsDialog::meaningText(SecretLocation kept)
{
    switch (kept) {
    case SecretLocation::NothingYet:
        return tr(
            "The first secret goes to the keychain of this computer. Your desktop encrypts it and opens "
            "it when you log in. Programs that run as you can ask an open keychain for what it holds.");
    case SecretLocation::NoKeychain:
        return tr("Start a keychain (a Secret Service or KWallet), or have Latchkey keep the secrets in an "
                  "encrypted vault.");
    case SecretLocation::Keychain:
        return tr("Your desktop encrypts them and opens the keychain when you log in. Programs that run "
                  "as you can ask an open keychain for them.");
    case SecretLocation::KeychainGone:
        return tr("Latchkey can read them again as soon as the keychain runs. Nothing was lost.");
    case SecretLocation::Memory:
        return tr("They are gone when Latchkey is closed; you then sign in or enter them again.");
    case SecretLocation::LockedVault:
    case SecretLocation::OpenVault:
        return tr(
            "Only your passphrase opens it. While it is locked no secret can be read from the profile, by "
            "Latchkey or by any other program.");
    }
    Q_UNREACHABLE();
}

void SecretsDialog::showPlace()
{
    const SecretLocation kept = secretLocation(m_parts.secrets, m_parts.vault);
    const bool isLocked = kept == SecretLocation::LockedVault;
    const bool isVault = isLocked || kept == SecretLocation::OpenVault;
    const bool isMemory = kept == SecretLocation::Memory;
    const bool hasNone = kept == SecretLocation::NoKeychain || kept == SecretLocation::KeychainGone;
    m_icon->setIcon(isMemory                                ? u"memory"_s
                        : hasNone                           ? u"warning"_s
                        : kept == SecretLocation::OpenVault ? u"unlock"_s
                                                            : u"lock"_s,
                    isMemory || hasNone ? Tone::Warning : Tone::Text);
    m_place->setText(placeText(kept));
    m_meaning->setText(meaningText(kept));
    setTextOrHide(m_path, isVault ? m_parts.moves.placeName() : QString());
    setTextOrHide(m_swap,
                  m_parts.vault.notes().mayReachSwap
                      ? tr("This computer lets Latchkey lock no memory (ulimit -l). While the vault is open, "
                           "what opens it may be written to swap space on the disk.")
                      : QString());
    m_vault->setVisible(isVault);
    m_lock->setText(isLocked ? tr("Unlock…") : tr("Lock now"));
    m_lock->setAccessibleName(isLocked ? tr("Unlock the vault") : tr("Lock the vault now"));
}

void SecretsDialog::showOtherPlace()
{
    const bool isMemory = m_parts.tokens.keepsInMemory();
    const bool toVault = isMemory || m_parts.moves.place() == SecretPlace::Keychain;
    m_otherName->setText(toVault ? tr("Encrypted vault") : tr("Keychain"));
    QString help =
        tr("The keychain of this computer opens when you log in, without a passphrase of its own.");
    if (!m_parts.moves.canMove())
        help = isMemory
            ? tr("What is in memory can't be moved. Start Latchkey again to choose an encrypted vault.")
            : tr("Here the secrets have no other place.");
    else if (toVault)
        help = tr("A file that only a passphrase opens. For computers without a keychain, and to keep the "
                  "secrets from other programs: it can be locked whenever you don't need it.");
    m_other->setText(help);
    m_move->setText(!toVault                       ? tr("Move to the keychain…")
                        : m_parts.moves.mayBegin() ? tr("Create an encrypted vault…")
                                                   : tr("Move to an encrypted vault…"));
    m_move->setAccessibleName(m_move->text());
    m_move->setAccessibleDescription(help);
    m_move->setEnabled(m_parts.moves.canMove());
    m_move->setToolTip(plainToolTip(m_parts.moves.canMove() ? QString() : help));
}

void SecretsDialog::showLeftovers()
{
    const auto leftovers = m_parts.moves.leftovers();
    if (!leftovers)
        return m_leftovers->clear();
    const FormerStoreText text = formerStoreText(*leftovers);
    m_leftovers->showOutcome(Tone::Warning, { text.what, text.why, {}, {} });
    connect(m_leftovers->addAction(text.remove), &QPushButton::clicked, this,
            [this, asked = *leftovers] { answer(asked, true); });
    connect(m_leftovers->addAction(text.keep), &QPushButton::clicked, this,
            [this, asked = *leftovers] { answer(asked, false); });
}

void SecretsDialog::move()
{
    m_outcome->clear();
    const SecretPlace to =
        m_parts.moves.place() == SecretPlace::Keychain ? SecretPlace::Vault : SecretPlace::Keychain;
    const auto occasion = m_parts.moves.mayBegin() && to == SecretPlace::Vault
        ? MoveSecretsDialog::Occasion::Beginning
        : MoveSecretsDialog::Occasion::Move;
    auto *dialog = new MoveSecretsDialog({ m_parts.moves, m_parts.vault }, to, occasion, this);
    connect(dialog, &QDialog::accepted, this, [this, to] {
        m_outcome->showOutcome(Tone::Ok,
                               { to == SecretPlace::Vault ? tr("The secrets are in the encrypted vault now.")
                                                          : tr("The secrets are in the keychain now."),
                                 {},
                                 {},
                                 {} });
        growToFit(*this);
    });
    dialog->open();
}

void SecretsDialog::changePassphrase()
{
    m_outcome->clear();
    auto *dialog = new PassphraseDialog(m_parts.vault, this);
    connect(dialog, &QDialog::accepted, this, [this] {
        m_outcome->showOutcome(Tone::Ok, { tr("The passphrase was changed."), {}, {}, {} });
        growToFit(*this);
    });
    dialog->open();
}

void SecretsDialog::lockOrUnlock()
{
    m_outcome->clear();
    if (m_parts.vault.isLocked())
        (new UnlockDialog(m_parts.vault, this))->open();
    else
        m_parts.vault.lock();
}

void SecretsDialog::answer(const SecretMoveService::Leftovers &asked, bool removes)
{
    m_outcome->clear();
    m_leftovers->setEnabled(false);
    const SecretMoveService::Done done { this, [this](const Result<void, Problem> &result) {
                                            m_leftovers->setEnabled(true);
                                            // Cancelled: the question is another one now.
                                            if (!result && result.error().kind != Problem::Kind::Cancelled)
                                                m_outcome->showProblem(result.error(), nullptr);
                                            growToFit(*this);
                                        } };
    if (removes)
        m_parts.moves.removeLeftovers(asked, done);
    else
        m_parts.moves.keepLeftovers(asked, done);
}

} // namespace latchkey
