// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

namespace latchkey {

// Each returns one sentence that says what is wrong with a setting; empty: nothing is.

[[nodiscard]] QString browserCommandProblem(const QString &command); // empty command: the system's browser
[[nodiscard]] QString proxyHostProblem(const QString &host);
[[nodiscard]] QString caFileProblem(const QString &path); // empty path: no file

struct Language
{
    QString code; // "de"; empty: the system's
    QString name; // in the language itself: "Deutsch"
};

// The system's, English, and those that this build holds a translation for (":/i18n/latchkey_de.qm").
[[nodiscard]] QList<Language> offeredLanguages();

} // namespace latchkey
