// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/provider/providers.h"
#include "support/controls.h"
#include "support/testprogram.h"
#include "ui/form/fieldeditors.h"
#include "ui/form/secretfieldeditors.h"

#include <QCheckBox>
#include <QClipboard>
#include <QGuiApplication>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace latchkey {

using namespace Qt::StringLiterals;
using test::buttonCalled;

class TestFieldEditors : public QObject
{
    Q_OBJECT

    static std::unique_ptr<FieldEditor> editorFor(const QString &providerId, const QString &fieldId)
    {
        const Provider *provider = findProvider(providerId);
        return std::unique_ptr<FieldEditor>(newFieldEditor(*provider->field(fieldId), *provider));
    }

private Q_SLOTS:
    void everyKindGivesBackWhatItWasGiven_data()
    {
        QTest::addColumn<QString>("provider");
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("value");
        QTest::newRow("text") << u"rev"_s << u"api_key"_s << u"  key with blanks "_s;
        QTest::newRow("text, nonsense") << u"rev"_s << u"api_key"_s << u"<b>ключ</b>"_s;
        QTest::newRow("address") << u"rev"_s << u"url"_s << u"rev.acme.com"_s;
        QTest::newRow("address, proposed")
            << u"priava"_s << u"url"_s << u"https://api-sandbox.priava.com/api"_s;
        QTest::newRow("address, typed") << u"priava"_s << u"url"_s << u"htps:/nonsense"_s;
        QTest::newRow("choice") << u"priava"_s << u"region"_s << u"EU"_s;
        QTest::newRow("choice, none") << u"priava"_s << u"region"_s << QString();
        QTest::newRow("redirect URI") << u"rev"_s << u"redirect_uri"_s << u"http://localhost:99999/x"_s;
        QTest::newRow("flag, yes") << u"configapi"_s << u"allow_http"_s << u"true"_s;
        QTest::newRow("flag, no") << u"configapi"_s << u"allow_http"_s << u"false"_s;
        QTest::newRow("certificate") << u"rev"_s << u"tls_certificate"_s
                                     << u"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"_s;
    }
    void everyKindGivesBackWhatItWasGiven()
    {
        QFETCH(QString, provider);
        QFETCH(QString, field);
        QFETCH(QString, value);
        const auto editor = editorFor(provider, field);
        editor->setText(value);
        QCOMPARE(editor->text(), value);
    }

    void secretsGiveBackWhatTheyWereGiven()
    {
        for (const QString &field : { u"client_secret"_s, u"code"_s, u"tls_key"_s }) {
            const auto editor = editorFor(u"priava"_s, field);
            const QString value = u"-----BEGIN CANARY KEY-----\nCANARY-1\n-----END CANARY KEY-----\n"_s;
            editor->setText(value);
            QVERIFY(editor->text() == value);
            QCOMPARE(editor->findChild<QLineEdit *>()->echoMode(), QLineEdit::Password);
            editor->forget();
            QVERIFY(editor->text().isEmpty());
        }
    }

    void tellsOfAChangeThatCameThroughTheAccessibilityTree()
    {
        // There, setting a text fires textChanged and never textEdited.
        const auto editor = editorFor(u"rev"_s, u"api_secret"_s);
        const QSignalSpy changed(editor.get(), &FieldEditor::changed);
        editor->findChild<QLineEdit *>()->setText(u"CANARY-1"_s);
        QCOMPARE(changed.size(), 1);
    }

    void revealsASecretAndHidesItAgain()
    {
        const auto editor = editorFor(u"rev"_s, u"api_secret"_s);
        editor->setText(u"CANARY-1"_s);
        const auto *line = editor->findChild<QLineEdit *>();

        QAbstractButton *eye = buttonCalled(*editor, u"Show API secret"_s);
        QVERIFY(eye != nullptr);
        eye->click();
        QCOMPARE(line->echoMode(), QLineEdit::Normal);
        QCOMPARE(eye->accessibleName(), u"Hide API secret"_s);
        eye->click();
        QCOMPARE(line->echoMode(), QLineEdit::Password);

        eye->click();
        editor->setEnabled(false);
        QCOMPARE(line->echoMode(), QLineEdit::Password);
    }

