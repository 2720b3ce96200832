// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testprogram.h"
#include "ui/window/latinkeys.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QShortcut>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>
#include <QWindow>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

// Places of keys, as X11 counts them.
constexpr quint32 placeOfQ = 24, placeOfW = 25, placeOfR = 27, placeOfI = 31, placeOfA = 38, placeOfC = 54,
                  placeOfV = 55, placeOfComma = 59, placeOfSemicolon = 47;

} // namespace

// A press is what the platform makes of it: the layout's key, and the place.
class TestLatinKeys final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void aKeyIsTheLatinOneOfItsPlace_data();
    void aKeyIsTheLatinOneOfItsPlace();
    void aMarkInThePlaceOfQIsQWhereNoLatinIsWritten();
    void textFieldsTakeTheirKeys();
    void aShortcutOfTheOtherScriptComesFirst();
    void whatIsTypedStaysWhatItIs();

private:
    void press(int key, quint32 place, Qt::KeyboardModifiers modifiers, const QString &text = {}) const
    {
        QKeyEvent event(QEvent::KeyPress, key, modifiers, place, 0, 0, text);
        QCoreApplication::sendEvent(m_window->windowHandle(), &event);
    }

    std::unique_ptr<LatinKeys> m_keys;
    std::unique_ptr<QWidget> m_window;
    QLineEdit *m_line = nullptr;
};

void TestLatinKeys::init()
{
    m_keys = std::make_unique<LatinKeys>(nullptr);
    m_window = std::make_unique<QWidget>();
    m_line = new QLineEdit;
    auto *layout = new QVBoxLayout(m_window.get());
    auto *focus = new QWidget;
    focus->setFocusPolicy(Qt::StrongFocus);
    layout->addWidget(focus);
    layout->addWidget(m_line);
    m_window->show();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    focus->setFocus();
}

void TestLatinKeys::cleanup()
{
    m_window.reset();
    m_keys.reset();
}

void TestLatinKeys::aKeyIsTheLatinOneOfItsPlace_data()
{
    QTest::addColumn<int>("key");
    QTest::addColumn<quint32>("place");
    QTest::addColumn<Qt::KeyboardModifiers>("held");
    QTest::addColumn<QKeySequence>("shortcut");
    QTest::addColumn<bool>("works");

    const Qt::KeyboardModifiers ctrl = Qt::ControlModifier;
    const QKeySequence copy(Qt::CTRL | Qt::Key_C);
    QTest::newRow("F104 Russian") << 0x0421 << placeOfC << ctrl << copy << true;
    QTest::newRow("F104 Ukrainian, a letter of its own")
        << 0x0406 << placeOfI << ctrl << QKeySequence(u"Ctrl+I"_s) << true;
    QTest::newRow("F104 Greek") << 0x03A8 << placeOfC << ctrl << copy << true;
    QTest::newRow("F104 Hebrew") << 0x05D1 << placeOfC << ctrl << copy << true;
    QTest::newRow("F104 Arabic") << 0x0624 << placeOfC << ctrl << copy << true;
    QTest::newRow("F104 Thai, a sign above a letter")
        << 0x0E31 << placeOfW << ctrl << QKeySequence(u"Ctrl+W"_s) << true;
    QTest::newRow("F104 the comma's key")
        << 0x0411 << placeOfComma << ctrl << QKeySequence(u"Ctrl+,"_s) << true;
    QTest::newRow("F104 with Shift") << 0x0421 << placeOfC << (ctrl | Qt::ShiftModifier)
                                     << QKeySequence(u"Ctrl+Shift+C"_s) << true;
    QTest::newRow("F104 Alt") << 0x041A << placeOfR << Qt::KeyboardModifiers(Qt::AltModifier)
                              << QKeySequence(u"Alt+R"_s) << true;
    QTest::newRow("a key that is no letter's in Latin")
        << 0x0416 << placeOfSemicolon << ctrl << QKeySequence(u"Ctrl+;"_s) << false;
    QTest::newRow("with the logo key")
        << 0x0421 << placeOfC << (ctrl | Qt::MetaModifier) << QKeySequence(u"Ctrl+Meta+C"_s) << false;
    // The letter counts wherever there is one.
    QTest::newRow("Dvorak's J") << int(Qt::Key_J) << placeOfC << ctrl << copy << false;
    QTest::newRow("AZERTY's A") << int(Qt::Key_A) << placeOfQ << ctrl << QKeySequence(u"Ctrl+Q"_s) << false;
    QTest::newRow("German Ä") << int(Qt::Key_Adiaeresis) << placeOfA << ctrl << QKeySequence(u"Ctrl+A"_s)
                              << false;
    QTest::newRow("Turkish dotless ı") << 0x0131 << placeOfI << ctrl << QKeySequence(u"Ctrl+I"_s) << false;
    QTest::newRow("Dvorak's mark in the place of Q")
        << int(Qt::Key_Apostrophe) << placeOfQ << ctrl << QKeySequence(u"Ctrl+Q"_s) << false;
}

