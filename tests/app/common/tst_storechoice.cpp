// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/storechoice.h"
#include "support/testprogram.h"

#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;

class StoreChoiceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsTheWordsOfTheUser()
    {
        for (const QString &word : { u"keychain"_s, u"vault"_s, u"memory"_s })
            QCOMPARE(wordOf(storeKindNamed(word).value()), word);
        QVERIFY(!storeKindNamed(u"disk"_s));
        QVERIFY(!storeKindNamed({}));
    }

    void choosesOnceForAProfile_data()
    {
        QTest::addColumn<QString>("recorded");
        QTest::addColumn<QString>("asked");
        QTest::addColumn<QString>("chosen");
        QTest::addColumn<QString>("refused");
        const auto row = [](const char *name, const char *recorded, const char *asked, const char *chosen,
                            const char *refused) {
            QTest::newRow(name) << QString::fromLatin1(recorded) << QString::fromLatin1(asked)
                                << QString::fromLatin1(chosen) << QString::fromLatin1(refused);
        };
        row("new, nobody asked", "", "", "keychain", "");
        row("new, the vault", "", "vault", "vault", "");
        row("new, memory", "", "memory", "memory", "");
        row("the keychain again", "libsecret", "keychain", "keychain", "");
        row("another keychain's name", "kwallet", "", "keychain", "");
        row("the vault again", "vault", "vault", "vault", "");
        row("memory, unasked", "memory", "", "memory", "");
        row("R45 from the keychain to the vault", "kwallet", "vault", "keychain", "vault");
        row("R45 from the vault to the keychain", "vault", "keychain", "vault", "keychain");
        row("R45 from memory to the keychain", "memory", "keychain", "memory", "keychain");
    }

    void choosesOnceForAProfile()
    {
        QFETCH(QString, recorded);
        QFETCH(QString, asked);
        QFETCH(QString, chosen);
        QFETCH(QString, refused);
        const StoreChoice choice = chooseStore(recorded, storeKindNamed(asked));
        QCOMPARE(wordOf(choice.kind), chosen);
        QCOMPARE(choice.refused ? wordOf(*choice.refused) : QString(), refused);
    }
};

LATCHKEY_TEST(StoreChoiceTest)
#include "tst_storechoice.moc"
