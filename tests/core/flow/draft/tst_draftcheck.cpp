// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/draft/accountdraft.h"
#include "core/text/accounttext.h"
#include "support/fakes/fakeworld.h"
#include "support/fakes/sampledrafts.h"
#include "support/testprogram.h"

#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

// A draft, wherever it comes from: the window's form, the command line or a template.
class TestDraftCheck final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void F93_dropsTheMarkAtTheBeginning();
    void F93_takesASecretAsItIsOnlyOnTheUsersWord_data();
    void F93_takesASecretAsItIsOnlyOnTheUsersWord();
    void F93_namesWhatANameHolds_data();
    void F93_namesWhatANameHolds();
    void knowsAHostHoweverItIsSpelt_data();
    void knowsAHostHoweverItIsSpelt();

private:
    static QByteArray storedSecret(FakeWorld &world, const AccountDraft &draft);
};

// What is stored for the draft, byte for byte; empty: it was refused.
QByteArray TestDraftCheck::storedSecret(FakeWorld &world, const AccountDraft &draft)
{
    Answer<Result<AccountId, Problem>> saved;
    world.accounts.saveAnyway(draft, {}, saved.reply());
    if (!saved.isThere() || !saved.value())
        return {};
    Answer<Result<AccountSecrets, Problem>> read;
    world.repository.readSecrets(*saved.value(), read.reply());
    return read.isThere() && read.value() ? read.value()->fields.at(u"client_secret"_s).reveal().toByteArray()
                                          : QByteArray();
}

void TestDraftCheck::knowsAHostHoweverItIsSpelt_data()
{
    QTest::addColumn<QString>("stored");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<bool>("isSame");
    const auto row = [](const char *name, const QString &stored, const QString &typed, bool isSame) {
        QTest::newRow(name) << stored << typed << isSame;
    };
    const QString host = u"https://acme.example"_s;
    row("F112 capitals", host, u"HTTPS://Acme.Example"_s, true);
    row("F112 the scheme's own port", host, u"https://acme.example:443"_s, true);
    row("F112 without a scheme", host, u"acme.example"_s, true);
    row("F112 punycode", u"https://m\u00FCnchen.de"_s, u"https://xn--mnchen-3ya.de"_s, true);
    row("F112 the letters", u"https://xn--mnchen-3ya.de"_s, u"m\u00FCnchen.de"_s, true);
    row("F112 another port", host, u"https://acme.example:8443"_s, false);
    row("F112 http on this computer", u"https://localhost:8080"_s, u"http://localhost:8080"_s, false);
    row("F112 another name of this computer", u"http://localhost:8080"_s, u"http://127.0.0.1:8080"_s, false);
    row("F112 a dot at its end", host, u"https://acme.example."_s, false);
    row("F112 a host that begins alike", host, u"https://acme.example.org"_s, false);
}

// The stored secret is asked for again where the host is another one, and only there.
void TestDraftCheck::knowsAHostHoweverItIsSpelt()
{
    QFETCH(QString, stored);
    QFETCH(QString, typed);
    QFETCH(bool, isSame);
    FakeWorld world;
    AccountDraft draft = configApiDraft();
    draft.fields.insert(u"scope"_s, u"acme"_s);
    draft.fields.insert(u"url"_s, stored);
    Answer<Result<AccountId, Problem>> saved;
    world.accounts.saveAnyway(draft, {}, saved.reply());
    draft.id = *saved.value();
    // Spelt as an import or another program wrote it.
    Account account = *world.accounts.find(*draft.id);
    account.fields.insert(u"url"_s, stored);
    QVERIFY(world.repository.storeAccount(account));

    draft.secrets.clear();
    draft.fields.insert(u"url"_s, typed);
    const auto problems = world.accounts.check(draft);
    QCOMPARE(problems.isEmpty(), isSame);
    if (!isSame)
        QCOMPARE(problems.first().fieldId, u"client_secret"_s);
}

