// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/controls.h"
#include "support/fakes/fakeuiservices.h"
#include "support/fakes/sampleaccounts.h"
#include "support/testprogram.h"
#include "ui/dialogs/activitydialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QPointer>
#include <QTableView>
#include <QTest>

namespace latchkey {

using namespace Qt::StringLiterals;
using test::buttonCalled;
using test::shownTexts;

class TestActivityDialog : public QObject
{
    Q_OBJECT

    std::unique_ptr<test::FakeUiServices> m_world;
    QPointer<ActivityDialog> m_dialog;
    AccountId m_first;
    AccountId m_second;

    ActivityDialog &opened(const std::optional<AccountId> &id = {})
    {
        m_dialog = new ActivityDialog(m_world->services(), id);
        m_dialog->open();
        return *m_dialog;
    }
    void record(const AccountId &id, const QString &form, const QString &program) const
    {
        m_world->activity.record(*m_world->accounts.find(id), form, program);
    }
    [[nodiscard]] QStringList row(int row) const
    {
        const QAbstractItemModel *model = m_dialog->findChild<QTableView *>()->model();
        QStringList texts;
        for (int column = 0; column < model->columnCount(); ++column)
            texts.append(model->index(row, column).data().toString());
        return texts;
    }
    [[nodiscard]] int rows() const { return m_dialog->findChild<QTableView *>()->model()->rowCount(); }

private Q_SLOTS:
    void init()
    {
        m_world = std::make_unique<test::FakeUiServices>();
        m_first = putSample(*m_world, { .name = u"First"_s });
        m_second = putSample(*m_world, { .name = u"Second"_s });
        record(m_first, u"header-value"_s, u"latchkey"_s);
        record(m_second, u"bruno"_s, u"latchkey-cli from bash"_s);
    }
    void cleanup()
    {
        delete m_dialog;
        m_world.reset();
    }

    void tellsWhoHandedOutWhat()
    {
        const ActivityDialog &dialog = opened();
        QCOMPARE(rows(), 2);
        const QStringList newest { u"today 12:00:00"_s, u"Second"_s, u"Bruno collection"_s,
                                   u"latchkey-cli from bash"_s };
        QCOMPARE(row(0), newest);
        QCOMPARE(row(1)[2], u"Header value"_s);
        QCOMPARE(test::labelsThatReadMarkup(dialog), 0);
        QCOMPARE(test::namelessControls(dialog), QStringList());
    }

    void showsOneAccount()
    {
        const ActivityDialog &dialog = opened(m_first);
        QCOMPARE(rows(), 1);
        QCOMPARE(row(0)[1], u"First"_s);

        dialog.findChild<QComboBox *>()->setCurrentIndex(0);
        QCOMPARE(rows(), 2);
    }

    // F113: the user chose the account's name, and the caller the program's.
    void readsNoNameAsMarkup()
    {
        const QString name = u"<h1>x</h1><img src=file:///dev/zero>"_s;
        record(putSample(*m_world, { .name = name }), u"token"_s, u"latchkey-cli from <b>x</b>"_s);
        const ActivityDialog &dialog = opened();
        QCOMPARE(row(0)[1], name);
        QCOMPARE(test::labelsThatReadMarkup(dialog), 0);
        const auto *model = dialog.findChild<QTableView *>()->model();
        QString tip = model->index(0, 0).data(Qt::ToolTipRole).toString();
        QVERIFY(tip.remove(QChar(0x2060)).contains(name));
    }

    // Between question and answer.
    void clearsWhatItAskedAbout_data()
    {
        QTest::addColumn<QString>("meanwhile");
        QTest::addColumn<bool>("wasAll");
        QTest::newRow("another account is chosen") << u"another"_s << false;
        QTest::newRow("all are chosen") << u"all"_s << false;
        QTest::newRow("all asked about, one is chosen") << u"another"_s << true;
        QTest::newRow("the account is removed") << u"removed"_s << false;
    }
    void clearsWhatItAskedAbout()
    {
        QFETCH(QString, meanwhile);
        QFETCH(bool, wasAll);
        const ActivityDialog &dialog = wasAll ? opened() : opened(m_first);
        buttonCalled(dialog, u"Clear the record"_s)->click();
        auto *filter = dialog.findChild<QComboBox *>();
        if (meanwhile == u"removed"_s)
            m_world->accounts.remove(m_first, { &m_world->accounts, [](const Result<void, Problem> &) {} });
        else
            filter->setCurrentIndex(meanwhile == u"all"_s ? 0 : filter->findText(u"Second"_s));
        QVERIFY(shownTexts(dialog).contains(wasAll ? u"of all accounts"_s : u"“First”"_s));

        buttonCalled(dialog, u"Clear"_s)->click();

        QStringList kept;
        for (const ActivityEntry &entry : m_world->activityStore.kept)
            kept.append(entry.accountName);
        QCOMPARE(kept, wasAll ? QStringList() : QStringList { u"Second"_s });
    }

    void followsWhatHappens()
    {
        opened();
        record(m_first, u"curl"_s, u"latchkey"_s);
        QCOMPARE(rows(), 3);
        QCOMPARE(row(0)[2], u"curl command"_s);
    }

    void canBeSwitchedOff()
    {
        const ActivityDialog &dialog = opened();
        auto *records = dialog.findChild<QCheckBox *>();
        QVERIFY(records->isChecked());
        records->click();
        QVERIFY(!m_world->preferences.current().recordActivity);

        m_world->profile.failure = AccountStoreError { AccountStoreError::Kind::ReadOnly, {} };
        records->click();
        QVERIFY(!records->isChecked());
        QVERIFY(shownTexts(dialog).contains(u"profile"_s, Qt::CaseInsensitive));
    }

    void clearsOnlyOnTheWord()
    {
        const ActivityDialog &dialog = opened(m_first);
        buttonCalled(dialog, u"Clear the record"_s)->click();
        QVERIFY(shownTexts(dialog).contains(u"“First”"_s));
        buttonCalled(dialog, u"Keep"_s)->click();
        QCOMPARE(rows(), 1);

        buttonCalled(dialog, u"Clear the record"_s)->click();
        buttonCalled(dialog, u"Clear"_s)->click();
        QCOMPARE(rows(), 0);
        QCOMPARE(m_world->activityStore.kept.size(), 1);
        QVERIFY(shownTexts(dialog).contains(u"Nothing was handed out of this account."_s));
        QVERIFY(!buttonCalled(dialog, u"Clear the record"_s)->isEnabled());
    }
};

} // namespace latchkey

LATCHKEY_TEST(latchkey::TestActivityDialog)
#include "tst_activitydialog.moc"
