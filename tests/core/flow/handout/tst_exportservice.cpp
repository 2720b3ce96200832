// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/exportformat.h"
#include "support/fakes/handoutworld.h"
#include "support/fakes/sampledrafts.h"
#include "support/testprogram.h"

#include <QSignalSpy>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestExportService final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesEveryFormat_data();
    void writesEveryFormat();
    void writesAllAccountsOrNone();
    void wantsTwoMinutesOfLife_data();
    void wantsTwoMinutesOfLife();
    void asksAboutAnotherHost();
    void F112_looksAgainWhenTheTokenIsThere();
    void replacesOnlyWhenAllowed();
    void saysWhyNothingWasWritten();
    void refusesWhatItDoesNotKnow();
    void writesNoTokenThatBreaksLines();
    void writesNoTemplate_data();
    void writesNoTemplate();
    void stopsWhenNobodyWaits();

private:
    using Written = Result<QStringList, Problem>;
    static Written write(HandoutWorld &world, const ExportRequest &request);
    static QByteArray contentOf(const HandoutWorld &world, const QString &target);
};

TestExportService::Written TestExportService::write(HandoutWorld &world, const ExportRequest &request)
{
    Answer<Written> answer;
    world.exports.write(request, answer.reply());
    if (!answer.isThere())
        return failure(Problem { Problem::Kind::Cancelled, u"no answer"_s, {}, {}, {} });
    return answer.value();
}

QByteArray TestExportService::contentOf(const HandoutWorld &world, const QString &target)
{
    QByteArray all;
    for (const PrivateFile &file : world.files.written.value(target))
        all += file.content.reveal().toByteArray();
    return all;
}

void TestExportService::writesEveryFormat_data()
{
    QTest::addColumn<QString>("format");
    for (const ExportFormat &format : exportFormats())
        QTest::newRow(qPrintable(format.id)) << format.id;
}

void TestExportService::writesEveryFormat()
{
    QFETCH(QString, format);
    HandoutWorld world;
    const AccountId one = putSample(world, { .name = u"One"_s });
    const AccountId two =
        putSample(world, { .name = u"Two"_s, .providerId = u"rev"_s, .token = "CANARY-access-token-2" });
    const bool holdsTokens = findExportFormat(format)->holdsTokens;
    QSignalSpy progress(&world.exports, &ExportService::progressed);

    const auto written = write(
        world,
        { .ids = { one, two }, .formatId = format, .target = u"/tmp/out"_s, .program = u"latchkey-cli"_s });
    QVERIFY(written.has_value());
    QCOMPARE(written->size(), world.files.written.value(u"/tmp/out"_s).size());
    for (const QString &path : *written)
        QVERIFY(path.startsWith(u"/tmp/out"_s));
    const QByteArray content = contentOf(world, u"/tmp/out"_s);
    QVERIFY(content.contains("CANARY-access-token-1") == holdsTokens);
    QVERIFY(content.contains("CANARY-access-token-2") == holdsTokens);
    QVERIFY(!content.contains("CANARY-client-secret"));
    QVERIFY(world.http.requests.isEmpty());

    // Handing out is on record, once an account; a file without tokens hands nothing out.
    QCOMPARE(world.activityStore.kept.size(), holdsTokens ? 2 : 0);
    QCOMPARE(progress.size(), holdsTokens ? 2 : 0);
    if (holdsTokens) {
        QCOMPARE(world.activityStore.kept.constFirst().form, format);
        QCOMPARE(progress.constLast().at(0).toInt(), 2);
    }
}

void TestExportService::writesAllAccountsOrNone()
{
    HandoutWorld world;
    const AccountId good = putSample(world, { .name = u"Good"_s });
    const AccountId none = putSample(world, { .name = u"None"_s, .providerId = u"rev"_s, .hasToken = false });
    QList<AccountId> stopped;
    connect(&world.exports, &ExportService::stoppedAt, this,
            [&stopped](const AccountId &id) { stopped.append(id); });
    const auto written = write(
        world, { .ids = { good, none }, .formatId = u"dotenv"_s, .target = u"/tmp/out"_s, .program = {} });
    QVERIFY(!written);
    QCOMPARE(written.error().kind, Problem::Kind::SignInNeeded);
    QVERIFY(stopped == QList { none });
    QVERIFY(world.files.written.isEmpty());
    QVERIFY(world.activityStore.kept.isEmpty());
}

