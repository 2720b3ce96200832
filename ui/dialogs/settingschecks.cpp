// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/settingschecks.h"

#include "core/base/characters.h"
#include "core/oauth/addressrules.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QLocale>
#include <QProcess>
#include <QStandardPaths>
#include <QUrl>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 caFileLimit = qint64 { 4 } * 1024 * 1024; // the system's whole bundle is 0.2 MiB

QString translated(const char *text)
{
    return QCoreApplication::translate("SettingsDialog", text);
}

// Nobody would find it in the field again.
QString invisibleProblem(const QString &value)
{
    const auto found = firstInvisible(value);
    if (!found)
        return {};
    return translated(
               QT_TRANSLATE_NOOP("SettingsDialog", "Remove the invisible character: %1 at character %2."))
        .arg(codePointName(found->point), QString::number(found->at));
}

} // namespace

QString browserCommandProblem(const QString &command)
{
    if (command.isEmpty())
        return {};
    if (QString problem = invisibleProblem(command); !problem.isEmpty())
        return problem;
    const QStringList parts = QProcess::splitCommand(command);
    if (parts.isEmpty() || parts.first().contains("%u"_L1))
        return translated(QT_TRANSLATE_NOOP("SettingsDialog", "Begin with the program that opens the page."));
    if (QStandardPaths::findExecutable(parts.first()).isEmpty())
        return translated(QT_TRANSLATE_NOOP("SettingsDialog", "There is no program %1 that can be started."))
            .arg(parts.first());
    return {};
}

QString proxyHostProblem(const QString &host)
{
    if (host.isEmpty())
        return translated(QT_TRANSLATE_NOOP("SettingsDialog", "Enter the proxy's host."));
    if (QString problem = invisibleProblem(host); !problem.isEmpty())
        return problem;
    QUrl url;
    url.setScheme(u"http"_s);
    url.setHost(host, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty())
        return translated(QT_TRANSLATE_NOOP(
            "SettingsDialog",
            "Enter only the host, such as proxy.example.com: without http://, user or port."));
    if (mixesScripts(url.host(QUrl::FullyEncoded)))
        return translated(QT_TRANSLATE_NOOP(
            "SettingsDialog",
            "The host mixes letters of several scripts, so that it looks like another name."));
    return {};
}

QString caFileProblem(const QString &path)
{
    if (path.isEmpty())
        return {};
    if (QString problem = invisibleProblem(path); !problem.isEmpty())
        return problem;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return translated(QT_TRANSLATE_NOOP(
            "SettingsDialog", "The file can't be opened: check its path and that you may read it."));
    if (!file.read(caFileLimit).contains("-----BEGIN CERTIFICATE-----"))
        return translated(
            QT_TRANSLATE_NOOP("SettingsDialog", "The file holds no certificate in PEM format."));
    return {};
}

QList<Language> offeredLanguages()
{
    QList<Language> offered { { {}, {} }, { u"en"_s, u"English"_s } };
    for (const QString &file : QDir(u":/i18n"_s).entryList({ u"latchkey_*.qm"_s })) {
        const QString code = file.mid(9, file.size() - 9 - 3);
        const bool isListed =
            std::any_of(offered.cbegin(), offered.cend(),
                        [&code](const Language &language) { return language.code == code; });
        if (isListed)
            continue;
        QString name = QLocale(code).nativeLanguageName();
        name.replace(0, 1, name.left(1).toUpper());
        offered.append({ code, name });
    }
    return offered;
}

} // namespace latchkey
