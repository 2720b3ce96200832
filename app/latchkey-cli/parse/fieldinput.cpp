// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/parse/fieldinput.h"

#include "core/base/inputtext.h"
#include "core/provider/valuecheck.h"
#include "core/provider/vendorparts.h"
#include "core/text/accounttext.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

// Neither open() nor read() waits, since both would restart after a signal; poll() never does.
std::optional<QByteArray> readAll(int file, qsizetype limit, ReadUntil until)
{
    QByteArray content(limit, '\0');
    qsizetype size = 0;
    while (size < limit) {
        pollfd input { file, POLLIN, 0 };
        if (::poll(&input, 1, -1) < 0)
            return {};
        const ssize_t got = ::read(file, content.data() + size, static_cast<size_t>(limit - size));
        if (got < 0 && errno == EAGAIN)
            continue;
        if (got < 0)
            return {};
        const QByteArrayView fresh(content.constData() + size, got);
        size += got;
        if (got == 0 || (until == ReadUntil::LineEnd && fresh.contains('\n')))
            break;
    }
    content.truncate(size);
    return content;
}

} // namespace

std::optional<QByteArray> readInputFile(const QString &path, qsizetype limit, ReadUntil until)
{
    const int file =
        ::open(QFile::encodeName(path).constData(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (file < 0)
        return {};
    auto content = readAll(file, limit, until);
    ::close(file);
    return content;
}

namespace {

constexpr qsizetype fieldFileLimit = qsizetype { 64 } * 1024; // bytes, more than any field takes

struct Named
{
    const Field *field;
    QString path; // of --secret-file
};

class FieldReader
{
public:
    FieldReader(const Provider &provider, Console &console) : m_provider(provider), m_console(console) {}

    void takeWord(const QString &word);
    void takeSecret(const QString &name);
    void takeSecretFile(const QString &word);
    [[nodiscard]] Result<FieldInput, QList<FieldRefusal>> read();

private:
    void refuse(const QString &field, const QString &sentence) { m_refusals.append({ field, sentence }); }
    [[nodiscard]] QString namesOf(bool secret) const;
    [[nodiscard]] bool isFirst(const Field &field);
    [[nodiscard]] Result<QByteArray, QString> contentOf(const QString &path, ReadUntil until) const;
    void readFile(const Named &named);
    [[nodiscard]] bool readLine(const Field &field);

    const Provider &m_provider;
    Console &m_console;
    QList<Named> m_files;
    QList<Named> m_lines;
    QStringList m_seen;
    FieldInput m_input;
    QList<FieldRefusal> m_refusals;
};

QString FieldReader::namesOf(bool secret) const
{
    QStringList names;
    for (const Field &field : m_provider.fields) {
        if (field.secret == secret)
            names.append(field.id);
    }
    return names.join(u", "_s);
}

bool FieldReader::isFirst(const Field &field)
{
    if (m_seen.contains(field.id)) {
        refuse(field.id, u"This is given twice."_s);
        return false;
    }
    m_seen.append(field.id);
    return true;
}

void FieldReader::takeWord(const QString &word)
{
    const qsizetype equals = word.indexOf(u'=');
    if (equals <= 0)
        return refuse({}, u"A value is given as FIELD=VALUE. The fields: %1."_s.arg(namesOf(false)));
    const QString name = word.left(equals);
    const Field *field = m_provider.field(name);
    if (!field)
        return refuse(name, u"There is no such field. The fields: %1."_s.arg(namesOf(false)));
    if (field->secret)
        return refuse(name,
                      u"This is a secret, and an argument can be read by others: give it with --secret %1 on "
                      "standard input, or with --secret-file %1=PATH."_s.arg(name));
    if (!isFirst(*field))
        return;
    QString value = word.mid(equals + 1);
    if (field->kind == Field::Kind::Pem && value.startsWith(u'@')) {
        const auto content = contentOf(value.mid(1), ReadUntil::End);
        if (!content)
            return refuse(name, content.error());
        const auto text = inputText(*content);
        if (!text)
            return refuse(name, fieldProblemText(problemOf(name, text.error())));
        value = *text;
    }
    m_input.values.insert(name, value);
}

// The refusals do not repeat the word: it may be the secret itself.
void FieldReader::takeSecret(const QString &name)
{
    const Field *field = m_provider.field(name);
    if (!field || !field->secret)
        return refuse({}, u"--secret takes the name of a secret field: %1."_s.arg(namesOf(true)));
    if (field->kind == Field::Kind::Pem)
        return refuse(name, u"This has several lines: give it with --secret-file %1=PATH."_s.arg(name));
    if (isFirst(*field))
        m_lines.append(Named { field, {} });
}

void FieldReader::takeSecretFile(const QString &word)
{
    const qsizetype equals = word.indexOf(u'=');
    const Field *field = m_provider.field(word.left(equals));
    if (equals <= 0 || !field || !field->secret)
        return refuse({},
                      u"--secret-file takes FIELD=PATH, with one of these fields: %1."_s.arg(namesOf(true)));
    if (isFirst(*field))
        m_files.append(Named { field, word.mid(equals + 1) });
}

Result<FieldInput, QList<FieldRefusal>> FieldReader::read()
{
    for (const Named &named : m_files)
        readFile(named);
    if (m_refusals.isEmpty()) {
        for (const Named &named : m_lines) {
            if (!readLine(*named.field))
                return failure(QList<FieldRefusal> {});
        }
    }
    if (!m_refusals.isEmpty())
        return failure(m_refusals);
    return m_input;
}

Result<QByteArray, QString> FieldReader::contentOf(const QString &path, ReadUntil until) const
{
    if (!QFileInfo::exists(path))
        return failure(u"There is no file %1."_s.arg(path));
    auto content = readInputFile(path, fieldFileLimit + 1, until);
    if (!content)
        return failure(u"The file %1 cannot be read."_s.arg(path));
    if (content->size() > fieldFileLimit)
        return failure(u"The file %1 is longer than 64 KiB."_s.arg(path));
    return *std::move(content);
}

void FieldReader::readFile(const Named &named)
{
    const bool isWhole = named.field->kind == Field::Kind::Pem;
    auto content = contentOf(named.path, isWhole ? ReadUntil::End : ReadUntil::LineEnd);
    if (!content)
        return refuse(named.field->id, content.error());
    if (!isWhole) {
        if (const qsizetype end = content->indexOf('\n'); end >= 0)
            content->truncate(end);
        if (content->endsWith('\r'))
            content->chop(1);
    }
    if (withoutMark(QByteArrayView(*content)).isEmpty())
        return refuse(named.field->id, u"The file %1 holds no value for it."_s.arg(named.path));
    m_input.secrets.insert_or_assign(named.field->id, Secret(*content));
    content->fill('\0');
}

// False: the user ended the question on the terminal.
bool FieldReader::readLine(const Field &field)
{
    const bool asks = m_console.isTerminal();
    const auto secret = asks ? m_console.askSecret(QCoreApplication::translate("Provider", field.label))
                             : m_console.readSecretLine();
    if (!secret && asks)
        return false;
    if (!secret)
        refuse(field.id, u"Standard input ended before the line for it came."_s);
    else if (withoutMark(secret->reveal()).isEmpty())
        refuse(field.id, u"The line for it is empty."_s);
    else
        m_input.secrets.insert_or_assign(field.id, *secret);
    return true;
}

} // namespace

Result<FieldInput, QList<FieldRefusal>> readFields(const Provider &provider, const QStringList &words,
                                                   const CommandLine &line, Console &console)
{
    FieldReader reader(provider, console);
    for (const QString &word : words)
        reader.takeWord(word);
    for (const QString &name : line.values(u"--secret"_s))
        reader.takeSecret(name);
    for (const QString &word : line.values(u"--secret-file"_s))
        reader.takeSecretFile(word);
    if (line.has(u"--share-redirect-uri"_s))
        reader.takeWord(shareRedirectUri + u"=true"_s);
    return reader.read();
}

} // namespace latchkey
