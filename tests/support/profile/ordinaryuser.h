// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <unistd.h>

namespace latchkey {

// File permissions mean nothing to root. While this lives, a test that runs as root has the rights of
// "nobody" instead; for an ordinary user nothing changes.
class OrdinaryUser final
{
public:
    OrdinaryUser() : m_wasRoot(::geteuid() == 0)
    {
        if (m_wasRoot && ::seteuid(65534) != 0)
            qFatal("seteuid");
    }
    ~OrdinaryUser()
    {
        if (m_wasRoot && ::seteuid(0) != 0)
            qFatal("seteuid");
    }
    Q_DISABLE_COPY_MOVE(OrdinaryUser)

    // For a QTemporaryDir: "nobody" cannot get into root's own temporary folder.
    static QString place() { return QStringLiteral("/tmp/latchkey-test-XXXXXX"); }

private:
    bool m_wasRoot;
};

} // namespace latchkey
