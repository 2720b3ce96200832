// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/provider/providers.h"
#include "support/controls.h"
#include "support/fakes/fakeuiservices.h"
#include "support/testprogram.h"
#include "ui/form/accountdialog.h"
#include "ui/secrets/movesecretsdialog.h"
#include "ui/secrets/unlockdialog.h"
#include "ui/signin/signindialog.h"

#include <QPointer>
#include <QTest>

namespace latchkey {

using namespace Qt::StringLiterals;
using test::buttonCalled;
using test::lineOf;
using test::sentenceBeside;
using test::shownTexts;

// Failures print expressions, so no expression spells a secret out.
const QString secret = u"CANARY-secret-1"_s;
const QString otherSecret = u"CANARY-secret-2"_s;
const QString planted = u"CANARY"_s;

class TestAccountDialog : public QObject
{
    Q_OBJECT

    std::unique_ptr<test::FakeUiServices> m_world;
    QPointer<AccountDialog> m_dialog;
    std::optional<AccountId> m_saved;

    AccountDialog &newDialog()
    {
        m_dialog = new AccountDialog(m_world->accounts, m_world->tokens, m_world->offers(), m_world->clock);
        connect(m_dialog, &AccountDialog::saved, this, [this](const AccountId &id) { m_saved = id; });
        return *m_dialog;
    }

    AccountDialog &adding(const QString &provider)
    {
        AccountDialog &dialog = newDialog();
        dialog.startAdding();
        dialog.findChild<QAbstractButton *>(provider)->click();
        return dialog;
    }

    static void press(const QWidget &root, const QString &words)
    {
        QAbstractButton *button = buttonCalled(root, words);
        QVERIFY2(button != nullptr, qPrintable(words));
        button->click();
    }

    static void fillConfigApi(const AccountDialog &dialog)
    {
        lineOf(dialog, u"name"_s)->setText(u"Contact centre"_s);
        lineOf(dialog, u"url"_s)->setText(u"acme.example.com"_s);
        lineOf(dialog, u"client_id"_s)->setText(u"joe"_s);
        lineOf(dialog, u"client_secret"_s)->setText(secret);
    }

    static void fillRev(const AccountDialog &dialog)
    {
        lineOf(dialog, u"url"_s)->setText(u"https://rev.example.com"_s);
        lineOf(dialog, u"api_key"_s)->setText(u"key"_s);
        lineOf(dialog, u"api_secret"_s)->setText(secret);
    }

    static constexpr const char *token =
        R"({"access_token":"CANARY-token-1","token_type":"Bearer","expires_in":"3599",})";

    bool isStored(const QString &text) const
    {
        const auto &items = m_world->keychain.values;
        const QStringList keys = items.keys();
        return std::any_of(keys.begin(), keys.end(), [&](const QString &key) {
            return test::insideOf(items.value(key)).contains(text.toUtf8());
        });
    }

    AccountId putConfigApi()
    {
        Account account;
        account.name = u"Contact centre"_s;
        account.providerId = u"configapi"_s;
        account.fields =
            completeFields(*findProvider(u"configapi"_s),
                           { { u"url"_s, u"acme.example.com"_s }, { u"client_id"_s, u"joe"_s } });
        AccountSecrets secrets;
        secrets.fields.emplace(u"client_secret"_s, Secret(secret.toUtf8()));
        return m_world->put(account, secrets);
    }

private Q_SLOTS:
    void init()
    {
        m_world = std::make_unique<test::FakeUiServices>();
        m_saved.reset();
    }
    void cleanup()
    {
        delete m_dialog;
        m_world.reset();
    }

    void offersEveryVendorByNameAndWhatTellsItApart()
    {
        AccountDialog &dialog = newDialog();
        dialog.startAdding();
        QStringList names;
        for (const Provider &provider : providers())
            names.append(dialog.findChild<QAbstractButton *>(provider.id)->accessibleName());
        QCOMPARE(QSet<QString>(names.cbegin(), names.cend()).size(), names.size());
        QVERIFY(dialog.findChild<QAbstractButton *>(u"priava"_s)->hasFocus()
                || dialog.focusWidget() == dialog.findChild<QWidget *>(u"priava"_s));
        QCOMPARE(test::namelessControls(dialog), QStringList());
    }

