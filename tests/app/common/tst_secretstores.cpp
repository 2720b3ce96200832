// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/composition.h"
#include "support/testprogram.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

AccountDraft draft(bool hasSecret)
{
    AccountDraft wanted { {},
                          u"Centre"_s,
                          u"configapi"_s,
                          { { u"url"_s, u"acme.example.com"_s }, { u"client_id"_s, u"robot"_s } },
                          {},
                          true };
    if (hasSecret)
        wanted.secrets.insert_or_assign(u"client_secret"_s, Secret("CANARY-client-secret"));
    return wanted;
}

} // namespace

// One profile over several runs of the program.
class SecretStoresTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;

    [[nodiscard]] std::unique_ptr<Composition> run(std::optional<StoreKind> store = {}) const
    {
        auto program = std::make_unique<Composition>(
            Composition::Choice { .profileFolder = m_folder->path(), .browserCommand = {}, .store = store });
        return program->load() ? std::move(program) : nullptr;
    }

    [[nodiscard]] static bool saves(Composition &program, bool hasSecret)
    {
        std::optional<bool> isSaved;
        program.accounts().saveAnyway(
            draft(hasSecret), {}, { &program.accounts(), [&isSaved](const Result<AccountId, Problem> &done) {
                                       isSaved = done.has_value();
                                   } });
        return QTest::qWaitFor([&isSaved] { return isSaved.has_value(); }, 240000) && *isSaved;
    }

    [[nodiscard]] static bool answers(const std::function<void(VaultService::Done)> &request, QObject &owner)
    {
        std::optional<bool> isDone;
        request({ &owner, [&isDone](const Result<void, Problem> &done) { isDone = done.has_value(); } });
        return QTest::qWaitFor([&isDone] { return isDone.has_value(); }, 240000) && *isDone;
    }

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void knowsTheWordsOfTheUser()
    {
        for (const QString &word : { u"keychain"_s, u"vault"_s, u"memory"_s })
            QCOMPARE(wordOf(storeKindNamed(word).value()), word);
        QVERIFY(!storeKindNamed(u"disk"_s));
        QVERIFY(!storeKindNamed({}));
    }

    void choosesOnceForAProfile_data()
    {
        QTest::addColumn<QString>("recorded");
        QTest::addColumn<QString>("asked");
        QTest::addColumn<QString>("chosen");
        QTest::addColumn<QString>("refused");
        const auto row = [](const char *name, const char *recorded, const char *asked, const char *chosen,
                            const char *refused) {
            QTest::newRow(name) << QString::fromLatin1(recorded) << QString::fromLatin1(asked)
                                << QString::fromLatin1(chosen) << QString::fromLatin1(refused);
        };
        row("new, nobody asked", "", "", "keychain", "");
        row("new, the vault", "", "vault", "vault", "");
        row("new, memory", "", "memory", "memory", "");
        row("the keychain again", "libsecret", "keychain", "keychain", "");
        row("another keychain's name", "kwallet", "", "keychain", "");
        row("the vault again", "vault", "vault", "vault", "");
        row("memory, unasked", "memory", "", "memory", "");
        row("R45 from the keychain to the vault", "kwallet", "vault", "keychain", "vault");
        row("R45 from the vault to the keychain", "vault", "keychain", "vault", "keychain");
        row("R45 from memory to the keychain", "memory", "keychain", "memory", "keychain");
    }

    void choosesOnceForAProfile()
    {
        QFETCH(QString, recorded);
        QFETCH(QString, asked);
        QFETCH(QString, chosen);
        QFETCH(QString, refused);
        const StoreChoice choice = chooseStore(recorded, storeKindNamed(asked));
        QCOMPARE(wordOf(choice.kind), chosen);
        QCOMPARE(choice.refused ? wordOf(*choice.refused) : QString(), refused);
    }

    void remembersThatAProfileKeepsItsSecretsInMemory()
    {
        auto program = run(StoreKind::Memory);
        QVERIFY(program && program->tokens().keepsInMemory());
        QVERIFY(saves(*program, true));

        program = run();
        QVERIFY(program);
        QCOMPARE(program->store().kind, StoreKind::Memory);
        QVERIFY(program->tokens().keepsInMemory());
        const Account account = program->accounts().accounts().constFirst();
        QVERIFY(account.keptInMemory);
        QVERIFY(account.lastProblem && account.lastProblem->kind == Problem::Kind::MemoryGone);
        QCOMPARE(run(StoreKind::Keychain)->store().refused, StoreKind::Keychain);
    }

    void leavesNoMarkBeforeAnythingIsKept()
    {
        QVERIFY(run(StoreKind::Memory));
        QCOMPARE(run()->store().kind, StoreKind::Keychain);
        QVERIFY(!run(StoreKind::Vault)->store().refused);
    }

    void remembersAVaultFromItsFirstOpening()
    {
        {
            const auto program = run(StoreKind::Vault);
            QVERIFY(program && program->encryptedVault().isUsed());
            VaultService &vault = program->encryptedVault();
            QVERIFY(!vault.exists());
            QVERIFY(answers([&vault](const auto &done) { vault.create(Secret("CANARY-passphrase"), done); },
                            vault));
            QVERIFY(saves(*program, true));
        }
        const auto program = run();
        QVERIFY(program);
        QCOMPARE(program->store().kind, StoreKind::Vault);
        VaultService &vault = program->encryptedVault();
        QVERIFY(vault.exists() && vault.isLocked());
        QCOMPARE(run(StoreKind::Memory)->store().refused, StoreKind::Memory);

        std::optional<Result<AccountSecrets, Problem>> read;
        const AccountId id = program->accounts().accounts().constFirst().id;
        const auto readAgain = [&program, &read, id] {
            read.reset();
            program->repository().readSecrets(
                id, { &program->repository(), [&read](const Result<AccountSecrets, Problem> &got) {
                         read = got;
                     } });
            return QTest::qWaitFor([&read] { return read.has_value(); }, 240000);
        };
        QVERIFY(readAgain() && !*read);
        QCOMPARE((*read).error().kind, Problem::Kind::VaultLocked);
        QVERIFY(
            answers([&vault](const auto &done) { vault.unlock(Secret("CANARY-passphrase"), done); }, vault));
        QVERIFY(readAgain() && *read);
        QVERIFY((*read)->fields.at(u"client_secret"_s) == Secret("CANARY-client-secret"));
    }
};

LATCHKEY_TEST(SecretStoresTest)
#include "tst_secretstores.moc"
