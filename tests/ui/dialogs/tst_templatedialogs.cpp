// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/account/expiry.h"
#include "support/controls.h"
#include "support/fakes/fakeuiservices.h"
#include "support/fakes/sampleaccounts.h"
#include "support/testprogram.h"
#include "ui/dialogs/templatedialogs.h"
#include "ui/form/accountdialog.h"

#include <QFile>
#include <QListWidget>
#include <QPointer>
#include <QSignalSpy>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>

namespace latchkey {

using namespace Qt::StringLiterals;
using test::buttonCalled;
using test::shownTexts;

class TestTemplateDialogs : public QObject
{
    Q_OBJECT

    std::unique_ptr<test::FakeUiServices> m_world;
    std::unique_ptr<QTemporaryDir> m_folder;

    [[nodiscard]] QString path(const QString &name) const { return m_folder->filePath(name); }
    // What a colleague with an account of each name exported.
    [[nodiscard]] QString fileOf(const QStringList &names) const
    {
        test::FakeUiServices colleague;
        QList<AccountId> ids;
        for (const QString &name : names)
            ids.append(putSample(colleague, { .name = name }));
        QFile file(path(u"from-a-colleague.json"_s));
        if (file.open(QIODevice::WriteOnly))
            file.write(colleague.templates.exported(ids));
        return file.fileName();
    }

    void putFile(const QString &name)
    {
        m_world->files.written.insert(path(name), { { {}, Secret("as it was") } });
    }
    [[nodiscard]] QByteArray writtenTo(const QString &name) const
    {
        const QList<PrivateFile> files = m_world->files.written.value(path(name));
        return files.size() == 1 ? files.first().content.reveal().toByteArray() : QByteArray();
    }

private Q_SLOTS:
    void init()
    {
        m_world = std::make_unique<test::FakeUiServices>();
        m_folder = std::make_unique<QTemporaryDir>();
    }
    void cleanup()
    {
        m_folder.reset();
        m_world.reset();
    }

    void exportsWithoutAnySecret()
    {
        const AccountId id = putSample(*m_world, { .name = u"Mine"_s });
        TemplateExportDialog dialog(m_world->services(), { id });
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.open();
        QSignalSpy exported(&dialog, &TemplateExportDialog::exported);
        dialog.findChild<QLineEdit *>()->setText(path(u"out.json"_s));
        QCOMPARE(test::namelessControls(dialog), QStringList());

        buttonCalled(dialog, u"Export"_s)->click();

        QCOMPARE(exported.count(), 1);
        const QByteArray text = writtenTo(u"out.json"_s);
        QVERIFY(text.contains("Mine"));
        QVERIFY(!text.contains("CANARY"));
    }

    void saysWhoElseMayWriteToTheFolder()
    {
        m_world->files.remark = u"Others may write there."_s;
        TemplateExportDialog dialog(m_world->services(), { putSample(*m_world, { .name = u"Mine"_s }) });
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.open();
        QVERIFY(shownTexts(dialog).contains(m_world->files.remark));
        // The window grew for the words, and the list keeps its lines.
        const auto *list = dialog.findChild<QListWidget *>();
        m_world->files.remark = m_world->files.remark.repeated(20);
        dialog.findChild<QLineEdit *>()->setText(path(u"out.json"_s));
        QTRY_VERIFY(shownTexts(dialog).contains(m_world->files.remark));
        QTRY_VERIFY(list->height() >= list->minimumHeight());
        QVERIFY(list->geometry().bottom() <= list->parentWidget()->height());
        m_world->files.remark.clear();
        dialog.findChild<QLineEdit *>()->setText(path(u"other.json"_s));
        QVERIFY(!shownTexts(dialog).contains(u"Others may"_s));
    }

    void asksBeforeItReplaces()
    {
        putFile(u"out.json"_s);
        TemplateExportDialog dialog(m_world->services(), { putSample(*m_world, { .name = u"Mine"_s }) });
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.open();
        dialog.findChild<QLineEdit *>()->setText(path(u"out.json"_s));
        buttonCalled(dialog, u"Export"_s)->click();
        QVERIFY(dialog.isVisible());
        QCOMPARE(writtenTo(u"out.json"_s), "as it was");

        buttonCalled(dialog, u"Replace it"_s)->click();

        QVERIFY(!dialog.isVisible());
        QVERIFY(writtenTo(u"out.json"_s).contains("Mine"));
    }