    void isChosenByKeyboard()
    {
        AccountDialog &dialog = newDialog();
        dialog.startAdding();
        QTest::keyClick(dialog.findChild<QWidget *>(u"configapi"_s), Qt::Key_Return);
        QVERIFY(shownTexts(dialog).contains(u"Add a Bright Pattern account"_s));
    }

    void keepsWhatWasTypedOnTheWayBackToTheVendors()
    {
        AccountDialog &dialog = adding(u"configapi"_s);
        lineOf(dialog, u"client_id"_s)->setText(u"joe"_s);
        press(dialog, u"Back"_s);
        dialog.findChild<QAbstractButton *>(u"rev"_s)->click();
        press(dialog, u"Back"_s);
        dialog.findChild<QAbstractButton *>(u"configapi"_s)->click();
        QCOMPARE(lineOf(dialog, u"client_id"_s)->text(), u"joe"_s);
    }

    void saysBesideEachFieldWhatKeepsItFromBeingSaved()
    {
        AccountDialog &dialog = adding(u"configapi"_s);
        lineOf(dialog, u"url"_s)->setText(u"ftp://nonsense"_s);
        lineOf(dialog, u"name"_s)->setText(u"-x"_s);
        press(dialog, u"Save"_s);
        QVERIFY(!sentenceBeside(dialog, u"name"_s).isEmpty());
        QVERIFY(!sentenceBeside(dialog, u"url"_s).isEmpty());
        QVERIFY(!sentenceBeside(dialog, u"client_id"_s).isEmpty());
        QVERIFY(!sentenceBeside(dialog, u"client_secret"_s).isEmpty());
        QCOMPARE(lineOf(dialog, u"url"_s)->text(), u"ftp://nonsense"_s);
        QCOMPARE(dialog.focusWidget(), lineOf(dialog, u"name"_s));
        QVERIFY(dialog.isVisible());
        QVERIFY(m_world->http.requests.isEmpty());
    }

    void getsTheFirstTokenWhenSaving()
    {
        AccountDialog &dialog = adding(u"configapi"_s);
        fillConfigApi(dialog);
        QTest::keyClick(lineOf(dialog, u"client_id"_s), Qt::Key_Return);
        QCOMPARE(m_world->http.requests.size(), 1);
        QVERIFY(shownTexts(dialog).contains(u"Asking acme.example.com for a token"_s));
        QVERIFY(!lineOf(dialog, u"client_id"_s)->isEnabled());

        m_world->http.answer(200, token);
        QVERIFY(m_saved.has_value());
        QCOMPARE(m_world->accounts.find(*m_saved)->name, u"Contact centre"_s);
        QVERIFY(m_world->accounts.find(*m_saved)->token.has_value());
        QVERIFY(!dialog.isVisible());
        QVERIFY(lineOf(dialog, u"client_secret"_s)->text().isEmpty());
    }

    void exchangesATypedCodeWhenSaving()
    {
        AccountDialog &dialog = adding(u"priava"_s);
        press(dialog, u"EU (Europe)"_s);
        lineOf(dialog, u"client_id"_s)->setText(u"id"_s);
        lineOf(dialog, u"client_secret"_s)->setText(secret);
        QVERIFY(buttonCalled(dialog, u"Save and sign in"_s) != nullptr);
        lineOf(dialog, u"code"_s)->setText(secret);
        press(dialog, u"Save"_s);
        QCOMPARE(m_world->http.requests.size(), 1);
        QVERIFY(m_world->http.requests.first().body.contains(secret.toUtf8()));
        m_world->http.answer(200,
                             R"({"access_token":"CANARY-a","refresh_token":"CANARY-r","expires_in":21600})");
        QVERIFY(m_saved.has_value());
    }

    void signsInThroughTheBrowserWhenSaving()
    {
        AccountDialog &dialog = adding(u"rev"_s);
        fillRev(dialog);
        press(dialog, u"Save and sign in"_s);
        const auto *signIn = dialog.findChild<SignInDialog *>();
        QVERIFY(signIn != nullptr);
        QVERIFY(signIn->isVisible());
        QCOMPARE(m_world->browser.opened.size(), 1);
        QVERIFY(m_world->accounts.accounts().isEmpty());
    }

