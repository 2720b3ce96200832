// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/keychain/keychainprocess.h"
#include "core/io/keychain/keychainsecretstore.h"
#include "support/fairtime.h"
#include "support/keychain/keyring.h"
#include "support/testprogram.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTextStream>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

const QString processKey = u"6d5f6c0e-3333-4222-8333-444455556666"_s;

// A session bus that knows no service, or one whose service cannot be started.
constexpr auto bareBus = R"(<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen>%1
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>
<allow own="*"/></policy></busconfig>)"_L1;
constexpr auto brokenService = "[D-BUS Service]\nName=org.freedesktop.secrets\nExec=/bin/false\n"_L1;

bool writeFile(const QString &path, const QString &text)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(text.toUtf8()) > 0;
}

QString orFine(const QString &fault)
{
    return fault.isEmpty() ? u"fine"_s : fault;
}

// Run as `tests-core-io-keychain ask`: what a program that starts here learns of its
// keychain.
int ask()
{
    FairTime timer;
    timer.start();
    QTextStream out(stdout);
    if (const auto prepared = prepareProcessForKeychain(); !prepared) {
        out << "refused: " << prepared.error();
        return 0;
    }
    KeychainSecretStore store;
    out << orFine(keyring::faultOf(keyring::probe(store)));
    const auto elapsed = timer.elapsed();
    out << ' ' << orFine(keyring::faultOf(keyring::read(store, processKey)));
    out << ' ' << orFine(keyring::faultOf(keyring::write(store, processKey, "CANARY-process-1")));
    out << ' ' << orFine(keyring::faultOf(keyring::remove(store, processKey)));
    out << ' ' << (elapsed < 20'000 ? "soon" : "late") /* D-Bus itself would wait 25 s */;
    return 0;
}

// Run as `tests-core-io-keychain outlive`: uses the keychain, ends the session bus, and
// goes on.
int outlive()
{
    QTextStream out(stdout);
    if (!prepareProcessForKeychain())
        return 1;
    KeychainSecretStore store;
    out << orFine(keyring::faultOf(keyring::write(store, processKey, "CANARY-process-2")));
    const auto bus = QDBusConnection::sessionBus().interface()->servicePid(u"org.freedesktop.DBus"_s).value();
    ::kill(static_cast<pid_t>(bus), SIGKILL);
    const bool isGone = QTest::qWaitFor([] { return !QDBusConnection::sessionBus().isConnected(); });
    // Time enough for GLib to notice too, and to end us if it is allowed to.
    QTest::qWait(200);
    out << (isGone ? " gone " : " there ") << orFine(keyring::faultOf(keyring::probe(store)));
    out << ' ' << orFine(keyring::faultOf(keyring::read(store, processKey)));
    out << ' ' << orFine(keyring::faultOf(keyring::write(store, processKey, "CANARY-process-3")));
    return 0;
}

} // namespace

// Runs in keyring-session.sh; each case is a process of its own in its own environment.
class TestKeychainProcess : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void learnsAtOnceThatThereIsNoBus_data();
    void learnsAtOnceThatThereIsNoBus();
    void learnsThatThereIsNoService_data();
    void learnsThatThereIsNoService();
    void learnsThatThereIsNoCollectionAndMakesNone();
    void refusesToRunWithoutGLib();
    void outlivesItsBus();

private:
    QString answerOf(const QString &mode, const QMap<QString, QString> &environment,
                     QStringList launcher = {});

    QTemporaryDir m_folder;
};

void TestKeychainProcess::initTestCase()
{
    QVERIFY(m_folder.isValid());
    QVERIFY(QDir(m_folder.path()).mkdir(u"services"_s));
    QVERIFY(writeFile(m_folder.filePath(u"bare.conf"_s), bareBus.arg(QString())));
    QVERIFY(writeFile(m_folder.filePath(u"broken.conf"_s),
                      bareBus.arg(u"<servicedir>%1</servicedir>"_s.arg(m_folder.filePath(u"services"_s)))));
    QVERIFY(writeFile(m_folder.filePath(u"services/org.freedesktop.secrets.service"_s), brokenService));
}

