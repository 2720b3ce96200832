// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/docs/pages.h"
#include "app/latchkey-cli/parse/helptext.h"

#include <cctype>

namespace latchkey {

namespace {

// Text as roff takes it: a backslash or a hyphen is escaped, a line begins with neither dot nor quote.
QByteArray roff(QByteArray text)
{
    text.replace('\\', "\\e")
        .replace('-', "\\-")
        .replace('\'', "\\(aq")
        .replace('^', "\\(ha")
        .replace('~', "\\(ti");
    return text.startsWith('.') ? "\\&" + text : text;
}

QByteArray head(const QByteArray &title, const QByteArray &name, const char *summary)
{
    return ".\\\" SPDX-FileCopyrightText: 2026 Latchkey contributors\n"
           ".\\\" SPDX-License-Identifier: GPL-3.0-or-later\n"
           ".TH "
        + title.toUpper() + " 1 \"\" \"Latchkey\" \"Latchkey\"\n.SH NAME\n" + roff(name) + " \\- "
        + roff(summary) + '\n';
}

QByteArray paragraphs(const QByteArray &text)
{
    QByteArray out;
    qsizetype begin = 0;
    while (begin <= text.size()) {
        qsizetype end = text.indexOf("\n\n", begin);
        end = end < 0 ? text.size() : end;
        out += (out.isEmpty() ? QByteArray() : ".PP\n") + roff(text.mid(begin, end - begin)) + '\n';
        begin = end + 2;
    }
    return out;
}

QByteArray optionItem(const OptionSpec &option)
{
    QByteArray out = ".TP\n\\fB" + roff(option.name) + "\\fR";
    if (*option.value != '\0')
        out += " \\fI" + roff(option.value) + "\\fR";
    QByteArray help = option.help;
    if (*option.words != '\0')
        help += " (" + QByteArray(option.words).replace(' ', ", ") + ')';
    help[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(help[0])));
    return out + '\n' + roff(help) + (option.repeated ? "; may be repeated.\n" : ".\n");
}

QByteArray optionItems(const QList<OptionSpec> &options)
{
    QByteArray out;
    for (const OptionSpec &option : options)
        out += optionItem(option);
    return out;
}

QByteArray example(const ExampleSpec &spec)
{
    return ".TP\n\\fB" + roff(spec.line) + "\\fR\n" + roff(spec.says) + ".\n";
}

QByteArray exits()
{
    QByteArray out = ".SH EXIT STATUS\n";
    for (const ExitSpec &exit : exitSpecs())
        out += ".TP\n\\fB" + QByteArray::number(exit.status) + "\\fR\n" + roff(exit.meaning) + ".\n";
    return out;
}

QByteArray bold(const QByteArray &name)
{
    return ".BR " + roff(name) + " (1)";
}

} // namespace

QByteArray manPageOfProgram()
{
    QByteArray out = head("latchkey-cli", "latchkey-cli", "API access tokens for scripts");
    out += ".SH SYNOPSIS\n\\fBlatchkey\\-cli\\fR [\\fIOPTIONS\\fR] \\fICOMMAND\\fR ...\n.SH DESCRIPTION\n"
        + paragraphs(
               "Keeps API access tokens fresh and hands them out to scripts, from the same accounts as the "
               "window of Latchkey. Tokens and what was asked for go to standard output, everything else to "
               "standard error. Secrets come in on standard input or from a file, never as an argument or in "
               "the environment. No browser and no prompt opens without a terminal or an explicit option.")
        + ".SH COMMANDS\n";
    for (const CommandSpec &command : commandSpecs())
        out += ".TP\n\\fB" + roff(command.name) + "\\fR\n" + roff(command.summary) + "; see\n"
            + bold(QByteArray("latchkey-cli-") + command.name) + ".\n";
    out += ".SH OPTIONS\nEvery command takes these, before or after its name.\n"
        + optionItems(globalOptionSpecs()) + exits();
    out += ".SH FILES\n"
           ".TP\n"
           "\\fI$XDG_DATA_HOME/latchkey/profile.sqlite\\fR\n"
           "The accounts, without any readable secret. The secrets are in the keychain of the desktop or, "
           "where the user chose a vault, in this file, encrypted.\n"
           ".SH ENVIRONMENT\n"
           ".TP\n"
           "\\fBLATCHKEY_TOKEN\\fR, \\fBLATCHKEY_AUTHORIZATION\\fR\n"
           "Set for the program that \\fBexec\\fR runs; never read.\n"
           ".SH EXAMPLES\n";
    for (const CommandSpec &command : commandSpecs())
        out += example(command.examples.first());
    return out;
}

QByteArray manPageOf(const CommandSpec &command)
{
    const QByteArray name = QByteArray("latchkey-cli-") + command.name;
    QByteArray out = head(name, name, command.summary) + ".SH SYNOPSIS\n" + roff(synopsisOf(command).toUtf8())
        + "\n.SH DESCRIPTION\n" + paragraphs(command.description);
    if (!command.options.isEmpty())
        out += ".SH OPTIONS\n" + optionItems(command.options);
    out += ".SH EXAMPLES\n";
    for (const ExampleSpec &each : command.examples)
        out += example(each);
    return out + exits() + ".SH SEE ALSO\n" + bold("latchkey-cli") + '\n';
}

} // namespace latchkey
