// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/docs/pages.h"
#include "core/provider/providers.h"
#include "core/recipe/exportformat.h"

#include <QByteArrayList>

namespace latchkey {

namespace {

QByteArray fileHead()
{
    return "# SPDX-FileCopyrightText: 2026 Latchkey contributors\n"
           "# SPDX-License-Identifier: GPL-3.0-or-later\n"
           "# Made from the command table of latchkey-cli.\n";
}

// How one shell offers the candidates for a place; `words` gets the candidates themselves.
struct Offers
{
    QByteArray account;
    QByteArray recipe;
    QByteArray file;
    QByteArray folder;
    QByteArray program;
    QByteArray nothing;
    QByteArray (*words)(const QByteArray &list);
};

QByteArray offerOf(const Offers &shell, Completes what, const char *words)
{
    QByteArrayList list;
    switch (what) {
    case Completes::Account: return shell.account;
    case Completes::Recipe: return shell.recipe;
    case Completes::File: return shell.file;
    case Completes::Folder: return shell.folder;
    case Completes::Program: return shell.program;
    case Completes::Nothing: return shell.nothing;
    case Completes::Provider:
        for (const Provider &provider : providers())
            list.append(provider.id.toUtf8());
        break;
    case Completes::ExportFormat:
        for (const ExportFormat &format : exportFormats())
            list.append(format.id.toUtf8());
        break;
    case Completes::Words: list.append(words); break;
    }
    return shell.words(list.join(' '));
}

QByteArray commandNames()
{
    QByteArrayList names;
    for (const CommandSpec &command : commandSpecs())
        names.append(command.name);
    return names.join(' ');
}

// For bash and zsh.
QByteArray singleQuoted(QByteArray text)
{
    return '\'' + text.replace('\'', "'\\''") + '\'';
}

QByteArray fishQuoted(QByteArray text)
{
    return '\'' + text.replace('\\', "\\\\").replace('\'', "\\'") + '\'';
}

// bash

QByteArray bashOffer(Completes what, const char *words)
{
    static const Offers bash { "_latchkey_cli_names accounts",
                               "_latchkey_cli_names recipes",
                               "_latchkey_cli_files -f",
                               "_latchkey_cli_files -d",
                               "_latchkey_cli_files -c",
                               ":",
                               [](const QByteArray &list) {
                                   return "_latchkey_cli_words " + singleQuoted(list);
                               } };
    return offerOf(bash, what, words);
}

QByteArray valueCases(const QList<OptionSpec> &options, const QByteArray &command)
{
    QByteArray out;
    for (const OptionSpec &option : options) {
        if (*option.value != '\0')
            out += "    " + command + ':' + option.name + ") " + bashOffer(option.completes, option.words)
                + "; return ;;\n";
    }
    return out;
}

QByteArray optionNames(const QList<OptionSpec> &options)
{
    QByteArrayList names;
    for (const OptionSpec &option : options)
        names.append(option.name);
    return names.join(' ');
}

QByteArray argumentCases(const CommandSpec &command)
{
    QByteArray out;
    for (qsizetype i = 0; i < command.arguments.size(); ++i) {
        const ArgumentSpec &argument = command.arguments[i];
        out += QByteArray("    ") + command.name + ':'
            + (argument.repeated ? QByteArray("*") : QByteArray::number(i)) + ") "
            + bashOffer(argument.completes, argument.words) + " ;;\n";
    }
    return out;
}

constexpr auto bashFunctions = R"(_latchkey_cli_words() {
    local word
    for word in $1; do
        [[ $word == "$cur"* ]] && COMPREPLY+=("$word")
    done
}
_latchkey_cli_files() {
    compopt -o filenames 2>/dev/null
    mapfile -t COMPREPLY < <(compgen "$1" -- "$cur")
}
# A word as it was meant: what was typed so far may stand in quotes or hold backslashes.
_latchkey_cli_plain() {
    plain=${1#[\'\"]}
    plain=${plain%[\'\"]}
    plain=${plain//\\/}
    [[ $plain == '~/'* ]] && plain=$HOME/${plain:2}
}
# Names hold blanks and quotes: the shell quotes them as it does with files.
_latchkey_cli_names() {
    local name
    compopt -o filenames 2>/dev/null
    while IFS= read -r name; do
        [[ ${name,,} == "${cur,,}"* ]] && COMPREPLY+=("$name")
    done < <("${COMP_WORDS[0]}" "${profile[@]}" "$1" --names 2>/dev/null)
}
_latchkey_cli() {
    COMPREPLY=()
    local cur=${COMP_WORDS[COMP_CWORD]} previous='' command='' word plain place=0 i
    local -a profile=()
    [[ $cur == '=' ]] && cur=''
    cur=${cur#[\'\"]}
    cur=${cur//\\/}
    for ((i = 1; i < COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        case $word in
        --) [ "$command" = exec ] && { _command_offset $((i + 1)) 2>/dev/null || mapfile -t COMPREPLY < <(compgen -c -- "$cur"); return; } ;;
        -*)
            case " $_latchkey_cli_taking " in
            *" $word "*)
                # Bash makes three words of --option=value.
                i=$((i + 1))
                [ "$i" -lt "$COMP_CWORD" ] && [ "${COMP_WORDS[i]}" = '=' ] && i=$((i + 1))
                [ "$i" -lt "$COMP_CWORD" ] || previous=$word
                if [ "$word" = --profile ]; then
                    _latchkey_cli_plain "${COMP_WORDS[i]}"
                    profile=(--profile "$plain")
                fi
                ;;
            esac
            ;;
        *) if [ -z "$command" ]; then command=$word; else place=$((place + 1)); fi ;;
        esac
    done
)";

// zsh

// Colons and brackets have a meaning in a specification of _arguments.
QByteArray zshPlain(QByteArray text)
{
    return text.replace('\\', "\\\\").replace(':', "\\:").replace('[', "\\[").replace(']', "\\]");
}

QByteArray zshAction(Completes what, const char *words)
{
    // zsh calls an action that begins with a blank as it stands.
    static const Offers zsh { " _latchkey_cli_names accounts",
                              " _latchkey_cli_names recipes",
                              "_files",
                              "_files -/",
                              "_command_names -e",
                              " ",
                              [](const QByteArray &list) { return '(' + list + ')'; } };
    return offerOf(zsh, what, words);
}

QByteArray zshOptions(const QList<OptionSpec> &options)
{
    QByteArray out;
    for (const OptionSpec &option : options) {
        // "=": the value is the next word, or follows in this word.
        const bool takesValue = *option.value != '\0';
        QByteArray spec = (option.repeated ? "*" : "") + QByteArray(option.name) + (takesValue ? "=[" : "[")
            + zshPlain(option.help) + ']';
        if (takesValue)
            spec += ':' + zshPlain(option.value) + ':' + zshAction(option.completes, option.words);
        out += " \\\n            " + singleQuoted(spec);
    }
    return out;
}

QByteArray zshArguments(const CommandSpec &command)
{
    QByteArray out;
    for (qsizetype i = 0; i < command.arguments.size(); ++i) {
        const ArgumentSpec &argument = command.arguments[i];
        const QByteArray place = argument.repeated ? QByteArray("*") : QByteArray::number(i + 1);
        const QByteArray colon = argument.required || argument.repeated ? ":" : "::";
        out += " \\\n            "
            + singleQuoted(place + colon + zshPlain(argument.name) + ':'
                           + zshAction(argument.completes, argument.words));
    }
    if (command.takesProgram)
        out += " \\\n            '*::command:_normal'";
    return out;
}

// fish

QByteArray fishOption(const OptionSpec &option, const QByteArray &condition)
{
    static const Offers fish { " -x -a '(__latchkey_cli_names accounts)'",
                               " -x -a '(__latchkey_cli_names recipes)'",
                               " -r -F",
                               " -x -a '(__fish_complete_directories)'",
                               " -x -a '(__fish_complete_command)'",
                               " -x",
                               [](const QByteArray &list) { return " -x -a " + fishQuoted(list); } };
    const QByteArray value = *option.value == '\0' ? "" : offerOf(fish, option.completes, option.words);
    return "complete -c latchkey-cli" + condition + " -l " + QByteArray(option.name).mid(2) + " -d "
        + fishQuoted(option.help) + value + '\n';
}

QByteArray fishArgument(const ArgumentSpec &argument, const QByteArray &condition)
{
    static const Offers fish { " -a '(__latchkey_cli_names accounts)'",
                               " -a '(__latchkey_cli_names recipes)'",
                               " -F",
                               " -F",
                               "",
                               "",
                               [](const QByteArray &list) { return " -a " + fishQuoted(list); } };
    const QByteArray offer = offerOf(fish, argument.completes, argument.words);
    return offer.isEmpty() ? offer : "complete -c latchkey-cli" + condition + offer + '\n';
}

} // namespace

QByteArray bashCompletion()
{
    QByteArrayList taking;
    QByteArray values = valueCases(globalOptionSpecs(), "*");
    QByteArray options;
    QByteArray arguments;
    for (const CommandSpec &command : commandSpecs()) {
        values += valueCases(command.options, command.name);
        options +=
            QByteArray("        ") + command.name + ") options='" + optionNames(command.options) + "' ;;\n";
        arguments += argumentCases(command);
        for (const OptionSpec &option : command.options) {
            if (*option.value != '\0' && !taking.contains(option.name))
                taking.append(option.name);
        }
    }
    for (const OptionSpec &option : globalOptionSpecs()) {
        if (*option.value != '\0')
            taking.append(option.name);
    }
    return fileHead() + "_latchkey_cli_taking='" + taking.join(' ') + "'\n" + bashFunctions
        + "    case $command:$previous in\n    *:) ;;\n" + values + "    *) return ;;\n    esac\n"
        + "    if [[ $cur == -* ]]; then\n        local options=''\n        case $command in\n" + options
        + "        esac\n        _latchkey_cli_words \"$options " + optionNames(globalOptionSpecs())
        + "\"\n        return\n    fi\n    if [ -z \"$command\" ]; then\n        _latchkey_cli_words '"
        + commandNames() + "'\n        return\n    fi\n    case $command:$place in\n" + arguments
        + "    esac\n}\ncomplete -F _latchkey_cli latchkey-cli\n";
}

QByteArray zshCompletion()
{
    QByteArray commands;
    QByteArray cases;
    for (const CommandSpec &command : commandSpecs()) {
        commands +=
            "        " + singleQuoted(QByteArray(command.name) + ':' + zshPlain(command.summary)) + '\n';
        cases += QByteArray("        ") + command.name + ")\n            _arguments -S"
            + zshOptions(command.options) + " \\\n            $everywhere" + zshArguments(command) + " ;;\n";
    }
    return "#compdef latchkey-cli\n" + fileHead() + R"(_latchkey_cli_names() {
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
        + "    )\n    everywhere=(" + QByteArray(zshOptions(globalOptionSpecs())).replace(" \\\n", "\n")
        + "\n    )\n"
        + R"(    _arguments -C -S -A '-*' $everywhere '1:command:->command' '*::argument:->arguments' && return
    case $state in
    command) _describe command commands ;;
    arguments)
        case $words[1] in
)" + cases
        + "        esac ;;\n    esac\n}\n_latchkey_cli \"$@\"\n";
}

QByteArray fishCompletion()
{
    QByteArray out = fileHead() + R"(function __latchkey_cli_names
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
    const QByteArray none = " -n 'not __fish_seen_subcommand_from " + commandNames() + '\'';
    for (const OptionSpec &option : globalOptionSpecs())
        out += fishOption(option, {});
    for (const CommandSpec &command : commandSpecs()) {
        const QByteArray seen = QByteArray(" -n '__fish_seen_subcommand_from ") + command.name + '\'';
        out += "complete -c latchkey-cli" + none + " -a " + command.name + " -d "
            + fishQuoted(command.summary) + '\n';
        for (const OptionSpec &option : command.options)
            out += fishOption(option, seen);
        for (const ArgumentSpec &argument : command.arguments)
            out += fishArgument(argument, seen);
        if (command.takesProgram)
            out += "complete -c latchkey-cli" + seen + " -a '(__fish_complete_subcommand)'\n";
    }
    return out;
}

} // namespace latchkey
