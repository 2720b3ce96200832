// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/provider/revfields.h"

#include "core/provider/tokenmessages.h"
#include "core/provider/vendoraddress.h"

namespace latchkey {

using namespace Qt::StringLiterals;

Field revUrlField()
{
    return {
        .id = u"url"_s,
        .kind = Field::Kind::Url,
        .label = QT_TRANSLATE_NOOP("Provider", "Rev address"),
        .help = QT_TRANSLATE_NOOP("Provider",
                                  "The address you open Rev with in the browser, up to the first slash."),
        .placeholder = QT_TRANSLATE_NOOP("Provider", "https://company.rev.vbrick.com"),
        .defaultValue = {},
        .choices = {},
        .bindsSecrets = true,
    };
}

Field revApiKeyField()
{
    return {
        .id = u"api_key"_s,
        .label = QT_TRANSLATE_NOOP("Provider", "API key"),
        .help = QT_TRANSLATE_NOOP("Provider",
                                  "In Rev: gear > System Settings > API Keys > Add Key, the value of Key."),
        .defaultValue = {},
        .choices = {},
    };
}

QList<FieldProblem> checkRevAddress(const FieldValues &fields)
{
    if (!hasVendorPath(fields))
        return {};
    return { { u"url"_s,
               QT_TRANSLATE_NOOP("Provider",
                                 "Enter only the host, such as https://company.rev.vbrick.com, without the "
                                 "path after it.") } };
}

QUrl revSessionUrl(const FieldValues &fields)
{
    return vendorAddress(fields, u"/api/v2/user/session"_s);
}

QStringList revUserMembers()
{
    return { u"username"_s, u"userId"_s };
}

RefusalMeaning meaningOfRevError(const TokenError &error, bool renewing)
{
    return renewing && statusOf(error) == 401 ? RefusalMeaning::SignIn : usualMeaning(error, renewing);
}

} // namespace latchkey
