// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/account/templateservice.h"
#include "support/fakes/fakestores.h"
#include "support/fakes/fakeworld.h"
#include "support/fakes/sampleaccounts.h"
#include "support/fakes/sampledrafts.h"
#include "support/testprogram.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

class TestTemplateService final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesWhatIsNoSecret();
    void writesNoFileThatIsThereUnasked();
    void F110_writesHostsInPunycode();
    void writesTheSameBytesInAnyOrder();
    void comesBackTheSame_data();
    void comesBackTheSame();
    void keepsWhatIsThere();
    void refusesWhatItDoesNotUnderstand_data();
    void refusesWhatItDoesNotUnderstand();
    void saysThatTheFileIsNewer();
    void refusesSecrets_data();
    void refusesSecrets();
    void refusesSingleAccounts_data();
    void refusesSingleAccounts();
    void holdsItsBounds();
    void addsNothingToAProfileThatIsReadOnly();
    void F106_addsNoAccountThatSharesARedirectUri();
    void F110_showsWhereItWouldLead();

private:
    using Verdict = TemplateEntry::Verdict;
    static QList<AccountId> idsOf(const FakeWorld &world);
    static QByteArray file(const QByteArray &accounts);
    static int import(FakeWorld &world, const QList<TemplateEntry> &entries);
    static QList<AccountDraft> randomDrafts(quint32 seed);
};

namespace {

test::FakePrivateFiles g_files;

} // namespace

QList<AccountId> TestTemplateService::idsOf(const FakeWorld &world)
{
    QList<AccountId> ids;
    for (const Account &account : world.accounts.accounts())
        ids.append(account.id);
    return ids;
}

QByteArray TestTemplateService::file(const QByteArray &accounts)
{
    return R"({"format":"latchkey-templates","version":1,"accounts":[)" + accounts + "]}";
}

// How many were added; -1: it failed.
int TestTemplateService::import(FakeWorld &world, const QList<TemplateEntry> &entries)
{
    TemplateService templates(world.accounts, g_files, world.clock);
    Answer<Result<int, Problem>> answer;
    templates.import(entries, answer.reply());
    return QTest::qWaitFor([&answer] { return answer.isThere(); }) ? answer.value().value_or(-1) : -2;
}

void TestTemplateService::writesWhatIsNoSecret()
{
    FakeWorld world;
    const AccountId id = putSample(world, { .name = u"Contact centre"_s });
    const TemplateService templates(world.accounts, g_files, world.clock);
    const QByteArray bytes = templates.exported({ id, AccountId::create() });
    QVERIFY(!bytes.contains("CANARY"));
    QVERIFY(!bytes.contains(id.value.toLatin1()));
    const QJsonObject expected {
        { u"format"_s, u"latchkey-templates"_s },
        { u"version"_s, 1 },
        { u"accounts"_s,
          QJsonArray { QJsonObject { { u"name"_s, u"Contact centre"_s },
                                     { u"provider"_s, u"configapi"_s },
                                     { u"fields"_s,
                                       QJsonObject { { u"url"_s, u"https://acme.example.com"_s },
                                                     { u"client_id"_s, u"sheila"_s },
                                                     { u"scope"_s, u"acme.example.com"_s } } } } } },
    };
    QCOMPARE(QJsonDocument::fromJson(bytes).object(), expected);
}

void TestTemplateService::writesNoFileThatIsThereUnasked()
{
    FakeWorld world;
    test::FakePrivateFiles files;
    const QList<AccountId> ids { putSample(world, { .name = u"Contact centre"_s }) };
    TemplateService templates(world.accounts, files, world.clock);

    QVERIFY(templates.write(u"/out.json"_s, ids, false));
    const auto written = files.written.value(u"/out.json"_s);
    QCOMPARE(written.size(), 1);
    QVERIFY(written.first().path.isEmpty());
    QCOMPARE(written.first().content.reveal(), templates.exported(ids));
    QCOMPARE(templates.write(u"/out.json"_s, ids, false).error().kind, Problem::Kind::FileExists);
    QVERIFY(templates.write(u"/out.json"_s, ids, true));

    files.failure =
        PrivateFileError { PrivateFileError::Kind::Full, u"/out.json: No space left on device"_s };
    const auto refused = templates.write(u"/out.json"_s, ids, true);
    QCOMPARE(refused.error().kind, Problem::Kind::FileFailed);
    QCOMPARE(refused.error().detail, u"/out.json: No space left on device"_s);
}

