// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"
#include "core/account/problem.h"
#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/port/reply.h"

#include <QObject>
#include <QStringList>

namespace latchkey {

class AccountService;
class ActivityService;
class HandoutService;
class PrivateFiles;
class TokenService;

struct ExportRequest
{
    QList<AccountId> ids; // at least one
    QString formatId; // exportformat.h
    QString target; // the file or folder
    QString program; // for the record of activity
    QStringList allowedHosts = {};
    bool mayReplace = false;
};

// Files for API clients, with tokens that live for two minutes at least. All accounts or none: the first
// account that has no token to give, or none that the format can hold, stops the export before anything is
// written.
class ExportService final : public QObject
{
    Q_OBJECT

public:
    struct Parts
    {
        AccountService &accounts;
        TokenService &tokens;
        HandoutService &handouts;
        ActivityService &activity;
        PrivateFiles &files;
        Clock clock;
    };
    explicit ExportService(Parts parts, QObject *parent = nullptr);

    // The paths written. OtherHost (detail: the host) and ReadAsTemplate as with handing out; FileExists,
    // FileFailed (detail: the path). `progressed` is emitted for each token got.
    void write(const ExportRequest &request, Reply<Result<QStringList, Problem>> reply);
    // What the user should know of a target, although it may be written; empty: nothing.
    [[nodiscard]] QString remarkOn(const QString &target) const;

Q_SIGNALS:
    void progressed(int done, int total);
    // Which account had no token to give; emitted before the reply.
    void stoppedAt(const latchkey::AccountId &id);

private:
    class Run;
    Parts m_parts;
};

} // namespace latchkey
