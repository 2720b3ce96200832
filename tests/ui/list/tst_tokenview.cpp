// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/fakes/sampleaccounts.h"
#include "support/testprogram.h"
#include "ui/list/tokenview.h"

#include <QAccessible>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace latchkey;
using namespace latchkey::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

// Every text that can be read from a widget and what is in it, by a screen reader or a test.
QString readable(QWidget &widget)
{
    QStringList texts { widget.accessibleName(), widget.accessibleDescription(), widget.toolTip() };
    for (const QWidget *child : widget.findChildren<QWidget *>()) {
        texts << child->accessibleName() << child->accessibleDescription() << child->toolTip()
              << child->property("text").toString();
        if (QAccessibleInterface *interface =
                QAccessible::queryAccessibleInterface(const_cast<QWidget *>(child)))
            for (const auto what : { QAccessible::Name, QAccessible::Value, QAccessible::Description })
                texts << interface->text(what);
    }
    return texts.join(u'\n');
}

} // namespace

class TestTokenView final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theMaskIsTheSameForEveryToken();
    void theMaskShowsNoCharacter();
    void revealsOnRequest();
    void aRevealedTokenCannotBeReadFromTheTree();
    void hidesItselfAfterFifteenSeconds_data();
    void hidesItselfAfterFifteenSeconds();
    void hidesWhenAnotherAccountIsChosen();
    void showsNothingThatComesTooLate();
    void saysWhyItCannotBeRevealed();
    void offersNothingWithoutAToken();

private:
    static QPushButton &button(TokenView &view) { return *view.findChild<QPushButton *>(); }
    static QString mask(TokenView &view)
    {
        for (const auto *label : view.findChildren<QLabel *>())
            if (!label->text().isEmpty())
                return label->text();
        return {};
    }
};

void TestTokenView::theMaskIsTheSameForEveryToken()
{
    FakeWorld world;
    const AccountId longer = putSample(world, { .name = u"A"_s, .token = "CANARY-" + QByteArray(3000, 'x') });
    const AccountId shorter = putSample(world, { .name = u"B"_s, .token = "CANARY-7" });
    TokenView view(world.tokens, world.clock);

    view.setAccount(*world.accounts.find(longer));
    const QString first = mask(view);
    view.setAccount(*world.accounts.find(shorter));

    QCOMPARE(mask(view), first);
}

void TestTokenView::theMaskShowsNoCharacter()
{
    FakeWorld world;
    const AccountId id = putSample(world, { .name = u"A"_s, .token = "qwxz0123CANARY" });
    TokenView view(world.tokens, world.clock);
    view.setAccount(*world.accounts.find(id));

    const QString dots = mask(view).remove(u"Bearer "_s);

    QCOMPARE(dots, QString(dots.size(), u'•'));
    QVERIFY(!readable(view).contains(u"qwxz"_s));
}

void TestTokenView::revealsOnRequest()
{
    FakeWorld world;
    const AccountId id = putSample(world, { .name = u"A"_s });
    TokenView view(world.tokens, world.clock);
    view.setAccount(*world.accounts.find(id));
    view.show();
    const QImage hidden = view.grab().toImage();

    button(view).click();

    QTRY_VERIFY(view.isRevealed());
    QVERIFY(view.grab().toImage() != hidden);
    QCOMPARE(button(view).text(), u"Hide"_s);
    button(view).click();
    QVERIFY(!view.isRevealed());
    QCOMPARE(button(view).text(), u"Reveal"_s);
}

// R48: what is shown to the eye for a moment is text for no one else.
void TestTokenView::aRevealedTokenCannotBeReadFromTheTree()
{
    FakeWorld world;
    const AccountId id = putSample(world, { .name = u"A"_s });
    TokenView view(world.tokens, world.clock);
    view.setAccount(*world.accounts.find(id));
    view.show();
    view.reveal();
    QTRY_VERIFY(view.isRevealed());

    QVERIFY(!readable(view).contains(u"CANARY"_s));
}

void TestTokenView::hidesItselfAfterFifteenSeconds_data()
{
    QTest::addColumn<int>("seconds");
    QTest::addColumn<bool>("isRevealed");
    QTest::newRow("at once") << 0 << true;
    QTest::newRow("14 s") << 14 << true;
    QTest::newRow("15 s") << 15 << false;
    QTest::newRow("after a long sleep") << 4000 << false;
    QTest::newRow("F80 the clock is set back") << -3600 << false;
}

// R51
void TestTokenView::hidesItselfAfterFifteenSeconds()
{
    QFETCH(int, seconds);
    QFETCH(bool, isRevealed);
    FakeWorld world;
    const AccountId id = putSample(world, { .name = u"A"_s });
    TokenView view(world.tokens, world.clock);
    view.setAccount(*world.accounts.find(id));
    view.show();
    view.reveal();
    QTRY_VERIFY(view.isRevealed());

    view.tick(world.now.addSecs(seconds));

    QCOMPARE(view.isRevealed(), isRevealed);
}

void TestTokenView::hidesWhenAnotherAccountIsChosen()
{
    FakeWorld world;
    const AccountId first = putSample(world, { .name = u"A"_s });
    const AccountId second = putSample(world, { .name = u"B"_s });
    TokenView view(world.tokens, world.clock);
    view.setAccount(*world.accounts.find(first));
    view.show();
    view.reveal();
    QTRY_VERIFY(view.isRevealed());

    view.setAccount(*world.accounts.find(second));

    QVERIFY(!view.isRevealed());
}

void TestTokenView::showsNothingThatComesTooLate()
{
    FakeWorld world;
    const AccountId id = putSample(world, { .name = u"A"_s });
    TokenView view(world.tokens, world.clock);
    view.setAccount(*world.accounts.find(id));

    view.reveal(); // the window is not shown any more when the keychain answers
    QCoreApplication::sendPostedEvents();

    QVERIFY(!view.isRevealed());
}

void TestTokenView::saysWhyItCannotBeRevealed()
{
    FakeWorld world;
    const AccountId id = putSample(world, { .name = u"A"_s });
    world.keychain.failure = SecretStoreError { SecretStoreError::Kind::Locked, {} };
    TokenView view(world.tokens, world.clock);
    view.setAccount(*world.accounts.find(id));
    view.show();
    QSignalSpy failed(&view, &TokenView::failed);

    view.reveal();

    QTRY_COMPARE(failed.count(), 1);
    QCOMPARE(failed[0][1].value<Problem>().kind, Problem::Kind::KeychainLocked);
    QVERIFY(!view.isRevealed());
}

void TestTokenView::offersNothingWithoutAToken()
{
    FakeWorld world;
    const AccountId id = putSample(world, { .name = u"A"_s, .hasToken = false });
    TokenView view(world.tokens, world.clock);

    view.setAccount(*world.accounts.find(id));

    QVERIFY(button(view).isHidden());
    QCOMPARE(mask(view), u"no token"_s);
}

LATCHKEY_TEST(TestTokenView)

#include "tst_tokenview.moc"
