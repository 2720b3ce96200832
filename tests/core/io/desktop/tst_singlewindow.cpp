// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/desktop/singlewindow.h"
#include "support/testprogram.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QLocalSocket>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTextStream>

#include <array>
#include <csignal>
#include <cstring>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace latchkey;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using Claim = SingleWindow::Claim;
using FailureKind = SingleWindow::Failure::Kind;

namespace {

// Run as `tests-core-io-desktop claim FOLDER`: says how it ended; the first stays and says
// when it is asked.
int claimInAProcess(const QString &folder)
{
    SingleWindow window(folder);
    const auto say = [](const QString &word) { QTextStream(stdout) << word << "\n" << Qt::flush; };
    QObject::connect(&window, &SingleWindow::raiseRequested, qApp,
                     [say](const QByteArray &token) { say(u"raise "_s + QString::fromLatin1(token)); });
    window.claim("from-child",
                 Reply<SingleWindow::Outcome>(qApp, [say](const SingleWindow::Outcome &outcome) {
                     say(!outcome ? u"failed"_s : *outcome == Claim::First ? u"first"_s : u"asked"_s);
                     if (outcome != Claim::First)
                         QCoreApplication::exit(0);
                 }));
    return QCoreApplication::exec();
}

enum Heard : int { Nothing, Ok, NoWayIn, NoSuchUser };

// What another process of that user hears when it asks for the window. It does no more than calls of the
// system, since it has nothing but this thread.
pid_t askAs(uid_t user, const QString &socketPath)
{
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    const QByteArray path = QFile::encodeName(socketPath);
    qstrncpy(static_cast<char *>(address.sun_path), path.constData(), sizeof(address.sun_path));
    const pid_t child = ::fork();
    if (child != 0)
        return child;
    const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
    if (user != ::geteuid() && ::setuid(user) != 0)
        ::_exit(NoSuchUser);
    if (::connect(socket, reinterpret_cast<const sockaddr *>(&address), sizeof(address)) != 0)
        ::_exit(NoWayIn);
    std::array<char, 8> answer = {};
    const bool isAnswered =
        ::send(socket, "raise\n", 6, MSG_NOSIGNAL) == 6 && ::read(socket, answer.data(), answer.size()) == 3;
    ::_exit(isAnswered && std::memcmp(answer.data(), "ok\n", 3) == 0 ? Ok : Nothing);
}

} // namespace

class TestSingleWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void asksTheFirst();
    void keepsProfilesApart();
    void knowsAProfileByAnyName();
    void takesOverWhenTheFirstEnds();
    void asksAnotherProcess();
    void takesOverFromAProcessThatDied();
    void saysWhenTheFirstDoesNotAnswer();
    void keepsItsSocketPrivate();
    void answersItsOwnUserAlone_data();
    void answersItsOwnUserAlone();
    void answersOnlyWholeRequests_data();
    void answersOnlyWholeRequests();
    void isNotHeldUpByTheSilent();
    void dropsATokenThatIsNoWord();
    void saysWhenThereIsNowhereToMeet();

private:
    [[nodiscard]] QString path(const QString &name) const { return m_folder->filePath(name); }
    [[nodiscard]] QString socketPath() const;
    std::optional<SingleWindow::Outcome> claimed(SingleWindow &window, const QByteArray &token = {});

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestSingleWindow::init()
{
    // Short, as the system's own runtime folder is: a socket's path has 107 bytes.
    m_folder = std::make_unique<QTemporaryDir>(u"/tmp/latchkey-XXXXXX"_s);
    QVERIFY(m_folder->isValid());
    for (const QString &name : { u"run"_s, u"profile"_s }) {
        QVERIFY(QDir().mkdir(path(name)));
        QCOMPARE(::chmod(QFile::encodeName(path(name)).constData(), 0700), 0);
    }
    qputenv("XDG_RUNTIME_DIR", QFile::encodeName(path(u"run"_s)));
}

QString TestSingleWindow::socketPath() const
{
    const QDir folder(path(u"run/latchkey"_s));
    const QStringList sockets = folder.entryList({ u"window-*.socket"_s }, QDir::System | QDir::Files);
    return sockets.isEmpty() ? QString() : folder.filePath(sockets.constFirst());
}

std::optional<SingleWindow::Outcome> TestSingleWindow::claimed(SingleWindow &window, const QByteArray &token)
{
    std::optional<SingleWindow::Outcome> outcome;
    window.claim(token, Reply<SingleWindow::Outcome>(&window, [&outcome](const SingleWindow::Outcome &made) {
                     outcome = made;
                 }));
    [[maybe_unused]] const bool isOver = QTest::qWaitFor([&outcome] { return outcome.has_value(); }, 20000);
    return outcome;
}