void TestLatinKeys::aKeyIsTheLatinOneOfItsPlace()
{
    QFETCH(int, key);
    QFETCH(quint32, place);
    QFETCH(Qt::KeyboardModifiers, held);
    QFETCH(QKeySequence, shortcut);
    QFETCH(bool, works);
    const QShortcut listening(shortcut, m_window.get());
    const QSignalSpy activated(&listening, &QShortcut::activated);

    press(key, place, held);

    QCOMPARE(activated.count(), works ? 1 : 0);
}

// F104: Greek, Hebrew and Bulgarian keyboards have no letter there; nor have some kinds of Dvorak.
void TestLatinKeys::aMarkInThePlaceOfQIsQWhereNoLatinIsWritten()
{
    const QShortcut quit(QKeySequence(u"Ctrl+Q"_s), m_window.get());
    const QSignalSpy activated(&quit, &QShortcut::activated);
    for (const int mark : { Qt::Key_Semicolon, Qt::Key_Slash, Qt::Key_Comma })
        press(mark, placeOfQ, Qt::ControlModifier);
    QCOMPARE(activated.count(), 3);

    press(Qt::Key_J, placeOfC, {}, u"j"_s);
    press(Qt::Key_Semicolon, placeOfQ, Qt::ControlModifier);
    QCOMPARE(activated.count(), 3);

    press(0x03A8, placeOfC, {}, u"ψ"_s);
    press(Qt::Key_Semicolon, placeOfQ, Qt::ControlModifier);
    QCOMPARE(activated.count(), 4);
}

// F104, and before the window's own shortcut for the same key.
void TestLatinKeys::textFieldsTakeTheirKeys()
{
    const QShortcut copy(QKeySequence::Copy, m_window.get());
    const QSignalSpy activated(&copy, &QShortcut::activated);
    m_line->setText(u"typed"_s);
    m_line->setFocus();

    press(0x0424, placeOfA, Qt::ControlModifier); // Ф
    QCOMPARE(m_line->selectedText(), u"typed"_s);
    press(0x0421, placeOfC, Qt::ControlModifier); // С
    QCOMPARE(QGuiApplication::clipboard()->text(), u"typed"_s);
    QCOMPARE(activated.count(), 0);
    m_line->deselect();
    press(0x041C, placeOfV, Qt::ControlModifier); // М
    QCOMPARE(m_line->text(), u"typedtyped"_s);
}

void TestLatinKeys::aShortcutOfTheOtherScriptComesFirst()
{
    const QShortcut own(QKeySequence(u"Alt+С"_s), m_window.get()); // Cyrillic
    const QSignalSpy ownActivated(&own, &QShortcut::activated);
    const QShortcut latin(QKeySequence(u"Alt+C"_s), m_window.get());
    const QSignalSpy latinActivated(&latin, &QShortcut::activated);
    // Through Qt's whole way, with its map of shortcuts before the window.
    QTest::simulateEvent(m_window->windowHandle(), true, 0x0421, Qt::AltModifier, {}, false);
    QCOMPARE(ownActivated.count(), 1);
    QCOMPARE(latinActivated.count(), 0);
}

void TestLatinKeys::whatIsTypedStaysWhatItIs()
{
    m_line->setFocus();
    press(0x0421, placeOfC, {}, u"с"_s);
    press(0x0421, placeOfC, Qt::ShiftModifier, u"С"_s);
    QCOMPARE(m_line->text(), u"сС"_s);
}

LATCHKEY_TEST(TestLatinKeys)
#include "tst_latinkeys.moc"
