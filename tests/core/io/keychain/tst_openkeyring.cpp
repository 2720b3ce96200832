// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/account/accountjson.h"
#include "core/io/keychain/keychainsecretstore.h"
#include "support/keychain/testkeychain.h"
#include "support/testprogram.h"

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

const QString openKey = u"6d5f6c0e-7777-4222-8333-444455556666"_s;

} // namespace

// A real gnome-keyring without a password, which is a text file for all of this user's programs: locked until
// it is first opened, which needs no prompt.
class TestOpenKeyring : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(prepareProcessForKeychain()); }
    void init();
    void cleanup();

    void opensWithoutAPrompt_data();
    void opensWithoutAPrompt();
    void keepsEveryByteAndWhatIsOthers_data();
    void keepsEveryByteAndWhatIsOthers();

private:
    static void keepForAnother();
    static QByteArray keptForAnother();
};

void TestOpenKeyring::init()
{
    QVERIFY(keychain::restart());
}

// What a test leaves in a text file would be found there.
void TestOpenKeyring::cleanup()
{
    KeychainSecretStore store;
    QCOMPARE(keyring::faultOf(keyring::remove(store, openKey)), QString());
}

void TestOpenKeyring::opensWithoutAPrompt_data()
{
    QTest::addColumn<bool>("mayPrompt");
    QTest::newRow("F105 where nobody may be asked") << false;
    QTest::newRow("F105 where somebody could be") << true;
}

void TestOpenKeyring::opensWithoutAPrompt()
{
    QFETCH(const bool, mayPrompt);
    const auto made = [mayPrompt] {
        auto store = std::make_unique<KeychainSecretStore>();
        if (!mayPrompt)
            store->forbidPrompts();
        return store;
    };
    const QByteArray value = "open-keyring-1";

    QCOMPARE(keyring::faultOf(keyring::write(*made(), openKey, value)), QString());
    QVERIFY(keychain::restart());
    QCOMPARE(keyring::faultOf(keyring::probe(*made())), QString());
    QVERIFY(keychain::restart());
    QVERIFY(keyring::holds(*made(), openKey, value));
    keychain::lock();
    QVERIFY(keyring::holds(*made(), openKey, value));
    QVERIFY(keychain::restart());
    QCOMPARE(keyring::faultOf(keyring::remove(*made(), openKey)), QString());
    QCOMPARE(keyring::faultOf(keyring::read(*made(), openKey)), u"NotFound"_s);
}

void TestOpenKeyring::keepForAnother()
{
    QProcess other;
    other.start(u"secret-tool"_s, { u"store"_s, u"--label=other"_s, u"app"_s, u"other"_s });
    other.write("of another program");
    other.closeWriteChannel();
    QVERIFY(other.waitForFinished());
}

QByteArray TestOpenKeyring::keptForAnother()
{
    QProcess other;
    other.start(u"secret-tool"_s, { u"lookup"_s, u"app"_s, u"other"_s });
    return other.waitForFinished() ? other.readAllStandardOutput() : QByteArray();
}

void TestOpenKeyring::keepsEveryByteAndWhatIsOthers_data()
{
    QTest::addColumn<QString>("label");
    QTest::newRow("F92 a plain label") << u"Latchkey: one"_s;
    QTest::newRow("F92 a label with escapes") << u"Latchkey: \\n \\x \\ \"one\" [x] a=b;c #"_s;
    QTest::newRow("F92 a label of two lines") << u"Latchkey\n[2]\nsecret=\\x"_s;
}

void TestOpenKeyring::keepsEveryByteAndWhatIsOthers()
{
    QFETCH(const QString, label);
    AccountSecrets secrets;
    QByteArray bytes;
    for (int byte = 0; byte < 256; ++byte)
        bytes += static_cast<char>(byte);
    secrets.fields.emplace(u"client_secret"_s, Secret(bytes));
    secrets.fields.emplace(u"tls_key"_s, Secret("-----BEGIN KEY-----\nCANARY-\\n\\s\n"));
    secrets.token = TokenSet { Secret("CANARY-\\x"), Secret(bytes), {} };
    const Secret item = toStoredText(secrets);
    KeychainSecretStore store;
    keepForAnother();

    const auto written =
        keyring::waitFor<void>([&](auto reply) { store.write(openKey, label, item, reply); });
    QCOMPARE(keyring::faultOf(written), QString());
    QTRY_COMPARE(keyring::property(keyring::items().value(0), u"Label"_s).toString(), label);
    QVERIFY(keychain::restart());

    const auto read = keyring::read(store, openKey);
    QCOMPARE(keyring::faultOf(read), QString());
    QVERIFY(**read == item);
    const auto again = fromStoredText(**read);
    QVERIFY(again && *again == secrets);
    QCOMPARE(keptForAnother(), QByteArray("of another program"));
}

LATCHKEY_TEST(TestOpenKeyring)
#include "tst_openkeyring.moc"
