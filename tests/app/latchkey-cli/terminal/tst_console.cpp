// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/terminal/console.h"
#include "support/testprogram.h"

#include <QTest>

#include <array>
#include <pty.h>
#include <termios.h>
#include <thread>
#include <unistd.h>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

// Puts a terminal in the place of standard input and error while it lives.
class Terminal final
{
public:
    Terminal() : m_input(::dup(STDIN_FILENO)), m_error(::dup(STDERR_FILENO))
    {
        int terminal = -1;
        m_isOpen = ::openpty(&m_person, &terminal, nullptr, nullptr, nullptr) == 0;
        ::dup2(terminal, STDIN_FILENO);
        ::dup2(terminal, STDERR_FILENO);
        ::close(terminal);
    }
    ~Terminal()
    {
        ::dup2(m_input, STDIN_FILENO);
        ::dup2(m_error, STDERR_FILENO);
        for (const int descriptor : { m_input, m_error, m_person })
            ::close(descriptor);
    }
    Q_DISABLE_COPY_MOVE(Terminal)

    [[nodiscard]] bool isOpen() const { return m_isOpen; }
    [[nodiscard]] bool echoes() const
    {
        termios state = {};
        return ::tcgetattr(m_person, &state) != 0 || (state.c_lflag & static_cast<tcflag_t>(ECHO)) != 0;
    }
    // What the terminal shows; waits until it shows something.
    [[nodiscard]] QByteArray shown() const
    {
        std::array<char, 4096> bytes = {};
        const ssize_t count = ::read(m_person, bytes.data(), bytes.size());
        return { bytes.data(), static_cast<qsizetype>(std::max<ssize_t>(count, 0)) };
    }
    bool type(QByteArrayView line) const
    {
        return ::write(m_person, line.data(), static_cast<size_t>(line.size())) == line.size();
    }

private:
    int m_input;
    int m_error;
    int m_person = -1;
    bool m_isOpen = false;
};

} // namespace

class TestConsole final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hidesWhatIsTypedFromTheQuestionOn();
    void F115_showsOneValueOnOneLine_data();
    void F115_showsOneValueOnOneLine();
    void F115_escapesItsJson();
    void makesColumnsAsWideAsTheirLongestCell();
    void countsThePlacesOfATerminal_data();
    void countsThePlacesOfATerminal();
};

// R51: an answer that comes at once, as from a script, is taken and not shown.
void TestConsole::hidesWhatIsTypedFromTheQuestionOn()
{
    const Terminal terminal;
    QVERIFY(terminal.isOpen());
    QVERIFY(terminal.echoes());
    QByteArray shown;
    bool echoed = true;
    std::thread person([&] {
        shown = terminal.shown();
        echoed = terminal.echoes();
        terminal.type("CANARY-passphrase\n");
    });

    Console console(false);
    const auto answer = console.askSecret(u"Passphrase"_s);
    person.join();

    QCOMPARE(shown, QByteArray("Passphrase: "));
    QVERIFY(!echoed);
    QVERIFY(answer && answer->reveal() == "CANARY-passphrase");
    QVERIFY(terminal.echoes());
    QVERIFY(!terminal.shown().contains("CANARY"));
}

void TestConsole::F115_showsOneValueOnOneLine_data()
{
    QTest::addColumn<QString>("value");
    QTest::addColumn<QByteArray>("shown");
    const QByteArray instead = "\xef\xbf\xbd";
    QTest::newRow("line feed") << u"a\nb"_s << QByteArray("a" + instead + "b\r\n");
    QTest::newRow("carriage return") << u"a\rb"_s << QByteArray("a" + instead + "b\r\n");
    QTest::newRow("tab") << u"a\tb"_s << QByteArray("a" + instead + "b\r\n");
    QTest::newRow("C1") << u"\u009B31m"_s << QByteArray(instead + "31m\r\n");
    QTest::newRow("line separator") << u"a\u2028b"_s << QByteArray("a" + instead + "b\r\n");
    QTest::newRow("right-to-left override") << u"\u202Eb"_s << QByteArray(instead + "b\r\n");
    QTest::newRow("an invisible tag") << u"\U000E0020b"_s << QByteArray(instead + "b\r\n");
    QTest::newRow("half a character") << QString(QChar(0xD83D)) + u'b' << QByteArray(instead + "b\r\n");
    QTest::newRow("an emoji stays") << u"😀"_s << QByteArray("\xf0\x9f\x98\x80\r\n");
}

void TestConsole::F115_showsOneValueOnOneLine()
{
    QFETCH(QString, value);
    const Terminal terminal;
    Console(false).say(value);
    QTEST(terminal.shown(), "shown");
}

void TestConsole::F115_escapesItsJson()
{
    const Terminal terminal;
    Console(true).sayJson({ { u"name"_s, u"\u202E\u009B\u200B"_s } });
    QCOMPARE(terminal.shown(), QByteArray("{\"name\":\"\\u202e\\u009b\\u200b\"}\r\n"));
}

void TestConsole::makesColumnsAsWideAsTheirLongestCell()
{
    TextColumns columns;
    columns.append({ u"a"_s, u"long cell"_s, u"x"_s });
    columns.append({ u"bcd"_s, QString(), u"y"_s });
    columns.append({ u"e"_s, u"f"_s, QString() });
    columns.append({});
    QCOMPARE(columns.lines(),
             QStringList({ u"a    long cell  x"_s, u"bcd             y"_s, u"e    f"_s, QString() }));
}

void TestConsole::countsThePlacesOfATerminal_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qsizetype>("width");
    QTest::newRow("nothing") << QString() << qsizetype(0);
    QTest::newRow("Latin") << u"Rev"_s << qsizetype(3);
    QTest::newRow("an accent of its own") << u"e\u0301"_s << qsizetype(1);
    QTest::newRow("Japanese") << u"日本"_s << qsizetype(4);
    QTest::newRow("beyond the first plane") << u"\U0001f511 key"_s << qsizetype(6);
}

void TestConsole::countsThePlacesOfATerminal()
{
    QFETCH(QString, text);
    QTEST(widthOnScreen(text), "width");
}

LATCHKEY_TEST(TestConsole)

#include "tst_console.moc"