void TestDraftCheck::F93_dropsTheMarkAtTheBeginning()
{
    FakeWorld world;
    AccountDraft draft = configApiDraft();
    draft.name = u"\uFEFFContact centre"_s;
    draft.fields.insert(u"client_id"_s, u"\uFEFFsheila"_s);
    draft.fields.insert(u"url"_s, u"\uFEFFacme.example"_s);
    for (const QByteArray &mark : { "\xef\xbb\xbf"_ba, "\xef\xbb\xbf\xef\xbb\xbf"_ba }) {
        draft.name += u'x';
        draft.secrets[u"client_secret"_s] = Secret(mark + "CANARY-secret");
        QCOMPARE(world.accounts.check(draft), QList<FieldProblem>());
        QCOMPARE(storedSecret(world, draft), QByteArray("CANARY-secret"));
        const Account &account = world.accounts.accounts().constLast();
        QVERIFY(account.name.startsWith(u"Contact"));
        QCOMPARE(account.fields.value(u"client_id"_s), u"sheila"_s);
        QCOMPARE(account.fields.value(u"url"_s), u"https://acme.example"_s);
    }
}

void TestDraftCheck::F93_takesASecretAsItIsOnlyOnTheUsersWord_data()
{
    QTest::addColumn<QByteArray>("secret");
    QTest::addColumn<bool>("mayBeMeant");
    QTest::newRow("zero width space") << QByteArray("CANARY\xe2\x80\x8b-1") << true;
    QTest::newRow("soft hyphen at the end") << QByteArray("CANARY-1\xc2\xad") << true;
    QTest::newRow("no-break space") << QByteArray("CANARY\xc2\xa0-1") << true;
    QTest::newRow("control character") << QByteArray("CANARY\x07-1") << true;
    QTest::newRow("blank at the end") << QByteArray("CANARY-1 ") << true;
    QTest::newRow("NUL") << QByteArray("CANARY\0-1", 9) << false;
    QTest::newRow("line feed") << QByteArray("CANARY\n-1") << false;
    QTest::newRow("carriage return behind a zero width space") << QByteArray("CAN\xe2\x80\x8b\r-1") << false;
    QTest::newRow("not UTF-8") << QByteArray("CANARY\xe4-1") << false;
}

void TestDraftCheck::F93_takesASecretAsItIsOnlyOnTheUsersWord()
{
    QFETCH(QByteArray, secret);
    QFETCH(bool, mayBeMeant);
    FakeWorld world;
    AccountDraft draft = configApiDraft();
    draft.secrets[u"client_secret"_s] = Secret(secret);
    QCOMPARE(storedSecret(world, draft), QByteArray());
    QCOMPARE(world.accounts.check(draft).size(), 1);

    draft.takenAsIs = { u"code"_s };
    QCOMPARE(storedSecret(world, draft), QByteArray());
    draft.takenAsIs = { u"client_secret"_s };
    QCOMPARE(storedSecret(world, draft), mayBeMeant ? secret : QByteArray());
}

void TestDraftCheck::F93_namesWhatANameHolds_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("where");
    QTest::newRow("F115 line feed") << u"A\nB"_s << u"U+000A at character 2"_s;
    QTest::newRow("right-to-left override") << u"Rev \u202Exyz"_s << u"U+202E at character 5"_s;
    QTest::newRow("tag") << u"😀\U000E0020"_s << u"U+E0020 at character 2"_s;
    QTest::newRow("half a character") << u"a"_s + QChar(0xD83D) << u"U+D83D at character 2"_s;
}

void TestDraftCheck::F93_namesWhatANameHolds()
{
    QFETCH(QString, name);
    QFETCH(QString, where);
    FakeWorld world;
    AccountDraft draft = configApiDraft();
    draft.name = name;
    const auto problems = world.accounts.check(draft);
    QCOMPARE(problems.size(), 1);
    QCOMPARE(problems.first().fieldId, u"name"_s);
    QVERIFY(fieldProblemText(problems.first()).contains(where));
}

LATCHKEY_TEST(TestDraftCheck)

#include "tst_draftcheck.moc"
