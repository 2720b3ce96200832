// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/draft/missingsecrets.h"

namespace latchkey {

using namespace Qt::StringLiterals;

QStringList neededSecrets(const Provider &provider, const FieldValues &completed)
{
    const bool hasCertificate = !completed.value(u"tls_certificate"_s).isEmpty();
    QStringList needed;
    for (const Field &field : provider.fields) {
        if (field.secret && (field.required || (hasCertificate && field.id == "tls_key"_L1)))
            needed.append(field.id);
    }
    return needed;
}

std::optional<Problem> missingSecret(const Provider &provider, const QStringList &missing,
                                     const QDateTime &now)
{
    for (const Field &field : provider.fields) {
        if (field.required && missing.contains(field.id))
            return Problem { Problem::Kind::SecretNotEntered, field.id, {}, now, {} };
    }
    return {};
}

} // namespace latchkey
