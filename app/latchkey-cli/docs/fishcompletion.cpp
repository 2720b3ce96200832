// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/docs/completions.h"
#include "app/latchkey-cli/docs/completionwords.h"

namespace latchkey {

namespace {

QByteArray optionLine(const OptionSpec &option, const QByteArray &condition)
{
    QByteArray line = "complete -c latchkey-cli" + condition + " -l " + QByteArray(option.name).mid(2)
        + " -d " + fishQuoted(option.help);
    if (*option.value == '\0')
        return line + '\n';
    switch (option.completes) {
    case Completes::File: return line + " -r -F\n";
    case Completes::Folder: return line + " -x -a '(__fish_complete_directories)'\n";
    case Completes::Program: return line + " -x -a '(__fish_complete_command)'\n";
    case Completes::Account: return line + " -x -a '(__latchkey_cli_names accounts)'\n";
    case Completes::Recipe: return line + " -x -a '(__latchkey_cli_names recipes)'\n";
    case Completes::Nothing: return line + " -x\n";
    default:
        return line + " -x -a " + fishQuoted(completionWords(option.completes, option.words).join(' '))
            + '\n';
    }
}

QByteArray argumentLine(const ArgumentSpec &argument, const QByteArray &condition)
{
    const QByteArray line = "complete -c latchkey-cli" + condition;
    switch (argument.completes) {
    case Completes::File:
    case Completes::Folder: return line + " -F\n";
    case Completes::Account: return line + " -a '(__latchkey_cli_names accounts)'\n";
    case Completes::Recipe: return line + " -a '(__latchkey_cli_names recipes)'\n";
    case Completes::Nothing:
    case Completes::Program: return {};
    default:
        return line + " -a " + fishQuoted(completionWords(argument.completes, argument.words).join(' '))
            + '\n';
    }
}

} // namespace

QByteArray fishCompletion()
{
    QByteArray out = completionHead() + R"(function __latchkey_cli_names
    set -l profile
    set -l words (commandline -opc)
    for i in (seq 1 (count $words))
        if test "$words[$i]" = --profile -a $i -lt (count $words)
            set profile --profile (string replace -r '^~/' "$HOME/" -- $words[(math $i + 1)])
        else if string match -q -- '--profile=*' $words[$i]
            set profile --profile (string replace -r '^--profile=(~/)?' (string match -q -- '--profile=~/*' $words[$i]; and echo $HOME/; or echo '') -- $words[$i])
        end
    end
    command latchkey-cli $profile $argv[1] --names 2>/dev/null
end
complete -c latchkey-cli -f
)";
    QByteArrayList names;
    for (const CommandSpec &command : commandSpecs())
        names.append(command.name);
    const QByteArray none = " -n 'not __fish_seen_subcommand_from " + names.join(' ') + '\'';
    for (const OptionSpec &option : globalOptionSpecs())
        out += optionLine(option, {});
    for (const CommandSpec &command : commandSpecs()) {
        const QByteArray seen = QByteArray(" -n '__fish_seen_subcommand_from ") + command.name + '\'';
        out += "complete -c latchkey-cli" + none + " -a " + command.name + " -d "
            + fishQuoted(command.summary) + '\n';
        for (const OptionSpec &option : command.options)
            out += optionLine(option, seen);
        for (const ArgumentSpec &argument : command.arguments)
            out += argumentLine(argument, seen);
        if (command.takesProgram)
            out += "complete -c latchkey-cli" + seen + " -a '(__fish_complete_subcommand)'\n";
    }
    return out;
}

} // namespace latchkey
