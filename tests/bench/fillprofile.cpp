// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// fillprofile DIR COUNT: writes accounts into a profile, as if they had been added and refreshed.
#include "core/account/account.h"
#include "core/io/profile/sqliteaccountstore.h"
#include "core/io/profile/sqliteprofile.h"
#include "core/provider/providers.h"

#include <QCoreApplication>

#include <cstdio>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

Account sample(int number)
{
    const QList<Provider> &all = providers();
    const Provider &provider = all.at(number % all.size());
    const QDateTime now = QDateTime::currentDateTimeUtc();
    Account account;
    account.id = AccountId::create();
    account.name = u"Account %1"_s.arg(number, 4, 10, QLatin1Char('0'));
    account.providerId = provider.id;
    account.fields = completeFields(provider,
                                    { { u"url"_s, u"https://host%1.example.com"_s.arg(number) },
                                      { u"client_id"_s, u"client%1"_s.arg(number) },
                                      { u"api_key"_s, u"key%1"_s.arg(number) },
                                      { u"region"_s, u"EU"_s } });
    account.createdAt = now;
    const int lifetime = 3600 + number % 7200;
    account.token = TokenFacts {
        now.addSecs(-(number % 4000)), now.addSecs(lifetime - number % 4000), u"Bearer"_s, {}, {}, {}
    };
    account.lastRefreshAt = account.token->issuedAt;
    return account;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() != 3) {
        std::fprintf(stderr, "fillprofile DIR COUNT\n");
        return 2;
    }
    SqliteProfile profile(arguments.at(1));
    SqliteAccountStore store(profile);
    for (int i = 0; i < arguments.at(2).toInt(); ++i) {
        if (!store.save(sample(i)))
            return 1;
    }
    return 0;
}
