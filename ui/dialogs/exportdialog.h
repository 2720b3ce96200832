// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"
#include "core/base/result.h"
#include "ui/acts/uiservices.h"

#include <QDialog>

#include <memory>

namespace latchkey {

class HostConsent;

// Writes files for API clients: which accounts, in which format, and where to. Nothing is replaced, and no
// token goes to a foreign host's file, without a question. Shown by open(), deletes itself when closed.
class ExportDialog final : public QDialog
{
    Q_OBJECT

public:
    ExportDialog(const UiServices &services, HostConsent &consent, const QList<AccountId> &ids,
                 QWidget *parent = nullptr);
    ~ExportDialog() override;

Q_SIGNALS:
    void exported(int accounts);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace latchkey
