// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/provider/providers.h"
#include "core/text/problemtext.h"
#include "support/testprogram.h"

#include <QMetaEnum>
#include <QTest>

#include <algorithm>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

const QString host = u"host.example"_s;

const QDateTime asked(QDate(2026, 1, 1), QTime(12, 0), Qt::UTC);

Problem problem(Problem::Kind kind, const QString &detail = {}, const QString &description = {})
{
    return makeProblem(kind, asked, detail, description);
}

Problem because(Problem::Kind kind, Problem::Kind cause)
{
    Problem made = problem(kind);
    made.cause = cause;
    return made;
}

QList<const Provider *> everyProviderAndNone()
{
    QList<const Provider *> all { nullptr };
    for (const Provider &provider : providers())
        all.append(&provider);
    return all;
}

bool isSentence(const QString &text)
{
    const bool beginsWell =
        !text.isEmpty() && (text.front().isUpper() || !text.front().isLetter() || text.startsWith(host));
    return beginsWell && text.endsWith(u'.') && !text.contains(u'%') && !text.contains(u"  "_s)
        && text.trimmed() == text;
}

// Nothing that a label would take for markup, or that moves the cursor or the reading direction.
bool isPlain(const QString &text)
{
    return std::all_of(text.begin(), text.end(), [](QChar unit) { return unit.isPrint() && unit != u'<'; });
}

Problem busyUntil(const QDateTime &retryAt)
{
    return { Problem::Kind::TooManyRequests, u"429"_s, {}, asked, retryAt };
}

} // namespace

class TestProblemText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hasWordsForEveryKind_data();
    void hasWordsForEveryKind();
    void showsWhatOthersWroteAsPlainText_data();
    void showsWhatOthersWroteAsPlainText();
    void saysWhatIsToBeDone_data();
    void saysWhatIsToBeDone();
    void namesProviderAndHost();
    void quotesTheProvidersOwnWords();
    void keepsTheLettersOfEveryScript_data();
    void keepsTheLettersOfEveryScript();
    void blamesNoLoginPageForAnEncoding();
    void saysWhenToTryAgain();
    void saysWhatIsWrongWithTheProxy();
    void namesTheRefusedFieldByItsLabel();
    void saysWhyATokenWasNotSaved();
    void saysWhyNoTokenWasAskedFor();
    void saysTheVaultWhereItIsMeant_data();
    void saysTheVaultWhereItIsMeant();
    void countsDownToTheNamedMoment_data();
    void countsDownToTheNamedMoment();
    void saysNothingWhereNoMomentWasNamed();
};

void TestProblemText::hasWordsForEveryKind_data()
{
    QTest::addColumn<Problem::Kind>("kind");
    const auto kinds = QMetaEnum::fromType<Problem::Kind>();
    for (int i = 0; i < kinds.keyCount(); ++i)
        QTest::newRow(kinds.key(i)) << static_cast<Problem::Kind>(kinds.value(i));
}

void TestProblemText::hasWordsForEveryKind()
{
    QFETCH(Problem::Kind, kind);
    for (const Provider *provider : everyProviderAndNone()) {
        for (const QString &detail : { QString(), host, u"503"_s }) {
            const ProblemText text = problemText(problem(kind, detail), provider);

            QVERIFY2(isSentence(text.what), qPrintable(text.what));
            QVERIFY2(isSentence(text.next), qPrintable(text.next));
            QVERIFY2(text.why.isEmpty() || isSentence(text.why), qPrintable(text.why));
            QVERIFY2(isSentence(text.whole()), qPrintable(text.whole()));
        }
    }
}

// F38
void TestProblemText::showsWhatOthersWroteAsPlainText_data()
{
    hasWordsForEveryKind_data();
}

