// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/parse/commandtable.h"
#include "app/latchkey-cli/terminal/exitstatus.h"
#include "support/testprogram.h"

#include <QMetaEnum>
#include <QTest>

#include <optional>

using namespace latchkey;
using namespace Qt::StringLiterals;
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
    void endsATestWithWhatItMeans_data();
    void endsATestWithWhatItMeans();
    void endsTheDoctorWithWhatItFound_data();
    void endsTheDoctorWithWhatItFound();
    void namesEveryCheck_data();
    void namesEveryCheck();
    void endsAnImportWithWhatBecameOfIt_data();
    void endsAnImportWithWhatBecameOfIt();
};

namespace {

// The promise, written a second time. No default: the compiler names a value that has no row.
using Row = std::optional<Outcome>;

Row expected(TokenTrial::Meaning meaning)
{
    using Meaning = TokenTrial::Meaning;
    switch (meaning) {
    case Meaning::Accepted: return Outcome { 0, u"accepted"_s };
    case Meaning::TokenRefused: return Outcome { 5, u"token-refused"_s };
    case Meaning::NotAllowed: return Outcome { 5, u"not-allowed"_s };
    case Meaning::AddressUnknown: return Outcome { 1, u"address-unknown"_s };
    case Meaning::Elsewhere: return Outcome { 1, u"elsewhere"_s };
    case Meaning::Throttled: return Outcome { 6, u"throttled"_s };
    case Meaning::ServerFailed: return Outcome { 6, u"server-failed"_s };
    case Meaning::Unclear: return Outcome { 1, u"unclear"_s };
    }
    return {};
}

Row expected(DoctorFinding::Outcome outcome)
{
    switch (outcome) {
    case DoctorFinding::Outcome::Passed: return Outcome { 0, u"passed"_s };
    case DoctorFinding::Outcome::Warned: return Outcome { 0, u"warned"_s };
    case DoctorFinding::Outcome::Failed: return Outcome { 1, u"failed"_s };
    case DoctorFinding::Outcome::Skipped: return Outcome { 0, u"skipped"_s };
    }
    return {};
}

Row expected(DoctorFinding::Check check)
{
    using Check = DoctorFinding::Check;
    switch (check) {
    case Check::RedirectUri: return Outcome { 0, u"redirect-uri"_s };
    case Check::Port: return Outcome { 0, u"port"_s };
    case Check::Browser: return Outcome { 0, u"browser"_s };
    case Check::Keychain: return Outcome { 0, u"keychain"_s };
    case Check::Proxy: return Outcome { 0, u"proxy"_s };
    case Check::Tls: return Outcome { 0, u"tls"_s };
    case Check::ServerClock: return Outcome { 0, u"clock"_s };
    case Check::Profile: return Outcome { 0, u"profile"_s };
    }
    return {};
}

Row expected(TemplateEntry::Verdict verdict)
{
    switch (verdict) {
    case TemplateEntry::Verdict::WillBeAdded: return Outcome { 0, u"add"_s };
    case TemplateEntry::Verdict::AlreadyThere: return Outcome { 0, u"keep"_s };
    case TemplateEntry::Verdict::Refused: return Outcome { 2, u"refused"_s };
    }
    return {};
}

// The values of an enumeration are numbered from 0.
template <typename Enum>
void addRows()
{
    QTest::addColumn<Enum>("value");
    for (int number = 0; expected(static_cast<Enum>(number)); ++number)
        QTest::newRow(qPrintable(expected(static_cast<Enum>(number))->word)) << static_cast<Enum>(number);
}

} // namespace

