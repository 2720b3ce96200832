// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/store/accountrepository.h"
#include "core/flow/token/authorizationoperation.h"
#include "support/fakes/fakeworld.h"
#include "support/fakes/sampledrafts.h"
#include "support/testprogram.h"

#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

// The order of the locks: that of all places before an account's own.
class TestAccountRepository final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void addsUnderBothLocksInOneOrder_data();
    void addsUnderBothLocksInOneOrder();
    void takesOneLockToRemoveAndToSaveAgain();
    void givesUpNoTokenForALock();

private:
    static void exchangeCode(FakeWorld &world, Answer<Result<AccountId, Problem>> &answer)
    {
        AccountDraft draft = priavaDraft();
        draft.secrets.insert_or_assign(u"code"_s, Secret("CANARY-code"));
        world.accounts.saveWithToken(draft, answer.reply());
    }
    static QByteArray token()
    {
        return R"({"access_token":"CANARY-access","refresh_token":"CANARY-refresh","token_type":"BEARER",)"
               R"("expires_in":21600})";
    }
};

void TestAccountRepository::addsUnderBothLocksInOneOrder_data()
{
    QTest::addColumn<QString>("how");
    for (const char *how : { "save", "code", "browser" })
        QTest::newRow(how) << QString::fromLatin1(how);
}

void TestAccountRepository::addsUnderBothLocksInOneOrder()
{
    QFETCH(const QString, how);
    FakeWorld world;
    Answer<Result<AccountId, Problem>> answer;
    std::unique_ptr<AuthorizationOperation> operation;
    if (how == "save"_L1) {
        world.accounts.saveAnyway(priavaDraft(), {}, answer.reply());
    } else if (how == "code"_L1) {
        exchangeCode(world, answer);
    } else {
        operation = world.tokens.signIn(priavaWithPage());
        operation->start();
        Q_EMIT world.listening.current->answered(Secret("CANARY-code"));
    }
    if (how != "save"_L1) {
        QCOMPARE(world.lock.acquired, QStringList());
        world.http.answer(200, token());
    }
    QCOMPARE(world.accounts.accounts().size(), 1);
    QCOMPARE(world.lock.acquired,
             (QStringList { secretPlacesLock, world.accounts.accounts().first().id.value }));
}

void TestAccountRepository::takesOneLockToRemoveAndToSaveAgain()
{
    FakeWorld world;
    Answer<Result<AccountId, Problem>> saved;
    exchangeCode(world, saved);
    world.http.answer(200, token());
    world.keychain.writeFailure = SecretStoreError { SecretStoreError::Kind::Failed, {} };
    Answer<Result<void, Problem>> refreshed;
    world.tokens.refresh(*saved.value(), refreshed.reply());
    world.http.answer(200, token());
    QCOMPARE(world.tokens.unsaved().size(), 1);
    world.keychain.writeFailure.reset();
    world.lock.acquired.clear();

    Answer<Result<void, Problem>> retried;
    world.tokens.retrySaving(retried.reply());
    Answer<Result<void, Problem>> removed;
    world.accounts.remove(*saved.value(), removed.reply());

    QVERIFY(retried.value().has_value());
    QVERIFY(removed.value().has_value());
    QCOMPARE(world.lock.acquired, (QStringList { secretPlacesLock, secretPlacesLock }));
}

// R41
void TestAccountRepository::givesUpNoTokenForALock()
{
    FakeWorld world;
    Answer<Result<AccountId, Problem>> saved;
    exchangeCode(world, saved);
    world.lock.failure = LockError { LockError::Kind::TimedOut, {} };
    world.http.answer(200, token());
    QVERIFY(saved.value().has_value());
    QCOMPARE(world.accounts.accounts().size(), 1);

    // Where nothing was obtained, nothing is lost by waiting.
    Answer<Result<AccountId, Problem>> refused;
    world.accounts.saveAnyway(revDraft(), {}, refused.reply());
    QCOMPARE(refused.value().error().kind, Problem::Kind::Busy);
    QCOMPARE(world.accounts.accounts().size(), 1);
}

LATCHKEY_TEST(TestAccountRepository)
#include "tst_accountrepository.moc"
