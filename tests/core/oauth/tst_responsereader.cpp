// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/oauth/responsereader.h"
#include "support/testprogram.h"

#include <QTest>

using namespace latchkey;
using State = ResponseReader::State;
using Body = ResponseReader::Body;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 limit = 100;

State readWhole(ResponseReader &reader, const QByteArray &bytes)
{
    return reader.take(bytes) == State::Reading ? reader.end() : reader.take({});
}

} // namespace

class TestResponseReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsTheEnd_data();
    void findsTheEnd();
    void refuses_data();
    void refuses();
    void waitsForMore_data();
    void waitsForMore();
    void keepsTheHeaders();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void namesTheCodingOfTheTransfer_data();
    void namesTheCodingOfTheTransfer();
    void knowsTheStatusEarly();
    void keepsBytesAfterATunnelsHead();
};

void TestResponseReader::findsTheEnd_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("a length") << "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody"_ba << 200 << "body"_ba;
    QTest::newRow("more than its length")
        << "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbodyHTTP"_ba << 200 << "body"_ba;
    QTest::newRow("F20 the same length twice")
        << "HTTP/1.1 200 OK\r\nContent-Length: 4\r\ncontent-length: 4,4\r\n\r\nbody"_ba << 200 << "body"_ba;
    QTest::newRow("no body") << "HTTP/1.1 400 No\r\nContent-Length: 0\r\n\r\n"_ba << 400 << ""_ba;
    QTest::newRow("204") << "HTTP/1.1 204 None\r\n\r\nHTTP"_ba << 204 << ""_ba;
    QTest::newRow("304") << "HTTP/1.1 304 Same\r\nContent-Length: 4\r\n\r\n"_ba << 304 << ""_ba;
    QTest::newRow("until the end") << "HTTP/1.0 500 No\r\n\r\nbody"_ba << 500 << "body"_ba;
    QTest::newRow("no words") << "HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n"_ba << 200 << ""_ba;
    QTest::newRow("chunks")
        << "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;x=y\r\nbo\r\n02\r\ndy\r\n0\r\n\r\n"_ba
        << 200 << "body"_ba;
    QTest::newRow("chunks before a length")
        << "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: Chunked\r\n\r\n4\r\nbody\r\n0\r\nX: y\r\n\r\n"_ba
        << 200 << "body"_ba;
    QTest::newRow("F100 no coding")
        << "HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\nContent-Length: 4\r\n\r\nbodyHTTP"_ba << 200
        << "body"_ba;
    QTest::newRow("F100 no coding, until the end")
        << "HTTP/1.1 200 OK\r\nTransfer-Encoding: Identity\r\n\r\nbody"_ba << 200 << "body"_ba;
    QTest::newRow("F100 another coding in chunks")
        << "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, Chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n"_ba << 200
        << "body"_ba;
    QTest::newRow("F100 another coding, until the end")
        << "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\nContent-Length: 2\r\n\r\nbody"_ba << 200
        << "body"_ba;
    QTest::newRow("interim answers")
        << "HTTP/1.1 100 Go\r\n\r\nHTTP/1.1 103 Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx"_ba
        << 200 << "x"_ba;
    QTest::newRow("bare line feeds") << "HTTP/1.1 200 OK\nContent-Length: 1\n\nx"_ba << 200 << "x"_ba;
    QTest::newRow("a body with empty lines")
        << "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n\n\n\r\n\n"_ba << 200 << "\n\n\r\n\n"_ba;
}

// Split at every byte.
void TestResponseReader::findsTheEnd()
{
    QFETCH(QByteArray, bytes);
    for (qsizetype cut = 0; cut <= bytes.size(); ++cut) {
        ResponseReader reader(limit);
        reader.take(bytes.left(cut));
        QCOMPARE(readWhole(reader, bytes.mid(cut)), State::Complete);
        QTEST(reader.response().status, "status");
        QTEST(reader.response().body, "body");
    }
}