void TestExportService::wantsTwoMinutesOfLife_data()
{
    QTest::addColumn<int>("left"); // -1: nobody knows, two hours after it was issued
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("isWritten");
    QTest::newRow("F99 unknown, refreshed") << -1 << 200 << true;
    QTest::newRow("F99 unknown, could not be refreshed") << -1 << 500 << false;
    QTest::newRow("enough") << 130 << 500 << true;
    QTest::newRow("refreshed") << 100 << 200 << true;
    QTest::newRow("could not be refreshed") << 100 << 500 << false;
}

void TestExportService::wantsTwoMinutesOfLife()
{
    QFETCH(int, left);
    QFETCH(int, status);
    QFETCH(bool, isWritten);
    HandoutWorld world;
    world.answerTokens(status, R"({"access_token":"CANARY-access-token-2","expires_in":"3599"})");
    const auto known = left < 0 ? std::nullopt : std::optional(std::chrono::seconds(left));
    const AccountId id = putSample(world, { .name = u"One"_s, .left = known });
    world.now = world.now.addSecs(known ? 0 : 7200);
    const auto written =
        write(world, { .ids = { id }, .formatId = u"dotenv"_s, .target = u"/tmp/out"_s, .program = {} });
    QCOMPARE(written.has_value(), isWritten);
    QCOMPARE(world.files.written.size(), isWritten ? 1 : 0);
}

void TestExportService::asksAboutAnotherHost()
{
    HandoutWorld world;
    const AccountId near = putSample(world, { .name = u"Near"_s, .left = 1s });
    const AccountId far = putSample(world, { .name = u"Far"_s, .left = 1s });
    world.setField(far, u"test_url"_s, u"https://echo.example.net/x"_s);
    ExportRequest request {
        .ids = { near, far }, .formatId = u"bruno"_s, .target = u"/tmp/out"_s, .program = {}
    };
    const auto refused = write(world, request);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, Problem::Kind::OtherHost);
    QCOMPARE(refused.error().detail, u"echo.example.net"_s);
    QVERIFY(world.http.requests.isEmpty()); // not even for the first account

    world.answerTokens(200, R"({"access_token":"CANARY-access-token-2","expires_in":"3599"})");
    request.allowedHosts = { u"echo.example.net"_s };
    QVERIFY(write(world, request).has_value());
}

// The first account is edited while the token of the first, the second one while that of the second is
// refreshed.
void TestExportService::F112_looksAgainWhenTheTokenIsThere()
{
    for (const int turn : { 0, 1 }) {
        HandoutWorld world;
        const QList<AccountId> ids { putSample(world, { .name = u"One"_s, .left = 1s }),
                                     putSample(world, { .name = u"Two"_s, .left = 1s }) };
        Answer<Result<QStringList, Problem>> answer;
        world.exports.write({ .ids = ids, .formatId = u"bruno"_s, .target = u"/tmp/out"_s, .program = {} },
                            answer.reply());
        const QByteArray token = R"({"access_token":"CANARY-access-token-2","expires_in":"3599"})";
        if (turn == 1)
            world.http.answer(200, token);
        QCOMPARE(world.http.unanswered(), 1);
        world.setField(ids.at(turn), u"test_url"_s, u"https://acme.example.com:8443/x"_s);
        world.http.answer(200, token);
        QVERIFY(!answer.value());
        QCOMPARE(answer.value().error().kind, Problem::Kind::OtherHost);
        QCOMPARE(answer.value().error().detail, u"acme.example.com:8443"_s);
        QVERIFY(world.files.written.isEmpty());
        QVERIFY(world.activityStore.kept.isEmpty());
    }
}

void TestExportService::replacesOnlyWhenAllowed()
{
    HandoutWorld world;
    const AccountId id = putSample(world, { .name = u"One"_s });
    ExportRequest request { .ids = { id }, .formatId = u"dotenv"_s, .target = u"/tmp/out"_s, .program = {} };
    QVERIFY(write(world, request).has_value());
    const auto again = write(world, request);
    QVERIFY(!again);
    QCOMPARE(again.error().kind, Problem::Kind::FileExists);
    QCOMPARE(again.error().detail, u"/tmp/out"_s);
    QCOMPARE(world.activityStore.kept.size(), 1);
    request.mayReplace = true;
    QVERIFY(write(world, request).has_value());
}

