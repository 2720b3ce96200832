// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/quoting.h"
#include "support/testprogram.h"

#include <QTest>

using namespace latchkey;

// That each target reads the same text back is what the tests with real peers show.
class TestQuoting : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void quotesForItsTarget_data();
    void quotesForItsTarget();
};

void TestQuoting::quotesForItsTarget_data()
{
    using Quoting = QByteArray (*)(QByteArrayView);
    QTest::addColumn<Quoting>("quoting");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *name, Quoting quoting, const QByteArray &text,
                        const QByteArray &expected) { QTest::newRow(name) << quoting << text << expected; };
    row("shell", shellQuoted, "it's $x", R"('it'\''s $x')");
    row("shell, nothing", shellQuoted, "", "''");
    row("PowerShell", powershellQuoted, "it's $x `n", "'it''s $x `n'");
    row("PowerShell, curly quotes", powershellQuoted, "\u2018a\u2019\u201a\u201b",
        "'\u2018\u2018a\u2019\u2019\u201a\u201a\u201b\u201b'");
    row("cmd, plain", cmdQuoted, "Bearer a&b|c^d<e>(f)", "\"Bearer a&b|c^d<e>(f)\"");
    row("cmd, backslash at the end", cmdQuoted, R"(a\b\\)", R"("a\b\\\\")");
    row("cmd, quotation mark", cmdQuoted, R"(a"b\"&c)", R"(^"a\^"b\\\^"^&c^")");
    row("cmd, variable", cmdQuoted, "%PATH%", R"(^"^%^PATH^%^")");
    row("cmd, every mark", cmdQuoted, "\"^&|<>()!%a", R"(^"\^"^^^&^|^<^>^(^)^!^%^a^")");
    row("cmd, line end", cmdQuoted, "a\nb\rc\x7f", R"("a b c ")");
    row(".env, plain", dotenvQuoted, "a b#c$d\"e", "'a b#c$d\"e'");
    row(".env, apostrophe", dotenvQuoted, "it's", "\"it's\"");
    row(".env, apostrophe and dollar", dotenvQuoted, "it's $x", R"("it's \$x")");
    row(".env, apostrophe and the other marks", dotenvQuoted, R"('"\a`)", R"("'\"\\a\`")");
    row(".env, two backslashes", dotenvQuoted, R"(a\\b)", R"("a\\\\b")");
    row(".env, backslash at the end", dotenvQuoted, R"(a\)", R"("a\\")");
    row("JSON", jsonQuoted, "a\"\\\n\u00fc", "\"a\\\"\\\\\\n\u00fc\"");
    row("XML", xmlEscaped, "a<b>&\"'\n\x01", "a&#60;b&#62;&#38;&#34;&#39;&#10;\ufffd");
    row("XML, the other blanks and no characters", xmlEscaped, "\t\r\ufffe\uffff", "&#9;&#13;\ufffd\ufffd");
    row("one line", onOneLine, "a\n\tb\u2028c  d\u202e", "a b c d");
}

void TestQuoting::quotesForItsTarget()
{
    using Quoting = QByteArray (*)(QByteArrayView);
    QFETCH(Quoting, quoting);
    QFETCH(QByteArray, text);

    QTEST(quoting(text), "expected");
}

LATCHKEY_TEST(TestQuoting)
#include "tst_quoting.moc"
