// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/controls.h"
#include "support/fakes/fakeuiservices.h"
#include "support/fakes/sampleaccounts.h"
#include "support/testprogram.h"
#include "ui/acts/uiservices.h"
#include "ui/dialogs/exportdialog.h"

#include <QListWidget>
#include <QPointer>
#include <QSignalSpy>
#include <QTest>

namespace latchkey {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using test::buttonCalled;
using test::shownTexts;

class TestExportDialog : public QObject
{
    Q_OBJECT

    std::unique_ptr<test::FakeUiServices> m_world;
    std::unique_ptr<HostConsent> m_consent;
    QPointer<ExportDialog> m_dialog;

    ExportDialog &opened(const QList<AccountId> &ids)
    {
        m_dialog = new ExportDialog(m_world->services(), *m_consent, ids);
        m_dialog->open();
        return *m_dialog;
    }
    static QLineEdit &target(const ExportDialog &dialog) { return *dialog.findChild<QLineEdit *>(); }
    void press(const QString &button) const { buttonCalled(*m_dialog, button)->click(); }

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

    void writesTheChosenAccounts()
    {
        const AccountId first = putSample(*m_world, { .name = u"A"_s });
        putSample(*m_world, { .name = u"B"_s, .token = "CANARY-access-token-2" });
        const ExportDialog &dialog = opened({ first });
        QSignalSpy exported(m_dialog, &ExportDialog::exported);
        QVERIFY(shownTexts(dialog).contains(u"1 of 2"_s));
        QVERIFY(shownTexts(dialog).contains(u"holds tokens"_s));
        QCOMPARE(test::labelsThatReadMarkup(dialog), 0);
        QCOMPARE(test::namelessControls(dialog), QStringList());

        target(dialog).setText(u"/somewhere/of/mine.json"_s);
        press(u"Export"_s);

        QTRY_COMPARE(exported.count(), 1);
        QCOMPARE(m_world->files.written.keys(), QStringList { u"/somewhere/of/mine.json"_s });
        const QByteArray text = m_world->files.written.first().constFirst().content.reveal().toByteArray();
        QVERIFY(text.contains("CANARY-access-token-1"));
        QVERIFY(!text.contains("CANARY-access-token-2"));
        QVERIFY(shownTexts(dialog).contains(u"mine.json"_s));
        QVERIFY(buttonCalled(dialog, u"Close"_s));
        QCOMPARE(m_world->activityStore.kept.size(), 1);
        QCOMPARE(m_world->activityStore.kept[0].program, u"latchkey"_s);
    }

    void proposesANameForTheFormat()
    {
        const ExportDialog &dialog = opened({ putSample(*m_world, { .name = u"A"_s }) });
        QVERIFY(target(dialog).text().endsWith(u"latchkey.postman_environment.json"_s));

        press(u"Postman collection"_s);
        QVERIFY(target(dialog).text().endsWith(u"latchkey.postman_collection.json"_s));
        QVERIFY(!shownTexts(dialog).contains(u"What is written holds tokens"_s));

        target(dialog).setText(u"/mine/own.json"_s);
        press(u"Bruno collection"_s);
        QCOMPARE(target(dialog).text(), u"/mine/own.json"_s);
    }

    void needsAnAccountAndAPlace()
    {
        const ExportDialog &dialog = opened({ putSample(*m_world, { .name = u"A"_s }) });
        QVERIFY(buttonCalled(dialog, u"Export"_s)->isEnabled());

        press(u"Choose no account"_s);
        QVERIFY(!buttonCalled(dialog, u"Export"_s)->isEnabled());
        dialog.findChild<QListWidget *>()->item(0)->setCheckState(Qt::Checked);
        QVERIFY(buttonCalled(dialog, u"Export"_s)->isEnabled());
        target(dialog).clear();
        QVERIFY(!buttonCalled(dialog, u"Export"_s)->isEnabled());
    }

    void asksBeforeItReplaces()
    {
        const ExportDialog &dialog = opened({ putSample(*m_world, { .name = u"A"_s }) });
        target(dialog).setText(u"/there/already.json"_s);
        m_world->files.written.insert(u"/there/already.json"_s, {});
        press(u"Export"_s);
        QTRY_VERIFY(buttonCalled(dialog, u"Replace it"_s));
        QVERIFY(m_world->files.written.first().isEmpty());

        press(u"Replace it"_s);

        QTRY_VERIFY(!m_world->files.written.first().isEmpty());
    }