void TestTemplateService::F110_writesHostsInPunycode()
{
    FakeWorld world;
    const QString redirectUri = u"https://пример.рф/cb"_s; // vendors compare each character
    Account account;
    account.name = u"Away"_s;
    account.providerId = u"rev-oauth2"_s;
    account.fields = { { u"url"_s, u"https://пример.рф"_s },
                       { u"test_url"_s, u"https://пример.рф:8443/ü"_s },
                       { u"redirect_uri"_s, redirectUri } };
    const AccountId id = world.put(account, {});
    const QByteArray bytes = TemplateService(world.accounts, g_files, world.clock).exported({ id });
    const QJsonObject fields = QJsonDocument::fromJson(bytes)
                                   .object()[u"accounts"_s]
                                   .toArray()[0]
                                   .toObject()[u"fields"_s]
                                   .toObject();
    QCOMPARE(fields[u"url"_s], u"https://xn--e1afmkfd.xn--p1ai"_s);
    QCOMPARE(fields[u"test_url"_s], u"https://xn--e1afmkfd.xn--p1ai:8443/%C3%BC"_s);
    QCOMPARE(fields[u"redirect_uri"_s], redirectUri);
}

void TestTemplateService::writesTheSameBytesInAnyOrder()
{
    FakeWorld world;
    const AccountId a = putSample(world, { .name = u"beta"_s });
    const AccountId b = putSample(world, { .name = u"Alpha"_s, .providerId = u"rev"_s });
    const TemplateService templates(world.accounts, g_files, world.clock);
    QCOMPARE(templates.exported({ a, b }), templates.exported({ b, a }));
}

QList<AccountDraft> TestTemplateService::randomDrafts(quint32 seed)
{
    QRandomGenerator random(seed);
    static const QList<QString> pieces { u"a"_s,         u"Z"_s, u"\""_s,   u"\\"_s, u"ü"_s,
                                         u"漢"_s,        u"😀"_s, u"'"_s,    u"{{"_s, u"/"_s,
                                         u"</script>"_s, u" "_s, u"$(x)"_s, u"%s"_s, u"ß"_s };
    const auto word = [&random](int length) {
        QString text = u"n"_s;
        for (int i = 0; i < length; ++i)
            text += pieces.at(random.bounded(static_cast<int>(pieces.size())));
        return text + u'.';
    };
    QList<AccountDraft> drafts;
    const int count = random.bounded(1, 12);
    for (int i = 0; i < count; ++i) {
        AccountDraft draft =
            QList { priavaDraft(), revDraft(), revOAuth2Draft(), configApiDraft() }.at(random.bounded(4));
        draft.name = word(random.bounded(20)) + QString::number(i);
        const QString who = draft.fields.contains(u"client_id"_s) ? u"client_id"_s : u"api_key"_s;
        draft.fields.insert(who, word(random.bounded(30)));
        if (random.bounded(2) == 0)
            draft.fields.insert(u"test_url"_s, u"https://echo.example/%1"_s.arg(random.bounded(1000)));
        if (draft.providerId == "configapi"_L1 && random.bounded(2) == 0)
            draft.fields.insert(u"allow_http"_s, u"true"_s);
        if (random.bounded(3) == 0) {
            draft.fields.insert(u"tls_certificate"_s,
                                u"-----BEGIN CERTIFICATE-----\nQUJD\r\n-----END CERTIFICATE-----\n"_s);
            draft.secrets.insert_or_assign(
                u"tls_key"_s, Secret("-----BEGIN PRIVATE KEY-----\nCANARY-key\n-----END PRIVATE KEY-----"));
        }
        drafts.append(draft);
    }
    return drafts;
}

