// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

#include <memory>
#include <optional>

#include "simulator/message.h"
#include "simulator/simulatorstate.h"

namespace latchkey::simulator {

// Answers the requests to one vendor's addresses.
class VendorServer
{
public:
    virtual ~VendorServer() = default;
    [[nodiscard]] virtual std::optional<Answer>
    answer(const Request &request) = 0; // nothing: not its address
};

struct Vendor
{
    QString id; // as in the product: "priava"
    QString harmless; // path of an API call that takes a good token: "/api/rest/ping"
    void (*complete)(Client &client); // sets what is usual for this vendor's clients
    std::unique_ptr<VendorServer> (*server)(SimulatorState &state);
};

[[nodiscard]] const QList<Vendor> &vendors();
[[nodiscard]] const Vendor *findVendor(const QString &id); // null: unknown

} // namespace latchkey::simulator
