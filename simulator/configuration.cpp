// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/configuration.h"

namespace latchkey::simulator {

Client *Configuration::client(const QString &vendor, const QString &id)
{
    for (Client &client : clients) {
        if (client.vendor == vendor && client.id == id)
            return &client;
    }
    return nullptr;
}

QString Configuration::takeFault(const QString &vendor, const QString &client, const QString &grant)
{
    const auto concerns = [](const QString &wanted, const QString &given) {
        return wanted.isEmpty() || wanted == given;
    };
    for (qsizetype i = 0; i < faults.size(); ++i) {
        PlannedFault &planned = faults[i];
        if (!concerns(planned.vendor, vendor) || !concerns(planned.client, client)
            || !concerns(planned.grant, grant))
            continue;
        QString fault = planned.fault;
        if (planned.times > 0 && --planned.times == 0)
            faults.removeAt(i);
        return fault;
    }
    const Client *owner = this->client(vendor, client);
    return owner ? owner->fault : QString();
}

} // namespace latchkey::simulator
