// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/commands/vaultcommand.h"

#include "core/port/vault.h"

#include <QJsonObject>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int usualMebibytes = 256; // what a vault is made with where there is memory

QString placeWord(SecretPlace place)
{
    return wordOf(place == SecretPlace::Vault ? StoreKind::Vault : StoreKind::Keychain);
}

QString accountCount(int count)
{
    return count == 1 ? u"1 account"_s : u"%1 accounts"_s.arg(count);
}

QString leftSentence(const SecretMoveService::Leftovers &left)
{
    return u"The %1 still holds the copies of %2."_s.arg(placeWord(left.place), accountCount(left.count));
}

QJsonValue leftoversJson(const std::optional<SecretMoveService::Leftovers> &left)
{
    if (!left)
        return QJsonValue::Null;
    return QJsonObject { { u"place"_s, placeWord(left->place) },
                         { u"accounts"_s, left->count },
                         { u"agreed"_s, left->isAgreed } };
}

QJsonValue vaultJson(const VaultService &vault)
{
    const VaultHead head = vault.head();
    if (!vault.exists())
        return QJsonValue::Null;
    return QJsonObject { { u"path"_s, head.path },
                         { u"kdf"_s, u"argon2id"_s },
                         { u"passes"_s, head.passes },
                         { u"mebibytes"_s, head.mebibytes },
                         { u"weaker"_s, head.passes > 0 && head.mebibytes < usualMebibytes },
                         { u"may_reach_swap"_s, vault.notes().mayReachSwap } };
}

} // namespace

void VaultCommand::start()
{
    const QString action = line().argument(0);
    if (line().has(u"--new-passphrase-file"_s) && action != "passphrase"_L1)
        return refuse(u"--new-passphrase-file is for \"vault passphrase\"."_s);
    if (line().has(u"--yes"_s) && action != "to-vault"_L1 && action != "to-keychain"_L1
        && action != "clear"_L1)
        return refuse(u"There is nothing to say yes to."_s);
    if (action == "status"_L1)
        return showStatus();
    if (!program().moves().canMove())
        return refuse(u"This profile keeps its secrets in memory."_s);
    if (action == "to-vault"_L1)
        return move(SecretPlace::Vault);
    if (action == "to-keychain"_L1)
        return move(SecretPlace::Keychain);
    if (action == "clear"_L1)
        return clear();
    changePassphrase();
}

void VaultCommand::cancel()
{
    if (m_move)
        m_move->cancel();
    else
        Command::cancel();
}

void VaultCommand::showStatus()
{
    const VaultService &vault = program().encryptedVault();
    const auto left = program().moves().leftovers();
    const QString store =
        program().moves().canMove() ? placeWord(program().moves().place()) : wordOf(StoreKind::Memory);
    const QString backend = program().repository().secrets().places().recordedBackend().value_or(QString());
    if (console().isJson()) {
        const QJsonObject report { { u"store"_s, store },
                                   { u"backend"_s, backend.isEmpty() ? QJsonValue() : backend },
                                   { u"vault"_s, vaultJson(vault) },
                                   { u"leftovers"_s, leftoversJson(left) } };
        return finish(console().writeJson(report) ? ExitStatus::Done : ExitStatus::Failed);
    }
    bool isWritten = console().writeLine(u"Secrets are kept in: %1"_s.arg(store));
    if (vault.exists())
        isWritten = writeVault() && isWritten;
    if (left)
        isWritten = console().writeLine(leftSentence(*left) + u" Delete them: latchkey-cli vault clear"_s)
            && isWritten;
    finish(isWritten ? ExitStatus::Done : ExitStatus::Failed);
}

bool VaultCommand::writeVault()
{
    const VaultService &vault = program().encryptedVault();
    const VaultHead head = vault.head();
    bool isWritten = console().writeLine(u"Vault: %1"_s.arg(head.path));
    if (head.passes == 0)
        console().say(u"latchkey-cli: The vault cannot be read."_s);
    else
        isWritten =
            console().writeLine(u"Passphrase: Argon2id, %1 passes over %2 MiB%3"_s.arg(head.passes)
                                    .arg(head.mebibytes)
                                    .arg(head.mebibytes < usualMebibytes
                                             ? u" (less than usual: memory was short when it was set)"_s
                                             : QString()))
            && isWritten;
    if (vault.notes().mayReachSwap)
        isWritten = console().writeLine(u"Memory: no memory can be locked here (ulimit -l), so what opens "
                                        "the vault may be written to swap space while it is open"_s)
            && isWritten;
    return isWritten;
}

