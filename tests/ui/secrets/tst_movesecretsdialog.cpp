// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/controls.h"
#include "support/fakes/movefakes.h"
#include "support/testprogram.h"
#include "ui/secrets/movesecretsdialog.h"

#include <QPointer>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

namespace latchkey {

using namespace Qt::StringLiterals;
using test::buttonCalled;
using test::shownTexts;
using Occasion = MoveSecretsDialog::Occasion;

class TestMoveSecretsDialog : public QObject
{
    Q_OBJECT

    std::unique_ptr<test::TwoPlaces> m_places;
    QPointer<MoveSecretsDialog> m_dialog;

    MoveSecretsDialog &opened(SecretPlace to, Occasion occasion = Occasion::Move)
    {
        m_places->service.catchUp();
        m_dialog = new MoveSecretsDialog({ m_places->service, m_places->vaultService }, to, occasion);
        m_dialog->setAttribute(Qt::WA_DeleteOnClose, false);
        m_dialog->open();
        return *m_dialog;
    }
    void addThree() const
    {
        for (const char *each : { "1", "2", "3" })
            static_cast<void>(m_places->add(QLatin1StringView(each), QByteArray("CANARY-secret-") + each));
    }
    void beInVault(bool isOpen) const
    {
        m_places->vault.isThere = true;
        m_places->vault.setOpen(true);
        m_places->world.profile.backend = u"vault"_s;
        addThree();
        m_places->vault.setOpen(isOpen);
    }
    void typeNew(const QString &first = u"CANARY-passphrase-1"_s,
                 const QString &again = u"CANARY-passphrase-1"_s) const
    {
        const auto lines = m_dialog->findChildren<QLineEdit *>();
        QCOMPARE(lines.size(), 2);
        lines.at(0)->setText(first);
        lines.at(1)->setText(again);
    }
    void press(const QString &words) const
    {
        QAbstractButton *button = buttonCalled(*m_dialog, words);
        QVERIFY2(button, qPrintable(words));
        QVERIFY2(button->isEnabled(), qPrintable(words));
        button->click();
    }

private Q_SLOTS:
    void init() { m_places = std::make_unique<test::TwoPlaces>(); }
    void cleanup()
    {
        delete m_dialog;
        m_places.reset();
    }

    // R45 (docs/vault-format.md, section 12)
    void movesIntoAVaultAndAsksWhatBecomesOfTheCopies()
    {
        addThree();
        const MoveSecretsDialog &dialog = opened(SecretPlace::Vault);
        QCOMPARE(test::namelessControls(dialog), QStringList());
        QCOMPARE(test::labelsThatReadMarkup(dialog), 0);
        QVERIFY(shownTexts(dialog).contains(u"cannot be recovered"_s));
        QVERIFY(!buttonCalled(dialog, u"Move"_s)->isEnabled());
        QVERIFY(!buttonCalled(dialog, u"Move"_s)->toolTip().isEmpty());
        typeNew();
        press(u"Move"_s);

        QCOMPARE(m_places->service.place(), SecretPlace::Vault);
        QVERIFY(shownTexts(dialog).contains(u"in the encrypted vault now"_s));
        QVERIFY(shownTexts(dialog).contains(u"copies of 3"_s));
        QCOMPARE(m_places->keychain.kept.values.size(), 3);
        auto *remove = qobject_cast<QPushButton *>(buttonCalled(dialog, u"Delete the copies"_s));
        QVERIFY(remove && remove->isDefault());
        remove->click();
        QVERIFY(!dialog.isVisible());
        QVERIFY(m_places->keychain.kept.values.isEmpty());
        QVERIFY(!m_places->service.leftovers());
    }

    void keepsTheCopiesOnTheUsersWord()
    {
        addThree();
        const MoveSecretsDialog &dialog = opened(SecretPlace::Vault);
        typeNew();
        press(u"Move"_s);
        press(u"Keep the copies"_s);
        QVERIFY(!dialog.isVisible());
        QCOMPARE(m_places->keychain.kept.values.size(), 3);
        QVERIFY(!m_places->service.leftovers());
    }

