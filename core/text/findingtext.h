// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/doctorfinding.h"
#include "core/provider/provider.h"
#include "core/text/problemtext.h"

#include <QList>
#include <QString>

namespace latchkey {

struct FindingText
{
    QString title; // "Port"
    QString sentence; // what was found
    QString next; // what to do; empty where all is well
};

// `provider` of the finding's account; may be null.
[[nodiscard]] FindingText findingText(const DoctorFinding &finding, const Provider *provider = nullptr);
// "passed", "warning", "failed", "not checked".
[[nodiscard]] QString outcomeText(DoctorFinding::Outcome outcome);
// A line, and what to do about it: one value never makes a line of its own.
[[nodiscard]] QStringList findingLines(const DoctorFinding &finding);
// Plain text for a ticket, without any secret: a head ("Latchkey 1.0 on Debian"), a line a finding, and what
// to do about it.
[[nodiscard]] QString findingReport(const QString &head, const QList<DoctorFinding> &findings);

// What became of trying the token, what that means, and what to do next. Why and next may be empty.
[[nodiscard]] ProblemText trialText(const TokenTrial &trial, const Provider *provider);

} // namespace latchkey
