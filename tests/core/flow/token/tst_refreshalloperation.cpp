// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/token/refreshalloperation.h"
#include "core/provider/providers.h"
#include "support/fakes/fakeworld.h"
#include "support/fakes/sampledrafts.h"
#include "support/testprogram.h"

#include <QSignalSpy>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

class TestRefreshAllOperation final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void runsSixAtOnce();
    void countsWhatFails();
    void neverOpensABrowser();
    void startsNothingMoreOnceDeleted();
    void endsAtOnceWithNothingToDo();

private:
    static QList<AccountId> put(FakeWorld &world, int count);
};

namespace {
const QByteArray answer = R"({"access_token":"CANARY-access","token_type":"Bearer","expires_in":"3599"})";
}

QList<AccountId> TestRefreshAllOperation::put(FakeWorld &world, int count)
{
    QList<AccountId> ids;
    for (int i = 0; i < count; ++i) {
        const AccountDraft draft = configApiDraft();
        Account account;
        account.name = draft.name + QString::number(i);
        account.providerId = draft.providerId;
        account.fields = completeFields(*findProvider(draft.providerId), draft.fields);
        AccountSecrets secrets;
        secrets.fields = draft.secrets;
        account.id = AccountId::create();
        ids.append(world.put(account, secrets));
    }
    return ids;
}

void TestRefreshAllOperation::runsSixAtOnce()
{
    FakeWorld world;
    RefreshAllOperation operation(world.tokens, put(world, 20));
    QSignalSpy progressed(&operation, &RefreshAllOperation::progressed);
    QSignalSpy finished(&operation, &RefreshAllOperation::finished);
    operation.start();
    QCOMPARE(operation.total(), 20);
    for (int left = 20; left > 0; --left) {
        QCOMPARE(world.http.unanswered(), std::min(left, 6));
        world.http.answer(200, answer);
    }
    QCOMPARE(progressed.count(), 20);
    QCOMPARE(finished.count(), 1);
    QCOMPARE(world.http.requests.size(), 20);
}

void TestRefreshAllOperation::countsWhatFails()
{
    FakeWorld world;
    world.http.respond = [n = 0](const HttpRequest &) mutable -> HttpResult {
        HttpResponse response;
        response.status = n++ % 2 ? 200 : 500;
        response.contentType = "application/json";
        response.body = answer;
        return response;
    };
    RefreshAllOperation operation(world.tokens, put(world, 10));
    QSignalSpy finished(&operation, &RefreshAllOperation::finished);
    operation.start();
    QCOMPARE(finished.count(), 1);
    QCOMPARE(finished.first().at(0).toInt(), 10);
    QCOMPARE(finished.first().at(1).toInt(), 5);
}

void TestRefreshAllOperation::neverOpensABrowser()
{
    FakeWorld world;
    Answer<Result<AccountId, Problem>> saved;
    world.accounts.saveAnyway(revDraft(), {}, saved.reply());
    RefreshAllOperation operation(world.tokens, { *saved.value() });
    QSignalSpy finished(&operation, &RefreshAllOperation::finished);
    operation.start();
    QCOMPARE(finished.first().at(1).toInt(), 1);
    QVERIFY(world.browser.opened.isEmpty());
}

void TestRefreshAllOperation::startsNothingMoreOnceDeleted()
{
    FakeWorld world;
    auto operation = std::make_unique<RefreshAllOperation>(world.tokens, put(world, 20));
    operation->start();
    operation.reset();
    while (world.http.unanswered() > 0)
        world.http.answer(200, answer);
    QCOMPARE(world.http.requests.size(), 6);
}

void TestRefreshAllOperation::endsAtOnceWithNothingToDo()
{
    FakeWorld world;
    RefreshAllOperation operation(world.tokens, {});
    QSignalSpy finished(&operation, &RefreshAllOperation::finished);
    operation.start();
    QCOMPARE(finished.count(), 1);
}

LATCHKEY_TEST(TestRefreshAllOperation)

#include "tst_refreshalloperation.moc"
