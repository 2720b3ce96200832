// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testprogram.h"
#include "ui/acts/clipboardguard.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>
#include <QSignalSpy>
#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestClipboardGuard final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void putsTheSecretThere();
    void marksItAsSecret();
    void countsDown();
    void clearsWhenItsTimeIsOver();
    void clearsOnDemand();
    void clearsOnQuitting();
    void clearsOnceTheWindowIsUsedAgain();
    void leavesAnotherCopyAlone();
    void forgetsWhenAnotherCopyComes();
    void leavesItForGoodWithoutALife();
    void startsAnewWithEachCopy();
    void saysThatThereIsNoClipboard();
    void takesALargeToken();

private:
    [[nodiscard]] bool holds(QByteArrayView text) const { return m_clipboard->text().toUtf8() == text; }

    QDateTime m_now { QDate(2026, 1, 15), QTime(12, 0), Qt::UTC };
    Clock m_clock = [this] { return m_now; };
    Secret m_secret { "Bearer CANARY-clipboard-1" };
    QClipboard *m_clipboard = nullptr;
};

void TestClipboardGuard::init()
{
    m_clipboard = QGuiApplication::clipboard();
    m_clipboard->setText(u"what was there before"_s);
}

void TestClipboardGuard::putsTheSecretThere()
{
    ClipboardGuard guard(m_clipboard, m_clock);

    QVERIFY(guard.put(m_secret, 30s));

    QVERIFY(holds("Bearer CANARY-clipboard-1"));
    guard.clear();
}

// R54, F86
void TestClipboardGuard::marksItAsSecret()
{
    ClipboardGuard guard(m_clipboard, m_clock);

    QVERIFY(guard.put(m_secret, 30s));

    QCOMPARE(m_clipboard->mimeData()->data(u"x-kde-passwordManagerHint"_s), QByteArray("secret"));
    guard.clear();
}

void TestClipboardGuard::countsDown()
{
    ClipboardGuard guard(m_clipboard, m_clock);
    QVERIFY(!guard.left());
    QVERIFY(guard.put(m_secret, 30s));
    QCOMPARE(guard.left(), 30s);

    m_now = m_now.addSecs(12);

    QCOMPARE(guard.left(), 18s);
    guard.clear();
}

// R55
void TestClipboardGuard::clearsWhenItsTimeIsOver()
{
    ClipboardGuard guard(m_clipboard, m_clock);
    QSignalSpy changed(&guard, &ClipboardGuard::changed);

    QVERIFY(guard.put(m_secret, 1s));

    QTRY_VERIFY(m_clipboard->text().isEmpty());
    QVERIFY(!guard.left());
    QCOMPARE(changed.count(), 2);
}

void TestClipboardGuard::clearsOnDemand()
{
    ClipboardGuard guard(m_clipboard, m_clock);
    QVERIFY(guard.put(m_secret, 30s));

    QVERIFY(guard.clear());

    QVERIFY(m_clipboard->text().isEmpty());
    QVERIFY(!guard.left());
}

// R55
void TestClipboardGuard::clearsOnQuitting()
{
    ClipboardGuard guard(m_clipboard, m_clock);
    QVERIFY(guard.put(m_secret, 30s));

    QVERIFY(QMetaObject::invokeMethod(qApp, "aboutToQuit"));

    QVERIFY(m_clipboard->text().isEmpty());
}

// F88, R55: as on Wayland, where the clipboard is not ours to change while another window has the
// focus.
void TestClipboardGuard::clearsOnceTheWindowIsUsedAgain()
{
    ClipboardGuard guard(m_clipboard, m_clock);
    QSignalSpy refused(&guard, &ClipboardGuard::couldNotClear);
    QVERIFY(guard.put(m_secret, 30s));
    const QString text = m_clipboard->text();
    bool hasFocus = false;
    connect(m_clipboard, &QClipboard::dataChanged, this, [&] {
        if (!hasFocus && m_clipboard->text().isEmpty())
            m_clipboard->setText(text);
    });
    m_now = m_now.addSecs(30);

    QVERIFY(!guard.clear());
    QCOMPARE(refused.count(), 1);
    QCOMPARE(guard.left(), 0s);
    hasFocus = true;
    Q_EMIT qGuiApp->applicationStateChanged(Qt::ApplicationActive);

    QVERIFY(m_clipboard->text().isEmpty());
    QVERIFY(!guard.left());
    disconnect(m_clipboard, &QClipboard::dataChanged, this, nullptr);
}

// R55
void TestClipboardGuard::leavesAnotherCopyAlone()
{
    ClipboardGuard guard(m_clipboard, m_clock);
    QVERIFY(guard.put(m_secret, 30s));
    {
        const QSignalBlocker unnoticed(m_clipboard); // as when another program's copy is not announced
        m_clipboard->setText(u"F87 copied meanwhile"_s);
    }

    QVERIFY(guard.clear());

    QVERIFY(holds("F87 copied meanwhile"));
}

void TestClipboardGuard::forgetsWhenAnotherCopyComes()
{
    ClipboardGuard guard(m_clipboard, m_clock);
    QVERIFY(guard.put(m_secret, 30s));

    m_clipboard->setText(u"F87 copied meanwhile"_s);

    QVERIFY(!guard.left());
    QVERIFY(holds("F87 copied meanwhile"));
}

void TestClipboardGuard::leavesItForGoodWithoutALife()
{
    ClipboardGuard guard(m_clipboard, m_clock);

    QVERIFY(guard.put(m_secret, 0s));

    QVERIFY(!guard.left());
    QVERIFY(guard.clear());
    QVERIFY(holds("Bearer CANARY-clipboard-1"));
}

void TestClipboardGuard::startsAnewWithEachCopy()
{
    ClipboardGuard guard(m_clipboard, m_clock);
    QVERIFY(guard.put(m_secret, 30s));
    m_now = m_now.addSecs(20);

    QVERIFY(guard.put(Secret("CANARY-clipboard-2"), 30s));

    QCOMPARE(guard.left(), 30s);
    QVERIFY(guard.clear());
    QVERIFY(m_clipboard->text().isEmpty());
}

// F89: a platform without a clipboard.
void TestClipboardGuard::saysThatThereIsNoClipboard()
{
    ClipboardGuard guard(nullptr, m_clock);

    QVERIFY(!guard.put(m_secret, 30s));
    QVERIFY(guard.clear());
    QVERIFY(!guard.left());
}

// F90
void TestClipboardGuard::takesALargeToken()
{
    ClipboardGuard guard(m_clipboard, m_clock);
    const QByteArray large = "CANARY-" + QByteArray(200 * 1024, 'x');

    QVERIFY(guard.put(Secret(large), 30s));

    QVERIFY(holds(large));
    guard.clear();
}

LATCHKEY_TEST(TestClipboardGuard)

#include "tst_clipboardguard.moc"
