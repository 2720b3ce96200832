// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/provider/providers.h"
#include "support/controls.h"
#include "support/fakes/fakeworld.h"
#include "support/testprogram.h"
#include "ui/dialogs/removedialog.h"

#include <QPointer>
#include <QTest>

namespace latchkey {

using namespace Qt::StringLiterals;
using test::buttonCalled;
using test::shownTexts;

class TestRemoveDialog : public QObject
{
    Q_OBJECT

    std::unique_ptr<test::FakeWorld> m_world;
    QPointer<RemoveDialog> m_dialog;
    AccountId m_id;

    RemoveDialog &opened()
    {
        m_dialog = new RemoveDialog(m_world->accounts, m_id);
        m_dialog->open();
        return *m_dialog;
    }

private Q_SLOTS:
    void init()
    {
        m_world = std::make_unique<test::FakeWorld>();
        Account account;
        account.name = u"<b>Mine</b>"_s;
        account.providerId = u"configapi"_s;
        AccountSecrets secrets;
        secrets.fields.emplace(u"client_secret"_s, Secret("CANARY-client-secret-1"));
        m_id = m_world->put(account, secrets);
    }
    void cleanup()
    {
        delete m_dialog;
        m_world.reset();
    }

    // R43
    void saysWhatItRemovesAndWhatStaysValid()
    {
        const RemoveDialog &dialog = opened();
        QVERIFY(shownTexts(dialog).contains(u"Remove <b>Mine</b>?"_s));
        const char *note = findProvider(u"configapi"_s)->removalNote;
        QVERIFY(*note != '\0');
        QVERIFY(shownTexts(dialog).contains(QString::fromUtf8(note)));
        QCOMPARE(test::labelsThatReadMarkup(dialog), 0);
        QCOMPARE(test::namelessControls(dialog), QStringList());
    }

    void removesOnlyOnTheWord()
    {
        RemoveDialog &first = opened();
        QTest::keyClick(&first, Qt::Key_Return);
        QVERIFY(!first.isVisible());
        QVERIFY(m_world->accounts.find(m_id) != nullptr);
        delete m_dialog;

        const RemoveDialog &second = opened();
        buttonCalled(second, u"Remove"_s)->click();
        QVERIFY(!second.isVisible());
        QVERIFY(m_world->accounts.find(m_id) == nullptr);
        QVERIFY(m_world->keychain.values.isEmpty());
    }

    // Between question and answer: another process changed the account.
    void asksAgainAboutAnAccountThatWasChanged_data()
    {
        QTest::addColumn<bool>("renamed");
        QTest::newRow("another name") << true;
        QTest::newRow("another host") << false;
    }
    void asksAgainAboutAnAccountThatWasChanged()
    {
        QFETCH(bool, renamed);
        const RemoveDialog &dialog = opened();
        Account changed = *m_world->accounts.find(m_id);
        if (renamed)
            changed.name = u"Production"_s;
        else
            changed.fields.insert(u"url"_s, u"https://production.example.com"_s);
        QVERIFY(m_world->repository.storeAccount(changed).has_value());

        buttonCalled(dialog, u"Remove"_s)->click();
        QVERIFY(dialog.isVisible() && m_world->accounts.find(m_id));
        QVERIFY(shownTexts(dialog).contains(u"was changed meanwhile"_s));
        QVERIFY(shownTexts(dialog).contains(u"Remove %1?"_s.arg(changed.name)));

        buttonCalled(dialog, u"Remove"_s)->click();
        QVERIFY(!dialog.isVisible() && !m_world->accounts.find(m_id));
    }

    // A token that was refreshed is no reason to ask again.
    void removesAnAccountWhoseTokenIsAnotherOne()
    {
        const RemoveDialog &dialog = opened();
        Account refreshed = *m_world->accounts.find(m_id);
        refreshed.lastRefreshAt = m_world->now;
        QVERIFY(m_world->repository.storeAccount(refreshed).has_value());
        buttonCalled(dialog, u"Remove"_s)->click();
        QVERIFY(!m_world->accounts.find(m_id));
    }

    void saysThatAnotherProcessRemovedIt()
    {
        const RemoveDialog &dialog = opened();
        m_world->accounts.remove(m_id, { &m_world->accounts, [](const Result<void, Problem> &) {} });
        buttonCalled(dialog, u"Remove"_s)->click();
        QVERIFY(dialog.isVisible());
        QVERIFY2(shownTexts(dialog).contains(u"account"_s), qPrintable(shownTexts(dialog)));
    }

    void saysWhyItCouldNotBeRemoved()
    {
        m_world->profile.failure = AccountStoreError { AccountStoreError::Kind::ReadOnly, {} };
        const RemoveDialog &dialog = opened();
        buttonCalled(dialog, u"Remove"_s)->click();
        QVERIFY(dialog.isVisible());
        QVERIFY(shownTexts(dialog).contains(u"profile"_s, Qt::CaseInsensitive));
        QVERIFY(buttonCalled(dialog, u"Remove"_s)->isEnabled());
    }
};

} // namespace latchkey

LATCHKEY_TEST(latchkey::TestRemoveDialog)
#include "tst_removedialog.moc"