void TestSingleWindow::asksTheFirst()
{
    SingleWindow first(path(u"profile"_s));
    QSignalSpy raised(&first, &SingleWindow::raiseRequested);
    QCOMPARE(claimed(first)->value(), Claim::First);
    for (const QByteArray &token : { QByteArray("host-1-2_TIME345"), QByteArray() }) {
        SingleWindow second(path(u"profile"_s));
        QCOMPARE(claimed(second, token)->value(), Claim::AskedTheOther);
        QTRY_COMPARE(raised.count(), 1);
        QCOMPARE(raised.takeFirst().constFirst().toByteArray(), token);
    }
}

void TestSingleWindow::keepsProfilesApart()
{
    QVERIFY(QDir().mkdir(path(u"other"_s)));
    SingleWindow one(path(u"profile"_s));
    SingleWindow two(path(u"other"_s));
    QCOMPARE(claimed(one)->value(), Claim::First);
    QCOMPARE(claimed(two)->value(), Claim::First);
}

void TestSingleWindow::knowsAProfileByAnyName()
{
    QVERIFY(QFile::link(m_folder->path(), path(u"link"_s)));
    SingleWindow one(path(u"profile"_s));
    SingleWindow two(path(u"link/profile/../profile/"_s));
    QCOMPARE(claimed(one)->value(), Claim::First);
    QCOMPARE(claimed(two)->value(), Claim::AskedTheOther);
}

void TestSingleWindow::takesOverWhenTheFirstEnds()
{
    auto first = std::make_unique<SingleWindow>(path(u"profile"_s));
    QCOMPARE(claimed(*first)->value(), Claim::First);
    first.reset();
    SingleWindow second(path(u"profile"_s));
    QCOMPARE(claimed(second)->value(), Claim::First);
}

void TestSingleWindow::asksAnotherProcess()
{
    QProcess first;
    first.start(QCoreApplication::applicationFilePath(), { u"claim"_s, path(u"profile"_s) });
    QVERIFY(first.waitForReadyRead());
    QCOMPARE(first.readLine(), QByteArray("first\n"));
    SingleWindow second(path(u"profile"_s));
    QCOMPARE(claimed(second, "from-parent")->value(), Claim::AskedTheOther);
    QTRY_VERIFY(first.canReadLine());
    QCOMPARE(first.readLine(), QByteArray("raise from-parent\n"));
    first.kill();
    QVERIFY(first.waitForFinished());
}

void TestSingleWindow::takesOverFromAProcessThatDied()
{
    QProcess first;
    first.start(QCoreApplication::applicationFilePath(), { u"claim"_s, path(u"profile"_s) });
    QVERIFY(first.waitForReadyRead());
    first.kill();
    QVERIFY(first.waitForFinished());
    QVERIFY(!socketPath().isEmpty()); // F77 left over, and means nothing
    SingleWindow second(path(u"profile"_s));
    QCOMPARE(claimed(second)->value(), Claim::First);
    SingleWindow third(path(u"profile"_s));
    QCOMPARE(claimed(third)->value(), Claim::AskedTheOther);
}

void TestSingleWindow::saysWhenTheFirstDoesNotAnswer()
{
    QProcess first;
    first.start(QCoreApplication::applicationFilePath(), { u"claim"_s, path(u"profile"_s) });
    QVERIFY(first.waitForReadyRead());
    ::kill(static_cast<pid_t>(first.processId()), SIGSTOP);
    SingleWindow second(path(u"profile"_s));
    const auto outcome = claimed(second);
    first.kill();
    QVERIFY(first.waitForFinished());
    QVERIFY(outcome.has_value() && !outcome->has_value());
    QCOMPARE(outcome->error().kind, FailureKind::NoAnswer);
}

void TestSingleWindow::keepsItsSocketPrivate()
{
    const mode_t before = ::umask(0);
    SingleWindow first(path(u"profile"_s));
    QCOMPARE(claimed(first)->value(), Claim::First);
    ::umask(before);
    struct stat facts = {};
    QCOMPARE(::lstat(QFile::encodeName(socketPath()).constData(), &facts), 0);
    QVERIFY(S_ISSOCK(facts.st_mode));
    QCOMPARE(facts.st_mode & 07777U, 0600U); // R58
}

void TestSingleWindow::answersItsOwnUserAlone_data()
{
    QTest::addColumn<uid_t>("user");
    QTest::addColumn<int>("heard");
    QTest::newRow("R58 the same user") << ::geteuid() << int(Ok);
    QTest::newRow("R58 another user") << uid_t(65534) << int(Nothing);
}