    void offersToSaveAnywayWhenTheSignInIsCancelled()
    {
        AccountDialog &dialog = adding(u"rev"_s);
        fillRev(dialog);
        press(dialog, u"Save and sign in"_s);
        dialog.findChild<SignInDialog *>()->reject();
        QVERIFY(dialog.isVisible());
        QVERIFY(lineOf(dialog, u"api_secret"_s)->text() == secret);
        press(dialog, u"Save anyway"_s);
        QVERIFY(m_saved.has_value());
        QVERIFY(m_world->accounts.find(*m_saved)->needsSignIn);
    }

    void staysAndSaysWhyTheFirstTokenFailed()
    {
        AccountDialog &dialog = adding(u"configapi"_s);
        fillConfigApi(dialog);
        press(dialog, u"Save"_s);
        m_world->http.answer(400, R"({"error":"invalid_client","error_description":"<b>no such user</b>"})");
        QVERIFY(dialog.isVisible());
        QVERIFY(!m_saved);
        QVERIFY(m_world->accounts.accounts().isEmpty());
        QVERIFY(shownTexts(dialog).contains(u"refused the client ID or its secret"_s));
        QVERIFY(shownTexts(dialog).contains(u"no such user"_s));
        QVERIFY(!shownTexts(dialog).contains(planted));
        QCOMPARE(test::labelsThatReadMarkup(dialog), 0);
        QVERIFY(lineOf(dialog, u"client_secret"_s)->text() == secret);

        press(dialog, u"Save anyway"_s);
        QVERIFY(m_saved.has_value());
        QVERIFY(m_world->accounts.find(*m_saved)->lastProblem.has_value());
    }

    void canBeTriedAgainAfterAFailure()
    {
        AccountDialog &dialog = adding(u"configapi"_s);
        fillConfigApi(dialog);
        press(dialog, u"Save"_s);
        m_world->http.answer(500, "{}");
        press(dialog, u"Save"_s);
        m_world->http.answer(200, token);
        QVERIFY(m_saved.has_value());
    }

    // R44, F57: never by itself.
    void offersToBeginWithAVaultWhereThereIsNoKeychain()
    {
        test::TwoPlaces places;
        m_dialog = new AccountDialog(m_world->accounts, m_world->tokens,
                                     SecretOffers({ m_world->tokens, places.vaultService, places.service }),
                                     m_world->clock);
        m_dialog->startAdding();
        m_dialog->findChild<QAbstractButton *>(u"configapi"_s)->click();
        fillConfigApi(*m_dialog);
        m_world->keychain.failure = SecretStoreError { SecretStoreError::Kind::NoService, {} };
        press(*m_dialog, u"Save"_s);
        QVERIFY(buttonCalled(*m_dialog, u"Keep in memory for this run"_s));
        QVERIFY(!places.vault.isThere);

        press(*m_dialog, u"Create an encrypted vault…"_s);
        auto *vault = m_dialog->findChild<MoveSecretsDialog *>();
        QVERIFY(vault && vault->isVisible());
        QVERIFY(!places.vault.isThere);
        for (auto *line : vault->findChildren<QLineEdit *>())
            line->setText(u"CANARY-passphrase-1"_s);
        m_world->keychain.failure.reset(); // what is saved then goes into the vault
        press(*vault, u"Create vault"_s);
        QVERIFY(places.vault.isThere);
        QTRY_COMPARE(m_world->http.unanswered(), 1);
    }

    void offersToUnlockTheVault()
    {
        test::TwoPlaces places;
        places.vault.isThere = true;
        places.world.profile.backend = u"vault"_s;
        places.service.catchUp();
        m_dialog = new AccountDialog(m_world->accounts, m_world->tokens,
                                     SecretOffers({ m_world->tokens, places.vaultService, places.service }),
                                     m_world->clock);
        m_dialog->startAdding();
        m_dialog->findChild<QAbstractButton *>(u"configapi"_s)->click();
        fillConfigApi(*m_dialog);
        m_world->keychain.failure = SecretStoreError { SecretStoreError::Kind::VaultLocked, {} };
        press(*m_dialog, u"Save"_s);
        press(*m_dialog, u"Unlock the vault…"_s);
        QVERIFY(m_dialog->findChild<UnlockDialog *>());
        m_world->keychain.failure.reset();
        places.vault.setOpen(true);
        QTRY_COMPARE(m_world->http.unanswered(), 1);
    }

