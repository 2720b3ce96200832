// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/hardening.h"
#include "support/testprogram.h"

#include <QProcess>
#include <QTest>

#include <cstdlib>
#include <sys/resource.h>
#include <unistd.h>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

// Made before main() begins, so what it says is the last of all.
class LastWords final
{
public:
    LastWords() = default;
    ~LastWords()
    {
        if (redacted(u"Bearer CANARY-1"_s).contains("CANARY"_L1))
            std::abort();
    }
    Q_DISABLE_COPY_MOVE(LastWords)
};
// R49: a fault of it ends the test with a signal.
const LastWords lastWords;

// As the programs do, in a process of its own.
int speak()
{
    hardenProcess();
    qWarning("Authorization: Bearer CANARY-1");
    return 0;
}

} // namespace

class TestHardening final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesSecretsOutOfMessages_data();
    void takesSecretsOutOfMessages();
    void leavesPlainMessagesAlone();
    void saysMessagesWithoutTheirSecrets();
    void forgetsWhatWouldTellSecrets_data();
    void forgetsWhatWouldTellSecrets();
    void leavesNoCore();
    void refusesBorrowedRoot_data();
    void refusesBorrowedRoot();
};

void TestHardening::takesSecretsOutOfMessages_data()
{
    QTest::addColumn<QString>("message");
    QTest::newRow("R49 form body") << u"body: client_secret=CANARY-1&x=1"_s;
    QTest::newRow("R49 header") << u"Authorization: Bearer CANARY-1"_s;
    QTest::newRow("R49 header of Rev") << u"authorization: VBrick CANARY-1"_s;
    QTest::newRow("R49 JSON") << u"{\"accessToken\":\"CANARY-1\", \"refresh_token\" : \"CANARY-2\"}"_s;
    QTest::newRow("R49 redirect") << u"GET /rev?auth_code=CANARY-1&state=CANARY-2 HTTP/1.1"_s;
    QTest::newRow("R49 a long word alone") << u"got CANARYAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="_s;
    QTest::newRow("R49 a signed token alone") << u"got eyJCANARY.eyJz.CANARY-signature"_s;
}

void TestHardening::takesSecretsOutOfMessages()
{
    QFETCH(QString, message);
    QVERIFY(!redacted(message).contains("CANARY"_L1));
}

void TestHardening::leavesPlainMessagesAlone()
{
    const QString message = u"QDBusConnection: org.freedesktop.DBus.Error.ServiceUnknown for /org/x"_s;
    QCOMPARE(redacted(message), message);
}

// R49
void TestHardening::saysMessagesWithoutTheirSecrets()
{
    QProcess speaker;
    speaker.start(QCoreApplication::applicationFilePath(), { u"speak"_s });
    QVERIFY(speaker.waitForFinished());
    QCOMPARE(speaker.exitCode(), 0);
    const QByteArray said = speaker.readAllStandardError();
    QVERIFY(said.contains("[removed]"));
    QVERIFY(!said.contains("CANARY"));
}

void TestHardening::forgetsWhatWouldTellSecrets_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::newRow("R49 messages of the bus") << QByteArray("QDBUS_DEBUG");
    QTest::newRow("R49 messages of the bus, to libdbus") << QByteArray("DBUS_VERBOSE");
    QTest::newRow("R49 messages of the bus, to GLib") << QByteArray("G_DBUS_DEBUG");
    QTest::newRow("R49 GLib's traces") << QByteArray("G_MESSAGES_DEBUG");
    QTest::newRow("R49 keys of TLS") << QByteArray("SSLKEYLOGFILE");
    QTest::newRow("R49 Qt's traces") << QByteArray("QT_LOGGING_RULES");
    QTest::newRow("R49 Qt's traces, from a file") << QByteArray("QT_LOGGING_CONF");
    QTest::newRow("R49 how Qt reads them") << QByteArray("QT_LOGGING_DEBUG");
    QTest::newRow("R49 where they go") << QByteArray("QT_LOGGING_TO_CONSOLE");
    QTest::newRow("R49 how they look") << QByteArray("QT_MESSAGE_PATTERN");
    QTest::newRow("R44 a file for the keychain") << QByteArray("SECRET_BACKEND");
    QTest::newRow("R44 which file") << QByteArray("SECRET_FILE_TEST_PATH");
    QTest::newRow("R44 its password") << QByteArray("SECRET_FILE_TEST_PASSWORD");
}

void TestHardening::forgetsWhatWouldTellSecrets()
{
    QFETCH(QByteArray, name);
    qputenv(name.constData(), "1");
    hardenProcess();
    QVERIFY(!qEnvironmentVariableIsSet(name.constData()));
}

void TestHardening::leavesNoCore() // R50
{
    rlimit core {};
    getrlimit(RLIMIT_CORE, &core);
    const rlim_t most = core.rlim_max;
    core.rlim_cur = most;
    QCOMPARE(setrlimit(RLIMIT_CORE, &core), 0);

    hardenProcess();

    getrlimit(RLIMIT_CORE, &core);
    QCOMPARE(core.rlim_cur, rlim_t(0));
    QCOMPARE(core.rlim_max, most); // for the programs that we start
}

void TestHardening::refusesBorrowedRoot_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::newRow("sudo") << QByteArray("SUDO_UID");
    QTest::newRow("pkexec") << QByteArray("PKEXEC_UID");
    QTest::newRow("doas") << QByteArray("DOAS_USER");
}

void TestHardening::refusesBorrowedRoot()
{
    QFETCH(QByteArray, name);
    for (const char *each : { "SUDO_UID", "PKEXEC_UID", "DOAS_USER" })
        qunsetenv(each);
    QVERIFY(!refusalToRun());
    qputenv(name.constData(), "1000");
    QCOMPARE(refusalToRun().has_value(), geteuid() == 0);
    qunsetenv(name.constData());
}

LATCHKEY_TEST_ROLE("speak", [](const QStringList &) { return speak(); })
LATCHKEY_TEST(TestHardening)

#include "tst_hardening.moc"