    void keepsATypedAddressWhileProposalsAreLookedAt()
    {
        const auto editor = editorFor(u"priava"_s, u"url"_s);
        QCOMPARE(editor->text(), u"https://api.priava.com/api"_s);
        buttonCalled(*editor, u"Custom"_s)->click();
        editor->findChild<QLineEdit *>()->setText(u"https://priava.example/api"_s);
        buttonCalled(*editor, u"Sandbox"_s)->click();
        QCOMPARE(editor->text(), u"https://api-sandbox.priava.com/api"_s);
        buttonCalled(*editor, u"Custom"_s)->click();
        QCOMPARE(editor->text(), u"https://priava.example/api"_s);
    }

    void doesNotTakeAnEmptyCustomAddressForTheProposedOne()
    {
        const auto editor = editorFor(u"priava"_s, u"url"_s);
        buttonCalled(*editor, u"Custom"_s)->click();
        const Provider &provider = *findProvider(u"priava"_s);
        const QString completed = completeFields(provider, { { u"url"_s, editor->text() } }).value(u"url"_s);
        QVERIFY(completed != u"https://api.priava.com/api"_s);
    }

    void copiesTheRedirectUriToRegister()
    {
        const auto editor = editorFor(u"rev"_s, u"redirect_uri"_s);
        editor->setText(u"http://127.0.0.1:53917/rev"_s);
        buttonCalled(*editor, u"Copy Redirect URI"_s)->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), u"http://127.0.0.1:53917/rev"_s);
        QVERIFY(QString::fromUtf8(editor->field().help).contains(u"Register exactly this in Rev"_s));
    }

    void saysWhetherTheAnswerCanBeCaught_data()
    {
        QTest::addColumn<QString>("uri");
        QTest::addColumn<QString>("note");
        QTest::newRow("loopback") << u"http://127.0.0.1:53917/rev"_s << u"listens on 127.0.0.1:53917 while"_s;
        QTest::newRow("https") << u"https://localhost:8443/rev"_s << u"listens on localhost:8443 with"_s;
        QTest::newRow("elsewhere") << u"https://my.app.com/x"_s << u"you will paste"_s;
    }
    void saysWhetherTheAnswerCanBeCaught()
    {
        QFETCH(QString, uri);
        QFETCH(QString, note);
        const auto editor = editorFor(u"rev"_s, u"redirect_uri"_s);
        editor->setText(uri);
        QVERIFY2(test::shownTexts(*editor).contains(note), qPrintable(test::shownTexts(*editor)));
    }

    void readsAPemFileAndSaysWhyItCannot_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("a key") << QByteArray("-----BEGIN PRIVATE KEY-----\nCANARY\n") << QString();
        QTest::newRow("no PEM") << QByteArray("hello") << u"no PEM file"_s;
        QTest::newRow("too large") << QByteArray(70 * 1024, 'x') << u"too large"_s;
    }
    void readsAPemFileAndSaysWhyItCannot()
    {
        QFETCH(QByteArray, content);
        QFETCH(QString, sentence);
        const QTemporaryDir folder;
        QFile file(folder.filePath(u"key.pem"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
        file.close();

        const auto editor = editorFor(u"rev"_s, u"tls_key"_s);
        const QString before = u"CANARY-before"_s;
        editor->setText(before);
        static_cast<PemFieldEditor &>(*editor).readFile(file.fileName());
        if (sentence.isEmpty()) {
            QVERIFY(editor->text() == QString::fromUtf8(content));
        } else {
            QVERIFY(editor->text() == before);
            QVERIFY(test::shownTexts(*editor).contains(sentence));
        }
        static_cast<PemFieldEditor &>(*editor).readFile(folder.filePath(u"missing.pem"_s));
        QVERIFY(test::shownTexts(*editor).contains(u"could not be opened"_s));
    }
};

} // namespace latchkey

LATCHKEY_TEST(latchkey::TestFieldEditors)
#include "tst_fieldeditors.moc"
