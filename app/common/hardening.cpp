// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/hardening.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <csignal>
#include <cstdio>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

// A file that may not grow any more (ulimit -f) is as good as a full disk, and no reason to die of (F70). It
// is not ignored but caught: that is not inherited by what we start.
void outliveFileLimits()
{
    struct sigaction before = {};
    ::sigaction(SIGXFSZ, nullptr, &before);
    if (before.sa_handler == SIG_DFL)
        ::signal(SIGXFSZ, [](int) {});
}

void sayRedacted(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    const QByteArray line = qFormatLogMessage(type, context, redacted(message)).toLocal8Bit();
    std::fprintf(stderr, "%s\n", line.constData());
}

} // namespace

void hardenProcess()
{
    outliveFileLimits();
    // QDBUS_DEBUG and G_DBUS_DEBUG print whole messages, secrets included; SSLKEYLOGFILE gives away what TLS
    // hides; QT_LOGGING_RULES can turn on the network module's own traces, and a pattern of the user's own
    // could send them elsewhere. libsecret would leave the keychain for a file (R44).
    for (const char *name :
         { "QDBUS_DEBUG", "DBUS_VERBOSE", "SSLKEYLOGFILE", "QT_LOGGING_RULES", "QT_LOGGING_CONF",
           "QT_LOGGING_DEBUG", "QT_LOGGING_TO_CONSOLE", "QT_MESSAGE_PATTERN", "G_DBUS_DEBUG",
           "G_MESSAGES_DEBUG", "SECRET_BACKEND", "SECRET_FILE_TEST_PATH", "SECRET_FILE_TEST_PASSWORD" })
        qunsetenv(name);
    qInstallMessageHandler(&sayRedacted);
#ifdef NDEBUG
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); // a debugger may still look into a build for developers
#endif
    // The hard limit stays: what we run for the user may want its core dumps back.
    rlimit core {};
    getrlimit(RLIMIT_CORE, &core);
    core.rlim_cur = 0;
    setrlimit(RLIMIT_CORE, &core);
}

std::optional<QString> refusalToRun()
{
    const bool isBorrowed = qEnvironmentVariableIsSet("SUDO_UID") || qEnvironmentVariableIsSet("PKEXEC_UID")
        || qEnvironmentVariableIsSet("DOAS_USER");
    if (geteuid() == 0 && isBorrowed) {
        return QCoreApplication::translate("main",
                                           "Latchkey does not run as root through sudo: it would look "
                                           "into root's keychain and leave root's files in your home. "
                                           "Start it as yourself.");
    }
    return {};
}

QString redacted(QString message)
{
    // What follows a telling name, or a scheme of the Authorization header; and any long run of the
    // characters that tokens are made of.
    // They outlive everything else: what Qt says while the process ends is searched too.
    static const QRegularExpression &named = *new QRegularExpression(
        u"((?:access|refresh)_?token|client_?secret|api_?secret|code|auth_?code|signature|state|password|"
        "Bearer|VBrick|Basic)(\"?\\s*[:= ]\\s*\"?)[^\\s\"&,;]+"_s,
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression &longRun = *new QRegularExpression(u"[A-Za-z0-9+/_\\-]{32,}={0,2}"_s);
    static const QRegularExpression &signedToken = *new QRegularExpression(u"eyJ[A-Za-z0-9_.\\-]+"_s);
    message.replace(named, u"\\1\\2[removed]"_s);
    message.replace(signedToken, u"[removed]"_s);
    message.replace(longRun, u"[removed]"_s);
    return message;
}

} // namespace latchkey
