// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/composition.h"
#include "app/common/hardening.h"
#include "app/common/terminationsignals.h"
#include "app/latchkey/demo.h"
#include "app/latchkey/shutdownguard.h"
#include "core/account/expiry.h"
#include "core/base/characters.h"
#include "core/io/desktop/singlewindow.h"
#include "core/io/file/privatefolder.h"
#include "core/io/keychain/keychainsecretstore.h"
#include "core/text/problemtext.h"
#include "ui/widgets/dialogframe.h"
#include "ui/widgets/theme.h"
#include "ui/window/latinkeys.h"
#include "ui/window/mainwindow.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QIcon>
#include <QLibraryInfo>
#include <QProcess>
#include <QTranslator>

#include <cstdio>
#include <cstdlib>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

struct Arguments
{
    QString profile;
    QString browser;
    bool demo = false;
};

Arguments readArguments(const QCoreApplication &application)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QCoreApplication::translate("main", "Keeps API access tokens fresh and hands them out."));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption profile(
        u"profile"_s, QCoreApplication::translate("main", "Keep the accounts in this folder."), u"DIR"_s);
    const QCommandLineOption browser(
        u"browser"_s,
        QCoreApplication::translate("main", "Sign in with this browser; %u stands for the address."),
        u"COMMAND"_s, qEnvironmentVariable("LATCHKEY_BROWSER"));
    const QCommandLineOption demo(
        u"demo"_s, QCoreApplication::translate("main", "Try everything against simulated vendors."));
    parser.addOptions({ profile, browser, demo });
    parser.process(application);
    // An unset variable in a script must not open the user's own accounts.
    if (parser.isSet(profile) && parser.value(profile).isEmpty()) {
        std::fprintf(stderr, "latchkey: %s\n",
                     qPrintable(QCoreApplication::translate("main", "--profile names no folder.")));
        std::exit(1); // NOLINT(concurrency-mt-unsafe): nothing runs yet
    }
    return { parser.value(profile), parser.value(browser), parser.isSet(demo) };
}

