// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/draft/accountdraft.h"
#include "core/flow/draft/redirectsharing.h"
#include "core/flow/token/authorizationoperation.h"
#include "support/fakes/fakeworld.h"
#include "support/fakes/sampledrafts.h"
#include "support/testprogram.h"

#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

class TestRedirectSharing final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void F106_sharesARedirectUriOnlyAtOneHost_data();
    void F106_sharesARedirectUriOnlyAtOneHost();
    void F106_sharesOnTheUsersWord();
    void F106_proposesEachAccountARedirectUriOfItsOwn();

private:
    static AccountId saved(FakeWorld &world, const AccountDraft &draft);
};

AccountId TestRedirectSharing::saved(FakeWorld &world, const AccountDraft &draft)
{
    Answer<Result<AccountId, Problem>> answer;
    world.accounts.saveAnyway(draft, {}, answer.reply());
    return answer.value().value_or(AccountId {});
}

void TestRedirectSharing::F106_sharesARedirectUriOnlyAtOneHost_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("redirectUri");
    QTest::addColumn<bool>("isRefused");
    const QString host = u"https://rev.acme.example"_s;
    const QString uri = u"http://127.0.0.1:53118/rev"_s;
    const auto row = [](const char *name, const QString &at, const QString &redirect, bool isRefused) {
        QTest::newRow(name) << at << redirect << isRefused;
    };
    row("F106 another host", u"https://hostile.example"_s, uri, true);
    row("F106 another port", host + u":8443"_s, uri, true);
    row("F106 a host that ends alike", u"https://rev.acme.example.evil.example"_s, uri, true);
    row("F106 this computer's other name", u"https://hostile.example"_s, u"http://localhost:53118/rev"_s,
        true);
    row("F106 https", u"https://hostile.example"_s, u"https://[::1]:53118/rev"_s, true);
    row("F106 a query", u"https://hostile.example"_s, uri + u"?x=1"_s, true);
    row("F106 the same host", host, uri, false);
    row("F106 the same host, spelt otherwise", u"HTTPS://Rev.Acme.example:443/"_s, uri, false);
    row("F106 a path of its own", u"https://hostile.example"_s, uri + u"/7f3a"_s, false);
    row("F106 a port of its own", u"https://hostile.example"_s, u"http://127.0.0.1:53120/rev"_s, false);
}

// In every way that leads to such a pair: as a new account of each provider, as another host or another
// redirect URI of an old one, and as a duplicate that moves.
void TestRedirectSharing::F106_sharesARedirectUriOnlyAtOneHost()
{
    QFETCH(QString, host);
    QFETCH(QString, redirectUri);
    QFETCH(bool, isRefused);
    FakeWorld world;
    const AccountId first = saved(world, revDraft());
    AccountDraft oauth2 = revOAuth2Draft();
    oauth2.fields.insert(u"redirect_uri"_s, u"http://127.0.0.1:53119/another"_s);
    const AccountId edited = saved(world, oauth2);
    QVERIFY(first.isValid() && edited.isValid());
    AccountDraft duplicate = world.accounts.duplicate(first);
    AccountDraft changed = draftOf(*world.accounts.find(edited));
    changed.name = u"Changed"_s;

    for (AccountDraft draft : { revDraft(), revOAuth2Draft(), priavaDraft(), duplicate, changed }) {
        draft.name += u" again"_s;
        draft.fields.insert(u"url"_s, host);
        draft.fields.insert(u"redirect_uri"_s, redirectUri);
        if (draft.providerId == "rev"_L1)
            draft.secrets = revDraft().secrets;
        const auto problems = world.accounts.check(draft);
        QCOMPARE(problems.size(), isRefused ? 1 : 0);
        if (!isRefused)
            continue;
        QCOMPARE(problems.first().fieldId, u"redirect_uri"_s);
        QCOMPARE(problems.first().where, QStringList { u"Rev production"_s });
        Answer<Result<AccountId, Problem>> answer;
        world.accounts.saveAnyway(draft, {}, answer.reply());
        QCOMPARE(answer.value().error().kind, Problem::Kind::RedirectUriShared);
        QCOMPARE(answer.value().error().detail, u"Rev production"_s);
        const auto signIn = world.tokens.signIn(draft);
        signIn->start();
        QCOMPARE(signIn->progress().problem->kind, Problem::Kind::RedirectUriShared);
    }
    QVERIFY(world.browser.opened.isEmpty());
}

void TestRedirectSharing::F106_sharesOnTheUsersWord()
{
    FakeWorld world;
    const AccountId first = saved(world, revDraft());
    AccountDraft draft = revOAuth2Draft();
    draft.fields.insert(u"url"_s, u"https://other.example"_s);
    draft.fields.insert(u"redirect_uri"_s, u"http://127.0.0.1:53118/rev"_s);
    draft.fields.insert(u"share_redirect_uri"_s, u"true"_s);
    const AccountId second = saved(world, draft);
    QVERIFY(second.isValid());
    QCOMPARE(world.accounts.find(second)->fields.value(u"share_redirect_uri"_s), u"true"_s);

    // What was allowed for one of the two holds for the other as well, as long as it stays as it is.
    for (const AccountId &id : { first, second })
        QVERIFY(world.accounts.check(draftOf(*world.accounts.find(id))).isEmpty());
    AccountDraft moved = draftOf(*world.accounts.find(first));
    moved.fields.insert(u"url"_s, u"https://third.example"_s);
    moved.secrets = revDraft().secrets;
    QCOMPARE(world.accounts.check(moved).first().fieldId, u"redirect_uri"_s);
    // Nobody allowed it for a third one, nor for a copy.
    AccountDraft third = revDraft();
    third.name = u"Third"_s;
    third.fields.insert(u"url"_s, u"https://third.example"_s);
    QCOMPARE(world.accounts.check(third).first().fieldId, u"redirect_uri"_s);
    QVERIFY(!world.accounts.duplicate(second).fields.contains(u"share_redirect_uri"_s));
}

void TestRedirectSharing::F106_proposesEachAccountARedirectUriOfItsOwn()
{
    FakeWorld world;
    QSet<QString> proposed;
    for (AccountDraft draft : { revDraft(), revDraft(), revOAuth2Draft(), priavaDraft() }) {
        draft.fields.remove(u"redirect_uri"_s);
        QCOMPARE(world.accounts.check(draft).first().fieldId, u"redirect_uri"_s);
        draft = world.accounts.proposed(draft);
        QVERIFY(world.accounts.check(draft).isEmpty());
        proposed.insert(draft.fields.value(u"redirect_uri"_s));
    }
    QCOMPARE(proposed.size(), 4);
    QCOMPARE(world.accounts.proposed(revDraft()).fields, revDraft().fields);
    QCOMPARE(world.accounts.proposed(configApiDraft()).fields, configApiDraft().fields);
}

LATCHKEY_TEST(TestRedirectSharing)
#include "tst_redirectsharing.moc"