void VaultCommand::move(SecretPlace to)
{
    if (program().moves().place() == to) {
        say(u"The secrets are in the %1 already."_s.arg(placeWord(to)));
        return end();
    }
    const bool isNew = to == SecretPlace::Vault && !program().encryptedVault().exists();
    auto passphrase = isNew ? newPassphrase(u"--passphrase-file"_s) : knownPassphrase(u"--passphrase-file"_s);
    if (!passphrase)
        return;
    m_move = program().moves().move({ to, std::move(passphrase), line().has(u"--yes"_s) }, this);
    connect(m_move, &MoveSecretsOperation::finished, this, &VaultCommand::moved);
    m_move->start();
}

void VaultCommand::moved(const std::optional<Problem> &problem)
{
    const MoveSecretsOperation &move = *std::exchange(m_move, nullptr);
    if (problem)
        return fail(*problem);
    const auto left = program().moves().leftovers();
    say(u"The secrets of %1 are in the %2 now."_s.arg(accountCount(move.count()),
                                                      placeWord(program().moves().place())));
    const auto without = static_cast<int>(program().accounts().accounts().size()) - move.count();
    if (without > 0)
        console().say(u"latchkey-cli: %1 had none to copy; what the %2 held of them before counts."_s.arg(
            accountCount(without), placeWord(program().moves().place())));
    if (!left)
        return end();
    if (move.notCleared())
        return failToClear(*move.notCleared());
    if (!console().isTerminal()) {
        console().say(leftSentence(*left) + u" Delete them: latchkey-cli vault clear"_s);
        return end();
    }
    clear();
}

void VaultCommand::clear()
{
    const auto left = program().moves().leftovers();
    if (!left) {
        say(u"Nothing is left at another place."_s);
        return end();
    }
    if (!line().has(u"--yes"_s)) {
        if (!console().isTerminal())
            return refuse(u"There is no terminal to ask: say --yes to delete what the %1 still holds."_s.arg(
                placeWord(left->place)));
        console().say(leftSentence(*left));
        if (!console().askYesNo(u"Delete them?"_s))
            return end();
    }
    m_asked = *left;
    openUsed();
}

// Nothing is deleted before the place in use was seen to hold it.
void VaultCommand::openUsed()
{
    VaultService &vault = program().encryptedVault();
    if (program().moves().place() == SecretPlace::Keychain || !vault.isLocked())
        return removeLeftovers();
    const auto passphrase = knownPassphrase(u"--passphrase-file"_s);
    if (!passphrase)
        return;
    vault.unlock(*passphrase, { this, [this](const Result<void, Problem> &done) {
                                   if (!done)
                                       return fail(done.error());
                                   removeLeftovers();
                               } });
}

void VaultCommand::removeLeftovers()
{
    program().moves().removeLeftovers(m_asked, { this, [this](const Result<void, Problem> &done) {
                                                    if (!done)
                                                        return failToClear(done.error());
                                                    say(u"The old copies are deleted."_s);
                                                    end();
                                                } });
}

void VaultCommand::failToClear(const Problem &why)
{
    if (const auto left = program().moves().leftovers())
        say(leftSentence(*left) + u" Delete them: latchkey-cli vault clear"_s);
    fail(why);
}

void VaultCommand::changePassphrase()
{
    VaultService &vault = program().encryptedVault();
    if (!vault.exists() && program().moves().place() == SecretPlace::Keychain)
        return refuse(u"There is no vault. See: latchkey-cli vault to-vault"_s);
    const auto old = knownPassphrase(u"--passphrase-file"_s);
    if (!old)
        return;
    const auto fresh = newPassphrase(u"--new-passphrase-file"_s);
    if (!fresh)
        return;
    vault.changePassphrase(*old, *fresh, { this, [this](const Result<void, Problem> &done) {
                                              if (!done)
                                                  return fail(done.error());
                                              say(u"The vault has another passphrase now."_s);
                                              end();
                                          } });
}

void VaultCommand::say(const QString &sentence)
{
    if (!console().isJson())
        console().say(sentence);
}

void VaultCommand::end()
{
    if (!console().isJson())
        return finish(ExitStatus::Done);
    const QJsonObject report { { u"store"_s, placeWord(program().moves().place()) },
                               { u"leftovers"_s, leftoversJson(program().moves().leftovers()) } };
    finish(console().writeJson(report) ? ExitStatus::Done : ExitStatus::Failed);
}

} // namespace latchkey
