// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/store/preferencesservice.h"
#include "support/controls.h"
#include "support/fakes/fakes.h"
#include "support/testprogram.h"
#include "ui/dialogs/settingsdialog.h"

#include <QCheckBox>
#include <QPointer>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>

namespace latchkey {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using test::buttonCalled;
using test::shownTexts;

class TestSettingsDialog : public QObject
{
    Q_OBJECT

    test::FakeAccountStore m_profile;
    std::unique_ptr<PreferencesService> m_preferences;
    QPointer<SettingsDialog> m_dialog;

    SettingsDialog &opened()
    {
        m_preferences = std::make_unique<PreferencesService>(m_profile);
        m_dialog = new SettingsDialog(*m_preferences);
        m_dialog->open();
        return *m_dialog;
    }

    template <typename Control>
    static Control *called(const QWidget &root, const QString &name)
    {
        for (Control *control : root.findChildren<Control *>()) {
            if (control->accessibleName() == name)
                return control;
        }
        return nullptr;
    }

private Q_SLOTS:
    void init() { m_profile = {}; }
    void cleanup() { delete m_dialog; }

    void everyControlHasAName()
    {
        const SettingsDialog &dialog = opened();
        QCOMPARE(test::namelessControls(dialog), QStringList());
        QCOMPARE(test::labelsThatReadMarkup(dialog), 0);
    }

    void changesNothingWhenNothingWasChanged()
    {
        m_profile.preferences.clipboardLife = 0s;
        m_profile.preferences.proxy = Preferences::Proxy::Manual;
        m_profile.preferences.proxyHost = u"proxy.example.com"_s;
        m_profile.preferences.appearance = Preferences::Appearance::Dark;
        m_profile.preferences.language = u"en"_s;
        const Preferences before = m_profile.preferences;
        opened().accept();
        QCOMPARE(m_preferences->current(), before);
    }

