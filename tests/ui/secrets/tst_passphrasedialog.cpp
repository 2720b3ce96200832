// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/controls.h"
#include "support/fakes/movefakes.h"
#include "support/testprogram.h"
#include "ui/secrets/passphrasedialog.h"

#include <QPointer>
#include <QTest>

namespace latchkey {

using namespace Qt::StringLiterals;
using test::buttonCalled;
using test::shownTexts;

class TestPassphraseDialog : public QObject
{
    Q_OBJECT

    std::unique_ptr<test::TwoPlaces> m_places;
    QPointer<PassphraseDialog> m_dialog;

    PassphraseDialog &opened()
    {
        m_dialog = new PassphraseDialog(m_places->vaultService);
        m_dialog->open();
        return *m_dialog;
    }
    [[nodiscard]] QLineEdit *line(const QString &name) const
    {
        for (auto *each : m_dialog->findChildren<QLineEdit *>())
            if (each->accessibleName() == name)
                return each;
        return nullptr;
    }
    void type(const QString &present, const QString &first, const QString &again) const
    {
        line(u"Present passphrase"_s)->setText(present);
        line(u"New passphrase"_s)->setText(first);
        line(u"New passphrase again"_s)->setText(again);
    }
    [[nodiscard]] bool opensWith(const char *passphrase) const
    {
        bool isOpen = false;
        m_places->vault.unlock(Secret(passphrase),
                               { &m_places->vault, [&isOpen](const Result<void, SecretStoreError> &done) {
                                    isOpen = done.has_value();
                                } });
        return isOpen;
    }

private Q_SLOTS:
    void init()
    {
        m_places = std::make_unique<test::TwoPlaces>();
        m_places->vault.isThere = true;
    }
    void cleanup()
    {
        delete m_dialog;
        m_places.reset();
    }

    void changesIt()
    {
        const PassphraseDialog &dialog = opened();
        QCOMPARE(test::namelessControls(dialog), QStringList());
        QCOMPARE(test::labelsThatReadMarkup(dialog), 0);
        for (const auto *each : dialog.findChildren<QLineEdit *>())
            QCOMPARE(each->echoMode(), QLineEdit::Password);
        QVERIFY(shownTexts(dialog).contains(u"cannot be recovered"_s));
        QVERIFY(!buttonCalled(dialog, u"Change passphrase"_s)->isEnabled());
        QVERIFY(!buttonCalled(dialog, u"Change passphrase"_s)->toolTip().isEmpty());

        type(u"CANARY-passphrase-1"_s, u"CANARY-passphrase-2"_s, u"CANARY-passphrase-2"_s);
        buttonCalled(dialog, u"Change passphrase"_s)->click();

        QVERIFY(!dialog.isVisible());
        for (const auto *each : dialog.findChildren<QLineEdit *>())
            QVERIFY(each->text().isEmpty());
        QVERIFY(opensWith("CANARY-passphrase-2"));
    }

    // A passphrase that is too short, or typed differently, makes no vault (docs/vault-format.md, section 9).
    void refusesWhatCannotBecomeOne_data()
    {
        QTest::addColumn<QString>("first");
        QTest::addColumn<QString>("again");
        QTest::addColumn<QString>("words");
        QTest::newRow("too short") << u"CANARY-1234"_s << u"CANARY-1234"_s << u"at least 12 characters"_s;
        QTest::newRow("not twice the same")
            << u"CANARY-passphrase-2"_s << u"CANARY-passphrase-3"_s << u"passphrases differ"_s;
    }
    void refusesWhatCannotBecomeOne()
    {
        QFETCH(QString, first);
        QFETCH(QString, again);
        QFETCH(QString, words);
        const PassphraseDialog &dialog = opened();
        type(u"CANARY-passphrase-1"_s, first, again);
        buttonCalled(dialog, u"Change passphrase"_s)->click();

        QVERIFY(dialog.isVisible());
        QVERIFY(shownTexts(dialog).contains(words));
        QVERIFY(opensWith("CANARY-passphrase-1"));
    }
};

} // namespace latchkey

LATCHKEY_TEST(latchkey::TestPassphraseDialog)
#include "tst_passphrasedialog.moc"
