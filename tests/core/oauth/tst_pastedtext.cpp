// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/result.h"
#include "core/oauth/redirect.h"
#include "support/testprogram.h"

#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

const QString landed = u"http://127.0.0.1:53917/cb?code=abcdef&state=CANARY-state-1"_s;
const QString inPieces = u"unusable: it came in several lines, so a part of it may be missing"_s;
const QString broken = u"unusable: its state is not whole: it was broken on its way"_s;

const QString words = u"unusable: it is more than a code, and no whole address"_s;
const QString cut = u"unusable: its end is cut off"_s;

const auto inOtherWords = Overloaded {
    [](const StateMismatch &fault) { return fault.wasMissing ? u"no state"_s : u"another state"_s; },
    [](const UnusableAnswer &fault) { return u"unusable: "_s + fault.reason; },
    [](const OAuthError &error) { return u"error: "_s + error.error; },
    [](const PastedOtherAddress &) { return u"other address"_s; },
};

// The code, or why there is none.
QString outcomeOf(const QString &pasted, const QString &redirectUri, const ExpectedAnswer &expected)
{
    const auto code = codeFromPaste(pasted, *readRedirectUri(redirectUri), expected);
    return code ? QString::fromUtf8(code->reveal()) : std::visit(inOtherWords, code.error());
}

} // namespace

class TestPastedText final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void F102_takesHarmlessWrappingOff_data();
    void F102_takesHarmlessWrappingOff();
    void F102_joinsAnAddressBrokenAnywhere();
    void F102_namesNoWrongCause_data();
    void F102_namesNoWrongCause();
    void F102_sendsNoPieceOfACode_data();
    void F102_sendsNoPieceOfACode();
    void F102_joinsRevsAddress();
};

void TestPastedText::F102_takesHarmlessWrappingOff_data()
{
    QTest::addColumn<QString>("pasted");
    const auto row = [](const char *name, const QString &pasted) { QTest::newRow(name) << pasted; };
    const QString escaped = QString(landed).replace(u"&"_s, u"&amp;"_s);
    row("double quotes", u'"' + landed + u'"');
    row("single quotes", u"'"_s + landed + u"'"_s);
    row("backticks", u'`' + landed + u'`');
    row("curly quotes", u"“"_s + landed + u"”"_s);
    row("German quotes", u"„"_s + landed + u"“"_s);
    row("guillemets", u"« "_s + landed + u" »"_s);
    row("angle brackets", u'<' + landed + u'>');
    row("round brackets and a full stop", u'(' + landed + u")."_s);
    row("a Markdown link", u"[the page]("_s + landed + u')');
    row("a link of a page", u"<a href=\""_s + escaped + u"\">here</a>"_s);
    row("half a pair of quotes", landed + u'"');
    row("a header", u"Location: "_s + landed + u"\r\n"_s);
    row("words before it", u"I landed on:\n"_s + landed);
    row("a comma", landed + u',');
    row("&amp;", escaped);
    row("&#38;", QString(landed).replace(u"&"_s, u"&#38;"_s));
    row("a shell's backslashes", u"http://127.0.0.1:53917/cb\\?code\\=abcdef\\&state\\=CANARY-state-1"_s);
    row("a byte order mark", u'\uFEFF' + landed);
    row("U+200B at the end", landed + u'\u200B');
    row("U+200B within", QString(landed).insert(30, u'\u200B'));
    row("soft hyphens", QString(landed).insert(30, u'\u00AD').insert(40, u'\u00AD'));
    row("bidi marks around it", u'\u202A' + landed + u'\u202C');
    row("no-break spaces around it", u'\u00A0' + landed + u'\u00A0');
    row("a blank in the place of a line end", QString(landed).insert(30, u' '));
    row("without its scheme, broken", landed.mid(7).insert(30, u'\n'));
    row("a piece with its state, broken", u"?code=abc\ndef&state=CANARY-state-1"_s);
    row("a piece with &amp;", u"code=abcdef&amp;state=CANARY-state-1"_s);
    row("encoded as a whole", QString::fromLatin1(landed.toUtf8().toPercentEncoding()));
    row("encoded as a whole, but for its marks", QString(landed).replace(u"://"_s, u"%3a%2f%2f"_s));
    row("a shell's line that goes on", QString(landed).insert(37, u"\\\n"_s));
    row("the same in a state", QString(landed).insert(48, u"\\\r\n  "_s));
    row("the same of cmd.exe", QString(landed).insert(37, u"^\r\n"_s));
    row("the same of PowerShell", QString(landed).insert(37, u"`\r\n"_s));
    row("&#038;", QString(landed).replace(u"&"_s, u"&#038;"_s));
    row("&amp;amp;", QString(landed).replace(u"&"_s, u"&amp;amp;"_s));
    row("JSON's escapes", QString(landed).replace(u"&"_s, u"\\u0026"_s).replace(u"/"_s, u"\\/"_s));
    row("a list of requests", u"GET /cb?code=abcdef&state=CANARY-state-1 HTTP/1.1"_s);
    row("a bare code in quotes", u"\"abcdef\""_s);
    row("a bare code in backticks", u"`abcdef`\n"_s);
    row("a bare code with U+200B", u"abc\u200Bdef\u200B"_s);
}

