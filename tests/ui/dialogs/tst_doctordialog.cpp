// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/account/doctorfinding.h"
#include "support/controls.h"
#include "support/fakes/fakeuiservices.h"
#include "support/testprogram.h"
#include "ui/dialogs/doctordialog.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QPointer>
#include <QTest>

namespace latchkey {

using namespace Qt::StringLiterals;
using test::buttonCalled;
using test::shownTexts;

class TestDoctorDialog : public QObject
{
    Q_OBJECT

    std::unique_ptr<test::FakeUiServices> m_world;
    QPointer<DoctorDialog> m_dialog;
    AccountId m_id;

    DoctorDialog &started(const std::optional<AccountId> &id = {})
    {
        m_dialog = new DoctorDialog(m_world->services(), id);
        m_dialog->open();
        m_dialog->start();
        return *m_dialog;
    }
    [[nodiscard]] int rows() const { return static_cast<int>(m_dialog->findChildren<FindingRow *>().size()); }
    void answer(const QByteArray &date) const
    {
        m_world->http.respond = [date](const HttpRequest &) {
            HttpResponse response;
            response.status = 200;
            response.date = date;
            return HttpResult(response);
        };
    }

private Q_SLOTS:
    void init()
    {
        m_world = std::make_unique<test::FakeUiServices>();
        m_id = putSample(*m_world, { .name = u"<b>Mine</b>"_s });
        answer("Thu, 15 Jan 2026 12:00:00 GMT");
    }
    void cleanup()
    {
        delete m_dialog;
        m_world.reset();
    }

    void saysThatAllIsWell()
    {
        const DoctorDialog &dialog = started();
        QTRY_VERIFY(buttonCalled(dialog, u"Look again"_s)->isEnabled());
        QVERIFY2(shownTexts(dialog).contains(u"Everything is as it should be."_s),
                 qPrintable(shownTexts(dialog)));
        QVERIFY(rows() > 3);
        QCOMPARE(test::labelsThatReadMarkup(dialog), 0);
        QCOMPARE(test::namelessControls(dialog), QStringList());
        for (const auto *row : dialog.findChildren<FindingRow *>())
            QVERIFY(!row->accessibleName().isEmpty());
    }

    void saysWhatFailedAndWhatToDo()
    {
        m_world->keychain.failure = SecretStoreError { SecretStoreError::Kind::NoService, {} };
        const DoctorDialog &dialog = started(m_id);
        QTRY_VERIFY(buttonCalled(dialog, u"Look again"_s)->isEnabled());
        QVERIFY(shownTexts(dialog).contains(u"keep Latchkey from working"_s));
        QVERIFY(shownTexts(dialog).contains(u"failed"_s)); // in words, not by colour alone
        QCOMPARE(dialog.windowTitle(), u"Doctor: <b>Mine</b>"_s);
    }

    void showsEachAsItComes()
    {
        m_world->http.respond = nullptr;
        const DoctorDialog &dialog = started();
        QTRY_COMPARE(m_world->http.unanswered(), 1);
        QVERIFY(rows() > 0);
        QVERIFY(!buttonCalled(dialog, u"Copy report"_s)->isEnabled());
    }

    void looksAgain()
    {
        const DoctorDialog &dialog = started();
        QTRY_VERIFY(buttonCalled(dialog, u"Look again"_s)->isEnabled());
        const int before = rows();
        buttonCalled(dialog, u"Look again"_s)->click();
        QTRY_VERIFY(buttonCalled(dialog, u"Look again"_s)->isEnabled());
        QCOMPARE(rows(), before);
    }

    void copiesAReportWithoutAnySecret()
    {
        const DoctorDialog &dialog = started();
        QTRY_VERIFY(buttonCalled(dialog, u"Copy report"_s)->isEnabled());
        buttonCalled(dialog, u"Copy report"_s)->click();
        const QString report = QGuiApplication::clipboard()->text();
        QVERIFY(report.startsWith(u"Latchkey"_s));
        QVERIFY(report.count(u'\n') >= rows());
        QVERIFY(!report.contains(u"CANARY"_s));
    }
};

} // namespace latchkey

LATCHKEY_TEST(latchkey::TestDoctorDialog)
#include "tst_doctordialog.moc"