    // Between question and answer.
    void replacesOnlyTheFileItAskedAbout()
    {
        for (const QString &name : { u"asked.json"_s, u"other.json"_s })
            putFile(name);
        TemplateExportDialog dialog(m_world->services(), { putSample(*m_world, { .name = u"Mine"_s }) });
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.open();
        dialog.findChild<QLineEdit *>()->setText(path(u"asked.json"_s));
        buttonCalled(dialog, u"Export"_s)->click();
        const QPointer<QAbstractButton> yes = buttonCalled(dialog, u"Replace it"_s);
        QVERIFY(yes);
        dialog.findChild<QLineEdit *>()->setText(path(u"other.json"_s));
        QVERIFY(!buttonCalled(dialog, u"Replace it"_s));

        if (yes)
            yes->click();

        for (const QString &name : { u"asked.json"_s, u"other.json"_s })
            QCOMPARE(writtenTo(name), "as it was");
    }

    // Between question and answer: another process added an account of that name.
    void keepsAnAccountThatCameMeanwhile()
    {
        const auto entries = readTemplates(m_world->services(), fileOf({ u"New"_s }));
        TemplateImportDialog dialog(m_world->services(), u"x.json"_s, *entries);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.open();
        const QSignalSpy imported(&dialog, &TemplateImportDialog::imported);
        const AccountId there = putSample(*m_world, { .name = u"New"_s, .host = u"there.example.com"_s });
        const Account before = *m_world->accounts.find(there);

        dialog.accept();

        QTRY_COMPARE(imported.count(), 1);
        QCOMPARE(imported[0][0].toInt(), 0);
        QCOMPARE(m_world->accounts.accounts(), QList<Account> { before });
    }

    // F113
    void readsNoNameAsMarkup()
    {
        const QString name = u"<h1>x</h1><img src=file:///dev/zero>"_s;
        const auto entries = readTemplates(m_world->services(), fileOf({ name }));
        TemplateImportDialog import(m_world->services(), u"<h1>x.json"_s, *entries);
        import.setAttribute(Qt::WA_DeleteOnClose, false);
        QCOMPARE(import.findChild<QTableWidget *>()->item(0, 0)->text(), name);
        QCOMPARE(test::labelsThatReadMarkup(import), 0);
        TemplateExportDialog dialog(m_world->services(), { putSample(*m_world, { .name = name }) });
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        QCOMPARE(test::labelsThatReadMarkup(dialog), 0);
    }

    void saysWhyItCouldNotBeWritten()
    {
        const QString target = path(u"no/such/folder/out.json"_s);
        m_world->files.failure = PrivateFileError { PrivateFileError::Kind::Failed, target };
        TemplateExportDialog dialog(m_world->services(), { putSample(*m_world, { .name = u"Mine"_s }) });
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.open();
        dialog.findChild<QLineEdit *>()->setText(target);
        buttonCalled(dialog, u"Export"_s)->click();
        QVERIFY(dialog.isVisible());
        QVERIFY(shownTexts(dialog).contains(u"could not be read or written"_s));
        QVERIFY(shownTexts(dialog).contains(target));
    }

    void showsWhatImportingDoesBeforeItIsDone()
    {
        putSample(*m_world, { .name = u"There"_s });
        const auto entries = readTemplates(m_world->services(), fileOf({ u"New"_s, u"There"_s }));
        QVERIFY(entries.has_value());
        TemplateImportDialog dialog(m_world->services(), u"x.json"_s, *entries);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.open();
        QSignalSpy imported(&dialog, &TemplateImportDialog::imported);

        const auto *table = dialog.findChild<QTableWidget *>();
        QCOMPARE(table->rowCount(), 2);
        QStringList verdicts { table->item(0, 2)->text(), table->item(1, 2)->text() };
        verdicts.sort();
        QCOMPARE(verdicts, QStringList({ u"There already, is kept as it is"_s, u"Will be added"_s }));
        QCOMPARE(m_world->accounts.accounts().size(), 1);
        QCOMPARE(test::namelessControls(dialog), QStringList());

        dialog.accept();

        QTRY_COMPARE(imported.count(), 1);
        QCOMPARE(imported[0][0].toInt(), 1);
        QCOMPARE(m_world->accounts.accounts().size(), 2);
    }

