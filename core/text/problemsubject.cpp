// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/problemsubject.h"

#include "core/base/characters.h"

#include <algorithm>

namespace latchkey {

namespace {

constexpr qsizetype detailLimit = 200; // characters
constexpr qsizetype descriptionLimit = 512; // characters (R32)

// Characters that only look like angle brackets, so that no label takes the text for markup, and
// nothing that moves the cursor or turns the reading direction (F38). The letters of every script
// stay.
QString plain(const QString &text, qsizetype limit)
{
    return visibleLine(text, limit).replace(u'<', u'‹').replace(u'>', u'›').simplified();
}

} // namespace

ProblemSubject::ProblemSubject(const Problem &problem, const Provider *provider)
    : m_provider(provider),
      m_fieldId(problem.detail),
      m_description(plain(problem.description, descriptionLimit)),
      m_detail(plain(problem.detail, detailLimit))
{
}

QString ProblemSubject::who() const
{
    return m_provider ? QCoreApplication::translate("Provider", m_provider->displayName) : tr("The provider");
}

QString ProblemSubject::host() const
{
    return m_detail.isEmpty() ? who() : m_detail;
}

QString ProblemSubject::said() const
{
    return m_description.isEmpty() ? QString() : tr("%1 says: “%2”").arg(who(), m_description);
}

QString ProblemSubject::reason() const
{
    return m_detail.isEmpty() ? QString() : tr("Reason: %1.").arg(m_detail);
}

QString ProblemSubject::fieldLabel() const
{
    const Field *field = m_provider ? m_provider->field(m_fieldId) : nullptr;
    return field ? QCoreApplication::translate("Provider", field->label) : m_detail;
}

QString ProblemSubject::refusedHelp() const
{
    return m_provider ? QCoreApplication::translate("Provider", m_provider->refusedHelp)
                      : tr("Compare the fields of the account with what the provider shows.");
}

bool ProblemSubject::signsIn() const
{
    return !m_provider || m_provider->grant == GrantKind::AuthorizationCode;
}

bool ProblemSubject::needsTypedSecrets() const
{
    return m_provider
        && std::any_of(m_provider->fields.begin(), m_provider->fields.end(),
                       [](const Field &field) { return field.secret && field.required; });
}

} // namespace latchkey
