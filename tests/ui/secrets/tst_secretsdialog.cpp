// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/controls.h"
#include "support/fakes/movefakes.h"
#include "support/testprogram.h"
#include "ui/secrets/movesecretsdialog.h"
#include "ui/secrets/passphrasedialog.h"
#include "ui/secrets/secretsdialog.h"
#include "ui/secrets/unlockdialog.h"

#include <QPointer>
#include <QTest>

namespace latchkey {

using namespace Qt::StringLiterals;
using test::buttonCalled;
using test::shownTexts;

class TestSecretsDialog : public QObject
{
    Q_OBJECT

    std::unique_ptr<test::TwoPlaces> m_places;
    QPointer<SecretsDialog> m_dialog;

    SecretsDialog &opened()
    {
        m_places->service.catchUp();
        m_dialog = new SecretsDialog(
            { m_places->world.tokens, m_places->vaultService, m_places->service, m_places->secrets });
        m_dialog->open();
        return *m_dialog;
    }
    void beInVault() const
    {
        m_places->vault.isThere = true;
        m_places->vault.setOpen(true);
        m_places->world.profile.backend = u"vault"_s;
    }

private Q_SLOTS:
    void init() { m_places = std::make_unique<test::TwoPlaces>(); }
    void cleanup()
    {
        delete m_dialog;
        m_places.reset();
    }

    void saysThatTheKeychainHasThem()
    {
        static_cast<void>(m_places->add(u"A"_s, "CANARY-secret-1"));
        const SecretsDialog &dialog = opened();
        QCOMPARE(test::namelessControls(dialog), QStringList());
        QCOMPARE(test::labelsThatReadMarkup(dialog), 0);
        QVERIFY(shownTexts(dialog).contains(u"In the keychain of this computer: Secret Service"_s));
        QVERIFY(!buttonCalled(dialog, u"Lock now"_s));
        buttonCalled(dialog, u"Move to an encrypted vault…"_s)->click();
        QVERIFY(dialog.findChild<MoveSecretsDialog *>());
    }

    void offersToBeginWithAVaultWhereNothingIsKept()
    {
        const SecretsDialog &dialog = opened();
        QVERIFY(shownTexts(dialog).contains(u"Nothing is kept yet"_s));
        QVERIFY(!shownTexts(dialog).contains(u"In the keychain"_s));
        buttonCalled(dialog, u"Create an encrypted vault…"_s)->click();
        const auto *vault = dialog.findChild<MoveSecretsDialog *>();
        QVERIFY(vault);
        QCOMPARE(vault->windowTitle(), u"Create an encrypted vault"_s);
    }

    void saysThatThereIsNoKeychain_data()
    {
        QTest::addColumn<bool>("isRecorded");
        QTest::addColumn<QString>("said");
        QTest::newRow("F57 nothing is kept yet")
            << false << u"Nothing is kept yet, and there is no keychain"_s;
        QTest::newRow("F57 it had the secrets") << true << u"which is not there"_s;
    }
    void saysThatThereIsNoKeychain()
    {
        QFETCH(bool, isRecorded);
        QFETCH(QString, said);
        if (isRecorded)
            static_cast<void>(m_places->add(u"A"_s, "CANARY-secret-1"));
        m_places->keychain.kept.failure = SecretStoreError { SecretStoreError::Kind::NoService, {} };
        const SecretsDialog &dialog = opened();
        QTRY_VERIFY(shownTexts(dialog).contains(said));
    }

    void locksAndUnlocksTheVault()
    {
        beInVault();
        const SecretsDialog &dialog = opened();
        QVERIFY(shownTexts(dialog).contains(u"which is open"_s));
        buttonCalled(dialog, u"Lock now"_s)->click();
        QVERIFY(m_places->vaultService.isLocked());
        QVERIFY(shownTexts(dialog).contains(u"which is locked"_s));
        buttonCalled(dialog, u"Unlock…"_s)->click();
        QVERIFY(dialog.findChild<UnlockDialog *>());
    }