void TestTemplateService::comesBackTheSame_data()
{
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= 50; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

void TestTemplateService::comesBackTheSame()
{
    QFETCH(quint32, seed);
    FakeWorld first;
    for (const AccountDraft &draft : randomDrafts(seed)) {
        Answer<Result<AccountId, Problem>> saved;
        first.accounts.saveAnyway(draft, {}, saved.reply());
        QVERIFY(saved.isThere() && saved.value());
    }
    const QByteArray bytes = TemplateService(first.accounts, g_files, first.clock).exported(idsOf(first));
    QVERIFY(!bytes.contains("CANARY"));

    FakeWorld second;
    const TemplateService templates(second.accounts, g_files, second.clock);
    const auto entries = templates.read(bytes);
    QVERIFY(entries.has_value());
    QCOMPARE(import(second, *entries), static_cast<int>(first.accounts.accounts().size()));
    QCOMPARE(templates.exported(idsOf(second)), bytes);
    QVERIFY(second.keychain.calls.isEmpty());
    QVERIFY(second.http.requests.isEmpty());
}

void TestTemplateService::keepsWhatIsThere()
{
    FakeWorld world;
    const AccountId id = putSample(world, { .name = u"Contact centre"_s });
    const Account before = *world.accounts.find(id);
    const TemplateService templates(world.accounts, g_files, world.clock);
    const auto entries = templates.read(file(
        R"({"name":"CONTACT centre","provider":"rev","fields":{}},)"
        R"({"name":"Other","provider":"configapi","fields":{"url":"https://b.example","client_id":"x"}})"));
    QVERIFY(entries.has_value());
    QCOMPARE(entries->size(), 2);
    QCOMPARE(entries->at(0).verdict, Verdict::AlreadyThere);
    QCOMPARE(entries->at(1).verdict, Verdict::WillBeAdded);
    QCOMPARE(import(world, *entries), 1);
    QVERIFY(*world.accounts.find(id) == before);
    QCOMPARE(world.accounts.accounts().size(), 2);
    QCOMPARE(world.accounts.accounts().constLast().missingSecrets, QStringList { u"client_secret"_s });
    // Added meanwhile by somebody else: kept, and no failure.
    QCOMPARE(import(world, *entries), 0);
}

void TestTemplateService::refusesWhatItDoesNotUnderstand_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char *name, const QByteArray &bytes, const QString &reason) {
        QTest::newRow(name) << bytes << reason;
    };
    const QByteArray good = R"({"name":"A","provider":"rev","fields":{}})";
    row("empty", "", u"byte"_s);
    row("no JSON", "Hello", u"byte"_s);
    row("F94 Latin-1", file("{\"name\":\"Z\xfcrich\",\"provider\":\"rev\",\"fields\":{}}"),
        u"not UTF-8 (byte 66)"_s);
    row("F94 UTF-16", QByteArray("\xff\xfe{\0}\0", 6), u"UTF-16, not UTF-8 (byte 1)"_s);
    row("a list", "[]", u"byte"_s);
    row("cut", file(good).chopped(1), u"byte"_s);
    row("a trailing comma", file(good + ','), u"byte"_s);
    row("a member twice", R"({"format":"latchkey-templates","format":"x","version":1,"accounts":[]})",
        u"byte"_s);
    row("a raw line end", file("{\"name\":\"A\nB\",\"provider\":\"rev\",\"fields\":{}}"), u"byte"_s);
    row("another format", R"({"format":"postman","version":1,"accounts":[]})", u"format"_s);
    row("no format", R"({"version":1,"accounts":[]})", u"format"_s);
    row("no version", R"({"format":"latchkey-templates","accounts":[]})", u"version"_s);
    row("half a version", R"({"format":"latchkey-templates","version":1.5,"accounts":[]})", u"version"_s);
    row("version 0", R"({"format":"latchkey-templates","version":0,"accounts":[]})", u"version"_s);
    row("a version in words", R"({"format":"latchkey-templates","version":"1","accounts":[]})", u"version"_s);
    row("an unknown member", R"({"format":"latchkey-templates","version":1,"accounts":[],"extra":1})",
        u"extra"_s);
    row("no accounts", R"({"format":"latchkey-templates","version":1})", u"accounts"_s);
    row("accounts that are none", file("1"), u"account 1"_s);
    row("no name", file(R"({"provider":"rev","fields":{}})"), u"name"_s);
    row("a name that is none", file(R"({"name":7,"provider":"rev","fields":{}})"), u"name"_s);
    row("no provider", file(R"({"name":"A","fields":{}})"), u"provider"_s);
    row("no fields", file(R"({"name":"A","provider":"rev"})"), u"fields"_s);
    row("a field that is no text", file(R"({"name":"A","provider":"rev","fields":{"url":1}})"), u"url"_s);
    row("the second is wrong", file(good + R"(,{"name":"B","provider":"rev","fields":[]})"), u"account 2"_s);
    row("a member of a later version", file(R"({"name":"A","provider":"rev","fields":{},"colour":"red"})"),
        u"colour"_s);
}

void TestTemplateService::refusesWhatItDoesNotUnderstand()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, reason);
    FakeWorld world;
    const auto entries = TemplateService(world.accounts, g_files, world.clock).read(bytes);
    QVERIFY(!entries);
    QCOMPARE(entries.error().kind, Problem::Kind::FileNotUnderstood);
    QVERIFY2(entries.error().detail.contains(reason), qPrintable(entries.error().detail));
}

