// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/parse/commandline.h"
#include "app/latchkey-cli/parse/fieldinput.h"
#include "core/provider/providers.h"
#include "support/testprogram.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

using Read = Result<FieldInput, QList<FieldRefusal>>;

// What "add" reads from these words behind the account's name, with this on standard input.
Read readFor(const char *provider, const QStringList &words, const QByteArray &input = {})
{
    std::array<int, 2> pipe {};
    if (::pipe(pipe.data()) != 0)
        return failure(QList<FieldRefusal> { { {}, u"no pipe"_s } });
    const bool isWritten =
        ::write(pipe[1], input.constData(), static_cast<size_t>(input.size())) == input.size();
    ::close(pipe[1]);
    ::dup2(pipe[0], STDIN_FILENO);
    ::close(pipe[0]);
    const auto line =
        parseCommandLine(QStringList { u"add"_s, QLatin1StringView(provider), u"Name"_s } + words);
    if (!line || !isWritten)
        return failure(QList<FieldRefusal> { { {}, u"not parsed"_s } });
    Console console(false);
    return readFields(*findProvider(line->argument(0)), line->arguments.mid(2), *line, console);
}

QStringList refusedFields(const Read &read)
{
    QStringList fields;
    if (!read) {
        for (const FieldRefusal &refusal : read.error())
            fields.append(refusal.field);
    }
    return fields;
}

bool holds(const Read &read, const QString &field, QByteArrayView secret)
{
    const auto found = read ? read->secrets.find(field) : SecretValues::const_iterator();
    return read && found != read->secrets.end() && found->second.reveal() == secret;
}

} // namespace

class FieldInputTest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    [[nodiscard]] QString file(const QString &name, const QByteArray &content) const
    {
        QFile file(m_folder.filePath(name));
        return file.open(QIODevice::WriteOnly) && file.write(content) == content.size() ? file.fileName()
                                                                                        : QString();
    }

