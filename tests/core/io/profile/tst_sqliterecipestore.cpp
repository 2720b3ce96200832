// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/profile/sqliterecipestore.h"
#include "support/profile/ownprofile.h"
#include "support/profile/profilefiles.h"
#include "support/testprogram.h"

#include <QTemporaryDir>

using namespace latchkey;
using namespace latchkey::profile;
using namespace Qt::StringLiterals;

class TestSqliteRecipeStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsRecipesByTheirLabel();
    void replacesAndRemovesById();
};

void TestSqliteRecipeStore::keepsRecipesByTheirLabel()
{
    const QTemporaryDir folder;
    const OwnRecipe last { u"a"_s, u"Zürich's \"own\""_s, u"line 1\nline 2 '{{token}}' ;--\t"_s };
    const OwnRecipe first { u"b-2"_s, u"ärger"_s, {} };
    const OwnRecipe middle { u"c"_s, u"Bruno"_s, QString(8192, u'x') };
    {
        OwnProfile profile(folder.path());
        QCOMPARE(profile.recipes.load().value(), QList<OwnRecipe>());
        for (const OwnRecipe &recipe : { last, middle })
            QVERIFY(profile.recipes.save(recipe));
    }
    QCOMPARE(OwnProfile(folder.path()).recipes.load().value(), QList({ middle, last }));
    QVERIFY(OwnProfile(folder.path()).recipes.save(first));
    QCOMPARE(OwnProfile(folder.path()).recipes.load().value().size(), 3);
    QVERIFY(OwnProfile(folder.path()).recipes.load().value().contains(first));
}

void TestSqliteRecipeStore::replacesAndRemovesById()
{
    const QTemporaryDir folder;
    OwnProfile profile(folder.path());
    QVERIFY(profile.recipes.save({ u"mine"_s, u"Mine"_s, u"{{token}}"_s }));
    const OwnRecipe changed { u"mine"_s, u"Other"_s, u"{{header}}"_s };
    QVERIFY(profile.recipes.save(changed));
    QCOMPARE(profile.recipes.load().value(), QList({ changed }));
    QVERIFY(profile.recipes.remove(u"mine"_s));
    QCOMPARE(profile.recipes.remove(u"mine"_s).error().kind, AccountStoreError::Kind::Missing);
    QCOMPARE(profile.recipes.load().value(), QList<OwnRecipe>());
}

LATCHKEY_TEST(TestSqliteRecipeStore)

#include "tst_sqliterecipestore.moc"
