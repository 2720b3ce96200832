// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/problem.h"
#include "core/provider/provider.h"

#include <QCoreApplication>

namespace latchkey {

// What the sentences on a problem speak of. What others wrote (a host, a reason, the provider's own
// words) is made plain here, before it gets into a sentence.
class ProblemSubject
{
    Q_DECLARE_TR_FUNCTIONS(ProblemSubject)

public:
    ProblemSubject(const Problem &problem, const Provider *provider);

    [[nodiscard]] QString who() const; // "Priava"; begins a sentence
    [[nodiscard]] QString host() const; // the same, by its address where that is known
    [[nodiscard]] const QString &detail() const { return m_detail; }
    [[nodiscard]] QString said() const; // "Priava says: “…”"; empty when it said nothing
    [[nodiscard]] QString reason() const; // "Reason: …", or empty
    [[nodiscard]] QString fieldLabel() const; // where the detail is a field's id
    [[nodiscard]] QString refusedHelp() const;
    [[nodiscard]] bool signsIn() const; // through the browser
    [[nodiscard]] bool needsTypedSecrets() const;

private:
    const Provider *m_provider;
    QString m_fieldId;
    QString m_description;
    QString m_detail;
};

} // namespace latchkey
