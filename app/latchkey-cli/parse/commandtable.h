// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QList>

namespace latchkey {

// The commands as data. Parsing, help, man pages and completions all use this one table.

// What a shell may complete a word with.
enum class Completes { Nothing, Account, Provider, Recipe, ExportFormat, File, Folder, Program, Words };

struct ArgumentSpec
{
    const char *name; // "NAME"
    Completes completes = Completes::Nothing;
    bool required = true;
    bool repeated = false; // the last one only
    const char *words = ""; // for Words, separated by blanks; no other value is taken
};

struct OptionSpec
{
    const char *name; // "--min-life"
    const char *value; // "DURATION"; empty: a flag
    const char *help; // one sentence without a full stop
    Completes completes = Completes::Nothing;
    bool repeated = false;
    const char *words = ""; // for Words, separated by blanks; no other value is taken
};

struct ExampleSpec
{
    const char *line; // "latchkey-cli token 'Rev production'"
    const char *says; // what it does, one line
};

struct CommandSpec
{
    const char *name;
    const char *summary; // one line, no full stop
    const char *description; // paragraphs separated by an empty line
    QList<ArgumentSpec> arguments;
    QList<OptionSpec> options;
    QList<ExampleSpec> examples;
    bool takesProgram = false; // everything after "--" is a command line of its own
};

struct ExitSpec
{
    int status;
    const char *meaning;
};

// In the order of the help.
[[nodiscard]] const QList<CommandSpec> &commandSpecs();
[[nodiscard]] const CommandSpec *findCommandSpec(QByteArrayView name); // null: unknown
// Every command takes these, before or after its name.
[[nodiscard]] const QList<OptionSpec> &globalOptionSpecs();
[[nodiscard]] const QList<ExitSpec> &exitSpecs();

} // namespace latchkey
