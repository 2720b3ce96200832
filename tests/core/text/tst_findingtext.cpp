// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/provider/providers.h"
#include "core/text/findingtext.h"
#include "support/testprogram.h"

#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;
using Check = DoctorFinding::Check;
using Outcome = DoctorFinding::Outcome;

class TestFindingText final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hasWordsForEachCheckAndOutcome_data();
    void hasWordsForEachCheckAndOutcome();
    void saysWhatWasFound_data();
    void saysWhatWasFound();
    void writesAReport();
    void saysWhatBecameOfATrialAndWhatNext_data();
    void saysWhatBecameOfATrialAndWhatNext();
    void namesTheUserOfATrial();
    void knowsWhatTheVendorLacks();
};

void TestFindingText::hasWordsForEachCheckAndOutcome_data()
{
    QTest::addColumn<Check>("check");
    QTest::addColumn<Outcome>("outcome");
    for (int check = 0; check <= static_cast<int>(Check::Profile); ++check) {
        for (int outcome = 0; outcome <= static_cast<int>(Outcome::Skipped); ++outcome) {
            QTest::addRow("check %d, outcome %d", check, outcome)
                << static_cast<Check>(check) << static_cast<Outcome>(outcome);
        }
    }
}

void TestFindingText::hasWordsForEachCheckAndOutcome()
{
    QFETCH(Check, check);
    QFETCH(Outcome, outcome);
    DoctorFinding finding { check, outcome, u"subject.example"_s, u"One"_s, u"detail"_s, {} };
    if (outcome == Outcome::Failed)
        finding.problem = Problem { Problem::Kind::TimedOut, u"host.example"_s, {}, {}, {} };
    const FindingText text = findingText(finding);
    QVERIFY(!text.title.isEmpty());
    QVERIFY2(text.sentence.endsWith(u'.'), qPrintable(text.sentence));
    QVERIFY(!text.sentence.contains(u'%'));
    const bool isWell = outcome == Outcome::Passed || outcome == Outcome::Skipped;
    QVERIFY(!isWell || text.next.isEmpty());
    QVERIFY(outcome != Outcome::Failed || !text.next.isEmpty());
    QVERIFY(!outcomeText(outcome).isEmpty());
}

void TestFindingText::saysWhatWasFound_data()
{
    QTest::addColumn<DoctorFinding>("finding");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("browser") << DoctorFinding {
        Check::Browser, Outcome::Passed, u"/usr/bin/xdg-open"_s, {}, {}, {}
    } << u"/usr/bin/xdg-open was found."_s;
    QTest::newRow("secret store") << DoctorFinding {
        Check::Keychain, Outcome::Passed, u"libsecret"_s, {}, u"4096 bytes"_s, {}
    } << u"libsecret wrote, read and deleted a value of 4096 bytes."_s;
    QTest::newRow("port") << DoctorFinding {
        Check::Port,
        Outcome::Failed,
        u"127.0.0.1:53118"_s,
        {},
        {},
        Problem { Problem::Kind::PortTaken, u"127.0.0.1:53118"_s, {}, {}, {} }
    } << u"Another program uses 127.0.0.1:53118. The browser's answer would go to that program."_s;
    QTest::newRow("F83 clock") << DoctorFinding {
        Check::ServerClock, Outcome::Warned, u"a.example"_s, {}, u"599 s ahead"_s, {}
    } << u"Compared with a.example this computer's clock is 599 s ahead."_s;
}

void TestFindingText::saysWhatWasFound()
{
    QFETCH(DoctorFinding, finding);
    QTEST(findingText(finding).sentence, "sentence");
}

void TestFindingText::writesAReport()
{
    const QList<DoctorFinding> findings {
        { Check::Proxy, Outcome::Passed, u"a.example"_s, u"One"_s, u"none"_s, {} },
        { Check::Tls,
          Outcome::Failed,
          u"a.example"_s,
          u"One"_s,
          {},
          Problem { Problem::Kind::HostNotFound, u"a.example"_s, {}, {}, {} } },
    };
    QCOMPARE(findingReport(u"Latchkey 1.0"_s, findings),
             u"Latchkey 1.0\n"
             "[passed] Proxy (One): For a.example: none.\n"
             "[failed] Secure connection (One): The address of a.example was not found. There is no network, "
             "or the address is misspelt.\n"
             "    Check the network and the address of the account, then try again.\n"_s);
}

void TestFindingText::saysWhatBecameOfATrialAndWhatNext_data()
{
    using Meaning = TokenTrial::Meaning;
    QTest::addColumn<int>("status");
    QTest::addColumn<Meaning>("meaning");
    QTest::addColumn<NextStep>("step");
    QTest::newRow("accepted") << 200 << Meaning::Accepted << NextStep::None;
    QTest::newRow("refused") << 401 << Meaning::TokenRefused << NextStep::TryAgainOrSignIn;
    QTest::newRow("not allowed") << 403 << Meaning::NotAllowed << NextStep::None;
    QTest::newRow("unknown") << 404 << Meaning::AddressUnknown << NextStep::EditAccount;
    QTest::newRow("elsewhere") << 302 << Meaning::Elsewhere << NextStep::EditAccount;
    QTest::newRow("throttled") << 429 << Meaning::Throttled << NextStep::TryAgain;
    QTest::newRow("server") << 503 << Meaning::ServerFailed << NextStep::TryAgain;
    QTest::newRow("unclear") << 418 << Meaning::Unclear << NextStep::EditAccount;
}

void TestFindingText::saysWhatBecameOfATrialAndWhatNext()
{
    QFETCH(int, status);
    QFETCH(TokenTrial::Meaning, meaning);
    TokenTrial trial;
    trial.status = status;
    trial.meaning = meaning;
    for (const Provider *provider : { findProvider(u"rev"_s), static_cast<const Provider *>(nullptr) }) {
        const ProblemText text = trialText(trial, provider);
        QVERIFY(text.what.endsWith(u'.'));
        QVERIFY2(text.what.contains(QString::number(status)), qPrintable(text.what));
        QCOMPARE(text.next.isEmpty(), meaning == TokenTrial::Meaning::Accepted);
        QTEST(text.step, "step");
        QVERIFY(!text.whole().contains(u'%'));
    }
}

void TestFindingText::namesTheUserOfATrial()
{
    TokenTrial trial;
    trial.status = 200;
    trial.meaning = TokenTrial::Meaning::Accepted;
    trial.user = u"ann"_s;
    QCOMPARE(trialText(trial, findProvider(u"rev"_s)).whole(),
             u"Vbrick Rev accepted the token (status 200). It speaks for ann."_s);
}

void TestFindingText::knowsWhatTheVendorLacks()
{
    TokenTrial trial;
    trial.status = 403;
    trial.meaning = TokenTrial::Meaning::NotAllowed;
    QVERIFY(trialText(trial, findProvider(u"configapi"_s)).next.contains(u"privilege"_s));
    trial.status = 401;
    trial.meaning = TokenTrial::Meaning::TokenRefused;
    // Where nobody signs in, no sign-in is offered.
    QCOMPARE(trialText(trial, findProvider(u"configapi"_s)).step, NextStep::TryAgain);
}

LATCHKEY_TEST(TestFindingText)
#include "tst_findingtext.moc"
