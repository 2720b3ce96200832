// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/provider/providers.h"
#include "core/text/trialtext.h"
#include "support/testprogram.h"

#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

class TestTrialText final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhatHappenedAndWhatNext_data();
    void saysWhatHappenedAndWhatNext();
    void namesTheUser();
    void knowsWhatTheVendorLacks();
};

void TestTrialText::saysWhatHappenedAndWhatNext_data()
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

void TestTrialText::saysWhatHappenedAndWhatNext()
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

void TestTrialText::namesTheUser()
{
    TokenTrial trial;
    trial.status = 200;
    trial.meaning = TokenTrial::Meaning::Accepted;
    trial.user = u"ann"_s;
    QCOMPARE(trialText(trial, findProvider(u"rev"_s)).whole(),
             u"Vbrick Rev accepted the token (status 200). It speaks for ann."_s);
}

void TestTrialText::knowsWhatTheVendorLacks()
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

LATCHKEY_TEST(TestTrialText)
#include "tst_trialtext.moc"