    void storesWhatWasSet()
    {
        const QTemporaryDir folder;
        QFile file(folder.filePath(u"ca.pem"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("-----BEGIN CERTIFICATE-----\n");
        file.close();

        const SettingsDialog &dialog = opened();
        called<QSpinBox>(dialog, u"Seconds until the clipboard is cleared"_s)->setValue(45);
        called<QSpinBox>(dialog, u"Minutes a token is shown as expiring"_s)->setValue(20);
        called<QLineEdit>(dialog, u"Browser command"_s)->setText(u"sh -c %u"_s);
        buttonCalled(dialog, u"This one:"_s)->click();
        called<QLineEdit>(dialog, u"Proxy host"_s)->setText(u" proxy.example.com "_s);
        called<QSpinBox>(dialog, u"Proxy port"_s)->setValue(3128);
        called<QLineEdit>(dialog, u"Own certificate authority"_s)->setText(file.fileName());
        buttonCalled(dialog, u"Record what is handed out"_s)->click();
        buttonCalled(dialog, u"Dark"_s)->click();
        buttonCalled(dialog, u"English"_s)->click();
        buttonCalled(dialog, u"Save"_s)->click();

        const Preferences &now = m_profile.preferences;
        QCOMPARE(now.clipboardLife, 45s);
        QCOMPARE(now.expiringThreshold, 20min);
        QVERIFY(!now.recordActivity);
        QCOMPARE(now.browserCommand, u"sh -c %u"_s);
        QCOMPARE(now.proxy, Preferences::Proxy::Manual);
        QCOMPARE(now.proxyHost, u"proxy.example.com"_s);
        QCOMPARE(now.proxyPort, 3128);
        QCOMPARE(now.caFile, file.fileName());
        QCOMPARE(now.appearance, Preferences::Appearance::Dark);
        QCOMPARE(now.language, u"en"_s);
        QVERIFY(!dialog.isVisible());
    }

    void setsWhenTheVaultLocks()
    {
        const SettingsDialog &dialog = opened();
        auto *minutes = called<QSpinBox>(dialog, u"Minutes until the vault locks"_s);
        QCOMPARE(minutes->value(), 15);
        minutes->setValue(3);
        buttonCalled(dialog, u"Lock it when the screen locks or the computer goes to sleep"_s)->click();
        buttonCalled(dialog, u"Save"_s)->click();
        QCOMPARE(m_profile.preferences.vaultIdleTime, 3min);
        QVERIFY(!m_profile.preferences.locksVaultWithScreen);
    }

    void neverLocksTheVaultOnTheUsersWord()
    {
        const SettingsDialog &dialog = opened();
        buttonCalled(dialog, u"Lock the vault when Latchkey was not used for"_s)->click();
        QVERIFY(!called<QSpinBox>(dialog, u"Minutes until the vault locks"_s)->isEnabled());
        buttonCalled(dialog, u"Save"_s)->click();
        QCOMPARE(m_profile.preferences.vaultIdleTime, 0min);
    }

    void leadsToWhereSecretsAreKept()
    {
        SettingsDialog &dialog = opened();
        const QSignalSpy asked(&dialog, &SettingsDialog::secretsRequested);
        buttonCalled(dialog, u"Where secrets are kept"_s)->click();
        QCOMPARE(asked.count(), 1);
    }

    void neverClearsTheClipboardOnTheUsersWord()
    {
        const SettingsDialog &dialog = opened();
        buttonCalled(dialog, u"Clear the clipboard after"_s)->click();
        buttonCalled(dialog, u"Save"_s)->click();
        QCOMPARE(m_profile.preferences.clipboardLife, 0s);
    }

    void refusesNonsenseBesideTheFieldAndKeepsIt()
    {
        const SettingsDialog &dialog = opened();
        auto *browser = called<QLineEdit>(dialog, u"Browser command"_s);
        browser->setText(u"no-such-program-anywhere %u"_s);
        buttonCalled(dialog, u"Save"_s)->click();
        QVERIFY(dialog.isVisible());
        QVERIFY(shownTexts(dialog).contains(u"There is no program no-such-program-anywhere"_s));
        QCOMPARE(browser->text(), u"no-such-program-anywhere %u"_s);
        QCOMPARE(m_profile.preferences, Preferences());
    }

    void changesNothingWhenItIsCancelled()
    {
        SettingsDialog &dialog = opened();
        buttonCalled(dialog, u"Dark"_s)->click();
        QTest::keyClick(&dialog, Qt::Key_Escape);
        QVERIFY(!dialog.isVisible());
        QCOMPARE(m_profile.preferences, Preferences());
    }

    void saysWhyItCouldNotBeStored()
    {
        m_profile.failure = AccountStoreError { AccountStoreError::Kind::ReadOnly, {} };
        const SettingsDialog &dialog = opened();
        buttonCalled(dialog, u"Dark"_s)->click();
        buttonCalled(dialog, u"Save"_s)->click();
        QVERIFY(dialog.isVisible());
        QVERIFY(shownTexts(dialog).contains(u"profile"_s, Qt::CaseInsensitive));
    }

    void knowsAHostFromAnAddress_data()
    {
        QTest::addColumn<QString>("host");
        QTest::addColumn<bool>("isRight");
        QTest::newRow("name") << u"proxy.example.com"_s << true;
        QTest::newRow("address") << u"10.0.0.1"_s << true;
        QTest::newRow("empty") << QString() << false;
        QTest::newRow("URL") << u"http://proxy.example.com"_s << false;
        QTest::newRow("with port") << u"proxy.example.com:8080"_s << false;
        QTest::newRow("with user") << u"joe@proxy.example.com"_s << false;
        QTest::newRow("blank inside") << u"proxy example"_s << false;
        QTest::newRow("F93 an invisible character") << u"proxy\u200b.example.com"_s << false;
        QTest::newRow("F110 a letter of another script") << u"proxy.ex\u0430mple.com"_s << false;
        QTest::newRow("F110 the same in punycode") << u"proxy.xn--exmple-4nf.com"_s << false;
        QTest::newRow("F110 letters of one script") << u"прокси.example.com"_s << true;
    }
    void knowsAHostFromAnAddress()
    {
        QFETCH(QString, host);
        QFETCH(bool, isRight);
        QCOMPARE(proxyHostProblem(host).isEmpty(), isRight);
    }

    // F93: the check comes before any other, which would name another cause.
    void namesWhatIsInvisible()
    {
        const QString named = u"Remove the invisible character: U+200B at character 3."_s;
        QCOMPARE(browserCommandProblem(u"sh\u200b -c %u"_s), named);
        QCOMPARE(proxyHostProblem(u"pr\u200boxy"_s), named);
        QCOMPARE(caFileProblem(u"/c\u200ba.pem"_s), named);
    }

    void offersTheSystemsLanguageAndEnglish()
    {
        const QList<Language> offered = offeredLanguages();
        QVERIFY(offered.size() >= 2);
        QCOMPARE(offered.at(0).code, QString());
        QCOMPARE(offered.at(1).code, u"en"_s);
    }
};

} // namespace latchkey

LATCHKEY_TEST(latchkey::TestSettingsDialog)
#include "tst_settingsdialog.moc"
