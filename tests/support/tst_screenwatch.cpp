// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/screenwatch.h"
#include "support/testprogram.h"
#include "ui/widgets/secretlineedit.h"

#include <QAction>
#include <QComboBox>
#include <QCompleter>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStandardItemModel>
#include <QTableView>
#include <QTest>

#include <functional>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;

using Plant = std::function<void(QWidget &, const QString &)>;
namespace {

template <typename Widget>
Plant in(void (Widget::*set)(const QString &))
{
    return [set](QWidget &window, const QString &secret) { (new Widget(&window)->*set)(secret); };
}

} // namespace

// The watch over every test with widgets can fail: what is planted is found.
class TestScreenWatch final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsWhatCanBeRead_data();
    void findsWhatCanBeRead();
    void findsEveryDisguise_data();
    void findsEveryDisguise();
    void looksWhenTheLoopTurnsAndWhenAWindowGoes();
    void letsAMaskedOrRevealedLineHoldIt();
    void findsALineThatKeepsOrGuesses_data();
    void findsALineThatKeepsOrGuesses();
};

void TestScreenWatch::findsWhatCanBeRead_data()
{
    QTest::addColumn<Plant>("plant");
    QTest::newRow("R48 window title") << Plant(&QWidget::setWindowTitle);
    QTest::newRow("R48 tool tip") << Plant(&QWidget::setToolTip);
    QTest::newRow("R48 status tip") << Plant(&QWidget::setStatusTip);
    QTest::newRow("R48 accessible name") << Plant(&QWidget::setAccessibleName);
    QTest::newRow("R48 accessible description") << Plant(&QWidget::setAccessibleDescription);
    QTest::newRow("R48 name of the widget")
        << Plant([](QWidget &window, const QString &secret) { window.setObjectName(secret); });
    QTest::newRow("R48 property") << Plant(
        [](QWidget &window, const QString &secret) { window.setProperty("kept", secret); });
    QTest::newRow("R48 label") << in(&QLabel::setText);
    QTest::newRow("R48 button") << Plant(
        [](QWidget &window, const QString &secret) { (new QPushButton(&window))->setText(secret); });
    QTest::newRow("R48 line") << in(&QLineEdit::setText);
    QTest::newRow("R48 placeholder") << in(&QLineEdit::setPlaceholderText);
    QTest::newRow("R48 text") << in(&QPlainTextEdit::setPlainText);
    QTest::newRow("R48 action") << Plant(
        [](QWidget &window, const QString &secret) { window.addAction(new QAction(secret, &window)); });
    QTest::newRow("R48 choice") << Plant([](QWidget &window, const QString &secret) {
        (new QComboBox(&window))->addItems({ u"harmless"_s, secret });
    });
    for (const int role :
         { int(Qt::DisplayRole), int(Qt::ToolTipRole), int(Qt::AccessibleTextRole), Qt::UserRole + 5 })
        QTest::addRow("R48 model data, role %d", role)
            << Plant([role](QWidget &window, const QString &secret) {
                   auto *view = new QTableView(&window);
                   auto *model = new QStandardItemModel(3, 2, view);
                   model->setData(model->index(2, 1), secret, role);
                   view->setModel(model);
               });
}

void TestScreenWatch::findsWhatCanBeRead()
{
    QFETCH(Plant, plant);
    CollectedLeaks leaks;
    QWidget window;
    plant(window, u"harmless"_s);
    QCOMPARE(canariesIn(window), QStringList());

    plant(window, u"before CANARY-planted"_s);

    const QStringList found = canariesIn(window);
    QVERIFY(!found.isEmpty());
    QVERIFY(!holdsCanary(found.join(u'\n')));
}

void TestScreenWatch::findsEveryDisguise_data()
{
    QTest::addColumn<QString>("text");
    const QByteArray secret = "CANARY-planted";
    QTest::newRow("R48 plain") << QString::fromLatin1(secret);
    QTest::newRow("R48 Base64") << QString::fromLatin1(secret.toBase64());
    QTest::newRow("R48 Base64 behind one byte") << QString::fromLatin1(("x" + secret).toBase64());
    QTest::newRow("R48 Base64 behind two bytes") << QString::fromLatin1(("xy" + secret).toBase64());
    QTest::newRow("R48 percent-encoded") << QString::fromLatin1(secret.toPercentEncoding({}, "-"));
    QTest::newRow("R48 hexadecimal") << QString::fromLatin1(secret.toHex());
}

void TestScreenWatch::findsEveryDisguise()
{
    QFETCH(QString, text);
    QVERIFY(holdsCanary(text));
    QVERIFY(!holdsCanary(u"a canary sings"));
}

void TestScreenWatch::looksWhenTheLoopTurnsAndWhenAWindowGoes() // R48
{
    CollectedLeaks leaks;
    {
        QLabel label(u"CANARY-planted"_s);
        label.show();
        QCoreApplication::processEvents();
        QVERIFY(!leaks.take().isEmpty());

        label.setText(u"harmless"_s);
        QCoreApplication::processEvents();
        QVERIFY(leaks.take().isEmpty());
        label.setText(u"CANARY-planted"_s);
        label.hide();
    }
    QVERIFY(!leaks.take().isEmpty());
}

void TestScreenWatch::letsAMaskedOrRevealedLineHoldIt() // R51
{
    CollectedLeaks leaks;
    SecretLineEdit line;
    for (const bool revealed : { false, true }) {
        line.setRevealed(revealed);
        line.setText(u"CANARY-planted"_s);
        line.selectAll();
        QCOMPARE(canariesIn(line), QStringList());
    }
}

void TestScreenWatch::findsALineThatKeepsOrGuesses_data()
{
    QTest::addColumn<QString>("found");
    QTest::newRow("R51 history") << u"history"_s;
    QTest::newRow("R51 completion") << u"completion"_s;
    QTest::newRow("R51 prediction") << u"prediction"_s;
}

void TestScreenWatch::findsALineThatKeepsOrGuesses()
{
    QFETCH(QString, found);
    CollectedLeaks leaks;
    SecretLineEdit line;
    line.setRevealed(true);
    if (found == "prediction"_L1)
        line.setInputMethodHints(Qt::ImhNone);
    if (found == "completion"_L1)
        line.setCompleter(new QCompleter(&line));
    if (found == "history"_L1) {
        const QSignalBlocker unnoticed(&line);
        QTest::keyClicks(&line, u"xyz"_s);
    }
    QVERIFY(!canariesIn(line).filter(found).isEmpty());
}

LATCHKEY_TEST(TestScreenWatch)

#include "tst_screenwatch.moc"
