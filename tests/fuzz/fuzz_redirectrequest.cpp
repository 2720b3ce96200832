// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The bytes on the loopback port (R13 to R16, R20), and the answer in them.
#include "core/oauth/httpmessage.h"
#include "core/oauth/redirect.h"

#include "fuzz/fuzzing.h"

using namespace latchkey;
using namespace latchkey::fuzzing;
using namespace Qt::StringLiterals;

namespace {

constexpr QByteArrayView state("CANARY-state");

const RedirectUri &callback()
{
    static const RedirectUri uri = *readRedirectUri(u"http://127.0.0.1:53917/cb"_s);
    return uri;
}

// The head read a second time, by splitting it.
bool isOurRedirect(const QByteArray &received)
{
    const qsizetype end = received.indexOf("\r\n\r\n");
    if (end < 0 || end + 4 > redirectHeadLimit || received.left(end).contains('\0'))
        return false;
    const QString head = QString::fromLatin1(received.left(end));
    const QStringList lines = head.split(u"\r\n"_s);
    const QStringList words = lines.front().split(u' ');
    if (words.size() != 3 || words[0] != u"GET" || words[1].size() > redirectTargetLimit
        || words[1].section(u'?', 0, 0) != u"/cb" || !words[2].startsWith(u"HTTP/1."))
        return false;
    const QStringList hosts = lines.mid(1).filter(u"host:"_s, Qt::CaseInsensitive);
    const auto isHost = [](const QString &line) { return line.startsWith(u"host:"_s, Qt::CaseInsensitive); };
    return std::count_if(hosts.begin(), hosts.end(), isHost) == 1
        && std::find_if(hosts.begin(), hosts.end(), isHost)->mid(5).trimmed() == u"127.0.0.1:53917";
}

bool isSame(const RedirectRequest &a, const RedirectRequest &b)
{
    if (a.index() != b.index())
        return false;
    const auto *query = std::get_if<RedirectQuery>(&a);
    return !query || query->items == std::get<RedirectQuery>(b).items;
}

// However the bytes are cut: once something is said about them, more bytes don't change it (F50).
void checkSplits(const QByteArray &received, const RedirectRequest &whole)
{
    const qsizetype step = std::max(qsizetype(1), received.size() / 64);
    for (qsizetype size = 0; size < received.size(); size += step) {
        const RedirectRequest part = readRedirectRequest(received.left(size), callback());
        if (!std::holds_alternative<NeedMoreBytes>(part))
            return require(isSame(part, whole), "a cut changes nothing");
    }
}

// Unread values may be removed at any time.
void checkSkipping(const QByteArray &received, const RedirectRequest &whole)
{
    if (received.size() > redirectHeadLimit)
        return;
    QByteArray head = received.left(received.size() / 2);
    qsizetype skipped = skipUnread(head);
    head += received.sliced(received.size() / 2);
    skipped += skipUnread(head);
    require(head.size() + skipped == received.size(), "no byte is lost");
    require(isSame(readRedirectRequest(head, callback(), skipped), whole),
            "what nobody reads changes nothing");
}

void checkAnswer(const QueryItems &items)
{
    FormBody body;
    for (const auto &[name, value] : items) {
        require(!name.contains('\0') && !value.contains('\0'), "no item holds a NUL");
        body.add(name, value);
    }
    require(readFormQuery(body.encoded()) == items, "encoded and read again, the items are the same");

    const auto code = authorizationCode(items, { Secret(state), "code", false, {} });
    const auto is = [](QByteArrayView name) {
        return [name](const auto &item) { return item.first == name; };
    };
    const auto count = [&](QByteArrayView name) {
        return std::count_if(items.begin(), items.end(), is(name));
    };
    if (code) {
        const auto found = std::find_if(items.begin(), items.end(), is("state"));
        require(count("state") == 1 && found->second == state, "a code comes with its state, once");
        require(count("code") == 1 && count("error") <= 1 && count("iss") == 0, "nothing is given twice");
        require(code->reveal() == std::find_if(items.begin(), items.end(), is("code"))->second,
                "the code is the one that was sent");
        require(!code->isEmpty() && code->reveal().size() <= 8192 && isVschars(code->reveal())
                    && !code->reveal().contains(' '),
                "a code can stand in a request");
    } else if (const auto *error = std::get_if<OAuthError>(&code.error())) {
        require(error->error.size() <= 64 && error->description.size() <= 512 && isPrintable(error->error)
                    && isPrintable(error->description),
                "what is shown is printable and short");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray received = bytesOf(data, size);
    const RedirectRequest request = readRedirectRequest(received, callback());
    checkSplits(received, request);
    checkSkipping(received, request);
    if (const auto *other = std::get_if<NotForUs>(&request)) {
        require(other->status >= 400 && other->status < 500, "what is not ours is refused");
        require(other->looksLikeTls == received.startsWith('\x16'), "a TLS handshake is told by its type");
    }
    require(!std::holds_alternative<RedirectQuery>(request) || isOurRedirect(received),
            "a redirect has GET, the exact path and the exact Host");
    if (const auto *query = std::get_if<RedirectQuery>(&request))
        checkAnswer(query->items);
    if (size > static_cast<std::size_t>(redirectHeadLimit))
        require(!std::holds_alternative<NeedMoreBytes>(request), "nobody waits for more than the limit");
    if (size > 0)
        require(
            std::holds_alternative<NotForUs>(readRedirectRequest(received, callback(), redirectHeadLimit)),
            "what came before counts towards the limit");
    return 0;
}