void TestExitStatus::tellsProblemsApart_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<int>("status");
    QTest::newRow("no such account") << Kind::NoSuchAccount << ExitStatus::NoSuchAccount;
    QTest::newRow("never signed in") << Kind::SignInNeeded << ExitStatus::SignInNeeded;
    QTest::newRow("a secret was never entered") << Kind::SecretNotEntered << ExitStatus::SignInNeeded;
    QTest::newRow("F107 entered for another address")
        << Kind::SecretsBoundElsewhere << ExitStatus::SecretStore;
    QTest::newRow("wrong secret") << Kind::InvalidClient << ExitStatus::Refused;
    QTest::newRow("declined in the browser") << Kind::SignInDeclined << ExitStatus::Refused;
    QTest::newRow("no network") << Kind::HostNotFound << ExitStatus::Network;
    QTest::newRow("F95 the proxy asks") << Kind::ProxyPasswordMissing << ExitStatus::Network;
    QTest::newRow("F95 the proxy refuses the password") << Kind::ProxyPasswordRefused << ExitStatus::Network;
    QTest::newRow("F96 an unclear variable") << Kind::ProxyUnclear << ExitStatus::Network;
    QTest::newRow("F28 the server failed") << Kind::ServerFailed << ExitStatus::Network;
    QTest::newRow("F27 too many requests") << Kind::TooManyRequests << ExitStatus::Network;
    QTest::newRow("F100 compressed") << Kind::AnswerEncoded << ExitStatus::Network;
    QTest::newRow("F59 locked") << Kind::KeychainLocked << ExitStatus::SecretStore;
    QTest::newRow("R41 not saved") << Kind::NotSaved << ExitStatus::SecretStore;
    QTest::newRow("R37 no place for it") << Kind::CannotSave << ExitStatus::SecretStore;
    QTest::newRow("R40 spent") << Kind::TokenLost << ExitStatus::SignInNeeded;
    QTest::newRow("the vault's passphrase") << Kind::PassphraseWrong << ExitStatus::SecretStore;
    QTest::newRow("R45 another keychain") << Kind::KeychainChanged << ExitStatus::SecretStore;
    QTest::newRow("R12 five minutes are over") << Kind::SignInTimedOut << ExitStatus::Cancelled;
    QTest::newRow("a value that is refused") << Kind::FieldRefused << ExitStatus::Usage;
    QTest::newRow("F73 a newer vault") << Kind::VaultNewer << ExitStatus::SecretStore;
    QTest::newRow("no memory for the passphrase") << Kind::VaultNoMemory << ExitStatus::SecretStore;
    QTest::newRow("the profile is held") << Kind::ProfileBusy << ExitStatus::Cancelled;
    QTest::newRow("F70 a full disk") << Kind::ProfileFull << ExitStatus::Failed;
    QTest::newRow("F71 no right to write") << Kind::ProfileReadOnly << ExitStatus::Failed;
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

void TestExitStatus::endsATestWithWhatItMeans_data()
{
    addRows<TokenTrial::Meaning>();
}

void TestExitStatus::endsATestWithWhatItMeans()
{
    QFETCH(TokenTrial::Meaning, value);
    QVERIFY(outcomeOf(value) == expected(value));
}

void TestExitStatus::endsTheDoctorWithWhatItFound_data()
{
    addRows<DoctorFinding::Outcome>();
}

void TestExitStatus::endsTheDoctorWithWhatItFound()
{
    QFETCH(DoctorFinding::Outcome, value);
    QVERIFY(outcomeOf(value) == expected(value));
}

void TestExitStatus::namesEveryCheck_data()
{
    addRows<DoctorFinding::Check>();
}

void TestExitStatus::namesEveryCheck()
{
    QFETCH(DoctorFinding::Check, value);
    QCOMPARE(wordOf(value), expected(value)->word);
}

void TestExitStatus::endsAnImportWithWhatBecameOfIt_data()
{
    addRows<TemplateEntry::Verdict>();
}

void TestExitStatus::endsAnImportWithWhatBecameOfIt()
{
    QFETCH(TemplateEntry::Verdict, value);
    QVERIFY(outcomeOf(value) == expected(value));
}

LATCHKEY_TEST(TestExitStatus)

#include "tst_exitstatus.moc"
