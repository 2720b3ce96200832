// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/provider/providers.h"
#include "support/controls.h"
#include "support/testprogram.h"
#include "ui/form/accountform.h"
#include "ui/form/fieldeditor.h"

#include <QTest>

namespace latchkey {

using namespace Qt::StringLiterals;
using test::buttonCalled;
using test::lineOf;
using test::sentenceBeside;

class TestAccountForm : public QObject
{
    Q_OBJECT

    static void everyProvider()
    {
        QTest::addColumn<QString>("provider");
        for (const Provider &provider : providers())
            QTest::newRow(qPrintable(provider.id)) << provider.id;
    }

private Q_SLOTS:
    void isMadeFromTheProvidersOwnFields_data() { everyProvider(); }
    void isMadeFromTheProvidersOwnFields()
    {
        QFETCH(QString, provider);
        const Provider &wanted = *findProvider(provider);
        const AccountForm form(wanted);
        for (const Field &field : wanted.fields) {
            const auto *editor = form.findChild<FieldEditor *>(field.id);
            QVERIFY2(editor != nullptr, qPrintable(field.id));
            QCOMPARE(editor->field().kind, field.kind);
            QCOMPARE(editor->isVisibleTo(&form), !field.advanced);
            QVERIFY(!editor->control()->accessibleName().isEmpty());
            QVERIFY(!editor->control()->accessibleDescription().isEmpty());
        }
        QVERIFY(form.findChild<FieldEditor *>(u"name"_s) != nullptr);
        QCOMPARE(test::namelessControls(form), QStringList());
        QCOMPARE(test::labelsThatReadMarkup(form), 0);
    }

    void proposesWhatTheProviderProposes_data() { everyProvider(); }
    void proposesWhatTheProviderProposes()
    {
        QFETCH(QString, provider);
        const Provider &wanted = *findProvider(provider);
        const AccountForm form(wanted);
        for (const Field &field : wanted.fields) {
            // A redirect URI of its own is proposed for each account (AccountService::proposed()).
            if (!field.secret && !field.offersLoopback && !field.defaultValue.isEmpty())
                QCOMPARE(form.draft().fields.value(field.id), field.defaultValue);
        }
    }

    void handsBackWhatWasTyped()
    {
        const AccountForm form(*findProvider(u"configapi"_s));
        lineOf(form, u"name"_s)->setText(u"  Contact centre "_s);
        lineOf(form, u"url"_s)->setText(u"acme"_s);
        lineOf(form, u"client_secret"_s)->setText(u"CANARY-ünï"_s);
        const AccountDraft draft = form.draft();
        QVERIFY(!draft.id);
        QCOMPARE(draft.name, u"  Contact centre "_s);
        QCOMPARE(draft.providerId, u"configapi"_s);
        QCOMPARE(draft.fields.value(u"url"_s), u"acme"_s);
        QVERIFY(!draft.fields.contains(u"client_secret"_s));
        const Secret wanted("CANARY-\xc3\xbcn\xc3\xaf");
        QVERIFY(draft.secrets.at(u"client_secret"_s) == wanted);
    }

    void proposesAFreeNameThatFollowsTheEnvironment()
    {
        AccountForm form(*findProvider(u"priava"_s));
        form.proposeName({ u"PRIAVA production"_s });
        QCOMPARE(form.draft().name, u"Priava Production (2)"_s);
        buttonCalled(form, u"Sandbox"_s)->click();
        QCOMPARE(form.draft().name, u"Priava Sandbox"_s);

        lineOf(form, u"name"_s)->setText(u"Mine"_s);
        buttonCalled(form, u"Production"_s)->click();
        QCOMPARE(form.draft().name, u"Mine"_s);
    }

    void saysNothingOfAFieldThatWasNeverTouched()
    {
        AccountForm form(*findProvider(u"configapi"_s));
        form.showProblems({ { u"client_id"_s, "Enter a value." }, { u"url"_s, "Enter an address." } });
        QCOMPARE(sentenceBeside(form, u"client_id"_s), QString());
        form.speakUp();
        QCOMPARE(sentenceBeside(form, u"client_id"_s), u"Enter a value."_s);
        QCOMPARE(sentenceBeside(form, u"url"_s), u"Enter an address."_s);
    }

    void saysWhatIsWrongAfterAPauseInTyping()
    {
        AccountForm form(*findProvider(u"configapi"_s));
        connect(&form, &AccountForm::changed, this, [&form] {
            form.showProblems({ { u"url"_s, "Enter an address." } });
        });
        lineOf(form, u"url"_s)->setText(u"http:"_s);
        QCOMPARE(sentenceBeside(form, u"url"_s), QString());
        QTRY_COMPARE(sentenceBeside(form, u"url"_s), u"Enter an address."_s);
        QCOMPARE(lineOf(form, u"url"_s)->text(), u"http:"_s);
        QVERIFY(lineOf(form, u"url"_s)->accessibleDescription().contains(u"Enter an address."_s));

        form.showProblems({});
        QCOMPARE(sentenceBeside(form, u"url"_s), QString());
    }