void TestResponseReader::refuses_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<State>("state");
    const auto bad = [](const char *name, const QByteArray &bytes, State state = State::Malformed) {
        QTest::newRow(name) << bytes << state;
    };
    const QByteArray ok = "HTTP/1.1 200 OK\r\n";
    const QByteArray chunked = ok + "Transfer-Encoding: chunked\r\n\r\n";
    bad("nothing", "");
    bad("another protocol", "220 mail.example ESMTP\r\n\r\n");
    bad("HTTP/2", "HTTP/2 200 OK\r\n\r\n");
    bad("HTTP/0.9", "{\"access_token\":\"x\"}\n\n");
    bad("no status", "HTTP/1.1 OK\r\n\r\n");
    bad("status 99", "HTTP/1.1 099 OK\r\n\r\n");
    bad("status 2000", "HTTP/1.1 2000 OK\r\n\r\n");
    bad("another protocol that nobody asked for", "HTTP/1.1 101 Switching\r\n\r\n");
    bad("an interim answer only", "HTTP/1.1 100 Continue\r\n\r\n");
    bad("a header without a colon", ok + "Content-Length 4\r\n\r\nbody");
    bad("cut in the headers", ok + "Content-Le");
    bad("F22 cut in the body", ok + "Content-Length: 4\r\n\r\nbod");
    bad("F20 two lengths", ok + "Content-Length: 2\r\nContent-Length: 4\r\n\r\n{}{}");
    bad("a length below zero", ok + "Content-Length: -1\r\n\r\n");
    bad("a length that is none", ok + "Content-Length: 0x4\r\n\r\nbody");
    bad("another coding, cut", ok + "Transfer-Encoding: gzip, chunked\r\n\r\n4\r\nbo");
    bad("chunks in another coding", ok + "Transfer-Encoding: chunked, gzip\r\n\r\n");
    bad("chunks in chunks", ok + "Transfer-Encoding: chunked, chunked\r\n\r\n");
    bad("cut in a chunk", chunked + "4\r\nbo");
    bad("cut before the last chunk", chunked + "4\r\nbody\r\n");
    bad("cut before the end of the trailer", chunked + "0\r\n");
    bad("a chunk that is too long", chunked + "2\r\nbody\r\n0\r\n\r\n");
    bad("a chunk of no size", chunked + "\r\nbody\r\n0\r\n\r\n");
    bad("a chunk of size -1", chunked + "-1\r\n");
    bad("F20 a long body", ok + "Content-Length: 101\r\n\r\n", State::TooLarge);
    bad("F20 a length beyond all numbers", ok + "Content-Length: 99999999999999999999\r\n\r\n",
        State::TooLarge);
    bad("F20 a long body without a length", ok + "\r\n" + QByteArray(101, 'x'), State::TooLarge);
    bad("F20 a long chunk", chunked + "65\r\n", State::TooLarge);
    bad("F20 many chunks", chunked + QByteArray("32\r\n" + QByteArray(50, 'x') + "\r\n").repeated(3),
        State::TooLarge);
    bad("F20 a long header", ok + "X: " + QByteArray(70'000, 'x'), State::TooLarge);
    bad("F20 a long chunk line", chunked + "1;" + QByteArray(70'000, 'x'), State::TooLarge);
    bad("F20 an endless trailer", chunked + "0\r\n" + QByteArray("X: y\r\n").repeated(20'000),
        State::TooLarge);
    bad("F20 many interim answers", QByteArray("HTTP/1.1 100 Go\r\n\r\n").repeated(4000), State::TooLarge);
}

void TestResponseReader::refuses()
{
    QFETCH(QByteArray, bytes);
    ResponseReader reader(limit);
    QTEST(readWhole(reader, bytes), "state");
    // The state does not change any more.
    QTEST(reader.take("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"), "state");
}

void TestResponseReader::waitsForMore_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("nothing") << ""_ba;
    QTest::newRow("half a head") << "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r"_ba;
    QTest::newRow("half a body") << "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbod"_ba;
    QTest::newRow("no length") << "HTTP/1.1 200 OK\r\n\r\nbody"_ba;
}

void TestResponseReader::waitsForMore()
{
    QFETCH(QByteArray, bytes);
    ResponseReader reader(limit);
    QCOMPARE(reader.take(bytes), State::Reading);
}

void TestResponseReader::keepsTheHeaders()
{
    ResponseReader reader(limit);
    QCOMPARE(reader.take("HTTP/1.1 429 Slow\r\ncontent-type:  application/json;\r\n\tcharset=utf-8 \r\n"
                         "DATE: Sat, 01 Aug 2026 10:00:00 GMT\r\nRetry-After: 5\r\nRetry-After: 6\r\n"
                         "Location: /x\r\nContent-Length: 0\r\n\r\n"),
             State::Complete);
    QCOMPARE(reader.response().contentType, "application/json; charset=utf-8");
    QCOMPARE(reader.response().date, "Sat, 01 Aug 2026 10:00:00 GMT");
    QCOMPARE(reader.response().retryAfter, "5, 6");
    QCOMPARE(reader.response().location, "/x");
}

void TestResponseReader::saysWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("fault");
    const QByteArray chunked = "Transfer-Encoding: chunked\r\n\r\n";
    const QString length = u"the answer has no clear end (Content-Length)"_s;
    const QString chunks = u"the answer has no clear end (chunks)"_s;
    const QString coding = u"the answer has no clear end (Transfer-Encoding)"_s;
    QTest::newRow("F100 a length below zero") << "Content-Length: -1\r\n\r\nbody"_ba << length;
    QTest::newRow("F100 a length that is none") << "Content-Length: 0x4\r\n\r\nbody"_ba << length;
    QTest::newRow("F100 a long chunk") << chunked + "2\r\nbody\r\n0\r\n\r\n" << chunks;
    QTest::newRow("F100 no size") << chunked + "2\r\nbo\r\nbody\r\n" << chunks;
    QTest::newRow("F100 chunks twice") << "Transfer-Encoding: chunked, chunked\r\n\r\n"_ba << coding;
    // Nobody knows whether these came whole (R40).
    QTest::newRow("F22 cut") << "Content-Length: 5\r\n\r\nbody"_ba << QString();
    QTest::newRow("F22 two lengths") << "Content-Length: 2\r\nContent-Length: 4\r\n\r\nbody"_ba << QString();
    QTest::newRow("F22 cut in a chunk") << chunked + "4\r\nbo" << QString();
}

void TestResponseReader::saysWhatIsWrong()
{
    QFETCH(QByteArray, bytes);
    ResponseReader reader(limit);
    QCOMPARE(readWhole(reader, "HTTP/1.1 400 No\r\n" + bytes), State::Malformed);
    QTEST(reader.response().fault, "fault");
    QCOMPARE(reader.response().status, 400);
    QVERIFY(reader.response().body.isEmpty() || reader.response().fault.isEmpty());
}

void TestResponseReader::namesTheCodingOfTheTransfer_data()
{
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<QByteArray>("encoding");
    QTest::newRow("F100 gzip") << "Transfer-Encoding: GZIP\r\n"_ba
                               << "gzip"_ba;
    QTest::newRow("F100 gzip in chunks") << "Transfer-Encoding: gzip, chunked\r\n"_ba
                                         << "gzip"_ba;
    QTest::newRow("F100 in two headers") << "Transfer-Encoding: deflate\r\nTransfer-Encoding: gzip\r\n"_ba
                                         << "deflate, gzip"_ba;
    QTest::newRow("F100 both") << "Content-Encoding: br\r\nTransfer-Encoding: gzip\r\n"_ba
                               << "br, gzip"_ba;
    QTest::newRow("F100 chunks") << "Transfer-Encoding: chunked\r\n"_ba
                                 << ""_ba;
    QTest::newRow("F100 none") << "Transfer-Encoding: identity\r\n"_ba
                               << ""_ba;
}

void TestResponseReader::namesTheCodingOfTheTransfer()
{
    QFETCH(QByteArray, headers);
    ResponseReader reader(limit);
    QCOMPARE(readWhole(reader, "HTTP/1.1 200 OK\r\n" + headers + "\r\n0\r\n\r\n"), State::Complete);
    QTEST(reader.response().contentEncoding, "encoding");
}

// F95
void TestResponseReader::knowsTheStatusEarly()
{
    ResponseReader reader(limit);
    QCOMPARE(reader.take("HTTP/1.1 100 Go\r\n\r\nHTTP/1.1 407 No\r\nContent-Length: 999\r\n"),
             State::Reading);
    QCOMPARE(reader.response().status, 0);
    QCOMPARE(reader.take("\r\n"), State::TooLarge);
    QCOMPARE(reader.response().status, 407);
}

void TestResponseReader::keepsBytesAfterATunnelsHead()
{
    ResponseReader reader(0, Body::None);
    QCOMPARE(reader.take("HTTP/1.1 200 Connected\r\nContent-Length: 9\r\n"), State::Reading);
    QCOMPARE(reader.take("\r\n\x16\x03"), State::Complete);
    QCOMPARE(reader.rest(), "\x16\x03");
}

LATCHKEY_TEST(TestResponseReader)
#include "tst_responsereader.moc"