    // R44
    void offersMemoryWhereThereIsNoKeychain_F57()
    {
        m_world->keychain.failure = SecretStoreError { SecretStoreError::Kind::NoService, {} };
        AccountDialog &dialog = adding(u"configapi"_s);
        fillConfigApi(dialog);
        press(dialog, u"Save"_s);
        QVERIFY(m_world->http.requests.isEmpty()); // no token is asked for that could not be kept
        QVERIFY(dialog.isVisible());
        QVERIFY(buttonCalled(dialog, u"Save anyway"_s) == nullptr);
        press(dialog, u"Keep in memory for this run"_s);
        QVERIFY(m_world->tokens.keepsInMemory());
        m_world->http.answer(200, token);
        QVERIFY(m_saved.has_value());
        QVERIFY(m_world->accounts.find(*m_saved)->keptInMemory);
    }

    void editsWithoutTouchingTheSecret()
    {
        const AccountId id = putConfigApi();
        AccountDialog &dialog = newDialog();
        dialog.startEditing(id);
        QCOMPARE(lineOf(dialog, u"client_secret"_s)->placeholderText(), u"Unchanged"_s);
        QVERIFY(buttonCalled(dialog, u"Back"_s) == nullptr);
        lineOf(dialog, u"name"_s)->setText(u"Renamed"_s);
        press(dialog, u"Save"_s);
        QCOMPARE(m_saved, std::optional(id));
        QVERIFY(m_world->http.requests.isEmpty());
        QCOMPARE(m_world->accounts.find(id)->name, u"Renamed"_s);
        QVERIFY(isStored(secret));
    }

    void asksForASecretThatWasNeverEntered()
    {
        const AccountId id = putConfigApi();
        Account account = *m_world->accounts.find(id);
        account.missingSecrets = { u"client_secret"_s };
        QVERIFY(m_world->repository.storeAccount(account));
        AccountDialog &dialog = newDialog();
        dialog.startEditing(id);
        QVERIFY(lineOf(dialog, u"client_secret"_s)->placeholderText() != u"Unchanged"_s);
        QVERIFY(!sentenceBeside(dialog, u"client_secret"_s).isEmpty());
        press(dialog, u"Save"_s);
        QVERIFY(!m_saved);
        lineOf(dialog, u"client_secret"_s)->setText(otherSecret);
        press(dialog, u"Save"_s);
        m_world->http.answer(200, token);
        QCOMPARE(m_saved, std::optional(id));
        QVERIFY(m_world->accounts.find(id)->missingSecrets.isEmpty());
    }

    void provesAReplacedSecretBeforeKeepingIt()
    {
        const AccountId id = putConfigApi();
        AccountDialog &dialog = newDialog();
        dialog.startEditing(id);
        lineOf(dialog, u"client_secret"_s)->setText(otherSecret);
        press(dialog, u"Save"_s);
        QCOMPARE(m_world->http.requests.size(), 1);
        m_world->http.answer(400, R"({"error":"invalid_client"})");
        QVERIFY(isStored(secret));

        press(dialog, u"Keep the changes anyway"_s);
        QCOMPARE(m_saved, std::optional(id));
        QVERIFY(isStored(otherSecret));
    }

    // R18
    void asksForTheSecretAgainWhenTheHostChanges()
    {
        AccountDialog &dialog = newDialog();
        dialog.startEditing(putConfigApi());
        lineOf(dialog, u"url"_s)->setText(u"other.example.com"_s);
        QVERIFY(sentenceBeside(dialog, u"client_secret"_s).contains(u"enter the secret again"_s));
    }

