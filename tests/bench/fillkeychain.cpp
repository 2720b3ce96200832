// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// fillkeychain DIR COUNT URL: writes expired accounts of Bright Pattern at URL into a profile and their
// secrets into the keychain. Run again on the same profile it has every account expired again and writes its
// secrets once more. Prints how many milliseconds the keychain writes took.
#include "core/account/accountjson.h"
#include "core/flow/store/secretbinding.h"
#include "core/io/keychain/keychainsecretstore.h"
#include "core/io/profile/sqliteaccountstore.h"
#include "core/io/profile/sqliteprofile.h"
#include "core/provider/providers.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTimer>

#include <cstdio>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

Account sample(int number, const QString &url)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    Account account;
    account.id = AccountId::create();
    account.name = u"Account %1"_s.arg(number, 4, 10, QLatin1Char('0'));
    account.providerId = u"configapi"_s;
    account.fields = completeFields(*findProvider(account.providerId),
                                    { { u"url"_s, url }, { u"client_id"_s, u"demo-configapi"_s } });
    account.createdAt = now;
    return account;
}

Account expired(Account account)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    account.token = TokenFacts { now.addSecs(-7200), now.addSecs(-3600), u"Bearer"_s, {}, {}, {} };
    account.lastRefreshAt = account.token->issuedAt;
    return account;
}

AccountSecrets secretsOf(const Account &account)
{
    AccountSecrets secrets;
    secrets.fields.emplace(u"client_secret"_s, Secret("demo-configapi-secret"));
    secrets.token = TokenSet { Secret("bench-expired-access-token-of-some-length"), {}, *account.token };
    secrets.generation = 1;
    secrets.boundTo = bindingOf(*findProvider(account.providerId), account.fields);
    return secrets;
}

// Writes one after the other, as the program does.
class Filler final : public QObject
{
public:
    explicit Filler(QList<Account> accounts) : m_accounts(std::move(accounts)) { m_timer.start(); }

    void next()
    {
        if (m_accounts.isEmpty()) {
            std::printf("%lld\n", static_cast<long long>(m_timer.elapsed()));
            return QCoreApplication::exit(0);
        }
        const Account account = m_accounts.takeFirst();
        m_keychain.write(u"latchkey/"_s + account.id.value, u"Latchkey: "_s + account.name,
                         toStoredText(secretsOf(account)),
                         { this, [this](const Result<void, SecretStoreError> &written) {
                              if (!written) {
                                  std::fprintf(stderr, "fillkeychain: %s\n",
                                               qPrintable(written.error().detail));
                                  return QCoreApplication::exit(1);
                              }
                              next();
                          } });
    }

private:
    QList<Account> m_accounts;
    KeychainSecretStore m_keychain { u"Latchkey"_s };
    QElapsedTimer m_timer;
};

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() != 4) {
        std::fprintf(stderr, "fillkeychain DIR COUNT URL\n");
        return 2;
    }
    if (!prepareProcessForKeychain())
        return 1;
    SqliteProfile profile(arguments.at(1));
    SqliteAccountStore store(profile);
    const auto loaded = store.load();
    if (!loaded)
        return 1;
    QList<Account> accounts = *loaded;
    const bool isNew = accounts.isEmpty();
    for (int i = 0; isNew && i < arguments.at(2).toInt(); ++i)
        accounts.append(sample(i, arguments.at(3)));
    for (Account &account : accounts) {
        account = expired(std::move(account));
        if (!store.save(account))
            return 1;
    }
    static_cast<void>(store.recordSecretBackend(KeychainSecretStore(u"Latchkey"_s).backendName()));
    Filler filler(accounts);
    QTimer::singleShot(0, &filler, &Filler::next);
    return QCoreApplication::exec();
}