// R32
void TestProblemText::showsWhatOthersWroteAsPlainText()
{
    QFETCH(Problem::Kind, kind);
    const QString hostile =
        u"<img src=x onerror=alert(1)>\u001b[31m%1%2\r\n\u202e\u200b</b>&amp;"_s + QString(100'000, u'A');
    for (const Provider *provider : everyProviderAndNone()) {
        const ProblemText text = problemText(problem(kind, hostile, hostile), provider);

        QVERIFY(isPlain(text.whole()));
        QVERIFY(text.whole().size() < 1500);
        QVERIFY(!text.next.contains(u"onerror"_s));
    }
}

void TestProblemText::saysWhatIsToBeDone_data()
{
    QTest::addColumn<Problem::Kind>("kind");
    QTest::addColumn<QString>("provider");
    QTest::addColumn<NextStep>("step");
    using Kind = Problem::Kind;
    QTest::newRow("F24 dead sign-in") << Kind::InvalidGrant << u"rev"_s << NextStep::SignIn;
    QTest::newRow("dead secret") << Kind::InvalidGrant << u"configapi"_s << NextStep::EditAccount;
    QTest::newRow("F25 wrong client") << Kind::InvalidClient << u"priava"_s << NextStep::EditAccount;
    QTest::newRow("unknown code") << Kind::ProviderRefused << u"priava"_s << NextStep::TryAgainOrSignIn;
    QTest::newRow("F28 server error") << Kind::ServerFailed << u"rev"_s << NextStep::TryAgain;
    QTest::newRow("F22 no complete answer") << Kind::AnswerIncomplete << u"configapi"_s << NextStep::TryAgain;
    QTest::newRow("F56 no bus") << Kind::NoSessionBus << u"rev"_s << NextStep::ChooseMemory;
    QTest::newRow("F57 no service") << Kind::NoKeychainService << u"rev"_s << NextStep::ChooseMemory;
    QTest::newRow("F58 no collection") << Kind::NoDefaultCollection << u"rev"_s << NextStep::ChooseMemory;
    QTest::newRow("F59 locked") << Kind::KeychainLocked << u"rev"_s << NextStep::TryAgain;
    QTest::newRow("F60 secret gone, none to type")
        << Kind::SecretMissing << u"rev-oauth2"_s << NextStep::SignIn;
    QTest::newRow("F60 secret gone, one to type") << Kind::SecretMissing << u"rev"_s << NextStep::EditAccount;
    QTest::newRow("F107 entered for another address")
        << Kind::SecretsBoundElsewhere << u"configapi"_s << NextStep::EditAccount;
    QTest::newRow("F73 newer profile") << Kind::ProfileNewer << QString() << NextStep::None;
}

// R46
void TestProblemText::saysWhatIsToBeDone()
{
    QFETCH(Problem::Kind, kind);
    QFETCH(QString, provider);
    QFETCH(NextStep, step);

    QVERIFY(problemText(problem(kind), findProvider(provider)).step == step);
}

void TestProblemText::namesProviderAndHost()
{
    const Provider *priava = findProvider(u"priava"_s);

    const auto client = problemText(problem(Problem::Kind::InvalidClient), priava);
    QVERIFY(client.what.startsWith(u"Priava "_s));
    QCOMPARE(client.next, QString::fromLatin1(priava->refusedHelp));
    const auto refused = problemText(problem(Problem::Kind::ConnectionRefused, u"api.priava.com"_s), priava);
    QVERIFY(refused.what.startsWith(u"api.priava.com "_s));
    const auto unknown = problemText(problem(Problem::Kind::InvalidClient), nullptr);
    QVERIFY(unknown.what.startsWith(u"The provider "_s));
}

void TestProblemText::quotesTheProvidersOwnWords()
{
    const auto text =
        problemText(problem(Problem::Kind::InvalidGrant, u"invalid_grant"_s, u"Code 100%1 was used"_s),
                    findProvider(u"rev"_s));

    QCOMPARE(text.why, u"Vbrick Rev says: “Code 100%1 was used”"_s);
}

void TestProblemText::keepsTheLettersOfEveryScript_data()
{
    QTest::addColumn<QString>("said");
    QTest::addColumn<QString>("shown");
    const auto row = [](const char *name, const QString &said, const QString &shown) {
        QTest::newRow(name) << said << shown;
    };
    row("F101 German", u"ungültig"_s, u"ungültig"_s);
    row("F101 Japanese", u"無効なコード"_s, u"無効なコード"_s);
    row("F101 Hebrew and Arabic", u"קוד رمز"_s, u"קוד رمز"_s);
    row("F101 a combining mark", u"e\u0301"_s, u"e\u0301"_s);
    row("F101 beyond the first plane", u"🔑 𠮷"_s, u"🔑 𠮷"_s);
    row("F101 bidi and invisible ones", u"a\u202e\u2066\u200b\u00adb"_s, u"ab"_s);
    row("F101 half a character", u"a"_s + QChar(0xd83d) + u"b"_s, u"a\uFFFDb"_s);
    row("F101 a pair at the limit", QString(511, u'x') + u"🔑"_s, QString(511, u'x'));
    row("F101 angle brackets", u"<b>"_s, u"‹b›"_s);
}

void TestProblemText::keepsTheLettersOfEveryScript()
{
    QFETCH(QString, said);
    QFETCH(QString, shown);
    for (const auto kind : { Problem::Kind::InvalidGrant, Problem::Kind::ServerFailed }) {
        const auto text = problemText(problem(kind, {}, said), findProvider(u"rev"_s));
        QCOMPARE(text.why, u"Vbrick Rev says: “%1”"_s.arg(shown));
    }
}

// F100
void TestProblemText::blamesNoLoginPageForAnEncoding()
{
    const auto text = problemText(problem(Problem::Kind::AnswerEncoded, u"the answer is compressed (gzip)"_s),
                                  findProvider(u"rev"_s));
    QVERIFY(text.why.contains(u"compressed (gzip)"_s));
    QVERIFY(!text.whole().contains(u"log in"_s));
}

// F27
void TestProblemText::saysWhenToTryAgain()
{
    Problem busy = problem(Problem::Kind::TooManyRequests, u"429"_s);
    busy.retryAt = busy.at.addSecs(3600);

    QVERIFY(problemText(busy, nullptr).next.contains(u"13:00"_s)
            || problemText(busy, nullptr).next.contains(u"1:00"_s));
}

// F95, F96
void TestProblemText::saysWhatIsWrongWithTheProxy()
{
    const auto what = [](Problem::Kind kind, const QString &detail) {
        return problemText(problem(kind, detail), nullptr).what;
    };
    const QString proxy = u"127.0.0.1:3128"_s;
    QCOMPARE(what(Problem::Kind::ProxyPasswordMissing, proxy),
             u"The proxy at 127.0.0.1:3128 asks for a password."_s);
    QCOMPARE(what(Problem::Kind::ProxyPasswordRefused, proxy),
             u"The proxy at 127.0.0.1:3128 asks for a password it did not accept."_s);
    QVERIFY(what(Problem::Kind::ProxyUnclear, u"https_proxy"_s).contains(u" https_proxy "_s));
}

void TestProblemText::namesTheRefusedFieldByItsLabel()
{
    const auto text =
        problemText(problem(Problem::Kind::FieldRefused, u"redirect_uri"_s), findProvider(u"rev"_s));

    QVERIFY(text.what.contains(u"Redirect URI"_s));
}

void TestProblemText::saysWhyATokenWasNotSaved()
{
    const auto text = problemText(because(Problem::Kind::NotSaved, Problem::Kind::KeychainLocked), nullptr);

    QVERIFY(text.why.startsWith(u"The keychain is locked."_s));
    QVERIFY(text.why.contains(u"quitting"_s));
}

// R37
void TestProblemText::saysWhyNoTokenWasAskedFor()
{
    const auto text = problemText(because(Problem::Kind::CannotSave, Problem::Kind::ProfileFull), nullptr);

    QVERIFY(text.what.startsWith(u"No new token was asked for"_s));
    QVERIFY(text.why.contains(u"full"_s));
    QVERIFY(text.next.contains(u"space"_s));
}

void TestProblemText::saysTheVaultWhereItIsMeant_data()
{
    QTest::addColumn<Problem::Kind>("kind");
    QTest::addColumn<QString>("detail");
    QTest::addColumn<QString>("word"); // it has to stand there
    QTest::addColumn<QString>("other"); // it may not
    using Kind = Problem::Kind;
    const QString none;
    QTest::newRow("damaged") << Kind::VaultDamaged << u"100 KiB"_s << u"100 KiB"_s << u"eychain"_s;
    QTest::newRow("F73 newer") << Kind::VaultNewer << u"9"_s << u"The vault was written"_s << u"rofile"_s;
    QTest::newRow("F73 newer, its version") << Kind::VaultNewer << u"9"_s << u"is version 9)"_s << none;
    QTest::newRow("no memory") << Kind::VaultNoMemory << u"256 MiB"_s << u"memory"_s << u"rofile"_s;
    QTest::newRow("F71 read-only") << Kind::ProfileReadOnly << u"/p"_s << u"/p"_s << u"eychain"_s;
    QTest::newRow("F70 full") << Kind::ProfileFull << none << u"is full"_s << u"eychain"_s;
    QTest::newRow("F60 secret gone") << Kind::NotInVault << none << u"The vault holds no"_s << u"eychain"_s;
    QTest::newRow("the profile is held")
        << Kind::ProfileBusy << none << u"Another program"_s << u"permission"_s;
}

void TestProblemText::saysTheVaultWhereItIsMeant()
{
    QFETCH(Problem::Kind, kind);
    QFETCH(QString, detail);
    QFETCH(QString, word);
    QFETCH(QString, other);
    const QString text = problemText(problem(kind, detail), nullptr).whole();
    QVERIFY2(text.contains(word), qPrintable(text));
    QVERIFY2(other.isEmpty() || !text.contains(other), qPrintable(text));
}

void TestProblemText::countsDownToTheNamedMoment_data()
{
    QTest::addColumn<int>("passed");
    QTest::addColumn<QString>("expected");
    QTest::newRow("F27 the whole wait") << 0 << u"Try again in 1 h 00 min."_s;
    QTest::newRow("F27 its last minute") << 3558 << u"Try again in 42 s."_s;
    QTest::newRow("F27 its last second") << 3599 << u"Try again in 1 s."_s;
    QTest::newRow("F27 over") << 3600 << u"Try again."_s;
    QTest::newRow("F27 long over") << 90000 << u"Try again."_s;
}

void TestProblemText::countsDownToTheNamedMoment()
{
    QFETCH(const int, passed);
    QFETCH(const QString, expected);

    QCOMPARE(retryText(busyUntil(asked.addSecs(3600)), asked.addSecs(passed)), expected);
}

void TestProblemText::saysNothingWhereNoMomentWasNamed()
{
    QCOMPARE(retryText(busyUntil({}), asked), QString());
}

LATCHKEY_TEST(TestProblemText)
#include "tst_problemtext.moc"
