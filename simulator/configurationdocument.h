// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

#include "simulator/configuration.h"

namespace latchkey::simulator {

// The immediate, one-time orders of a configuration document.
struct Orders
{
    bool reset = false;
    bool clearLog = false;
    bool release = false; // send the held answers
    QList<Revocation> revocations;
    QStringList touched; // "vendor/id" of clients whose codes and sessions the ledger must adopt
};

// The clients and users without any configuration.
[[nodiscard]] QJsonObject defaultConfiguration();

// Applies a document to `configuration` (README.md lists the keys). An existing client keeps what the
// document does not name. Returns the problem of the document, after which `configuration` is useless; empty:
// none.
[[nodiscard]] QString applyConfiguration(const QJsonObject &document, Configuration &configuration,
                                         Orders &orders);

} // namespace latchkey::simulator