    void canBeDecidedLater()
    {
        addThree();
        MoveSecretsDialog &dialog = opened(SecretPlace::Vault);
        const QSignalSpy accepted(&dialog, &QDialog::accepted);
        typeNew();
        press(u"Move"_s);
        QTest::keyClick(&dialog, Qt::Key_Escape);
        QVERIFY(!dialog.isVisible());
        QCOMPARE(accepted.count(), 1);
        QVERIFY(m_places->service.leftovers());
    }

    void movesIntoTheKeychain_data()
    {
        QTest::addColumn<bool>("isOpen");
        QTest::newRow("from a vault that is open") << true;
        QTest::newRow("from a vault that is locked") << false;
    }
    void movesIntoTheKeychain()
    {
        QFETCH(bool, isOpen);
        beInVault(isOpen);
        const MoveSecretsDialog &dialog = opened(SecretPlace::Keychain);
        const auto lines = dialog.findChildren<QLineEdit *>();
        QCOMPARE(lines.size(), isOpen ? 0 : 1);
        if (!isOpen) {
            lines.constFirst()->setText(u"CANARY-passphrase-9"_s);
            press(u"Move"_s);
            QVERIFY(shownTexts(dialog).contains(u"passphrase is wrong"_s));
            QCOMPARE(m_places->service.place(), SecretPlace::Vault);
            lines.constFirst()->setText(u"CANARY-passphrase-1"_s);
        }
        press(u"Move"_s);
        QCOMPARE(m_places->service.place(), SecretPlace::Keychain);
        press(u"Delete the vault"_s);
        QVERIFY(!m_places->vault.isThere);
        QVERIFY(!dialog.isVisible());
    }

    void refusesAPassphraseThatIsTooShort()
    {
        const MoveSecretsDialog &dialog = opened(SecretPlace::Vault);
        typeNew(u"CANARY-1234"_s, u"CANARY-1234"_s);
        press(u"Move"_s);
        QVERIFY(shownTexts(dialog).contains(u"at least 12 characters"_s));
        QVERIFY(!m_places->vault.isThere);
    }

    void saysHowFarItIs()
    {
        addThree();
        const MoveSecretsDialog &dialog = opened(SecretPlace::Vault);
        typeNew();
        m_places->life.actsLeft =
            7; // all three are found; the note, the vault, the first account; the second is never copied
        press(u"Move"_s);
        QVERIFY(shownTexts(dialog).contains(u"Copying: 1 of 3"_s));
        const auto *bar = dialog.findChild<QProgressBar *>();
        QVERIFY(bar->isVisible() && !bar->accessibleName().isEmpty());
        QCOMPARE(bar->maximum(), 6);
        QVERIFY(!buttonCalled(dialog, u"Move"_s)->isEnabled());
    }

    void canBeCancelledBeforeTheSwitch()
    {
        addThree();
        MoveSecretsDialog &dialog = opened(SecretPlace::Vault);
        std::shared_ptr<LockHold> held;
        m_places->world.lock.acquire(m_places->accounts.accounts().constFirst().id.value,
                                     { &dialog, [&held](const LockResult &lock) { held = *lock; } });
        typeNew();
        press(u"Move"_s);
        QVERIFY(shownTexts(dialog).contains(u"Waiting until"_s));
        press(u"Cancel"_s);
        QVERIFY(shownTexts(dialog).contains(u"Nothing was moved."_s));
        QVERIFY(dialog.isVisible());
        QCOMPARE(m_places->service.place(), SecretPlace::Keychain);
        QTest::keyClick(&dialog, Qt::Key_Escape);
        QVERIFY(!dialog.isVisible());
    }

    // R44: a profile begins with a vault only by this dialog.
    void beginsAProfile()
    {
        m_places->keychain.kept.failure = SecretStoreError { SecretStoreError::Kind::NoService, {} };
        const MoveSecretsDialog &dialog = opened(SecretPlace::Vault, Occasion::Beginning);
        QCOMPARE(dialog.windowTitle(), u"Create an encrypted vault"_s);
        typeNew();
        press(u"Create vault"_s);
        QVERIFY(!dialog.isVisible());
        QCOMPARE(m_places->service.place(), SecretPlace::Vault);
        QVERIFY(!m_places->vaultService.isLocked());
        QVERIFY(!m_places->service.leftovers());
        QCOMPARE(m_places->world.profile.backend, u"vault"_s);
    }
};

} // namespace latchkey

LATCHKEY_TEST(latchkey::TestMoveSecretsDialog)
#include "tst_movesecretsdialog.moc"
