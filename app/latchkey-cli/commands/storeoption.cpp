// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/commands/storeoption.h"

#include "app/latchkey-cli/commands/command.h"

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

QString placeOf(StoreKind kind)
{
    switch (kind) {
    case StoreKind::Keychain: return u"in the keychain"_s;
    case StoreKind::Vault: return u"in a vault"_s;
    case StoreKind::Memory: return u"in memory"_s;
    }
    Q_UNREACHABLE();
}

} // namespace

std::optional<int> refusalOfStore(const CommandLine &line, const StoreChoice &store, Console &console)
{
    if (store.refused) {
        const ProblemText text {
            u"This profile keeps its secrets %1, not %2."_s.arg(placeOf(store.kind), placeOf(*store.refused)),
            u"Where they are kept is chosen once, with the profile's first secret."_s,
            u"Leave --store out, or begin another profile with --profile DIR."_s, NextStep::None
        };
        sayError(console, nameOf(Problem::Kind::KeychainChanged), text, ExitStatus::SecretStore);
        return ExitStatus::SecretStore;
    }
    // There it opens the vault that is to be.
    const bool isAboutVaults = QByteArrayView(line.command->name) == "vault";
    if (store.kind != StoreKind::Vault && !isAboutVaults && line.has(u"--passphrase-file"_s)) {
        const ProblemText text {
            u"This profile has no vault that a passphrase could open."_s,
            u"Its secrets are kept %1."_s.arg(placeOf(store.kind)),
            u"Leave --passphrase-file out, or move its secrets: latchkey-cli vault to-vault"_s, NextStep::None
        };
        sayError(console, u"Usage"_s, text, ExitStatus::Usage);
        return ExitStatus::Usage;
    }
    return {};
}

} // namespace latchkey
