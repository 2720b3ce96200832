// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testprogram.h"
#include "ui/window/usewatch.h"

#include <QInputMethodEvent>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>
#include <QWheelEvent>

using namespace latchkey;
using namespace Qt::StringLiterals;

class TestUseWatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void noticesWhatSomebodyDoes_data();
    void noticesWhatSomebodyDoes();
    void passesEverythingOn();
    void takesNothingElseForUse();

private:
    std::unique_ptr<QLineEdit> m_field;
    std::unique_ptr<UseWatch> m_watch;
    std::unique_ptr<QSignalSpy> m_uses;
};

void TestUseWatch::init()
{
    m_field = std::make_unique<QLineEdit>();
    m_field->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_field.get()));
    m_watch = std::make_unique<UseWatch>(nullptr);
    m_uses = std::make_unique<QSignalSpy>(m_watch.get(), &UseWatch::used);
}

void TestUseWatch::cleanup()
{
    m_uses.reset();
    m_watch.reset();
    m_field.reset();
}

void TestUseWatch::noticesWhatSomebodyDoes_data()
{
    QTest::addColumn<std::function<void(QLineEdit *)>>("act");
    const auto row = [](const char *name, const std::function<void(QLineEdit *)> &act) {
        QTest::newRow(name) << act;
    };
    row("a key", [](QLineEdit *field) { QTest::keyClick(field, Qt::Key_A); });
    row("a click", [](QLineEdit *field) { QTest::mouseClick(field, Qt::LeftButton); });
    row("the wheel", [](QLineEdit *field) {
        QWheelEvent turn({}, {}, {}, { 0, 120 }, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(field, &turn);
    });
    row("a composed letter", [](QLineEdit *field) {
        QInputMethodEvent composed;
        composed.setCommitString(u"é"_s);
        QCoreApplication::sendEvent(field, &composed);
    });
}

void TestUseWatch::noticesWhatSomebodyDoes()
{
    QFETCH(std::function<void(QLineEdit *)>, act);
    act(m_field.get());
    QVERIFY(!m_uses->isEmpty());
}

void TestUseWatch::passesEverythingOn()
{
    QTest::keyClicks(m_field.get(), u"abc"_s);
    QCOMPARE(m_field->text(), u"abc"_s);
}

void TestUseWatch::takesNothingElseForUse()
{
    QTest::mouseMove(m_field.get(), { 3, 3 });
    m_field->setText(u"by the program"_s);
    m_field->resize(300, 40);
    m_field->repaint();
    QTimer::singleShot(0, m_field.get(), [this] { m_field->hide(); });
    QTRY_VERIFY(!m_field->isVisible());
    QVERIFY(m_uses->isEmpty());
}

LATCHKEY_TEST(TestUseWatch)
#include "tst_usewatch.moc"
