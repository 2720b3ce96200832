// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/file/runtimefolder.h"

#include <QFileInfo>

namespace latchkey {

using namespace Qt::StringLiterals;

Result<QString, FolderFault> openRuntimeFolder(const QString &profileFolder)
{
    const QString runtime = qEnvironmentVariable("XDG_RUNTIME_DIR");
    if (!runtime.isEmpty() && QFileInfo(runtime).isDir() && ensurePrivateFolder(runtime)) {
        const QString inRuntime = runtime + "/latchkey"_L1;
        if (ensurePrivateFolder(inRuntime))
            return inRuntime;
    }
    const QString inProfile = profileFolder + "/locks"_L1;
    if (const auto usable = ensurePrivateFolder(inProfile); !usable)
        return failure(usable.error());
    return inProfile;
}

} // namespace latchkey
