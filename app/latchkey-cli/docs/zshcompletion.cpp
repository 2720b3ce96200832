// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/docs/completions.h"
#include "app/latchkey-cli/docs/completionwords.h"

namespace latchkey {

namespace {

// In a specification of _arguments colons and brackets have a meaning.
QByteArray plain(QByteArray text)
{
    return text.replace('\\', "\\\\").replace(':', "\\:").replace('[', "\\[").replace(']', "\\]");
}

// An action that begins with a blank is called as it stands.
QByteArray action(Completes what, const char *words)
{
    switch (what) {
    case Completes::Account: return " _latchkey_cli_names accounts";
    case Completes::Recipe: return " _latchkey_cli_names recipes";
    case Completes::File: return "_files";
    case Completes::Folder: return "_files -/";
    case Completes::Program: return "_command_names -e";
    case Completes::Nothing: return " ";
    default: return '(' + completionWords(what, words).join(' ') + ')';
    }
}

QByteArray optionSpecs(const QList<OptionSpec> &options)
{
    QByteArray out;
    for (const OptionSpec &option : options) {
        // The sign of equality: the value is the next word, or stands in this one behind it.
        const bool takesValue = *option.value != '\0';
        QByteArray spec = (option.repeated ? "*" : "") + QByteArray(option.name) + (takesValue ? "=[" : "[")
            + plain(option.help) + ']';
        if (takesValue)
            spec += ':' + plain(option.value) + ':' + action(option.completes, option.words);
        out += " \\\n            " + singleQuoted(spec);
    }
    return out;
}

QByteArray argumentSpecs(const CommandSpec &command)
{
    QByteArray out;
    for (qsizetype i = 0; i < command.arguments.size(); ++i) {
        const ArgumentSpec &argument = command.arguments[i];
        const QByteArray place = argument.repeated ? QByteArray("*") : QByteArray::number(i + 1);
        const QByteArray colon = argument.required || argument.repeated ? ":" : "::";
        out += " \\\n            "
            + singleQuoted(place + colon + plain(argument.name) + ':'
                           + action(argument.completes, argument.words));
    }
    if (command.takesProgram)
        out += " \\\n            '*::command:_normal'";
    return out;
}

} // namespace

QByteArray zshCompletion()
{
    QByteArray commands;
    QByteArray cases;
    for (const CommandSpec &command : commandSpecs()) {
        commands += "        " + singleQuoted(QByteArray(command.name) + ':' + plain(command.summary)) + '\n';
        cases += QByteArray("        ") + command.name + ")\n            _arguments -S"
            + optionSpecs(command.options) + " \\\n            $everywhere" + argumentSpecs(command)
            + " ;;\n";
    }
    return "#compdef latchkey-cli\n" + completionHead() + R"(_latchkey_cli_names() {
    local -a names profile
    local -i i
    # Wherever on the line the profile is named.
    for ((i = 2; i < $#latchkey_cli_words; i++)); do
        case $latchkey_cli_words[i] in
        --profile) profile=(--profile "${latchkey_cli_words[i+1]/#\~\//$HOME/}") ;;
        --profile=*) profile=(--profile "${${latchkey_cli_words[i]#*=}/#\~\//$HOME/}") ;;
        esac
    done
    names=("${(@f)$(_call_program $1 latchkey-cli ${(q)profile} $1 --names 2>/dev/null)}")
    compadd -M 'm:{a-zA-Z}={A-Za-z}' -- $names
}
_latchkey_cli() {
    local curcontext=$curcontext state line
    local -A opt_args
    local -a commands everywhere latchkey_cli_words
    latchkey_cli_words=("${(@Q)words[1,CURRENT]}")
    commands=(
)" + commands
        + "    )\n    everywhere=(" + QByteArray(optionSpecs(globalOptionSpecs())).replace(" \\\n", "\n")
        + "\n    )\n"
        + R"(    _arguments -C -S -A '-*' $everywhere '1:command:->command' '*::argument:->arguments' && return
    case $state in
    command) _describe command commands ;;
    arguments)
        case $words[1] in
)" + cases
        + "        esac ;;\n    esac\n}\n_latchkey_cli \"$@\"\n";
}

} // namespace latchkey
