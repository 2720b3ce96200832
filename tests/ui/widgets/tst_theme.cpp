// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/provider/providers.h"
#include "support/testprogram.h"
#include "ui/list/accounttablemodel.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include <cmath>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

double luminance(const QColor &colour)
{
    const auto linear = [](double part) {
        return part <= 0.03928 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF())
        + 0.0722 * linear(colour.blueF());
}

// WCAG 2.1, contrast ratio.
double contrast(const QColor &a, const QColor &b)
{
    const double first = luminance(a) + 0.05;
    const double second = luminance(b) + 0.05;
    return first > second ? first / second : second / first;
}

} // namespace

class TestTheme final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void followsTheAppearance();
    void everyTextCanBeRead_data();
    void everyTextCanBeRead();
    void theStyleSheetIsComplete();
    void anIconTakesTheColourInForce();
    void everyStateHasItsOwnSign();
    void everyVendorHasAPicture();
    void picturesAreCrisp();
};

void TestTheme::followsTheAppearance()
{
    applyTheme(*qApp, Preferences::Appearance::Dark);
    QVERIFY(isDark());
    QCOMPARE(QApplication::palette().color(QPalette::Window), colours().window);

    applyTheme(*qApp, Preferences::Appearance::Light);
    QVERIFY(!isDark());
    QCOMPARE(QApplication::palette().color(QPalette::Window), colours().window);

    applyTheme(*qApp, Preferences::Appearance::System);
    QCOMPARE(QApplication::palette().color(QPalette::Window), colours().window);
}

void TestTheme::everyTextCanBeRead_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void TestTheme::everyTextCanBeRead()
{
    QFETCH(bool, dark);
    setDark(dark);
    const Colours &c = colours();

    for (const QColor &ground : { c.window, c.panel, c.selected, c.hover })
        for (const QColor &ink : { c.text, c.muted, c.ok, c.warning, c.bad })
            QVERIFY2(contrast(ink, ground) >= 4.5, qPrintable(ink.name() + u" on "_s + ground.name()));
    QVERIFY(contrast(c.onAccent, c.accent) >= 4.5);
    QVERIFY(contrast(c.muted, c.chip) >= 4.5);
    QVERIFY(contrast(c.accent, c.panel) >= 4.5);
}

void TestTheme::theStyleSheetIsComplete()
{
    applyTheme(*qApp, Preferences::Appearance::Light);
    const QString sheet = qApp->styleSheet();

    QVERIFY(!sheet.isEmpty());
    QVERIFY2(!sheet.contains(u'@'), "a colour that is not in the table");
    const QRegularExpression url(uR"(url\((:[^)]*)\))"_s);
    for (auto match = url.globalMatch(sheet); match.hasNext();)
        QVERIFY(QFile::exists(match.next().captured(1)));
}

void TestTheme::anIconTakesTheColourInForce()
{
    const QIcon sign = icon(u"state-valid"_s, Tone::Ok);
    const auto centre = [&sign] { return sign.pixmap(24, 24).toImage().pixelColor(12, 12); };

    setDark(false);
    QCOMPARE(centre().rgb(), colours().ok.rgb());
    setDark(true);
    QCOMPARE(centre().rgb(), colours().ok.rgb());
    setDark(false);
}

void TestTheme::everyStateHasItsOwnSign()
{
    QSet<QString> signs;
    for (const auto state : { AccountState::NeedsSignIn, AccountState::Expired, AccountState::Error,
                              AccountState::Expiring, AccountState::Valid, AccountState::UnknownLifetime }) {
        QVERIFY(!icon(stateLook(state).icon).isNull());
        signs << stateLook(state).icon;
    }
    QCOMPARE(signs.size(), 6);
}

void TestTheme::everyVendorHasAPicture()
{
    for (const Provider &provider : providers()) {
        QVERIFY2(QFile::exists(provider.picture), qPrintable(provider.id));
        QVERIFY(!providerPicture(provider, 40, 1.0).isNull());
    }
    QVERIFY(!providerPicture({}, 40, 1.0).isNull());
}

void TestTheme::picturesAreCrisp()
{
    const QPixmap doubled = providerPicture(providers().first(), 40, 2.0);

    QCOMPARE(doubled.size(), QSize(80, 80));
    QCOMPARE(doubled.deviceIndependentSize(), QSizeF(40, 40));
    QCOMPARE(iconPixmap(u"copy"_s, Qt::red, 16, 2.0).size(), QSize(32, 32));
}

LATCHKEY_TEST(TestTheme)

#include "tst_theme.moc"
