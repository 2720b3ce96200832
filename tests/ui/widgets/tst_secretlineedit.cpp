// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testprogram.h"
#include "ui/widgets/secretlineedit.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QTest>

namespace latchkey {

using namespace Qt::StringLiterals;

class TestSecretLineEdit : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isMaskedUntilItIsRevealed()
    {
        SecretLineEdit line;
        QCOMPARE(line.echoMode(), QLineEdit::Password);
        line.setRevealed(true);
        QCOMPARE(line.echoMode(), QLineEdit::Normal);
        line.setRevealed(false);
        QCOMPARE(line.echoMode(), QLineEdit::Password);
    }

    void isNeverPredictedOrCompleted()
    {
        SecretLineEdit line;
        for (const bool revealed : { false, true }) {
            line.setRevealed(revealed);
            QVERIFY(line.inputMethodHints().testFlag(Qt::ImhNoPredictiveText));
            QVERIFY(line.inputMethodHints().testFlag(Qt::ImhSensitiveData));
            QVERIFY(line.completer() == nullptr);
        }
    }

    void keepsNoHistory_R51()
    {
        SecretLineEdit line;
        for (const bool revealed : { false, true }) {
            line.setRevealed(revealed);
            line.clear();
            QTest::keyClicks(&line, u"CANARY-one"_s);
            QTest::keyClick(&line, Qt::Key_Backspace);
            QVERIFY(!line.isUndoAvailable());
            QVERIFY(!line.isRedoAvailable());
            QTest::keyClick(&line, Qt::Key_Z, Qt::ControlModifier);
            const QString left = u"CANARY-on"_s;
            QVERIFY(line.text() == left);
        }
    }

    void takesTypingInTheMiddle()
    {
        SecretLineEdit line;
        line.setText(u"CANARY-13"_s);
        line.setCursorPosition(8);
        QTest::keyClicks(&line, u"2x"_s);
        const QString wanted = u"CANARY-12x3"_s;
        QVERIFY(line.text() == wanted);
        QCOMPARE(line.cursorPosition(), 10);
    }

    void isNoSourceForTheClipboard_R54()
    {
        QGuiApplication::clipboard()->setText(u"before"_s);
        SecretLineEdit line;
        const QString secret = u"CANARY-secret"_s;
        line.setText(secret);
        line.setRevealed(true);
        line.selectAll();
        QTest::keyClick(&line, Qt::Key_C, Qt::ControlModifier);
        QVERIFY(QGuiApplication::clipboard()->text() == u"before"_s);
        QTest::keyClick(&line, Qt::Key_X, Qt::ControlModifier);
        QVERIFY(QGuiApplication::clipboard()->text() == u"before"_s);
        QVERIFY(line.text() == secret);
    }
};

} // namespace latchkey

LATCHKEY_TEST(latchkey::TestSecretLineEdit)
#include "tst_secretlineedit.moc"