void TestExportService::saysWhyNothingWasWritten()
{
    HandoutWorld world;
    const AccountId id = putSample(world, { .name = u"One"_s });
    world.files.failure = PrivateFileError { PrivateFileError::Kind::Full, u"/tmp/out: no space"_s };
    const auto written =
        write(world, { .ids = { id }, .formatId = u"dotenv"_s, .target = u"/tmp/out"_s, .program = {} });
    QVERIFY(!written);
    QCOMPARE(written.error().kind, Problem::Kind::FileFailed);
    QCOMPARE(written.error().detail, u"/tmp/out: no space"_s);
    QVERIFY(world.activityStore.kept.isEmpty());
}

void TestExportService::refusesWhatItDoesNotKnow()
{
    HandoutWorld world;
    const AccountId id = putSample(world, { .name = u"One"_s });
    const QString target = u"/tmp/out"_s;
    const auto format = write(world, { .ids = { id }, .formatId = u"x"_s, .target = target, .program = {} });
    QCOMPARE(format.error().detail, u"format"_s);
    const auto nobody = write(world, { .ids = {}, .formatId = u"dotenv"_s, .target = target, .program = {} });
    QCOMPARE(nobody.error().kind, Problem::Kind::FieldRefused);
    const auto unknown = write(
        world, { .ids = { AccountId::create() }, .formatId = u"dotenv"_s, .target = target, .program = {} });
    QCOMPARE(unknown.error().kind, Problem::Kind::NoSuchAccount);
}

void TestExportService::writesNoTokenThatBreaksLines()
{
    HandoutWorld world;
    const AccountId id = putSample(world, { .name = u"One"_s, .token = "CANARY-a\nEVIL=1" });
    const auto written =
        write(world, { .ids = { id }, .formatId = u"dotenv"_s, .target = u"/tmp/out"_s, .program = {} });
    QVERIFY(!written);
    QCOMPARE(written.error().kind, Problem::Kind::SecretUnsuitable);
    QVERIFY(world.files.written.isEmpty());
}

void TestExportService::writesNoTemplate_data()
{
    QTest::addColumn<QByteArray>("token");
    QTest::newRow("F111 postman-environment") << QByteArray("CANARY-{{x}}");
    QTest::newRow("F111 bruno") << QByteArray("CANARY-{{process.env.X}}");
    QTest::newRow("F111 insomnia") << QByteArray("CANARY-{% endraw %}{{ x }}");
    QTest::newRow("F111 dotenv") << QByteArray("CANARY-${X}");
}

// All or none, and which one is said.
void TestExportService::writesNoTemplate()
{
    QFETCH(QByteArray, token);
    const QString format = QString::fromLatin1(QTest::currentDataTag()).section(u' ', 1);
    HandoutWorld world;
    const AccountId good = putSample(world, { .name = u"Good"_s });
    const AccountId hostile = putSample(world, { .name = u"Hostile"_s, .token = token });
    QList<AccountId> stopped;
    connect(&world.exports, &ExportService::stoppedAt, this,
            [&stopped](const AccountId &id) { stopped.append(id); });
    const auto written = write(
        world, { .ids = { good, hostile }, .formatId = format, .target = u"/tmp/out"_s, .program = {} });
    QVERIFY(!written);
    QCOMPARE(written.error().kind, Problem::Kind::ReadAsTemplate);
    QCOMPARE(written.error().detail, u"token"_s);
    QVERIFY(stopped == QList { hostile });
    QVERIFY(world.files.written.isEmpty());
    QVERIFY(world.activityStore.kept.isEmpty());
    // Its request, without a value.
    QVERIFY(write(world,
                  { .ids = { hostile },
                    .formatId = u"postman-collection"_s,
                    .target = u"/tmp/out"_s,
                    .program = {} })
                .has_value());
}

void TestExportService::stopsWhenNobodyWaits()
{
    HandoutWorld world;
    const AccountId one = putSample(world, { .name = u"One"_s, .left = 1s });
    const AccountId two = putSample(world, { .name = u"Two"_s, .left = 1s });
    auto owner = std::make_unique<QObject>();
    bool wasAnswered = false;
    world.exports.write(
        { .ids = { one, two }, .formatId = u"dotenv"_s, .target = u"/tmp/out"_s, .program = {} },
        { owner.get(), [&wasAnswered](const Written &) { wasAnswered = true; } });
    owner.reset();
    world.http.answer(200, R"({"access_token":"CANARY-access-token-2","expires_in":"3599"})");
    QCOMPARE(world.http.requests.size(), 1);
    QVERIFY(world.files.written.isEmpty());
    QVERIFY(!wasAnswered);
}

LATCHKEY_TEST(TestExportService)
#include "tst_exportservice.moc"