    // Between question and answer.
    void replacesOnlyWhatItAskedAbout_data()
    {
        QTest::addColumn<QString>("meanwhile");
        QTest::newRow("another file") << u"file"_s;
        QTest::newRow("another format") << u"format"_s;
        QTest::newRow("other accounts") << u"accounts"_s;
    }
    void replacesOnlyWhatItAskedAbout()
    {
        QFETCH(QString, meanwhile);
        const ExportDialog &dialog = opened({ putSample(*m_world, { .name = u"A"_s }) });
        target(dialog).setText(u"/there/already.json"_s);
        m_world->files.written.insert(u"/there/already.json"_s, {});
        m_world->files.written.insert(u"/there/other.json"_s, {});
        press(u"Export"_s);
        QTRY_VERIFY(buttonCalled(dialog, u"Replace it"_s));
        const QPointer<QAbstractButton> yes = buttonCalled(dialog, u"Replace it"_s);
        if (meanwhile == u"file"_s)
            target(dialog).setText(u"/there/other.json"_s);
        else if (meanwhile == u"format"_s)
            press(u"Postman collection"_s);
        else
            dialog.findChild<QListWidget *>()->item(0)->setCheckState(Qt::Unchecked);
        QVERIFY(!buttonCalled(dialog, u"Replace it"_s));

        if (yes)
            yes->click();

        for (const auto &written : std::as_const(m_world->files.written))
            QVERIFY(written.isEmpty());
    }

    // Another process gave the account another address while the question was open.
    void asksAgainAboutAnotherHost()
    {
        const AccountId id = putSample(*m_world, { .name = u"A"_s });
        Account account = *m_world->accounts.find(id);
        account.fields.insert(u"test_url"_s, u"https://elsewhere.example/ping"_s);
        QVERIFY(m_world->repository.storeAccount(account).has_value());
        const ExportDialog &dialog = opened({ id });
        press(u"Export"_s);
        account.fields.insert(u"test_url"_s, u"https://hostile.example/ping"_s);
        QVERIFY(m_world->repository.storeAccount(account).has_value());

        press(u"Export all the same"_s);

        QVERIFY(m_world->files.written.isEmpty());
        QVERIFY(shownTexts(dialog).contains(u"hostile.example"_s));
        QVERIFY(!m_consent->allowedFor(id).contains(u"hostile.example"_s));
    }

    void asksAboutForeignHosts()
    {
        const AccountId id = putSample(*m_world, { .name = u"A"_s });
        Account account = *m_world->accounts.find(id);
        account.fields.insert(u"test_url"_s, u"https://elsewhere.example/ping"_s);
        QVERIFY(m_world->repository.storeAccount(account).has_value());
        const ExportDialog &dialog = opened({ id });

        press(u"Export"_s);
        QVERIFY(shownTexts(dialog).contains(u"elsewhere.example"_s));
        QVERIFY(m_world->files.written.isEmpty());
        press(u"Export all the same"_s);

        QTRY_COMPARE(m_world->files.written.size(), 1);
        QCOMPARE(m_consent->allowedFor(id), QStringList { u"elsewhere.example"_s });
    }

    void namesTheAccountThatHasNoToken()
    {
        const AccountId good = putSample(*m_world, { .name = u"Good"_s });
        const AccountId bad = putSample(*m_world, { .name = u"Bad"_s, .left = -10s });
        const ExportDialog &dialog = opened({ good, bad });
        press(u"Export"_s);
        QTRY_COMPARE(m_world->http.unanswered(), 1);
        m_world->http.answer(400, R"({"error":"invalid_client"})");

        QTRY_VERIFY(shownTexts(dialog).contains(u"“Bad” cannot be exported"_s));
        QVERIFY(m_world->files.written.isEmpty());
        press(u"Leave it out"_s);
        press(u"Export"_s);

        QTRY_COMPARE(m_world->files.written.size(), 1);
    }

    void saysWhyNothingCouldBeWritten()
    {
        const ExportDialog &dialog = opened({ putSample(*m_world, { .name = u"A"_s }) });
        m_world->files.failure = PrivateFileError { PrivateFileError::Kind::Full, u"/disk"_s };
        press(u"Export"_s);

        QTRY_VERIFY(shownTexts(dialog).contains(u"/disk"_s));
        QVERIFY(buttonCalled(dialog, u"Export"_s)->isEnabled());
    }
};

} // namespace latchkey

LATCHKEY_TEST(latchkey::TestExportDialog)
#include "tst_exportdialog.moc"
