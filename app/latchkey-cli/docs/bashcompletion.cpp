// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/docs/completions.h"
#include "app/latchkey-cli/docs/completionwords.h"

namespace latchkey {

namespace {

// What offers the candidates for one place, as a line of shell.
QByteArray offer(Completes what, const char *words)
{
    switch (what) {
    case Completes::Account: return "_latchkey_cli_names accounts";
    case Completes::Recipe: return "_latchkey_cli_names recipes";
    case Completes::File: return "_latchkey_cli_files -f";
    case Completes::Folder: return "_latchkey_cli_files -d";
    case Completes::Program: return "_latchkey_cli_files -c";
    case Completes::Nothing: return ":";
    default: return "_latchkey_cli_words " + singleQuoted(completionWords(what, words).join(' '));
    }
}

QByteArray valueCases(const QList<OptionSpec> &options, const QByteArray &command)
{
    QByteArray out;
    for (const OptionSpec &option : options) {
        if (*option.value != '\0')
            out += "    " + command + ':' + option.name + ") " + offer(option.completes, option.words)
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
            + offer(argument.completes, argument.words) + " ;;\n";
    }
    return out;
}

constexpr auto functions = R"(_latchkey_cli_words() {
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

} // namespace

QByteArray bashCompletion()
{
    QByteArrayList taking;
    QByteArrayList names;
    QByteArray values = valueCases(globalOptionSpecs(), "*");
    QByteArray options;
    QByteArray arguments;
    for (const CommandSpec &command : commandSpecs()) {
        names.append(command.name);
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
    return completionHead() + "_latchkey_cli_taking='" + taking.join(' ') + "'\n" + functions
        + "    case $command:$previous in\n    *:) ;;\n" + values + "    *) return ;;\n    esac\n"
        + "    if [[ $cur == -* ]]; then\n        local options=''\n        case $command in\n" + options
        + "        esac\n        _latchkey_cli_words \"$options " + optionNames(globalOptionSpecs())
        + "\"\n        return\n    fi\n    if [ -z \"$command\" ]; then\n        _latchkey_cli_words '"
        + names.join(' ') + "'\n        return\n    fi\n    case $command:$place in\n" + arguments
        + "    esac\n}\ncomplete -F _latchkey_cli latchkey-cli\n";
}

} // namespace latchkey
