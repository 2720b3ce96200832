// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/commandspec.h"
#include "app/latchkey-cli/exitstatus.h"

#include <QMetaEnum>
#include <QTest>

using namespace latchkey;
using Kind = Problem::Kind;

class TestExitStatus final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsProblemsApart_data();
    void tellsProblemsApart();
    void saysSignInWhereNoRetryHelps_data();
    void saysSignInWhereNoRetryHelps();
    void knowsEveryProblemAndDocumentsEveryStatus();
};

void TestExitStatus::tellsProblemsApart_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<int>("status");
    QTest::newRow("no such account") << Kind::NoSuchAccount << ExitStatus::NoSuchAccount;
    QTest::newRow("never signed in") << Kind::SignInNeeded << ExitStatus::SignInNeeded;
    QTest::newRow("a secret was never entered") << Kind::SecretNotEntered << ExitStatus::SignInNeeded;
    QTest::newRow("wrong secret") << Kind::InvalidClient << ExitStatus::Refused;
    QTest::newRow("declined in the browser") << Kind::SignInDeclined << ExitStatus::Refused;
    QTest::newRow("no network") << Kind::HostNotFound << ExitStatus::Network;
    QTest::newRow("F28 the server failed") << Kind::ServerFailed << ExitStatus::Network;
    QTest::newRow("F27 too many requests") << Kind::TooManyRequests << ExitStatus::Network;
    QTest::newRow("F59 locked") << Kind::KeychainLocked << ExitStatus::SecretStore;
    QTest::newRow("R41 not saved") << Kind::NotSaved << ExitStatus::SecretStore;
    QTest::newRow("R37 no place for it") << Kind::CannotSave << ExitStatus::SecretStore;
    QTest::newRow("R37 vault in use") << Kind::VaultBusy << ExitStatus::SecretStore;
    QTest::newRow("R40 spent") << Kind::TokenLost << ExitStatus::SignInNeeded;
    QTest::newRow("the vault's passphrase") << Kind::PassphraseWrong << ExitStatus::SecretStore;
    QTest::newRow("R45 another keychain") << Kind::KeychainChanged << ExitStatus::SecretStore;
    QTest::newRow("R12 five minutes are over") << Kind::SignInTimedOut << ExitStatus::Cancelled;
    QTest::newRow("a value that is refused") << Kind::FieldRefused << ExitStatus::Usage;
    QTest::newRow("F70 no room for the vault") << Kind::VaultFull << ExitStatus::SecretStore;
    QTest::newRow("F71 no right to save the vault") << Kind::VaultNoAccess << ExitStatus::SecretStore;
    QTest::newRow("F73 a newer vault") << Kind::VaultNewer << ExitStatus::SecretStore;
    QTest::newRow("no memory for the passphrase") << Kind::VaultNoMemory << ExitStatus::SecretStore;
    QTest::newRow("the vault is gone") << Kind::VaultMissing << ExitStatus::SecretStore;
    QTest::newRow("another profile's vault") << Kind::VaultReplaced << ExitStatus::SecretStore;
    QTest::newRow("the profile is held") << Kind::ProfileBusy << ExitStatus::Cancelled;
    QTest::newRow("a full disk") << Kind::ProfileFull << ExitStatus::Failed;
}

void TestExitStatus::tellsProblemsApart()
{
    QFETCH(Kind, kind);
    QFETCH(int, status);
    QCOMPARE(exitStatusFor({ kind, {}, {}, {}, {} }, false), status);
}

void TestExitStatus::saysSignInWhereNoRetryHelps_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<int>("status");
    QTest::newRow("a Rev 401 on extending") << Kind::Refused << ExitStatus::SignInNeeded;
    QTest::newRow("F24 invalid_grant") << Kind::InvalidGrant << ExitStatus::SignInNeeded;
    QTest::newRow("the network, this time") << Kind::TimedOut << ExitStatus::Network;
    QTest::newRow("the keychain, this time") << Kind::KeychainLocked << ExitStatus::SecretStore;
}

void TestExitStatus::saysSignInWhereNoRetryHelps()
{
    QFETCH(Kind, kind);
    QFETCH(int, status);
    QCOMPARE(exitStatusFor({ kind, {}, {}, {}, {} }, true), status);
}

void TestExitStatus::knowsEveryProblemAndDocumentsEveryStatus()
{
    QSet<int> documented;
    for (const ExitSpec &exit : exitSpecs())
        documented.insert(exit.status);
    QCOMPARE(documented.size(), 9);
    const auto kinds = QMetaEnum::fromType<Kind>();
    for (int i = 0; i < kinds.keyCount(); ++i) {
        const int status = exitStatusFor({ static_cast<Kind>(kinds.value(i)), {}, {}, {}, {} }, false);
        QVERIFY2(status != ExitStatus::Done && documented.contains(status), kinds.key(i));
    }
}

QTEST_GUILESS_MAIN(TestExitStatus)

#include "tst_exitstatus.moc"
