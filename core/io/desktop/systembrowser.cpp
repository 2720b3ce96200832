// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/desktop/systembrowser.h"

#include <QFileInfo>
#include <QProcess>
#include <QStandardPaths>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

// Empty when there is no such program.
QString programPath(const QString &name)
{
    if (!name.contains(u'/'))
        return QStandardPaths::findExecutable(name);
    const QFileInfo file(name);
    return file.isFile() && file.isExecutable() ? name : QString();
}

QStringList withAddress(QStringList arguments, const QString &address)
{
    const bool hasPlace = std::any_of(arguments.cbegin(), arguments.cend(),
                                      [](const QString &a) { return a.contains("%u"_L1); });
    if (hasPlace)
        arguments.replaceInStrings(u"%u"_s, address);
    else
        arguments.append(address);
    return arguments;
}

// What steers Latchkey, such as the browser command itself, is not the browser's business.
QProcessEnvironment browserEnvironment()
{
    auto environment = QProcessEnvironment::systemEnvironment();
    const auto names = environment.keys();
    for (const QString &name : names) {
        if (name.startsWith("LATCHKEY_"_L1))
            environment.remove(name);
    }
    return environment;
}

} // namespace

QStringList SystemBrowser::words() const
{
    return m_command.trimmed().isEmpty() ? QStringList { u"xdg-open"_s } : QProcess::splitCommand(m_command);
}

Result<QString, BrowserError> SystemBrowser::check() const
{
    const QString name = words().value(0);
    if (name.isEmpty())
        return failure(BrowserError { BrowserError::Kind::BadCommand, m_command });
    const QString path = programPath(name);
    if (path.isEmpty())
        return failure(BrowserError { BrowserError::Kind::NotFound, name });
    return path;
}

Result<void, BrowserError> SystemBrowser::open(const QUrl &url)
{
    QStringList arguments = words();
    if (arguments.isEmpty() || arguments.first().isEmpty())
        return failure(BrowserError { BrowserError::Kind::BadCommand, m_command });
    const QString name = arguments.takeFirst();
    // An address that began otherwise could be taken for an option or a file by the program.
    if (url.scheme() != "https"_L1 && url.scheme() != "http"_L1)
        return failure(BrowserError { BrowserError::Kind::Failed, name });
    const auto path = check();
    if (!path)
        return failure(path.error());

    QProcess browser;
    browser.setProgram(*path);
    browser.setArguments(withAddress(arguments, QString::fromLatin1(url.toEncoded())));
    browser.setProcessEnvironment(browserEnvironment());
    // Browsers talk; our own output must stay clean, and the address must not be in it.
    browser.setStandardInputFile(QProcess::nullDevice());
    browser.setStandardOutputFile(QProcess::nullDevice());
    browser.setStandardErrorFile(QProcess::nullDevice());
    if (!browser.startDetached())
        return failure(BrowserError { BrowserError::Kind::Failed, name });
    return {};
}

} // namespace latchkey