    void F110_showsWhereEachAccountLeads()
    {
        QFile file(path(u"deceiving.json"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(
            R"({"format":"latchkey-templates","version":1,"accounts":[{"name":"A","provider":"priava",)"
            R"("fields":{"url":"https://api.priava.com.evil.example/api","region":"EU","client_id":"x",)"
            R"("authorization_url":"https://login.evil.example","redirect_uri":"http://127.0.0.1:1234/a"}},)"
            R"({"name":"B","provider":"configapi","fields":{"url":"https://acme.brightpattern.com",)"
            R"("client_id":"x"}}]})");
        file.close();
        const auto entries = readTemplates(m_world->services(), file.fileName());
        QVERIFY(entries.has_value());
        TemplateImportDialog dialog(m_world->services(), u"x.json"_s, *entries);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.open();
        const auto *table = dialog.findChild<QTableWidget *>();
        QCOMPARE(table->item(0, 3)->text().split(u'\n'),
                 (QStringList { u"API address: https://api.priava.com.evil.example/api (Caution: not a usual "
                                "address of the vendor)"_s,
                                u"Redirect URI: http://127.0.0.1:1234/a"_s,
                                u"Page to open for the sign-in: https://login.evil.example (Caution: not a "
                                "usual address of the vendor)"_s }));
        QVERIFY(!table->item(0, 3)->icon().isNull());
        QCOMPARE(table->item(1, 3)->text(), u"Host: https://acme.brightpattern.com"_s);
        QVERIFY(table->item(1, 3)->icon().isNull());
    }

    void theFormAsksForTheSecretThatIsMissing()
    {
        const auto entries = readTemplates(m_world->services(), fileOf({ u"New"_s }));
        TemplateImportDialog import(m_world->services(), u"x.json"_s, *entries);
        import.setAttribute(Qt::WA_DeleteOnClose, false);
        import.open();
        import.accept();
        QTRY_COMPARE(m_world->accounts.accounts().size(), 1);
        const Account &added = m_world->accounts.accounts().constFirst();
        QCOMPARE(accountState(added, m_world->now), AccountState::Error);

        auto *dialog =
            new AccountDialog(m_world->accounts, m_world->tokens, m_world->offers(), m_world->clock);
        dialog->startEditing(added.id);
        QVERIFY(test::lineOf(*dialog, u"client_secret"_s)->placeholderText() != u"Unchanged"_s);
        delete dialog;
    }

    void refusesWhatIsNoTemplate_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("no JSON") << QByteArray("hello");
        QTest::newRow("other JSON") << QByteArray("{}");
        QTest::newRow("too large") << QByteArray(1024 * 1024 + 1, ' ');
    }
    void refusesWhatIsNoTemplate()
    {
        QFETCH(QByteArray, text);
        QFile file(path(u"bad.json"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
        file.close();
        const auto entries = readTemplates(m_world->services(), file.fileName());
        QVERIFY(!entries);
        QCOMPARE(entries.error().kind, Problem::Kind::FileNotUnderstood);
    }

    void saysThatThereIsNoFile()
    {
        const auto entries = readTemplates(m_world->services(), path(u"nothing.json"_s));
        QVERIFY(!entries);
        QCOMPARE(entries.error().kind, Problem::Kind::FileFailed);
    }

    void offersNothingWhereThereIsNothingToAdd()
    {
        putSample(*m_world, { .name = u"There"_s });
        const auto entries = readTemplates(m_world->services(), fileOf({ u"There"_s }));
        TemplateImportDialog dialog(m_world->services(), u"x.json"_s, *entries);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.open();
        QVERIFY(shownTexts(dialog).contains(u"There is nothing to add."_s));
        QVERIFY(buttonCalled(dialog, u"Close"_s));
        QVERIFY(!shownTexts(dialog).contains(u"Add "_s));
    }
};

} // namespace latchkey

LATCHKEY_TEST(latchkey::TestTemplateDialogs)
#include "tst_templatedialogs.moc"