// Also where the permissions of the files do not keep others out.
void TestSingleWindow::answersItsOwnUserAlone()
{
    QFETCH(const uid_t, user);
    QFETCH(const int, heard);
    if (user != ::geteuid() && ::geteuid() != 0)
        QSKIP("only root can ask as somebody else");
    SingleWindow first(path(u"profile"_s));
    QSignalSpy raised(&first, &SingleWindow::raiseRequested);
    QCOMPARE(claimed(first)->value(), Claim::First);
    const QString socket = socketPath();
    for (const QString &open : { m_folder->path(), path(u"run"_s), path(u"run/latchkey"_s), socket })
        QCOMPARE(::chmod(QFile::encodeName(open).constData(), 0777), 0);

    const pid_t child = askAs(user, socket);
    int status = 0;
    bool hasEnded = false;
    const auto looks = [&] { return hasEnded = hasEnded || ::waitpid(child, &status, WNOHANG) == child; };
    QTRY_VERIFY(looks());
    QVERIFY(WIFEXITED(status));
    if (WEXITSTATUS(status) == NoSuchUser)
        QSKIP("this machine has no other user to ask as");
    QCOMPARE(WEXITSTATUS(status), heard);
    QCOMPARE(raised.count(), heard == Ok ? 1 : 0);
}

void TestSingleWindow::answersOnlyWholeRequests_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("raise") << "raise\n"_ba
                           << "ok\n"_ba;
    QTest::newRow("with a token") << "raise abc_TIME1\n"_ba
                                  << "ok\n"_ba;
    QTest::newRow("R57 CR") << "raise\r\n"_ba
                            << "no\n"_ba;
    QTest::newRow("R57 CR in the token") << "raise a\rb\n"_ba
                                         << "no\n"_ba;
    QTest::newRow("R57 NUL") << QByteArray("raise a\0b\n", 10) << "no\n"_ba;
    QTest::newRow("two words") << "raise a b\n"_ba
                               << "no\n"_ba;
    QTest::newRow("another word") << "quit\n"_ba
                                  << "no\n"_ba;
    QTest::newRow("a prefix") << "raised\n"_ba
                              << "no\n"_ba;
    QTest::newRow("nothing") << "\n"_ba
                             << "no\n"_ba;
    QTest::newRow("too long") << "raise " + QByteArray(5000, 'x') + '\n' << "no\n"_ba;
    QTest::newRow("endless") << QByteArray(5000, 'x') << "no\n"_ba;
}

void TestSingleWindow::answersOnlyWholeRequests()
{
    QFETCH(const QByteArray, request);
    QFETCH(const QByteArray, expected);
    SingleWindow first(path(u"profile"_s));
    QSignalSpy raised(&first, &SingleWindow::raiseRequested);
    QCOMPARE(claimed(first)->value(), Claim::First);
    QLocalSocket socket;
    QSignalSpy ended(&socket, &QLocalSocket::disconnected);
    socket.connectToServer(socketPath());
    socket.write(request);
    QVERIFY(ended.wait(20'000));
    QCOMPARE(socket.readAll(), expected);
    QCOMPARE(raised.count(), expected == "ok\n" ? 1 : 0);
}

void TestSingleWindow::isNotHeldUpByTheSilent()
{
    SingleWindow first(path(u"profile"_s));
    QCOMPARE(claimed(first)->value(), Claim::First);
    std::vector<std::unique_ptr<QLocalSocket>> silent;
    for (int i = 0; i < 4; ++i) {
        silent.push_back(std::make_unique<QLocalSocket>());
        silent.back()->connectToServer(socketPath());
        silent.back()->write("rai");
    }
    SingleWindow second(path(u"profile"_s));
    QCOMPARE(claimed(second)->value(), Claim::AskedTheOther);
    QTRY_COMPARE(silent.front()->state(), QLocalSocket::UnconnectedState); // its time is up
}

void TestSingleWindow::dropsATokenThatIsNoWord()
{
    SingleWindow first(path(u"profile"_s));
    QSignalSpy raised(&first, &SingleWindow::raiseRequested);
    QCOMPARE(claimed(first)->value(), Claim::First);
    SingleWindow second(path(u"profile"_s));
    QCOMPARE(claimed(second, "one\ntwo")->value(), Claim::AskedTheOther);
    QTRY_COMPARE(raised.count(), 1);
    QCOMPARE(raised.constFirst().constFirst().toByteArray(), QByteArray());
}

void TestSingleWindow::saysWhenThereIsNowhereToMeet()
{
    qunsetenv("XDG_RUNTIME_DIR");
    QVERIFY(QDir().mkdir(path(u"profile/locks"_s)));
    QCOMPARE(::chmod(QFile::encodeName(path(u"profile/locks"_s)).constData(), 0777), 0);
    SingleWindow window(path(u"profile"_s));
    const auto outcome = claimed(window);
    QVERIFY(outcome.has_value() && !outcome->has_value());
    QCOMPARE(outcome->error().kind, FailureKind::NoPlace);
}

LATCHKEY_TEST_ROLE("claim", [](const QStringList &arguments) { return claimInAProcess(arguments.at(0)); })
LATCHKEY_TEST(TestSingleWindow)

#include "tst_singlewindow.moc"
