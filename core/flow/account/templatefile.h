// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"
#include "core/base/result.h"
#include "core/flow/draft/accountdraft.h"

#include <QByteArray>
#include <QList>

namespace latchkey {

// The file of accounts without secrets: JSON, {"format": "latchkey-templates", "version": 1, "accounts":
// [{"name": ..., "provider": ..., "fields": {...}}]}.

struct TemplateFault
{
    bool isNewer = false; // of a later version, named by `reason`
    QString reason; // where and why; never a value of the file
    friend bool operator==(const TemplateFault &, const TemplateFault &) = default;
};

inline constexpr qsizetype templateFileLimit = 1024LL * 1024; // bytes

// The same accounts make the same bytes, in whatever order they come. Accounts of a provider that is not
// known here are left out: what of them is secret is not known either.
[[nodiscard]] QByteArray writeTemplates(QList<Account> accounts);
// At most 1 MiB and 1,000 accounts. Whatever this version does not know is refused, and so is a file with a
// secret in it. The fields are not checked yet.
[[nodiscard]] Result<QList<AccountDraft>, TemplateFault> readTemplates(const QByteArray &file);

} // namespace latchkey
