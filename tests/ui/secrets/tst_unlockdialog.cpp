// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/controls.h"
#include "support/fakes/fakeuiservices.h"
#include "support/testprogram.h"
#include "ui/secrets/unlockdialog.h"

#include <QPointer>
#include <QTest>

namespace latchkey {

using namespace Qt::StringLiterals;
using test::buttonCalled;
using test::shownTexts;

class TestUnlockDialog : public QObject
{
    Q_OBJECT

    std::unique_ptr<test::FakeUiServices> m_world;
    QPointer<UnlockDialog> m_dialog;

    UnlockDialog &opened()
    {
        m_dialog = new UnlockDialog(m_world->vaultService);
        m_dialog->open();
        return *m_dialog;
    }

private Q_SLOTS:
    void init() { m_world = std::make_unique<test::FakeUiServices>(); }
    void cleanup()
    {
        delete m_dialog;
        m_world.reset();
    }

    void opensTheVault()
    {
        const UnlockDialog &dialog = opened();
        auto *line = dialog.findChild<QLineEdit *>();
        QVERIFY(!buttonCalled(dialog, u"Unlock"_s)->isEnabled());
        QCOMPARE(line->echoMode(), QLineEdit::Password);
        QCOMPARE(test::namelessControls(dialog), QStringList());

        line->setText(u"CANARY-passphrase-1"_s);
        QTest::keyClick(line, Qt::Key_Return);
        QVERIFY(!line->isEnabled());
        m_world->lockedVault.finish();

        QVERIFY(!dialog.isVisible());
        QVERIFY(line->text().isEmpty());
        QVERIFY(!m_world->vaultService.isLocked());
    }

    void staysWhenThePassphraseIsWrong()
    {
        const UnlockDialog &dialog = opened();
        auto *line = dialog.findChild<QLineEdit *>();
        line->setText(u"CANARY-passphrase-2"_s);
        buttonCalled(dialog, u"Unlock"_s)->click();
        m_world->lockedVault.finish();

        QVERIFY(dialog.isVisible());
        QVERIFY(shownTexts(dialog).contains(u"passphrase is wrong"_s));
        QVERIFY(line->text().isEmpty());
        QVERIFY(line->isEnabled());
    }

    void leavesWhenItWasOpenedElsewhere()
    {
        const UnlockDialog &dialog = opened();
        m_world->lockedVault.setLocked(false);
        QVERIFY(!dialog.isVisible());
    }
};

} // namespace latchkey

LATCHKEY_TEST(latchkey::TestUnlockDialog)
#include "tst_unlockdialog.moc"