    void neverShowsAStoredSecret()
    {
        AccountForm form(*findProvider(u"configapi"_s));
        AccountDraft draft { AccountId::create(), u"Mine"_s, u"configapi"_s, {}, {} };
        draft.fields = { { u"url"_s, u"https://acme.example"_s }, { u"client_id"_s, u"joe"_s } };
        form.fill(draft);
        QCOMPARE(form.draft().id, draft.id);
        QCOMPARE(form.draft().name, u"Mine"_s);
        QVERIFY(form.draft().secrets.empty());
        QCOMPARE(lineOf(form, u"client_secret"_s)->placeholderText(), u"Unchanged"_s);
        QCOMPARE(lineOf(form, u"client_secret"_s)->text(), QString());

        // The check asks for the secret again once the host has changed: said at once, though untouched.
        form.showProblems({ { u"client_secret"_s, "Enter the secret again." } });
        QCOMPARE(sentenceBeside(form, u"client_secret"_s), u"Enter the secret again."_s);
        QVERIFY(lineOf(form, u"client_secret"_s)->placeholderText() != u"Unchanged"_s);
    }

    void foldsAwayWhatIsRarelyNeededButNoWarning()
    {
        const Provider *provider = findProvider(u"configapi"_s);
        AccountForm form(*provider);
        QAbstractButton *more = buttonCalled(form, u"More options"_s);
        const auto *flag = form.findChild<FieldEditor *>(u"allow_http"_s);
        QVERIFY(!form.findChild<FieldEditor *>(u"test_url"_s)->isVisibleTo(&form));
        more->click();
        QVERIFY(form.findChild<FieldEditor *>(u"test_url"_s)->isVisibleTo(&form));
        static_cast<QAbstractButton *>(flag->control())->setChecked(true);
        more->click();
        QVERIFY(!form.findChild<FieldEditor *>(u"test_url"_s)->isVisibleTo(&form));
        QVERIFY(flag->isVisibleTo(&form));
        QVERIFY(test::shownTexts(form).contains(QString::fromUtf8(provider->field(u"allow_http"_s)->help)));
    }

    void showsAProblemThatIsFoldedAway()
    {
        AccountForm form(*findProvider(u"configapi"_s));
        form.showProblems({ { u"test_url"_s, "Enter a whole address." } });
        form.speakUp();
        QVERIFY(form.findChild<FieldEditor *>(u"test_url"_s)->isVisibleTo(&form));
        QVERIFY(form.goToFirstProblem() != nullptr);
    }

    // F93: the button that says so is there while it is needed, and stays to take the word back.
    void takesASecretAsItIsOnlyWhenTold()
    {
        AccountForm form(*findProvider(u"configapi"_s));
        const QString words = u"It really is like that"_s;
        const FieldProblem strange {
            u"client_secret"_s, "There is %1 at character %2.", { u"U+200B"_s, u"7"_s }, true
        };
        connect(&form, &AccountForm::changed, this, [&form, strange] {
            const bool isMeant = form.draft().takenAsIs.contains(strange.fieldId);
            form.showProblems(isMeant ? QList<FieldProblem>() : QList { strange });
        });
        form.showProblems({ { u"client_secret"_s, "There is a line end." } });
        form.speakUp();
        QVERIFY(buttonCalled(form, words) == nullptr);

        lineOf(form, u"client_secret"_s)->setText(u"CANARY\u200B-1"_s);
        form.speakUp();
        QCOMPARE(sentenceBeside(form, u"client_secret"_s), u"There is U+200B at character 7."_s);
        QAbstractButton *button = buttonCalled(form, words);
        QVERIFY(button != nullptr);
        QCOMPARE(test::namelessControls(form), QStringList());
        QVERIFY(button->focusPolicy() & Qt::TabFocus);
        QVERIFY(form.draft().takenAsIs.isEmpty());

        button->click();
        QCOMPARE(form.draft().takenAsIs, QSet<QString> { u"client_secret"_s });
        QCOMPARE(sentenceBeside(form, u"client_secret"_s), QString());
        QVERIFY(button->isVisibleTo(&form));
        button->click();
        QVERIFY(form.draft().takenAsIs.isEmpty());
        button->click();

        // It was said of that text alone.
        lineOf(form, u"client_secret"_s)->setText(u"CANARY\u200B-2"_s);
        QVERIFY(form.draft().takenAsIs.isEmpty());
    }

    void forgetsSecretsAndNothingElse()
    {
        AccountForm form(*findProvider(u"configapi"_s));
        lineOf(form, u"client_id"_s)->setText(u"joe"_s);
        lineOf(form, u"client_secret"_s)->setText(u"CANARY-1"_s);
        form.forgetSecrets();
        QVERIFY(form.draft().secrets.empty());
        QCOMPARE(form.draft().fields.value(u"client_id"_s), u"joe"_s);
    }
};

} // namespace latchkey

LATCHKEY_TEST(latchkey::TestAccountForm)
#include "tst_accountform.moc"
