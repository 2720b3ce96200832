// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/parse/commandspec.h"

#include <algorithm>

namespace latchkey {

const CommandSpec *findCommandSpec(QByteArrayView name)
{
    const auto &all = commandSpecs();
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const CommandSpec &spec) { return name == spec.name; });
    return found == all.end() ? nullptr : &*found;
}

const QList<OptionSpec> &globalOptionSpecs()
{
    static const QList<OptionSpec> list {
        { "--profile", "DIR", "keep the accounts in this folder", Completes::Folder },
        { "--json", "", "machine output on standard output, errors as JSON on standard error" },
        { "--store", "STORE", "where secrets are kept; chosen once for a profile", Completes::Words, false,
          "keychain vault memory" },
        { "--passphrase-file", "FILE", "read the vault's passphrase from the first line of this file",
          Completes::File },
        { "--allow-prompt", "", "let the keychain ask for its password although no terminal is there" },
        { "--help", "", "show help" },
        { "--version", "", "show the version" },
    };
    return list;
}

const QList<ExitSpec> &exitSpecs()
{
    static const QList<ExitSpec> list {
        { 0, "done" },
        { 1, "failed otherwise" },
        { 2, "the command line, or a value in it, was not understood" },
        { 3, "no such account" },
        { 4, "sign-in needed" },
        { 5, "refused by the provider" },
        { 6, "the network, or the provider's server, failed" },
        { 7, "the keychain or the vault failed" },
        { 8, "cancelled or timed out" },
    };
    return list;
}

} // namespace latchkey
