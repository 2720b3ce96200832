// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/redirect/redirectpages.h"

#include <QCoreApplication>
#include <QFile>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

struct PageWords
{
    QLatin1StringView sign; // the file of the pictogram
    QLatin1StringView tone; // the class that colours it
    QString headline;
    QString text;
};

QString words(const char *english)
{
    return QCoreApplication::translate("RedirectPage", english);
}

PageWords wordsOf(RedirectPage page)
{
    switch (page) {
    case RedirectPage::SignedIn:
        return { "check"_L1, "good"_L1, words(QT_TRANSLATE_NOOP("RedirectPage", "Signed in")),
                 words(QT_TRANSLATE_NOOP(
                     "RedirectPage", "Latchkey has the token and keeps it safe. You can close this page.")) };
    case RedirectPage::ConfirmInLatchkey:
        return { "question"_L1, "ask"_L1, words(QT_TRANSLATE_NOOP("RedirectPage", "Confirm in Latchkey")),
                 words(QT_TRANSLATE_NOOP(
                     "RedirectPage",
                     "A code has arrived. Go to the Latchkey window and confirm whether to use it.")) };
    case RedirectPage::ReturnToLatchkey:
        return { "window"_L1, "ask"_L1, words(QT_TRANSLATE_NOOP("RedirectPage", "Return to Latchkey")),
                 words(QT_TRANSLATE_NOOP("RedirectPage", "The Latchkey window says how the sign-in went.")) };
    case RedirectPage::Declined:
        return { "declined"_L1, "calm"_L1, words(QT_TRANSLATE_NOOP("RedirectPage", "You declined")),
                 words(QT_TRANSLATE_NOOP("RedirectPage",
                                         "Access was not granted, and no token was issued. If that was not "
                                         "meant, start the sign-in again in Latchkey.")) };
    case RedirectPage::Failed:
        return { "failed"_L1, "bad"_L1, words(QT_TRANSLATE_NOOP("RedirectPage", "Sign-in failed")),
                 words(QT_TRANSLATE_NOOP(
                     "RedirectPage", "Latchkey got no token. Its window says why, and what to do next.")) };
    }
    Q_UNREACHABLE();
}

PageWords wordsOf(RefusalPage page)
{
    switch (page) {
    case RefusalPage::NothingHere:
        return { "nothing"_L1, "calm"_L1, words(QT_TRANSLATE_NOOP("RedirectPage", "Nothing here")),
                 words(QT_TRANSLATE_NOOP(
                     "RedirectPage",
                     "This address only takes the answer to a sign-in that was started in Latchkey.")) };
    case RefusalPage::OtherSignIn:
        return { "failed"_L1, "calm"_L1, words(QT_TRANSLATE_NOOP("RedirectPage", "Not this sign-in")),
                 words(QT_TRANSLATE_NOOP("RedirectPage",
                                         "This answer does not belong to the sign-in that Latchkey waits "
                                         "for, so it was not used. The Latchkey window says more.")) };
    case RefusalPage::AlreadyHandled:
        return { "check"_L1, "calm"_L1, words(QT_TRANSLATE_NOOP("RedirectPage", "Already handled")),
                 words(QT_TRANSLATE_NOOP("RedirectPage",
                                         "Latchkey took this answer before, and takes it only once. The "
                                         "Latchkey window says how the sign-in went.")) };
    case RefusalPage::NotProven:
        return { "question"_L1, "calm"_L1, words(QT_TRANSLATE_NOOP("RedirectPage", "Not used")),
                 words(QT_TRANSLATE_NOOP("RedirectPage",
                                         "Any page could have sent this, so Latchkey goes on waiting. The "
                                         "Latchkey window says more.")) };
    case RefusalPage::TooLarge:
        return { "failed"_L1, "calm"_L1, words(QT_TRANSLATE_NOOP("RedirectPage", "Too much at once")),
                 words(QT_TRANSLATE_NOOP(
                     "RedirectPage",
                     "The browser sent more than Latchkey reads, most likely cookies that other programs "
                     "left for this address. Copy the address of this page and paste it in Latchkey, or "
                     "delete the cookies of localhost and 127.0.0.1 and load this page again.")) };
    }
    Q_UNREACHABLE();
}

QString resource(const QString &name)
{
    QFile file(u":/listener/"_s + name);
    const bool opened = file.open(QIODevice::ReadOnly);
    Q_ASSERT_X(opened, "redirectpages", "the pages are compiled in");
    return QString::fromUtf8(opened ? file.readAll() : QByteArray());
}

QByteArray html(const PageWords &page)
{
    //: The language code of this translation, for screen readers: "de", "ja" and so on
    const QString language = QCoreApplication::translate("RedirectPage", "en");
    QString text = resource(u"page.html"_s);
    text.replace("%LANGUAGE%"_L1, language.toHtmlEscaped());
    text.replace("%TONE%"_L1, page.tone);
    text.replace("%SIGN%"_L1, resource(u"%1.svg"_s.arg(page.sign)));
    text.replace("%MARK%"_L1, resource(u"mark.svg"_s));
    text.replace("%HEADLINE%"_L1, page.headline.toHtmlEscaped());
    // Use the non-breaking hyphen, so that "sign-in" stays on one line.
    text.replace("%TEXT%"_L1, QString(page.text).replace(u'-', QChar(0x2011)).toHtmlEscaped());
    return text.toUtf8();
}

QByteArrayView reasonPhrase(int status)
{
    switch (status) {
    case 200: return "OK";
    case 303: return "See Other";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 414: return "URI Too Long";
    case 421: return "Misdirected Request";
    case 431: return "Request Header Fields Too Large";
    default: return "Bad Request";
    }
}

QByteArray head(int status, qsizetype bodySize)
{
    QByteArray lines = "HTTP/1.1 " + QByteArray::number(status) + ' ' + reasonPhrase(status).toByteArray()
        + "\r\nContent-Type: text/html; charset=utf-8"
          "\r\nContent-Length: "
        + QByteArray::number(bodySize)
        + "\r\nX-Content-Type-Options: nosniff"
          "\r\nReferrer-Policy: no-referrer"
          "\r\nCache-Control: no-store"
          "\r\nContent-Security-Policy: default-src 'none'; style-src 'unsafe-inline'"
          "\r\nConnection: close\r\n";
    if (status == 405)
        lines += "Allow: GET\r\n";
    return lines;
}

} // namespace

QByteArray redirectPageHtml(RedirectPage page)
{
    return html(wordsOf(page));
}

QByteArray refusalPageHtml(RefusalPage page)
{
    return html(wordsOf(page));
}

QByteArray pageResponse(int status, const QByteArray &html, bool withBody)
{
    return head(status, html.size()) + "\r\n" + (withBody ? html : QByteArray());
}

QByteArray seeOtherResponse(const QByteArray &path)
{
    return head(303, 0) + "Location: " + path + "\r\n\r\n";
}

} // namespace latchkey