// English is in the source, and its file only tells "1 account" from "2 accounts". It is installed
// below every other language, so that the plural is right where a translation is missing.
void installTranslations(QApplication &application, const QString &language)
{
    qDeleteAll(application.findChildren<QTranslator *>(Qt::FindDirectChildrenOnly));
    const QLocale locale = language.isEmpty() ? QLocale::system() : QLocale(language);
    QLocale::setDefault(locale);
    const auto install = [&application](const QLocale &wanted, const QString &name, const QString &folder) {
        auto *texts = new QTranslator(&application);
        if (texts->load(wanted, name, u"_"_s, folder))
            QCoreApplication::installTranslator(texts);
    };
    install(locale, u"qtbase"_s, QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    install(QLocale(QLocale::English), u"latchkey"_s, u":/i18n"_s);
    install(locale, u"latchkey"_s, u":/i18n"_s);
}

// Prints one line, even if a path or another program's words contain line ends.
void say(const QString &sentence)
{
    std::fprintf(stderr, "latchkey: %s\n", qPrintable(visibleLine(sentence, 4096)));
}

// Says why the program cannot go on, and ends it when the user closes the box.
void sayWhyAndEnd(const QString &why)
{
    say(why);
    QMessageBox *box = newMessageBox(nullptr, QMessageBox::Critical, u"Latchkey"_s, why);
    box->setStandardButtons(QMessageBox::Close);
    QObject::connect(box, &QMessageBox::finished, qApp, [] { QCoreApplication::exit(1); });
    box->open();
}

int refuse(const QString &why)
{
    sayWhyAndEnd(why);
    return QApplication::exec();
}

// With this token the desktop lets the window come to the front. Qt removes it from the environment, so
// main() reads it first.
QByteArray activationToken()
{
    for (const char *name : { "XDG_ACTIVATION_TOKEN", "DESKTOP_STARTUP_ID" }) {
        if (QByteArray token = qgetenv(name); !token.isEmpty())
            return token;
    }
    return {};
}

// Empty when this start shows the profile's window, else the program's exit code. A process that shows the
// window already is asked to bring it to the front.
std::optional<int> endUnlessFirst(SingleWindow &single, const QByteArray &token)
{
    std::optional<SingleWindow::Outcome> outcome;
    single.claim(token, { &single, [&outcome](const SingleWindow::Outcome &made) {
                             outcome = made;
                             QCoreApplication::quit();
                         } });
    QApplication::exec(); // the program's own loop; no window is there yet
    if (!outcome)
        return 1; // asked to end meanwhile
    if (*outcome)
        return **outcome == SingleWindow::Claim::First ? std::optional<int>() : 0;
    if (outcome->error().kind == SingleWindow::Failure::Kind::NoPlace) {
        // Two windows on one profile do no harm, and a profile that can only be read must still be shown.
        say(outcome->error().detail);
        return {};
    }
    say(QCoreApplication::translate("main", "Latchkey is running already, but its window does not answer."));
    return 1;
}

// Another start asked for the window: to the front with it, or with the dialog that is open in it.
void comeToTheFront(MainWindow &window, const QByteArray &token)
{
    if (!token.isEmpty())
        qputenv("XDG_ACTIVATION_TOKEN", token); // where Qt looks for it on Wayland
    window.setWindowState(window.windowState() & ~Qt::WindowMinimized);
    window.show();
    QWidget *dialog = QApplication::activeModalWidget();
    for (QWidget *front : { static_cast<QWidget *>(&window), dialog ? dialog : &window }) {
        front->raise();
        front->activateWindow();
    }
    qunsetenv("XDG_ACTIVATION_TOKEN"); // the browser we start is another matter
}

int showWindow(QApplication &application, const Arguments &arguments, const QByteArray &token)
{
    std::unique_ptr<Demo> demo;
    if (arguments.demo)
        demo = std::make_unique<Demo>();
    const auto folder = openProfileFolder(demo ? demo->profileFolder() : arguments.profile);
    if (!folder)
        return refuse(textOf(folder.error()));
    SingleWindow single(*folder);
    if (!demo) {
        if (const auto end = endUnlessFirst(single, token))
            return *end;
    }

    Composition program({ *folder, arguments.browser, arguments.demo });
    const Preferences &preferences = program.preferences().current();
    if (!preferences.language.isEmpty())
        installTranslations(application, preferences.language);
    applyTheme(application, preferences.appearance);
    if (const auto loaded = program.load(); !loaded)
        return refuse(problemText(loaded.error(), nullptr).whole());

    MainWindow window({ program.accounts(), program.tokens(), program.preferences(), program.handouts(),
                        program.exports(), program.templates(), program.activity(), program.encryptedVault(),
                        program.moves(), program.context(), program.repository(), program.clock() });
    window.ticker().watchWallClock([&program] { return program.systemClock().wallClockJump(); });
    QObject::connect(&window, &MainWindow::demoRequested, &window, [] {
        // A window of its own: the demo's profile and secrets never meet the user's.
        QProcess::startDetached(QCoreApplication::applicationFilePath(), { u"--demo"_s });
    });
    if (demo) {
        program.tokens().keepInMemory();
        window.showDemo();
        QObject::connect(demo.get(), &Demo::failed, &window, &sayWhyAndEnd);
        demo->start(program.repository(), program.clock()());
    }
    if (!demo)
        window.showRemark(sharedFolderRemark(*folder));
    if (const auto restored = program.backups().restoration())
        window.showNotice(*restored);
    window.showClockLag(clockLag(program.accounts().accounts(), program.clock()()));
    QObject::connect(&program.backups(), &BackupRounds::restored, &window, &MainWindow::showNotice);
    // Timers stand still during sleep, time does not (F81). The tick makes no request.
    QObject::connect(&program.session(), &SessionEvents::woke, &window,
                     [&window] { window.ticker().tick(); });
    // The next person at the screen may be another one.
    for (const auto leave : { &SessionEvents::screenLocked, &SessionEvents::aboutToSleep })
        QObject::connect(&program.session(), leave, &window, &MainWindow::hideSecrets);
    ShutdownGuard ending(program.lock(), program.tokens(), window);
    QObject::connect(&ending, &ShutdownGuard::over, &application, &QCoreApplication::quit);
    QObject::connect(&single, &SingleWindow::raiseRequested, &window,
                     [&window](const QByteArray &other) { comeToTheFront(window, other); });
    // A signal ends the program as closing its window does: it clears the clipboard and removes the demo.
    const TerminationSignals signals([&ending] { ending.begin(); });
    window.show();
    return QApplication::exec();
}

} // namespace

int main(int argc, char **argv)
{
    hardenProcess();
    if (const auto why = refusalToRun()) {
        say(*why);
        return 1;
    }
    const QByteArray token = activationToken();
    QApplication application(argc, argv);
    new LatinKeys(&application);
    QCoreApplication::setApplicationName(u"latchkey"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(LATCHKEY_VERSION));
    QGuiApplication::setApplicationDisplayName(u"Latchkey"_s);
    QGuiApplication::setDesktopFileName(u"io.github.latchkey.Latchkey"_s);
    installTranslations(application, {}); // for what is said before the settings are read
    const Arguments arguments = readArguments(application);
    if (const auto prepared = prepareProcessForKeychain(); !prepared)
        return refuse(prepared.error());
    return showWindow(application, arguments, token);
}