private Q_SLOTS:
    void takesValuesAsTheyAre()
    {
        const auto read =
            readFor("configapi", { u"url=acme.example.com"_s, u"client_id=a=b @c"_s, u"scope="_s });
        QVERIFY(read);
        QCOMPARE(read->values.value(u"url"_s), u"acme.example.com"_s);
        QCOMPARE(read->values.value(u"client_id"_s), u"a=b @c"_s);
        QVERIFY(read->values.contains(u"scope"_s));
        QVERIFY(read->secrets.empty());
    }

    void readsALineOfStandardInputForEachSecretInOrder()
    {
        const auto read = readFor("priava", { u"--secret"_s, u"code"_s, u"--secret"_s, u"client_secret"_s },
                                  "CANARY-code\r\nCANARY-secret\nleft for the next reader\n");
        QVERIFY(holds(read, u"code"_s, "CANARY-code"));
        QVERIFY(holds(read, u"client_secret"_s, "CANARY-secret"));
        QByteArray rest(100, '\0');
        rest.truncate(::read(STDIN_FILENO, rest.data(), 100));
        QCOMPARE(rest, QByteArray("left for the next reader\n"));
    }

    void readsTheFirstLineOfAFile()
    {
        const QString path = file(u"secret"_s, "CANARY-file\r\nsecond line\n");
        QVERIFY(holds(readFor("configapi", { u"--secret-file"_s, u"client_secret="_s + path }),
                      u"client_secret"_s, "CANARY-file"));
        QFile::remove(path);
    }

    void readsAWholeFileWhereTheFieldHasManyLines()
    {
        const QString key = file(u"key"_s, "-----BEGIN PRIVATE KEY-----\nAA\n-----END PRIVATE KEY-----\n");
        const QString certificate = file(u"certificate"_s, "-----BEGIN CERTIFICATE-----\nBB\n");
        const auto read =
            readFor("rev", { u"tls_certificate=@"_s + certificate, u"--secret-file"_s, u"tls_key="_s + key });
        QVERIFY(holds(read, u"tls_key"_s, "-----BEGIN PRIVATE KEY-----\nAA\n-----END PRIVATE KEY-----\n"));
        QCOMPARE(read->values.value(u"tls_certificate"_s), u"-----BEGIN CERTIFICATE-----\nBB\n"_s);
    }

    void refusesWithoutRepeatingTheValue_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QStringList>("fields");
        QTest::addRow("R56 a secret among the arguments")
            << QStringList { u"client_secret=CANARY-argument"_s } << QStringList { u"client_secret"_s };
        QTest::addRow("a secret in the place of a field's name")
            << QStringList { u"--secret"_s, u"CANARY-argument"_s } << QStringList { QString() };
        QTest::addRow("a secret in the place of a file's field")
            << QStringList { u"--secret-file"_s, u"CANARY-argument"_s } << QStringList { QString() };
        QTest::addRow("a field with its secret behind --secret")
            << QStringList { u"--secret"_s, u"client_secret=CANARY-argument"_s } << QStringList { QString() };
        QTest::addRow("no field") << QStringList { u"CANARY-argument"_s } << QStringList { QString() };
        QTest::addRow("an unknown field")
            << QStringList { u"apisecret=CANARY-argument"_s } << QStringList { u"apisecret"_s };
        QTest::addRow("no secret behind --secret")
            << QStringList { u"--secret"_s, u"url"_s } << QStringList { QString() };
        QTest::addRow("many lines from one")
            << QStringList { u"--secret"_s, u"tls_key"_s } << QStringList { u"tls_key"_s };
        QTest::addRow("a field twice") << QStringList { u"url=a"_s, u"url=b"_s } << QStringList { u"url"_s };
        QTest::addRow("a secret twice") << QStringList { u"--secret"_s, u"client_secret"_s,
                                                         u"--secret-file"_s, u"client_secret=/dev/null"_s }
                                        << QStringList { u"client_secret"_s };
        QTest::addRow("no such file")
            << QStringList { u"--secret-file"_s, u"client_secret=/nowhere/at all"_s }
            << QStringList { u"client_secret"_s };
        QTest::addRow("an empty file") << QStringList { u"--secret-file"_s, u"client_secret=/dev/null"_s }
                                       << QStringList { u"client_secret"_s };
        QTest::addRow("F93 a file with nothing but a mark")
            << QStringList { u"--secret-file"_s, u"client_secret="_s + file(u"mark"_s, "\xef\xbb\xbf\n") }
            << QStringList { u"client_secret"_s };
        QTest::addRow("F94 a certificate in Latin-1")
            << QStringList { u"tls_certificate=@"_s + file(u"latin"_s, "# Z\xfcrich\n-----BEGIN") }
            << QStringList { u"tls_certificate"_s };
        QTest::addRow("an endless file") << QStringList { u"--secret-file"_s, u"client_secret=/dev/zero"_s }
                                         << QStringList { u"client_secret"_s };
        QTest::addRow("a folder") << QStringList { u"--secret-file"_s, u"client_secret=/"_s }
                                  << QStringList { u"client_secret"_s };
        QTest::addRow("several at once") << QStringList { u"hots=a"_s, u"client_secret=CANARY-argument"_s }
                                         << QStringList { u"hots"_s, u"client_secret"_s };
    }

    void refusesWithoutRepeatingTheValue()
    {
        QFETCH(QStringList, words);
        QFETCH(QStringList, fields);
        const bool isVideo = words.contains(u"tls_key"_s);
        const auto read = readFor(isVideo ? "rev" : "configapi", words);
        QCOMPARE(refusedFields(read), fields);
        for (const FieldRefusal &refusal : read.error()) {
            QVERIFY(!refusal.sentence.isEmpty());
            QVERIFY(!refusal.sentence.contains(u"CANARY"_s));
        }
    }

    void refusesInputThatEndsTooSoon_data()
    {
        QTest::addColumn<QByteArray>("input");
        QTest::addRow("nothing") << QByteArray();
        QTest::addRow("an empty line") << QByteArray("\n");
        QTest::addRow("F93 a mark alone") << QByteArray("\xef\xbb\xbf\n");
    }

    void refusesInputThatEndsTooSoon()
    {
        QFETCH(QByteArray, input);
        QCOMPARE(refusedFields(readFor("configapi", { u"--secret"_s, u"client_secret"_s }, input)),
                 QStringList { u"client_secret"_s });
    }
};

LATCHKEY_TEST(FieldInputTest)
#include "tst_fieldinput.moc"
