// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/controls.h"
#include "support/fakes/fakeuiservices.h"
#include "support/fakes/sampleaccounts.h"
#include "support/testprogram.h"
#include "ui/acts/uiservices.h"
#include "ui/dialogs/testdialog.h"

#include <QPointer>
#include <QSignalSpy>
#include <QTest>

namespace latchkey {

using namespace Qt::StringLiterals;
using test::buttonCalled;
using test::shownTexts;

class TestTestDialog : public QObject
{
    Q_OBJECT

    std::unique_ptr<test::FakeUiServices> m_world;
    std::unique_ptr<HostConsent> m_consent;
    QPointer<TestDialog> m_dialog;

    TestDialog &started(const AccountId &id)
    {
        m_dialog = new TestDialog(m_world->services(), *m_consent, id);
        m_dialog->open();
        m_dialog->start();
        return *m_dialog;
    }
    // An account of a vendor without a harmless request, with a test address of its own.
    AccountId withAddress(const QString &address)
    {
        const AccountId id = putSample(*m_world, { .name = u"Mine"_s });
        Account account = *m_world->accounts.find(id);
        account.fields.insert(u"test_url"_s, address);
        return m_world->repository.storeAccount(account).has_value() ? id : AccountId {};
    }

private Q_SLOTS:
    void init()
    {
        m_world = std::make_unique<test::FakeUiServices>();
        m_consent = std::make_unique<HostConsent>();
    }
    void cleanup()
    {
        delete m_dialog;
        m_consent.reset();
        m_world.reset();
    }

    void saysWhatTheAnswerMeans_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("words");
        QTest::addColumn<QString>("offer");
        QTest::newRow("accepted") << 200 << u"accepted the token"_s << QString();
        QTest::newRow("refused") << 401 << u"refused the token"_s << u"Sign in again"_s;
        QTest::newRow("not allowed") << 403 << u"may not do this"_s << QString();
        QTest::newRow("no such page") << 404 << u"no such page"_s << u"Edit account"_s;
        QTest::newRow("elsewhere") << 302 << u"another"_s << u"Edit account"_s;
        QTest::newRow("server's own") << 503 << u"problem of its own"_s << QString();
    }
    void saysWhatTheAnswerMeans()
    {
        QFETCH(int, status);
        QFETCH(QString, words);
        QFETCH(QString, offer);
        const AccountId id = putSample(*m_world, { .name = u"Video"_s, .providerId = u"rev"_s });
        const TestDialog &dialog = started(id);
        QCOMPARE(m_world->http.unanswered(), 1);
        QVERIFY(!buttonCalled(dialog, u"Test again"_s)->isEnabled());

        m_world->http.answer(status, R"({"username":"jdoe"})");

        QVERIFY2(shownTexts(dialog).contains(words), qPrintable(shownTexts(dialog)));
        QVERIFY(shownTexts(dialog).contains(QString::number(status)));
        QVERIFY(offer.isEmpty() || buttonCalled(dialog, offer));
        QVERIFY(buttonCalled(dialog, u"Test again"_s)->isEnabled());
        QCOMPARE(test::labelsThatReadMarkup(dialog), 0);
        QCOMPARE(test::namelessControls(dialog), QStringList());
    }

    void asksBeforeATokenGoesToAnotherHost()
    {
        const AccountId id = withAddress(u"https://elsewhere.example/ping"_s);
        const TestDialog &dialog = started(id);
        QVERIFY(m_world->http.requests.isEmpty());
        QVERIFY(shownTexts(dialog).contains(u"elsewhere.example"_s));

        buttonCalled(dialog, u"Send it all the same"_s)->click();

        QCOMPARE(m_world->http.unanswered(), 1);
        QCOMPARE(m_consent->allowedFor(id), QStringList { u"elsewhere.example"_s });
    }

    // Between question and answer: another process gave the account another address.
    void asksAgainAboutAnotherHost()
    {
        const AccountId id = withAddress(u"https://elsewhere.example/ping"_s);
        const TestDialog &dialog = started(id);
        Account account = *m_world->accounts.find(id);
        account.fields.insert(u"test_url"_s, u"https://hostile.example/ping"_s);
        QVERIFY(m_world->repository.storeAccount(account).has_value());

        buttonCalled(dialog, u"Send it all the same"_s)->click();

        QVERIFY(m_world->http.requests.isEmpty());
        QVERIFY(shownTexts(dialog).contains(u"hostile.example"_s));
        QVERIFY(!m_consent->allowedFor(id).contains(u"hostile.example"_s));
    }

    void explainsThatThereIsNothingToTry()
    {
        const AccountId id = putSample(*m_world, { .name = u"Mine"_s });
        TestDialog &dialog = started(id);
        QSignalSpy wanted(&dialog, &TestDialog::actRequested);

        QVERIFY(shownTexts(dialog).contains(u"nothing to try the token with"_s));
        buttonCalled(dialog, u"Edit account"_s)->click();

        QCOMPARE(wanted.count(), 1);
        QCOMPARE(wanted[0][0].value<AccountAct>(), AccountAct::Edit);
    }

    void refreshesAndTriesAgain()
    {
        const AccountId id = withAddress(u"https://acme.example.com/ping"_s);
        const TestDialog &dialog = started(id);
        m_world->http.answer(401, "{}");

        buttonCalled(dialog, u"Refresh and test again"_s)->click();
        m_world->http.answer(
            200, R"({"access_token":"CANARY-access-token-2","token_type":"Bearer","expires_in":"3599"})");
        QTRY_COMPARE(m_world->http.unanswered(), 1);
        m_world->http.answer(204, {});

        QVERIFY(shownTexts(dialog).contains(u"accepted the token"_s));
    }

    void closingCancels()
    {
        const AccountId id = putSample(*m_world, { .name = u"Video"_s, .providerId = u"rev"_s });
        TestDialog &dialog = started(id);

        dialog.reject();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);

        QVERIFY(m_dialog.isNull());
        m_world->http.answer(200, "{}"); // the dialog is gone
    }
};

} // namespace latchkey

LATCHKEY_TEST(latchkey::TestTestDialog)
#include "tst_testdialog.moc"
