// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/secrets/formerstoretext.h"

#include <QCoreApplication>

namespace latchkey {

namespace {

class LeftoverWords
{
    Q_DECLARE_TR_FUNCTIONS(Leftovers)

public:
    [[nodiscard]] static FormerStoreText text(const SecretMoveService::Leftovers &leftovers);
};

FormerStoreText LeftoverWords::text(const SecretMoveService::Leftovers &leftovers)
{
    const bool isVault = leftovers.place == SecretPlace::Vault;
    FormerStoreText text {
        tr("The keychain still holds copies of %n account(s).", nullptr, leftovers.count),
        tr("The secrets are in the encrypted vault and the copies are not used any more, but "
           "programs that run as you can ask the keychain for them."),
        tr("Delete copies"), tr("Keep copies")
    };
    if (isVault)
        text = { tr("The vault is still there."),
                 tr("The secrets are in the keychain and the vault is not used any more, but anyone who has "
                    "it and its passphrase can read them."),
                 tr("Delete vault"), tr("Keep vault") };
    if (leftovers.isAgreed)
        text.why = isVault ? tr("It could not be deleted yet. Latchkey tries again when it starts.")
                           : tr("They could not be deleted yet. Latchkey tries again when it starts.");
    return text;
}

} // namespace

FormerStoreText formerStoreText(const SecretMoveService::Leftovers &leftovers)
{
    return LeftoverWords::text(leftovers);
}

} // namespace latchkey
