// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/desktop/systembrowser.h"
#include "support/testprogram.h"

#include <QTemporaryDir>
#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;
using BrowserFault = BrowserError::Kind;

// The browser is a script that writes down what it was given.
class TestSystemBrowser : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void givesTheAddressToTheCommand_data();
    void givesTheAddressToTheCommand();
    void neverAsksAShell();
    void opensWithTheSystemsOpenerByDefault();
    void hidesOurOwnVariables();
    void saysWhyNothingWasStarted_data();
    void saysWhyNothingWasStarted();
    void looksForTheProgramWithoutStartingIt();

private:
    void makeProgram(const QString &name);
    [[nodiscard]] QByteArray written() const;
    [[nodiscard]] QString path(const QString &name) const { return m_folder->filePath(name); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestSystemBrowser::initTestCase()
{
    m_folder = std::make_unique<QTemporaryDir>();
    makeProgram(u"browser"_s);
    makeProgram(u"my browser"_s);
    makeProgram(u"xdg-open"_s);
    qputenv("PATH", m_folder->path().toLocal8Bit() + ":/usr/bin:/bin");
}

void TestSystemBrowser::makeProgram(const QString &name)
{
    QFile program(path(name));
    QVERIFY(program.open(QIODevice::WriteOnly));
    // Renamed when complete, so that a reader never sees half of it.
    program.write(
        "#!/bin/sh\n{ echo \"${0##*/}\"; printf '%s\\n' \"$@\"; env | grep -E '^(LATCHKEY_|OTHER_)'; } >'"
        + path(u"part"_s).toLocal8Bit() + "'\nmv '" + path(u"part"_s).toLocal8Bit() + "' '"
        + path(u"written"_s).toLocal8Bit() + "'\n");
    program.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
}

QByteArray TestSystemBrowser::written() const
{
    QFile file(path(u"written"_s));
    if (!QTest::qWaitFor([&] { return file.exists(); }) || !file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray text = file.readAll();
    file.remove();
    return text;
}

void TestSystemBrowser::givesTheAddressToTheCommand_data()
{
    QTest::addColumn<QString>("command"); // DIR is the folder of the programs
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("appended") << u"DIR/browser"_s << "browser\nhttps://a.example/?x=1&y=2\n"_ba;
    QTest::newRow("found in PATH") << u"browser"_s << "browser\nhttps://a.example/?x=1&y=2\n"_ba;
    QTest::newRow("with arguments") << u"browser --new"_s
                                    << "browser\n--new\nhttps://a.example/?x=1&y=2\n"_ba;
    QTest::newRow("in its place") << u"browser %u --last"_s
                                  << "browser\nhttps://a.example/?x=1&y=2\n--last\n"_ba;
    QTest::newRow("inside an argument")
        << u"browser --app=%u"_s << "browser\n--app=https://a.example/?x=1&y=2\n"_ba;
    QTest::newRow("quoted") << u"\"DIR/my browser\" \"a b\""_s
                            << "my browser\na b\nhttps://a.example/?x=1&y=2\n"_ba;
}

void TestSystemBrowser::givesTheAddressToTheCommand()
{
    QFETCH(QString, command);
    QFETCH(QByteArray, expected);
    SystemBrowser browser(command.replace(u"DIR"_s, m_folder->path()));

    QVERIFY(browser.open(QUrl(u"https://a.example/?x=1&y=2"_s)));

    QCOMPARE(written(), expected);
}

void TestSystemBrowser::neverAsksAShell()
{
    SystemBrowser browser(u"browser ; $(touch x) `touch y` > z"_s);

    const QUrl url(u"https://a.example/?q=$(touch%20x)&b='%22|;%60"_s);

    QVERIFY(browser.open(url));

    const auto lines = written().split('\n');
    QCOMPARE(lines.at(1), ";");
    QVERIFY(lines.contains("$(touch"));
    QVERIFY(lines.contains(url.toEncoded()));
}

void TestSystemBrowser::opensWithTheSystemsOpenerByDefault()
{
    SystemBrowser browser;
    QVERIFY(browser.open(QUrl(u"https://a.example/"_s)));
    QCOMPARE(written(), "xdg-open\nhttps://a.example/\n");
}

void TestSystemBrowser::hidesOurOwnVariables()
{
    qputenv("LATCHKEY_BROWSER", "browser");
    qputenv("OTHER_VARIABLE", "kept");
    SystemBrowser browser;
    browser.setCommand(u"browser"_s);

    QVERIFY(browser.open(QUrl(u"https://a.example/"_s)));

    const QByteArray text = written();
    QVERIFY(text.contains("OTHER_VARIABLE=kept"));
    QVERIFY(!text.contains("LATCHKEY_"));
}

void TestSystemBrowser::saysWhyNothingWasStarted_data()
{
    QTest::addColumn<QString>("command");
    QTest::addColumn<QUrl>("url");
    QTest::addColumn<BrowserFault>("kind");
    QTest::addColumn<QString>("detail");
    const QUrl url(u"https://a.example/?state=CANARY-state-1"_s);
    QTest::newRow("F54 no such program")
        << u"no-such-browser --x"_s << url << BrowserFault::NotFound << u"no-such-browser"_s;
    QTest::newRow("F54 no such path")
        << u"/nowhere/browser"_s << url << BrowserFault::NotFound << u"/nowhere/browser"_s;
    QTest::newRow("F54 a folder") << u"/usr/"_s << url << BrowserFault::NotFound << u"/usr/"_s;
    QTest::newRow("an empty name") << u"\"\""_s << url << BrowserFault::BadCommand << u"\"\""_s;
    QTest::newRow("R2 a file") << u"browser"_s << QUrl(u"file:///etc/passwd"_s) << BrowserFault::Failed
                               << u"browser"_s;
    QTest::newRow("R2 an option") << u"browser"_s << QUrl(u"--option"_s) << BrowserFault::Failed
                                  << u"browser"_s;
}

void TestSystemBrowser::saysWhyNothingWasStarted()
{
    QFETCH(QString, command);
    QFETCH(QUrl, url);
    QFETCH(BrowserFault, kind);
    QFETCH(QString, detail);
    SystemBrowser browser(command);

    const auto result = browser.open(url);

    QVERIFY(!result);
    QCOMPARE(result.error(), (BrowserError { kind, detail }));
    // Only the address was at fault.
    const auto checked = browser.check();
    QCOMPARE(checked.has_value(), kind == BrowserFault::Failed);
    if (!checked)
        QCOMPARE(checked.error(), result.error());
}

void TestSystemBrowser::looksForTheProgramWithoutStartingIt()
{
    QCOMPARE(SystemBrowser(u"browser --new %u"_s).check().value_or(QString()), path(u"browser"_s));
    QCOMPARE(SystemBrowser().check().value_or(QString()), path(u"xdg-open"_s));
    QVERIFY(!QFile::exists(path(u"written"_s)));
}

LATCHKEY_TEST(TestSystemBrowser)
#include "tst_systembrowser.moc"
