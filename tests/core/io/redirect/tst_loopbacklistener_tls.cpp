// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testprogram.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include "listenerfixture.h"

using namespace latchkey;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

// The listener on https://localhost with a certificate of the user's.
class TestLoopbackListenerTls final : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    QByteArray m_rsa, m_rsaKey, m_ec, m_ecKey;

    [[nodiscard]] QByteArray file(const QString &name) const
    {
        QFile pem(m_folder.filePath(name));
        return pem.open(QIODevice::ReadOnly) ? pem.readAll() : QByteArray();
    }
    void openssl(const QStringList &arguments) const
    {
        QProcess process;
        process.setWorkingDirectory(m_folder.path());
        process.start(u"openssl"_s, arguments);
        QVERIFY(process.waitForFinished());
        QVERIFY2(process.exitCode() == 0, process.readAllStandardError().constData());
    }
    void makeCertificate(const QString &name, const QStringList &algorithm) const
    {
        openssl(QStringList { u"req"_s, u"-x509"_s, u"-nodes"_s, u"-days"_s, u"2"_s, u"-subj"_s,
                              u"/CN=localhost"_s, u"-addext"_s,
                              u"subjectAltName=DNS:localhost,IP:127.0.0.1"_s, u"-keyout"_s, name + u".key"_s,
                              u"-out"_s, name + u".pem"_s }
                + algorithm);
    }
    [[nodiscard]] static RedirectUri secureUri(quint16 port)
    {
        return redirectUri(port, u"localhost"_s, "/callback", true);
    }
    [[nodiscard]] static FaultBrowser secureBrowser(const Listening &flow, const QByteArray &trusted)
    {
        FaultBrowser browser(flow.uri.port);
        browser.useTls(trusted);
        return browser;
    }

