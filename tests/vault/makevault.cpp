// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// makevault FILE: seals the tests' sample as the program does, with as much work as usual.

#include "core/io/vault/vaultfixture.h"

#include <QFile>

int main(int argc, char *argv[])
{
    using namespace latchkey;
    if (argc != 2)
        return 2;
    const VaultBytes key = VaultBytes::random(32);
    const auto file =
        makeVaultSlot(vaultfixture::passphrase, usualVaultWork, key).and_then([&](const VaultSlot &slot) {
            return sealVault(slot, key, vaultfixture::sampleContent());
        });
    QFile out(QFile::decodeName(argv[1]));
    return file && out.open(QIODevice::NewOnly) && out.write(*file) == file->size() ? 0 : 1;
}