QString TestKeychainProcess::answerOf(const QString &mode, const QMap<QString, QString> &environment,
                                      QStringList launcher)
{
    auto variables = QProcessEnvironment::systemEnvironment();
    for (auto variable = environment.begin(); variable != environment.end(); ++variable)
        variables.insert(variable.key(), variable.value());
    QStringList command = std::move(launcher) + QStringList { QCoreApplication::applicationFilePath(), mode };
    QProcess process;
    process.setProcessEnvironment(variables);
    process.start(command.takeFirst(), command);
    // A sanitizer that found something says so in the exit code.
    if (!process.waitForFinished() || process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0)
        return u"no answer"_s;
    return QString::fromLocal8Bit(process.readAllStandardOutput());
}

void TestKeychainProcess::learnsAtOnceThatThereIsNoBus_data()
{
    QTest::addColumn<QString>("address");
    QTest::newRow("F56 nobody listens") << u"unix:path=/nonexistent/bus"_s;
    QTest::newRow("F56 disabled:") << u"disabled:"_s;
    QTest::newRow("F56 nonsense") << u"nonsense"_s;
    QTest::newRow("F56 a port that is closed") << u"tcp:host=127.0.0.1,port=1"_s;
}

// R46
void TestKeychainProcess::learnsAtOnceThatThereIsNoBus()
{
    QFETCH(const QString, address);
    QCOMPARE(answerOf(u"ask"_s, { { u"DBUS_SESSION_BUS_ADDRESS"_s, address } }),
             u"NoBus NoBus NoBus NoBus soon"_s);
}

void TestKeychainProcess::learnsThatThereIsNoService_data()
{
    QTest::addColumn<QString>("configuration");
    QTest::newRow("F57 no service") << u"bare.conf"_s;
    QTest::newRow("F57 activation fails") << u"broken.conf"_s;
}

// R46
void TestKeychainProcess::learnsThatThereIsNoService()
{
    QFETCH(const QString, configuration);
    const QString option = u"--config-file="_s + m_folder.filePath(configuration);
    const QString answer = answerOf(u"ask"_s, {}, { u"dbus-run-session"_s, option, u"--"_s });
    QVERIFY2(answer.startsWith("NoService NoService NoService NoService"_L1), qPrintable(answer));
}

// R46
void TestKeychainProcess::learnsThatThereIsNoCollectionAndMakesNone()
{
    const QMap<QString, QString> elsewhere { { u"HOME"_s, m_folder.filePath(u"home"_s) },
                                             { u"XDG_RUNTIME_DIR"_s, m_folder.filePath(u"run"_s) } };
    for (const QString &folder : elsewhere) {
        QVERIFY(QDir().mkdir(folder));
        QVERIFY(QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    }
    const QString answer = answerOf(u"ask"_s, elsewhere, { u"dbus-run-session"_s, u"--"_s });
    QVERIFY2(answer.startsWith("NoCollection NoCollection NoCollection fine"_L1),
             "F58 no default collection");
    QVERIFY(!QFile::exists(m_folder.filePath(u"home/.local/share/keyrings/default"_s)));
    QVERIFY(!QFile::exists(m_folder.filePath(u"home/.local/share/keyrings/Default_keyring.keyring"_s)));
}

void TestKeychainProcess::refusesToRunWithoutGLib()
{
    const QString answer = answerOf(u"ask"_s, { { u"QT_NO_GLIB"_s, u"1"_s } });
    QVERIFY2(answer.startsWith("refused: "_L1), "fact 18: without GLib's event loop jobs never end");
    QVERIFY(answer.contains("QT_NO_GLIB"_L1));
    QVERIFY(answerOf(u"ask"_s, {}).startsWith("fine NotFound fine fine"_L1));
}

void TestKeychainProcess::outlivesItsBus()
{
    const QString session = QFINDTESTDATA("../../../support/keychain/keyring-session.sh");
    QCOMPARE(answerOf(u"outlive"_s, {}, { session }), u"fine gone NoBus NoBus NoBus"_s); // F63, fact 19
}

LATCHKEY_TEST_ROLE("ask", [](const QStringList &) { return ask(); })
LATCHKEY_TEST_ROLE("outlive", [](const QStringList &) { return outlive(); })
LATCHKEY_TEST(TestKeychainProcess)

#include "tst_keychainprocess.moc"