private Q_SLOTS:
    void initTestCase()
    {
        makeCertificate(u"rsa"_s, { u"-newkey"_s, u"rsa:2048"_s });
        makeCertificate(u"ec"_s, { u"-newkey"_s, u"ec"_s, u"-pkeyopt"_s, u"ec_paramgen_curve:prime256v1"_s });
        makeCertificate(u"ed"_s, { u"-newkey"_s, u"ed25519"_s });
        openssl({ u"rsa"_s, u"-in"_s, u"rsa.key"_s, u"-traditional"_s, u"-out"_s, u"rsa-traditional.key"_s });
        openssl({ u"ecparam"_s, u"-name"_s, u"secp384r1"_s, u"-genkey"_s, u"-out"_s, u"ec384.key"_s });
        openssl({ u"req"_s, u"-x509"_s, u"-key"_s, u"ec384.key"_s, u"-days"_s, u"2"_s, u"-subj"_s,
                  u"/CN=localhost"_s, u"-addext"_s, u"subjectAltName=DNS:localhost"_s, u"-out"_s,
                  u"ec384.pem"_s });
        openssl({ u"pkcs8"_s, u"-topk8"_s, u"-in"_s, u"rsa.key"_s, u"-passout"_s, u"pass:pw"_s, u"-out"_s,
                  u"locked.key"_s });
        openssl({ u"rsa"_s, u"-in"_s, u"rsa.key"_s, u"-traditional"_s, u"-aes128"_s, u"-passout"_s,
                  u"pass:pw"_s, u"-out"_s, u"locked-traditional.key"_s });
        m_rsa = file(u"rsa.pem"_s);
        m_rsaKey = file(u"rsa.key"_s);
        m_ec = file(u"ec.pem"_s);
        m_ecKey = file(u"ec.key"_s);
        QVERIFY(!m_rsa.isEmpty() && !m_rsaKey.isEmpty() && !m_ec.isEmpty() && !m_ecKey.isEmpty());
    }

    void takesTheAnswerOverTls_data()
    {
        QTest::addColumn<QByteArray>("certificate");
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<QByteArray>("trusted");
        QTest::newRow("RSA") << m_rsa << m_rsaKey << m_rsa;
        QTest::newRow("RSA, traditional form") << m_rsa << file(u"rsa-traditional.key"_s) << m_rsa;
        QTest::newRow("EC") << m_ec << m_ecKey << m_ec;
        QTest::newRow("EC, with its parameters")
            << file(u"ec384.pem"_s) << file(u"ec384.key"_s) << file(u"ec384.pem"_s);
        QTest::newRow("a chain") << m_ec + m_rsa << m_ecKey << m_ec;
    }
    void takesTheAnswerOverTls()
    {
        QFETCH(const QByteArray, certificate);
        QFETCH(const QByteArray, key);
        QFETCH(const QByteArray, trusted);
        Listening flow(secureUri(freePort()), { .repeat = 20ms }, TlsIdentity { certificate, Secret(key) });
        QVERIFY(flow.result);

        FaultBrowser browser = secureBrowser(flow, trusted);
        const RawClient &visit = browser.visit(flow.goodRequest());
        QTRY_COMPARE(flow.answers.size(), 1U);
        QVERIFY(flow.hasTheCode());
        QVERIFY(visit.isConnected() && visit.received().isEmpty());
        flow.listener->answerBrowser(RedirectPage::SignedIn);
        QTRY_VERIFY(visit.ended());
        QCOMPARE(visit.status(), 303);

        const RawClient &page = browser.visit(flow.get("/done"));
        QTRY_VERIFY(page.ended());
        QCOMPARE(page.status(), 200);
        QTRY_VERIFY(page.body().endsWith("</html>\n"));
        QTRY_VERIFY(!portIsOpen(flow.uri.port));
    }

    void refusesAnIdentityThatCannotServe_data()
    {
        QTest::addColumn<QByteArray>("certificate");
        QTest::addColumn<QByteArray>("key");
        QTest::newRow("nothing") << QByteArray() << QByteArray();
        QTest::newRow("no certificate") << QByteArray() << m_rsaKey;
        QTest::newRow("no key") << m_rsa << QByteArray();
        QTest::newRow("certificate cut") << m_rsa.first(200) << m_rsaKey;
        QTest::newRow("key cut") << m_rsa << m_rsaKey.first(200);
        QTest::newRow("exchanged") << m_rsaKey << m_rsa;
        QTest::newRow("another's key") << m_rsa << m_ecKey;
        QTest::newRow("another key of the kind") << m_ec << file(u"ec384.key"_s);
        QTest::newRow("chain upside down") << m_rsa + m_ec << m_ecKey;
        QTest::newRow("passphrase") << m_rsa << file(u"locked.key"_s);
        QTest::newRow("passphrase, traditional form") << m_rsa << file(u"locked-traditional.key"_s);
        QTest::newRow("Ed25519") << file(u"ed.pem"_s) << file(u"ed.key"_s);
    }
    void refusesAnIdentityThatCannotServe()
    {
        QFETCH(const QByteArray, certificate);
        QFETCH(const QByteArray, key);
        const Listening flow(secureUri(freePort()), {}, TlsIdentity { certificate, Secret(key) });

        QVERIFY(!flow.result);
        QCOMPARE(flow.result.error().kind, ListenError::Kind::BadCertificate);
        QVERIFY(flow.result.error().detail.endsWith(u'.'));
        QVERIFY(!portIsOpen(flow.uri.port));
    }
    void refusesHttpsWithoutAnIdentity()
    {
        const Listening flow(secureUri(freePort()));
        QVERIFY(!flow.result);
        QCOMPARE(flow.result.error().kind, ListenError::Kind::BadCertificate);
    }

    void neverTakesTheAnswerInPlainText()
    {
        Listening flow(secureUri(freePort()), {}, TlsIdentity { m_ec, Secret(m_ecKey) });
        const RawClient plain(flow.uri.port, flow.goodRequest());
        QTRY_VERIFY(plain.ended());
        QVERIFY(plain.received().isEmpty());

        FaultBrowser browser = secureBrowser(flow, m_ec);
        browser.visit(flow.goodRequest());
        QTRY_COMPARE(flow.answers.size(), 1U);
        QVERIFY(flow.hasTheCode());
    }
    void survivesABrowserThatDistrustsTheCertificate()
    {
        Listening flow(secureUri(freePort()), {}, TlsIdentity { m_ec, Secret(m_ecKey) });
        FaultBrowser distrusting = secureBrowser(flow, m_rsa);
        distrusting.visit(flow.goodRequest());
        QTRY_COMPARE(distrusting.ended(), 1);
        QCOMPARE(distrusting.answers(), 0);
        QVERIFY(flow.answers.empty());

        FaultBrowser browser = secureBrowser(flow, m_ec);
        browser.visit(flow.goodRequest());
        QTRY_COMPARE(flow.answers.size(), 1U);
    }

    void endsAHandshakeThatIsNeverCompleted_data()
    {
        QTest::addColumn<QByteArray>("begun");
        QTest::newRow("R20 silent") << QByteArray();
        QTest::newRow("R20 half a hello") << QByteArray::fromHex("16030102000100");
    }
    void endsAHandshakeThatIsNeverCompleted()
    {
        QFETCH(const QByteArray, begun);
        Listening flow(secureUri(freePort()), { .head = 60ms }, TlsIdentity { m_ec, Secret(m_ecKey) });
        const RawClient stranger(flow.uri.port, begun);
        QTRY_VERIFY(stranger.ended());
    }
    // R20, F48: each byte is a record of its own, so that the whole head would take many times as long as it
    // may.
    void endsAHeadThatDripsIn()
    {
        Listening flow(secureUri(freePort()), { .head = 300ms }, TlsIdentity { m_ec, Secret(m_ecKey) });
        FaultBrowser slow = secureBrowser(flow, m_ec);
        const RawClient &visit = slow.visitInPieces(bytesOf(flow.goodRequest()), 50ms);

        QTRY_VERIFY(visit.ended());
        QVERIFY(visit.received().isEmpty());
        QVERIFY(flow.answers.empty());
    }
    void endsAHelloThatDripsIn() // R20, F48
    {
        Listening flow(secureUri(freePort()), { .head = 300ms }, TlsIdentity { m_ec, Secret(m_ecKey) });
        FaultBrowser slow(flow.uri.port);
        const QByteArray hello = QByteArray::fromHex("16030102000100").leftJustified(200, '\0');
        const RawClient &visit = slow.visitInPieces(bytesOf(hello), 50ms);

        QTRY_VERIFY(visit.ended());
    }
    void sendsAWrongHostAwayAndWaitsOn() // F49, R13
    {
        Listening flow(secureUri(freePort()), {}, TlsIdentity { m_ec, Secret(m_ecKey) });
        FaultBrowser browser = secureBrowser(flow, m_ec);
        const RawClient &stranger =
            browser.visit("GET /callback?" + goodQuery + " HTTP/1.1\r\nHost: evil.example\r\n\r\n");
        QTRY_VERIFY(stranger.ended());
        QCOMPARE(stranger.status(), 421);
        QVERIFY(!stranger.received().contains("CANARY"));
        QVERIFY(flow.answers.empty());

        browser.visit(flow.goodRequest());
        QTRY_COMPARE(flow.answers.size(), 1U);
        QVERIFY(flow.hasTheCode());
    }
    void noticesABrowserThatUpgradesPlainHttp() // F46
    {
        Listening flow(redirectUri(freePort()));
        FaultBrowser browser = secureBrowser(flow, m_rsa);
        browser.visit(flow.goodRequest());
        QTRY_COMPARE(browser.ended(), 1);
        QTRY_COMPARE(flow.notices, QList { RedirectNotice::TriedWithTls });
    }
};

LATCHKEY_TEST(TestLoopbackListenerTls)
#include "tst_loopbacklistener_tls.moc"