void TestTemplateService::saysThatTheFileIsNewer()
{
    FakeWorld world;
    const auto entries = TemplateService(world.accounts, g_files, world.clock)
                             .read(R"({"format":"latchkey-templates","version":2,"groups":[]})");
    QVERIFY(!entries);
    QCOMPARE(entries.error().kind, Problem::Kind::ProfileNewer);
    QCOMPARE(entries.error().detail, u"version 2"_s);
}

void TestTemplateService::refusesSecrets_data()
{
    QTest::addColumn<QByteArray>("account");
    QTest::newRow("of the provider") << QByteArray(
        R"({"name":"A","provider":"rev","fields":{"api_secret":"CANARY-1"}})");
    QTest::newRow("of another one") << QByteArray(
        R"({"name":"A","provider":"rev","fields":{"client_secret":"CANARY-1"}})");
    QTest::newRow("of a provider nobody knows")
        << QByteArray(R"({"name":"A","provider":"nobody","fields":{"code":"CANARY-1"}})");
    QTest::newRow("the certificate's key")
        << QByteArray(R"({"name":"A","provider":"rev","fields":{"tls_key":"CANARY-1"}})");
    QTest::newRow("as a member") << QByteArray(
        R"({"name":"A","provider":"rev","fields":{},"access_token":"CANARY-1"})");
}

void TestTemplateService::refusesSecrets()
{
    QFETCH(QByteArray, account);
    FakeWorld world;
    const auto entries = TemplateService(world.accounts, g_files, world.clock).read(file(account));
    QVERIFY(!entries);
    QCOMPARE(entries.error().kind, Problem::Kind::FileNotUnderstood);
    QVERIFY(!entries.error().detail.contains("CANARY"_L1));
}

void TestTemplateService::refusesSingleAccounts_data()
{
    QTest::addColumn<QByteArray>("account");
    QTest::addColumn<QString>("field");
    const auto row = [](const char *name, const QByteArray &account, const QString &field) {
        QTest::newRow(name) << account << field;
    };
    row("a provider nobody knows", R"({"name":"A","provider":"nobody","fields":{}})", u"provider"_s);
    row("a field nobody knows",
        R"({"name":"A","provider":"configapi","fields":{"url":"https://a.example","client_id":"x","shoe":"9"}})",
        u"shoe"_s);
    row("an address that is none",
        R"({"name":"A","provider":"configapi","fields":{"url":"ftp://a.example","client_id":"x"}})",
        u"url"_s);
    row("a value is missing", R"({"name":"A","provider":"configapi","fields":{"url":"https://a.example"}})",
        u"client_id"_s);
    row("R57 a line end in a value",
        R"({"name":"A","provider":"configapi","fields":{"url":"https://a.example","client_id":"x\ny"}})",
        u"client_id"_s);
    row("R57 a line end in the name",
        R"({"name":"A\nB","provider":"configapi","fields":{"url":"https://a.example","client_id":"x"}})",
        u"name"_s);
    row("a key among the certificates",
        R"({"name":"A","provider":"configapi","fields":{"url":"https://a.example","client_id":"x",)"
        R"("tls_certificate":"-----BEGIN PRIVATE KEY-----\nCANARY\n-----END PRIVATE KEY-----"}})",
        u"tls_certificate"_s);
    row("a name twice",
        R"({"name":"a","provider":"nobody","fields":{}},)"
        R"({"name":"A","provider":"configapi","fields":{"url":"https://a.example","client_id":"x"}})",
        u"name"_s);
}

void TestTemplateService::refusesSingleAccounts()
{
    QFETCH(QByteArray, account);
    FakeWorld world;
    const auto entries = TemplateService(world.accounts, g_files, world.clock).read(file(account));
    QVERIFY(entries.has_value());
    const TemplateEntry &last = entries->constLast();
    QCOMPARE(last.verdict, Verdict::Refused);
    QTEST(last.problems.constFirst().fieldId, "field");
    QCOMPARE(import(world, *entries), 0);
    QVERIFY(world.accounts.accounts().isEmpty());
}

