// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/vendors.h"

#include <algorithm>

namespace latchkey::simulator {

// One file a vendor.
Vendor priavaVendor();
Vendor revVendor();
Vendor revOAuth2Vendor();
Vendor configApiVendor();

const QList<Vendor> &vendors()
{
    static const QList<Vendor> all { priavaVendor(), revVendor(), revOAuth2Vendor(), configApiVendor() };
    return all;
}

const Vendor *findVendor(const QString &id)
{
    const QList<Vendor> &all = vendors();
    const auto found =
        std::find_if(all.begin(), all.end(), [&id](const Vendor &vendor) { return vendor.id == id; });
    return found == all.end() ? nullptr : &*found;
}

} // namespace latchkey::simulator
