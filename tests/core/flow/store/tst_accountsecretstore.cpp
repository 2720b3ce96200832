// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/store/accountsecretstore.h"
#include "support/fakes/fakes.h"
#include "support/fakes/sampledrafts.h"
#include "support/testprogram.h"

#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

class TestAccountSecretStore final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhereSecretsAreMissing_data();
    void saysWhereSecretsAreMissing();
    void nothingIsMissingThatWasNeverEntered();
};

void TestAccountSecretStore::saysWhereSecretsAreMissing_data()
{
    QTest::addColumn<QString>("backend");
    QTest::addColumn<bool>("keptInMemory");
    QTest::addColumn<Problem::Kind>("kind");
    QTest::newRow("F60 in the keychain") << u"keychain"_s << false << Problem::Kind::SecretMissing;
    QTest::newRow("F60 in the vault") << u"vault"_s << false << Problem::Kind::NotInVault;
    QTest::newRow("F60 in memory") << u"keychain"_s << true << Problem::Kind::MemoryGone;
    QTest::newRow("F60 in memory, beside a vault") << u"vault"_s << true << Problem::Kind::MemoryGone;
}

void TestAccountSecretStore::saysWhereSecretsAreMissing()
{
    QFETCH(const QString, backend);
    FakeSecretStore keychain;
    FakeSecretStore memory;
    FakeSecretStore vault;
    FakeAccountStore profile;
    keychain.backend = u"keychain"_s;
    vault.backend = u"vault"_s;
    profile.backend = backend;
    AccountSecretStore secrets({ keychain, memory, profile, &vault }, [] { return QDateTime(); });
    Account account;
    account.id = AccountId::create();
    account.providerId = u"configapi"_s;
    QFETCH(const bool, keptInMemory);
    account.keptInMemory = keptInMemory;

    Answer<Result<AccountSecrets, Problem>> read;
    secrets.read(account, read.reply());
    QVERIFY(!read.value());
    QTEST(read.value().error().kind, "kind");
}

void TestAccountSecretStore::nothingIsMissingThatWasNeverEntered()
{
    FakeSecretStore keychain;
    FakeSecretStore memory;
    FakeAccountStore profile;
    AccountSecretStore secrets({ keychain, memory, profile }, [] { return QDateTime(); });
    Account account;
    account.id = AccountId::create();
    account.providerId = u"configapi"_s;
    account.missingSecrets = { u"client_secret"_s };

    Answer<Result<AccountSecrets, Problem>> read;
    secrets.read(account, read.reply());
    QVERIFY(read.value());
    QVERIFY(read.value()->fields.empty());
}

LATCHKEY_TEST(TestAccountSecretStore)
#include "tst_accountsecretstore.moc"