    void duplicatesEverythingButSecretsAndName()
    {
        AccountDialog &dialog = newDialog();
        dialog.startDuplicating(putConfigApi());
        QCOMPARE(lineOf(dialog, u"name"_s)->text(), u"Contact centre (2)"_s);
        QCOMPARE(lineOf(dialog, u"client_id"_s)->text(), u"joe"_s);
        QVERIFY(lineOf(dialog, u"client_secret"_s)->text().isEmpty());
        press(dialog, u"Save"_s);
        QVERIFY(!sentenceBeside(dialog, u"client_secret"_s).isEmpty());
    }

    void refusesANameThatIsTaken()
    {
        putConfigApi();
        AccountDialog &dialog = adding(u"configapi"_s);
        fillConfigApi(dialog);
        lineOf(dialog, u"name"_s)->setText(u"CONTACT centre"_s);
        press(dialog, u"Save"_s);
        QVERIFY(!sentenceBeside(dialog, u"name"_s).isEmpty());
        QVERIFY(m_world->http.requests.isEmpty());
    }

    void asksOnceBeforeTypedTextIsThrownAway()
    {
        AccountDialog &dialog = adding(u"configapi"_s);
        fillConfigApi(dialog);
        QTest::keyClick(&dialog, Qt::Key_Escape);
        QVERIFY(dialog.isVisible());
        press(dialog, u"Keep editing"_s);
        QVERIFY(lineOf(dialog, u"client_secret"_s)->text() == secret);
        QTest::keyClick(&dialog, Qt::Key_Escape);
        QVERIFY(dialog.isVisible());
        QTest::keyClick(&dialog, Qt::Key_Escape);
        QVERIFY(!dialog.isVisible());
        QVERIFY(lineOf(dialog, u"client_secret"_s)->text().isEmpty());
    }

    // Between question and answer.
    void asksAgainWhenMoreWasTyped()
    {
        AccountDialog &dialog = adding(u"configapi"_s);
        lineOf(dialog, u"name"_s)->setText(u"First"_s);
        QTest::keyClick(&dialog, Qt::Key_Escape);
        fillConfigApi(dialog);
        QVERIFY(!buttonCalled(dialog, u"Discard"_s));
        QTest::keyClick(&dialog, Qt::Key_Escape);
        QVERIFY(dialog.isVisible());
        QTest::keyClick(&dialog, Qt::Key_Escape);
        QVERIFY(!dialog.isVisible());
    }

    // Between question and answer: "anyway" is said of what was refused, and something else is tried first.
    void savesAnywayOnlyWhatWasRefused()
    {
        AccountDialog &dialog = adding(u"configapi"_s);
        fillConfigApi(dialog);
        press(dialog, u"Save"_s);
        m_world->http.answer(400, R"({"error":"invalid_client"})");
        lineOf(dialog, u"url"_s)->setText(u"other.example.com"_s);

        press(dialog, u"Save anyway"_s);

        QVERIFY(!m_saved && m_world->accounts.accounts().isEmpty());
        QCOMPARE(m_world->http.unanswered(), 1);
        QCOMPARE(m_world->http.requests.constLast().url.host(), u"other.example.com"_s);
    }

    void closesAtOnceWhenNothingWasTyped()
    {
        AccountDialog &dialog = adding(u"configapi"_s);
        QTest::keyClick(&dialog, Qt::Key_Escape);
        QVERIFY(!dialog.isVisible());
    }

    void canBeClosedWhileItWaits()
    {
        AccountDialog &dialog = adding(u"configapi"_s);
        fillConfigApi(dialog);
        press(dialog, u"Save"_s);
        press(dialog, u"Cancel"_s);
        QTRY_VERIFY(m_dialog.isNull());
        m_world->http.answer(200, token);
        QVERIFY(!m_saved);
        QCOMPARE(m_world->accounts.accounts().size(), 1);
    }

    void fitsASmallScreen()
    {
        const AccountDialog &dialog = adding(u"priava"_s);
        QVERIFY(dialog.minimumSizeHint().height() <= 600);
        QVERIFY(dialog.minimumSizeHint().width() <= 640);
    }
};

} // namespace latchkey

LATCHKEY_TEST(latchkey::TestAccountDialog)
#include "tst_accountdialog.moc"