    // Where no memory can be locked that is said, and nothing is refused (docs/vault-format.md, section 8).
    void saysThatNoMemoryCanBeLocked()
    {
        beInVault();
        QVERIFY(!shownTexts(opened()).contains(u"swap space"_s));
        delete m_dialog;
        m_places->vault.told.mayReachSwap = true;
        const SecretsDialog &dialog = opened();
        QVERIFY(shownTexts(dialog).contains(u"may be written to swap space"_s));
        QVERIFY(buttonCalled(dialog, u"Lock now"_s)->isEnabled());
    }

    void changesThePassphrase()
    {
        beInVault();
        const SecretsDialog &dialog = opened();
        buttonCalled(dialog, u"Change passphrase…"_s)->click();
        QVERIFY(dialog.findChild<PassphraseDialog *>());
        dialog.findChild<PassphraseDialog *>()->done(QDialog::Accepted);
        QVERIFY(shownTexts(dialog).contains(u"The passphrase was changed."_s));
    }

    void saysWhyMemoryCannotBeMoved()
    {
        m_places->world.tokens.keepInMemory();
        m_places->secrets.keepInMemory();
        const SecretsDialog &dialog = opened();
        QVERIFY(shownTexts(dialog).contains(u"In memory, for this run only"_s));
        const QAbstractButton *move = buttonCalled(dialog, u"Move to an encrypted vault…"_s);
        QVERIFY(!move->isEnabled());
        QVERIFY(move->toolTip().contains(u"Start Latchkey again"_s));
        QVERIFY(shownTexts(dialog).contains(move->toolTip()));
    }

    void offersToDeleteWhatAMoveLeft_data()
    {
        QTest::addColumn<QString>("answer");
        QTest::addColumn<int>("copies");
        QTest::newRow("deletes") << u"Delete copies"_s << 0;
        QTest::newRow("keeps") << u"Keep copies"_s << 1;
    }
    void offersToDeleteWhatAMoveLeft()
    {
        QFETCH(QString, answer);
        QFETCH(int, copies);
        const AccountId id = m_places->add(u"A"_s, "CANARY-secret-1");
        m_places->inVault.kept.values = m_places->keychain.kept.values;
        beInVault();
        m_places->moves.noted = SecretMove { u"libsecret"_s, u"vault"_s, { id }, false, true, false };
        const SecretsDialog &dialog = opened();
        QVERIFY(shownTexts(dialog).contains(u"still holds copies"_s));
        buttonCalled(dialog, answer)->click();
        QVERIFY(!m_places->service.leftovers());
        QVERIFY(!shownTexts(dialog).contains(u"still holds copies"_s));
        QCOMPARE(m_places->keychain.kept.values.size(), copies);
    }

    // Between question and answer: another process moved everything back, and what is left is the
    // vault.
    void deletesOnlyWhatItAskedAbout_data()
    {
        QTest::addColumn<QString>("answer");
        QTest::newRow("deletes") << u"Delete copies"_s;
        QTest::newRow("keeps") << u"Keep copies"_s;
    }
    void deletesOnlyWhatItAskedAbout()
    {
        QFETCH(QString, answer);
        const AccountId id = m_places->add(u"A"_s, "CANARY-secret-1");
        m_places->inVault.kept.values = m_places->keychain.kept.values;
        beInVault();
        m_places->moves.noted = SecretMove { u"libsecret"_s, u"vault"_s, { id }, false, true, false };
        const SecretsDialog &dialog = opened();
        QVERIFY(shownTexts(dialog).contains(u"still holds copies"_s));
        m_places->world.profile.backend = u"libsecret"_s;
        m_places->moves.noted = SecretMove { u"vault"_s, u"libsecret"_s, { id }, false, true, false };

        buttonCalled(dialog, answer)->click();

        QVERIFY(m_places->moves.noted && m_places->vault.isThere);
        QCOMPARE(m_places->keychain.kept.values.size(), 1);
        QVERIFY(shownTexts(dialog).contains(u"The vault is still there."_s));
    }
};

} // namespace latchkey

LATCHKEY_TEST(latchkey::TestSecretsDialog)
#include "tst_secretsdialog.moc"
