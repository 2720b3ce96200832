// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/parse/helptext.h"

#include <QStringList>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype lineLength = 80;

QString text(const char *latin)
{
    return QString::fromUtf8(latin);
}

// Breaks at blanks; every line begins with `indent` blanks.
QString wrapped(const QString &paragraphs, qsizetype indent)
{
    QString out;
    for (const QString &paragraph : paragraphs.split(u"\n\n"_s)) {
        if (!out.isEmpty())
            out += u'\n';
        QString line(indent, u' ');
        for (const QString &word : paragraph.split(u' ')) {
            if (line.size() + word.size() + 1 > lineLength && line.trimmed().size() > 0) {
                out += line + u'\n';
                line = QString(indent, u' ');
            }
            line += (line.trimmed().isEmpty() ? QString() : u" "_s) + word;
        }
        out += line + u'\n';
    }
    return out;
}

QString optionName(const OptionSpec &option)
{
    return *option.value == '\0' ? text(option.name) : text(option.name) + u' ' + text(option.value);
}

QString optionLines(const QList<OptionSpec> &options)
{
    QString out;
    for (const OptionSpec &option : options) {
        QString help = text(option.help);
        if (*option.words != '\0')
            help += u" (%1)"_s.arg(text(option.words).split(u' ').join(u", "_s));
        out += u"  %1\n"_s.arg(optionName(option))
            + wrapped(help + (option.repeated ? u"; may be repeated"_s : u""_s), 6);
    }
    return out;
}

} // namespace

QString synopsisOf(const CommandSpec &command)
{
    QStringList words { u"latchkey-cli"_s, text(command.name) };
    for (const ArgumentSpec &argument : command.arguments) {
        QString name =
            *argument.words == '\0' ? text(argument.name) : text(argument.words).replace(u' ', u'|');
        if (argument.repeated)
            name += u" ..."_s;
        words += argument.required ? name : u'[' + name + u']';
    }
    for (const OptionSpec &option : command.options)
        words += u'[' + optionName(option) + u']' + (option.repeated ? u" ..."_s : QString());
    if (command.takesProgram)
        words += u"-- COMMAND ..."_s;
    return words.join(u' ');
}

QString helpFor(const CommandSpec &command)
{
    QString out = u"Usage: %1\n\n"_s.arg(synopsisOf(command)) + wrapped(text(command.description), 0);
    if (!command.options.isEmpty())
        out += u"\nOptions:\n"_s + optionLines(command.options);
    out += u"\nExamples:\n"_s;
    for (const ExampleSpec &example : command.examples)
        out += u"  %1\n"_s.arg(text(example.line)) + wrapped(text(example.says), 6);
    return out + u"\nThe options of every command: latchkey-cli --help\n"_s;
}

QString overview()
{
    QString out = u"Usage: latchkey-cli [OPTIONS] COMMAND ...\n\n"_s
        + wrapped(u"Keeps API access tokens fresh and hands them out to scripts, from the same accounts as "
                  u"the window. "
                  "Tokens and what was asked for go to standard output, everything else to standard error."_s,
                  0)
        + u"\nCommands:\n"_s;
    for (const CommandSpec &command : commandSpecs())
        out += u"  %1 %2\n"_s.arg(text(command.name), -10).arg(text(command.summary));
    out += u"\nOptions of every command:\n"_s + optionLines(globalOptionSpecs()) + u"\nExit status:\n"_s;
    for (const ExitSpec &exit : exitSpecs())
        out += u"  %1  %2\n"_s.arg(exit.status).arg(text(exit.meaning));
    return out + u"\nMore of a command: latchkey-cli COMMAND --help\n"_s;
}

} // namespace latchkey
