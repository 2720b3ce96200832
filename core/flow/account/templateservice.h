// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"
#include "core/account/problem.h"
#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/flow/draft/accountdraft.h"
#include "core/port/reply.h"
#include "core/provider/destinations.h"
#include "core/provider/provider.h"

#include <QByteArray>
#include <QList>
#include <QObject>

namespace latchkey {

class AccountService;
class PrivateFiles;

// One account of a template file, and what importing it would do.
struct TemplateEntry
{
    enum class Verdict { WillBeAdded, AlreadyThere, Refused };
    AccountDraft draft; // without secrets
    Verdict verdict = Verdict::WillBeAdded;
    QList<FieldProblem> problems; // with Refused
    QList<Destination> destinations; // where it would send secrets and the browser; to be shown before a yes
};

// Accounts without any secret, to hand to colleagues.
class TemplateService final : public QObject
{
    Q_OBJECT

public:
    TemplateService(AccountService &accounts, PrivateFiles &files, Clock clock, QObject *parent = nullptr);

    // JSON, format "latchkey-templates" version 1. No ids, no times, no tokens, no secrets.
    [[nodiscard]] QByteArray exported(const QList<AccountId> &ids) const;
    // Into a file that only the user may read. FileExists without `mayReplace`, FileFailed (detail: the
    // path).
    [[nodiscard]] Result<void, Problem> write(const QString &path, const QList<AccountId> &ids,
                                              bool mayReplace);
    // FileNotUnderstood (detail: where and why), ProfileNewer for a later version. At most 1 MiB and 1,000
    // accounts. An account with the name of an existing one is AlreadyThere: existing ones are kept.
    [[nodiscard]] Result<QList<TemplateEntry>, Problem> read(const QByteArray &file) const;
    // Adds those that WillBeAdded; the answer is how many. They have no secrets yet.
    void import(const QList<TemplateEntry> &entries, Reply<Result<int, Problem>> reply);

private:
    class Import;
    AccountService &m_accounts;
    PrivateFiles &m_files;
    Clock m_clock;
};

} // namespace latchkey
