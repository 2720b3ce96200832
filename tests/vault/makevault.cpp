// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// makevault FILE: a profile with the tests' sample in a vault, as the program makes it, with as much work as
// usual.

#include "core/io/vault/vaultfixture.h"

#include <QCoreApplication>

int main(int argc, char *argv[])
{
    using namespace latchkey;
    const QCoreApplication program(argc, argv);
    if (argc != 2)
        return 2;
    vaultfixture::VaultedProfile vault(usualVaultWork);
    if (!vaultfixture::putSample(vault))
        return 1;
    vault.store.reset();
    vault.profile.reset();
    return QFile::copy(vault.path(), QFile::decodeName(argv[1])) ? 0 : 1;
}
