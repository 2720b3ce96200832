// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/characters.h"
#include "core/oauth/tokenanswers.h"
#include "support/testprogram.h"

#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

using Notes = QList<TokenNote>;

// What an answer tells besides its tokens: scope, header scheme, user.
class TestTokenResponseFacts final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void R33_comparesTheScope_data();
    void R33_comparesTheScope();
    void takesTheHeaderSchemeOnlyIfItFitsAHeader_data();
    void takesTheHeaderSchemeOnlyIfItFitsAHeader();
    void namesTheUser_data();
    void namesTheUser();
    void keepsOnlyWhatIsVisible_data();
    void keepsOnlyWhatIsVisible();
};

void TestTokenResponseFacts::R33_comparesTheScope_data()
{
    QTest::addColumn<QByteArray>("member");
    QTest::addColumn<QStringList>("requested");
    QTest::addColumn<QStringList>("granted");
    QTest::addColumn<Notes>("notes");
    const auto row = [](const char *name, const char *member, const QStringList &requested,
                        const QStringList &granted, const Notes &notes = {}) {
        QTest::newRow(name) << QByteArray(member) << requested << granted << notes;
    };
    const QStringList two { u"a"_s, u"b"_s };

    row("R33 absent", "", two, two);
    row("R33 absent, none asked", "", {}, {});
    row("R33 empty", R"(,"scope":"")", two, two);
    row("R33 the same", R"(,"scope":"a b")", two, two);
    row("R33 in another order", R"(,"scope":" b  a ")", two, { u"b"_s, u"a"_s });
    row("R33 less", R"(,"scope":"a")", two, { u"a"_s }, { TokenNote::ScopeDiffers });
    row("R33 more", R"(,"scope":"a b c")", two, { u"a"_s, u"b"_s, u"c"_s }, { TokenNote::ScopeDiffers });
    row("R33 another case", R"(,"scope":"A b")", two, { u"A"_s, u"b"_s }, { TokenNote::ScopeDiffers });
    row("R33 none asked", R"(,"scope":"user:full")", {}, { u"user:full"_s });
    row("R33 control characters", R"(,"scope":"a\u202e\u0000 b")", two, two);
    row("R33 no string", R"(,"scope":5)", two, two);
}

void TestTokenResponseFacts::R33_comparesTheScope()
{
    QFETCH(QByteArray, member);
    QFETCH(QStringList, requested);
    const auto tokens =
        parseTokenResponse(ok(R"({"access_token":"CANARY-access-1")" + member + '}'), atNoon(requested));
    QVERIFY(tokens);
    QTEST(tokens->facts.scopes, "granted");
    QTEST(tokens->facts.notes, "notes");
}

void TestTokenResponseFacts::takesTheHeaderSchemeOnlyIfItFitsAHeader_data()
{
    QTest::addColumn<QByteArray>("member");
    QTest::addColumn<bool>("accepted");
    QTest::addColumn<QString>("scheme");
    const auto row = [](const char *name, const QByteArray &member, bool accepted,
                        const QString &scheme = {}) { QTest::newRow(name) << member << accepted << scheme; };

    row("VBrick", R"(,"issuedBy":"VBrick")", true, u"VBrick"_s);
    row("missing: the provider knows", "", true);
    row("empty", R"(,"issuedBy":"")", true);
    row("32 characters", R"(,"issuedBy":")" + QByteArray(32, 'v') + '"', true, QString(32, u'v'));
    row("33 characters", R"(,"issuedBy":")" + QByteArray(33, 'v') + '"', false);
    row("a blank", R"(,"issuedBy":"V Brick")", false);
    row("a line end", R"(,"issuedBy":"VBrick\r\nX: y")", false);
    row("not ASCII", R"(,"issuedBy":"VBrick\u202e")", false);
    row("a number", R"(,"issuedBy":5)", false);
}

void TestTokenResponseFacts::takesTheHeaderSchemeOnlyIfItFitsAHeader()
{
    QFETCH(QByteArray, member);
    QFETCH(bool, accepted);
    const auto tokens =
        parseTokenResponse(ok(R"({"accessToken":"CANARY-access-1")" + member + '}'), atNoon(), revFormat());
    QCOMPARE(tokens.has_value(), accepted);
    if (tokens)
        QTEST(tokens->facts.headerScheme, "scheme");
}

void TestTokenResponseFacts::namesTheUser_data()
{
    QTest::addColumn<QByteArray>("member");
    QTest::addColumn<QString>("user");
    const auto row = [](const char *name, const QByteArray &member, const QString &user) {
        QTest::newRow(name) << member << user;
    };

    row("none", "", {});
    row("the best first", R"(,"userId":"id","username":"jane")", u"jane"_s);
    row("an empty name", R"(,"userId":"id","username":" ")", u"id"_s);
    row("no string", R"(,"userId":"id","username":5)", u"id"_s);
    row("another script", R"(,"username":"\u65e5\u672c")", u"日本"_s);
    row("text that turns its direction", R"(,"username":"a\u202eb\u0000\u001b[1m\nc")", u"ab[1m c"_s);
    row("too long", R"(,"username":")" + QByteArray(200, 'u') + '"', QString(128, u'u'));
    row("cut between two halves", R"(,"username":")" + QByteArray(127, 'u') + R"(\ud83d\ude00")",
        QString(127, u'u'));
}

void TestTokenResponseFacts::namesTheUser()
{
    QFETCH(QByteArray, member);
    const auto tokens =
        parseTokenResponse(ok(R"({"accessToken":"CANARY-access-1")" + member + '}'), atNoon(), revFormat());
    QVERIFY(tokens);
    QTEST(tokens->facts.user, "user");
}

void TestTokenResponseFacts::keepsOnlyWhatIsVisible_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("plain");

    QTest::newRow("F38 markup stays, as text") << u"<b>x</b>"_s << u"<b>x</b>"_s;
    QTest::newRow("F38 ANSI") << u"\x1B[31mred\x07"_s << u"[31mred"_s;
    QTest::newRow("F38 text that turns its direction") << u"a\u202Eb\u200Bc"_s << u"abc"_s;
    QTest::newRow("F38 lines become one") << u"a\r\nb\tc"_s << u"a  b c"_s;
    QTest::newRow("F38 cut") << QString(50, u'x') << QString(20, u'x');
    QTest::newRow("F38 cut after dropping") << QString(50, u'\u200B') + u"x"_s << u"x"_s;
    QTest::newRow("F101 German") << u"ungültig"_s << u"ungültig"_s;
    QTest::newRow("F101 Japanese") << u"無効です"_s << u"無効です"_s;
}

void TestTokenResponseFacts::keepsOnlyWhatIsVisible()
{
    QFETCH(QString, text);
    QTEST(visibleLine(text, 20), "plain");
}

LATCHKEY_TEST(TestTokenResponseFacts)

#include "tst_tokenresponsefacts.moc"