void TestPastedText::F102_takesHarmlessWrappingOff()
{
    QFETCH(QString, pasted);
    QCOMPARE(
        outcomeOf(pasted, u"http://127.0.0.1:53917/cb"_s, { Secret("CANARY-state-1"), "code", false, {} }),
        u"abcdef"_s);
}

void TestPastedText::F102_joinsAnAddressBrokenAnywhere()
{
    const ExpectedAnswer expected { Secret("CANARY-state-1"), "code", false, {} };
    for (qsizetype at = 1; at < landed.size(); ++at) {
        for (const QString &breaks : { u"\n"_s, u"\r\n"_s, u" \n  "_s, u"\u2028"_s, u"\n\n"_s }) {
            const QString pasted = QString(landed).insert(at, breaks);
            QCOMPARE(outcomeOf(pasted, u"http://127.0.0.1:53917/cb"_s, expected), u"abcdef"_s);
        }
        QCOMPARE(outcomeOf(QString(landed).insert(at, u'\n').insert(1, u'\n'), u"http://127.0.0.1:53917/cb"_s,
                           expected),
                 u"abcdef"_s);
    }
}

void TestPastedText::F102_namesNoWrongCause_data()
{
    QTest::addColumn<QString>("pasted");
    QTest::addColumn<QString>("why");
    const auto row = [](const char *name, const QString &pasted, const QString &why) {
        QTest::newRow(name) << pasted << why;
    };
    row("the state is cut off", landed.chopped(3), broken);
    row("something follows the state", landed + u"-and-more"_s, broken);
    row("the state is missing", landed.section(u'&', 0, 0), u"no state"_s);
    row("another sign-in", QString(landed).replace(u"CANARY-state-1"_s, u"CANARY-state-2"_s),
        u"another state"_s);
    row("two addresses", landed + u'\n' + landed, inPieces);
    row("words behind the address", landed + u"\nand then nothing happened"_s, inPieces);
    row("two addresses on one line", landed + landed, u"unusable: there is more than one address in it"_s);
    row("two addresses and a blank", landed + u' ' + landed,
        u"unusable: there is more than one address in it"_s);
    row("quoted-printable", QString(landed).replace(u"="_s, u"=3D"_s), broken);
    row("quoted-printable, with a line end", QString(landed).replace(u"="_s, u"=3D"_s).insert(40, u"=\n"_s),
        inPieces);
    row("text before the state", QString(landed).replace(u"CANARY"_s, u"x-CANARY"_s), broken);
    row("another address, encoded as a whole", u"https%3A%2F%2Fa.example%2F%3Fcode%3Dabcdef"_s,
        u"other address"_s);
    row("an encoded address behind a word", u"see:http%3A%2F%2F127.0.0.1%3A53917%2Fcb%3Fcode%3Dabcdef"_s,
        u"other address"_s);
    row("another host that holds ours", u"https://evil.example/ http://127.0.0.1:53917/cb?code=a"_s,
        u"other address"_s);
    row("control characters stay", u"abc\u001Bdef"_s, u"unusable: the code holds what no code may hold"_s);
}