void TestTemplateService::holdsItsBounds()
{
    FakeWorld world;
    const TemplateService templates(world.accounts, g_files, world.clock);
    const auto list = [](int count) {
        QByteArrayList all;
        for (int i = 0; i < count; ++i)
            all.append(R"({"name":"A","provider":"rev","fields":{}})");
        return file(all.join(','));
    };
    QVERIFY(templates.read(list(1000)).has_value());
    const auto many = templates.read(list(1001));
    QVERIFY(!many && many.error().detail.contains("1,000"_L1));
    const auto large = templates.read(file({}) + QByteArray(1024 * 1024, ' '));
    QVERIFY(!large && large.error().detail.contains("1 MiB"_L1));
    const auto deep = templates.read(QByteArray(100'000, '['));
    QVERIFY(!deep);
}

void TestTemplateService::addsNothingToAProfileThatIsReadOnly()
{
    FakeWorld world;
    const TemplateService templates(world.accounts, g_files, world.clock);
    const auto entries = templates.read(
        file(R"({"name":"A","provider":"configapi","fields":{"url":"https://b.example","client_id":"x"}})"));
    QVERIFY(entries.has_value());
    world.profile.failure = AccountStoreError { AccountStoreError::Kind::ReadOnly, {} };
    QCOMPARE(import(world, *entries), -1);
    QVERIFY(world.accounts.accounts().isEmpty());
}

void TestTemplateService::F106_addsNoAccountThatSharesARedirectUri()
{
    FakeWorld world;
    const auto rev = [](const QByteArray &name, const QByteArray &host, const QByteArray &more) {
        return R"({"name":")" + name + R"(","provider":"rev-oauth2","fields":{"url":"https://)" + host
            + R"(","api_key":"k")" + more + "}}";
    };
    const QByteArray uri = R"(,"redirect_uri":"http://127.0.0.1:53119/cb")";
    putSample(world, { .name = u"There"_s, .providerId = u"rev"_s, .host = u"rev.acme.example"_s });
    const auto entries =
        TemplateService(world.accounts, g_files, world.clock)
            .read(file(rev("One", "a.example", uri) + ',' + rev("Two", "b.example", uri) + ','
                       + rev("Beside", "a.example", uri) + ','
                       + rev("Existing", "b.example", R"(,"redirect_uri":"http://localhost:53118/rev")") + ','
                       + rev("Allowed", "b.example", uri + R"(,"share_redirect_uri":"true")") + ','
                       + rev("Own", "b.example", {}) + ',' + rev("Own too", "c.example", {})));
    QVERIFY(entries.has_value());
    QList<Verdict> verdicts;
    for (const TemplateEntry &entry : *entries)
        verdicts.append(entry.verdict);
    QCOMPARE(verdicts,
             (QList { Verdict::WillBeAdded, Verdict::Refused, Verdict::WillBeAdded, Verdict::Refused,
                      Verdict::Refused, Verdict::WillBeAdded, Verdict::WillBeAdded }));
    QCOMPARE(entries->at(1).problems.first().where, QStringList { u"One"_s });
    QCOMPARE(entries->at(3).problems.first().where, QStringList { u"There"_s });
    QCOMPARE(import(world, *entries), 4);
    QSet<QString> uris;
    for (const Account &account : world.accounts.accounts())
        uris.insert(account.fields.value(u"redirect_uri"_s));
    QCOMPARE(uris.size(), 4); // One and Beside share theirs
    // No file takes the user's word along.
    Account allowed = world.accounts.accounts().first();
    allowed.fields.insert(u"share_redirect_uri"_s, u"true"_s);
    QVERIFY(world.repository.storeAccount(allowed));
    QVERIFY(
        !TemplateService(world.accounts, g_files, world.clock).exported({ allowed.id }).contains("share"));
}

void TestTemplateService::F110_showsWhereItWouldLead()
{
    FakeWorld world;
    const auto entries =
        TemplateService(world.accounts, g_files, world.clock)
            .read(file(
                R"({"name":"A","provider":"priava","fields":{"url":"https://api.pri\u0430va.com/api",)"
                R"("region":"EU","client_id":"x","redirect_uri":"https://evil.example/cb"}},)"
                R"({"name":"B","provider":"configapi","fields":{"url":"B\u00fccher.example","client_id":"x"}})"));
    QVERIFY(entries.has_value());
    // What is refused is shown as well.
    QCOMPARE(entries->at(0).verdict, Verdict::Refused);
    QCOMPARE(entries->at(0).destinations.size(), 2);
    QCOMPARE(entries->at(0).destinations.at(0).shown, u"https://api.xn--priva-6ve.com/api"_s);
    QVERIFY(*entries->at(0).destinations.at(1).warning);
    QCOMPARE(entries->at(1).verdict, Verdict::WillBeAdded);
    QCOMPARE(entries->at(1).destinations.at(0).shown, u"https://xn--bcher-kva.example"_s);
    QVERIFY(*entries->at(1).destinations.at(0).warning);
}

LATCHKEY_TEST(TestTemplateService)
#include "tst_templateservice.moc"
