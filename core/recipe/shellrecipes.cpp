// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/shellrecipes.h"

#include "core/recipe/quoting.h"
#include "core/recipe/request.h"

#include <QRegularExpression>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

using Quoted = QByteArray (*)(QByteArrayView);

// curl reads brackets and braces in an address as patterns. QUrl encodes the braces itself; brackets
// may stay in the host of an IPv6 address only.
QByteArray curlAddress(const RecipeInput &input)
{
    const QByteArray encoded = address(input);
    const qsizetype hostEnd = encoded.indexOf('/', encoded.indexOf("://") + 3);
    if (hostEnd < 0)
        return encoded;
    return encoded.left(hostEnd) + encoded.mid(hostEnd).replace('[', "%5B").replace(']', "%5D");
}

QByteArray curl(const RecipeInput &input, Quoted quoted)
{
    QByteArray command = "curl";
    for (const auto &[name, value] : allHeaders(input))
        command += " -H " + quoted(name + ": " + value);
    return command + ' ' + quoted(curlAddress(input));
}

// An HTTPie item: the name ends at the first separator. A backslash is taken away before one of the
// separators' characters, and nothing can stand for it there: such a value, which hardly any token has, comes
// as a file.
QByteArray httpieHeader(const QByteArray &name, QByteArray value)
{
    static const QRegularExpression lostBackslash(u"(?<!\\\\)(?:\\\\\\\\)*\\\\[:;=@]"_s);
    if (lostBackslash.match(QString::fromUtf8(value)).hasMatch())
        return shellQuoted(name + ":@") + "<(printf %s " + shellQuoted(value) + ')';
    if (value.startsWith('=') || value.startsWith('@'))
        value.prepend('\\'); // := and :@ are separators of their own
    return shellQuoted(name + ':' + value);
}

// PowerShell 7 takes the header apart by its grammar and refuses what most tokens never hold, such as a
// comma.
bool isPlainCredentials(const QByteArray &value)
{
    static const QRegularExpression credentials(u"\\A[A-Za-z0-9-]+ [A-Za-z0-9._~+/=-]+\\z"_s);
    return credentials.match(QString::fromUtf8(value)).hasMatch();
}

} // namespace

Secret curlCommand(const RecipeInput &input)
{
    return Secret(curl(input, shellQuoted));
}

Secret curlCmdCommand(const RecipeInput &input)
{
    return Secret(curl(input, cmdQuoted));
}

Secret powershellCommand(const RecipeInput &input)
{
    QByteArray headers;
    for (const auto &[name, value] : allHeaders(input)) {
        headers += headers.isEmpty() ? "@{ " : "; ";
        headers += powershellQuoted(name) + " = " + powershellQuoted(value);
    }
    const QByteArray command =
        "Invoke-RestMethod -Uri " + powershellQuoted(address(input)) + " -Headers " + headers + " }";
    if (isPlainCredentials(headerValue(input)))
        return Secret(command);
    // Windows PowerShell 5 does not know the switch.
    return Secret("$unchecked = @{}; if ($PSVersionTable.PSVersion.Major -ge 6) "
                  "{ $unchecked['SkipHeaderValidation'] = $true }; "
                  + command + " @unchecked");
}

Secret httpieCommand(const RecipeInput &input)
{
    // A password in ~/.netrc would replace the header, and what is on standard input would become a body.
    QByteArray command = "http --ignore-stdin --ignore-netrc GET " + shellQuoted(address(input));
    for (const auto &[name, value] : allHeaders(input))
        command += ' ' + httpieHeader(name, value);
    return Secret(command);
}

Secret wgetCommand(const RecipeInput &input)
{
    // wget would take the headers along to another host.
    QByteArray command = "wget -q -O - --max-redirect=0";
    for (const auto &[name, value] : allHeaders(input))
        command += " --header=" + shellQuoted(name + ": " + value);
    return Secret(command + ' ' + shellQuoted(address(input)));
}

} // namespace latchkey