void TestPastedText::F102_namesNoWrongCause()
{
    QFETCH(QString, pasted);
    QTEST(outcomeOf(pasted, u"http://127.0.0.1:53917/cb"_s, { Secret("CANARY-state-1"), "code", false, {} }),
          "why");
}

// Without a state nothing else would show that a piece is missing.
void TestPastedText::F102_sendsNoPieceOfACode_data()
{
    QTest::addColumn<QString>("redirectUri");
    QTest::addColumn<QString>("pasted");
    QTest::addColumn<QString>("result");
    const auto row = [](const char *name, const QString &pasted, const QString &result,
                        const QString &redirectUri = u"http://127.0.0.1:53917/cb"_s) {
        QTest::newRow(name) << redirectUri << pasted << result;
    };
    row("a bare code in two lines", u"zz1\n234"_s, inPieces);
    row("a bare code in three", u"zz1\r\n23\r\n4\r\n"_s, inPieces);
    row("a bare code in quotes, in two lines", u"\"zz1\n234\""_s, inPieces);
    row("a bare code with a blank", u"zz1 234"_s, words);
    row("words", u"The code is zz1"_s, words);
    row("JSON", u"{\"code\":\"zz1\"}"_s, words);
    row("a label", u"Code: zz1"_s, words);
    row("a label without a blank", u"code:zz1"_s, words);
    row("a parameter in capitals", u"Code=zz1&x=2"_s, words);
    row("a state behind it", u"zz1&state=s"_s, words);
    row("an encoded piece", u"%2Fcb%3Fcode%3Dzz1"_s, words);
    row("a shortened code", u"zz1..."_s, cut);
    row("a shortened address", u"http://127.0.0.1:53917/cb?code=zz1…"_s, cut);
    row("a full stop that may be the code's", u"http://127.0.0.1:53917/cb?code=zz1."_s, u"zz1."_s);
    row("a piece without a state", u"code=zz1\n234"_s, inPieces);
    row("a piece with its path", u"/cb?code=zz1\n234"_s, inPieces);
    row("a piece with its path, custom scheme", u"/cb?code=zz1\n234"_s, inPieces, u"com.example.app:/cb"_s);
    row("the address", u"http://127.0.0.1:53917/cb?code=zz1\n234"_s, u"zz1234"_s);
    row("the address, custom scheme", u"com.example.app:/cb?code=zz1\n234"_s, u"zz1234"_s,
        u"com.example.app:/cb"_s);
    row("one line with its end", u"zz1234\n"_s, u"zz1234"_s);
    row("a shell's line that goes on", u"http://127.0.0.1:53917/cb?code=zz1\\\n234"_s, u"zz1234"_s);
    row("a bare code with one", u"zz1\\\n234"_s, inPieces);
    row("a line end of quoted-printable", u"http://127.0.0.1:53917/cb?code=zz1=\n234"_s, inPieces);
}

void TestPastedText::F102_sendsNoPieceOfACode()
{
    QFETCH(QString, pasted);
    QFETCH(QString, redirectUri);
    QTEST(outcomeOf(pasted, redirectUri, { Secret(), "code", false, {} }), "result");
}

// Rev's code contains a bare plus, which arrives as a blank; a blank in the shown address does not belong to
// it.
void TestPastedText::F102_joinsRevsAddress()
{
    const ExpectedAnswer rev { Secret("CANARY-state-1"), "auth_code", true, {} };
    for (const QString &breaks : { u"\n"_s, u" "_s, u"\u00A0"_s }) {
        const QString pasted = u"https://a.example/cb?auth_code=a+b"_s + breaks + u"c&state=CANARY-state-1"_s;
        QCOMPARE(outcomeOf(pasted, u"https://a.example/cb"_s, rev), u"a+bc"_s);
    }
    QCOMPARE(outcomeOf(u"a+b\nc"_s, u"https://a.example/cb"_s, rev), inPieces);
}

LATCHKEY_TEST(TestPastedText)

#include "tst_pastedtext.moc"
