// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/http/proxychoice.h"

#include "core/base/characters.h"
#include "core/oauth/addressrules.h"
#include "core/oauth/origin.h"

#include <QCoreApplication>
#include <QHostAddress>
#include <QNetworkProxyFactory>
#include <QPointer>
#include <QRegularExpression>
#include <QThreadPool>
#include <QUrl>

#include <algorithm>
#include <limits>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

struct HostAndPort
{
    QString host; // without brackets
    std::optional<quint16> port;
};

// "host", "host:3128", "[::1]:3128". An empty port is none.
std::optional<HostAndPort> readHostAndPort(const QString &text)
{
    static const QRegularExpression form(
        uR"(^(?:\[([0-9A-Fa-f.]*:[0-9A-Fa-f:.]*(?:%(?:25)?([\w.-]+))?)\]|([\w.-]+))(?::([0-9]*))?$)"_s,
        QRegularExpression::UseUnicodePropertiesOption);
    const auto match = form.match(text);
    if (!match.hasMatch())
        return {};
    HostAndPort read { match.captured(1) + match.captured(3), {} };
    // In an address, the % before a zone may be written as %25 (RFC 6874).
    if (const QString zone = match.captured(2); !zone.isEmpty())
        read.host = read.host.section(u'%', 0, 0) + u'%' + zone;
    if (const QString digits = match.captured(4); !digits.isEmpty()) {
        bool isNumber = false;
        const uint port = digits.toUInt(&isNumber);
        if (!isNumber || port < 1 || port > std::numeric_limits<quint16>::max())
            return {};
        read.port = static_cast<quint16>(port);
    }
    return read;
}

// Like curl, leaves a stray % as it is. Nothing if these are not bytes of UTF-8: another password must not be
// sent instead.
std::optional<QString> decoded(const QString &part)
{
    static const QRegularExpression strayPercent(u"%(?![0-9A-Fa-f]{2})"_s);
    const QByteArray bytes =
        QByteArray::fromPercentEncoding(QString(part).replace(strayPercent, u"%25"_s).toUtf8());
    if (!QByteArrayView(bytes).isValidUtf8())
        return {};
    return QString::fromUtf8(bytes);
}

// curl's default port for every kind of proxy.
constexpr quint16 defaultPort = 1080;

std::optional<QNetworkProxy> proxyOfScheme(const QString &scheme)
{
    if (scheme == "http"_L1)
        return QNetworkProxy(QNetworkProxy::HttpProxy);
    if (scheme != "socks5"_L1 && scheme != "socks5h"_L1)
        return {};
    QNetworkProxy proxy(QNetworkProxy::Socks5Proxy);
    if (scheme == "socks5"_L1)
        proxy.setCapabilities(QNetworkProxy::TunnelingCapability);
    return proxy;
}

bool takeLogin(const QString &login, QNetworkProxy &proxy)
{
    const auto user = decoded(login.section(u':', 0, 0));
    const auto password = decoded(login.section(u':', 1));
    proxy.setUser(user.value_or(QString()));
    proxy.setPassword(password.value_or(QString()));
    return user && password;
}

std::optional<QNetworkProxy> readProxy(const QString &value)
{
    const qsizetype schemeEnd = value.indexOf("://"_L1);
    auto proxy = proxyOfScheme(schemeEnd < 0 ? u"http"_s : value.left(schemeEnd).toLower());
    if (!proxy)
        return {};

    QString authority = schemeEnd < 0 ? value : value.mid(schemeEnd + 3);
    static const QRegularExpression authorityEnd(uR"([/?#])"_s);
    if (const qsizetype end = authority.indexOf(authorityEnd); end >= 0) {
        if (schemeEnd < 0 && authority.size() > end + 1) // "http:/proxy" has no host named "http"
            return {};
        authority.truncate(end);
    }
    const qsizetype at = authority.lastIndexOf(u'@');
    const auto place = readHostAndPort(authority.mid(at + 1));
    // Qt reads a byte that is not UTF-8 as this character.
    if (!place || firstInvisible(authority) || authority.contains(QChar::ReplacementCharacter))
        return {};
    proxy->setHostName(place->host);
    proxy->setPort(place->port.value_or(defaultPort));
    if (at >= 0 && !takeLogin(authority.left(at), *proxy))
        return {};
    return proxy;
}

// Dots before or after a name do not count, and Unicode equals punycode.
QString plainName(QString name)
{
    if (name.endsWith(u'.'))
        name.chop(1);
    if (name.startsWith(u'.'))
        name.remove(0, 1);
    const QByteArray ace = QUrl::toAce(name);
    return ace.isEmpty() ? name.toLower() : QString::fromLatin1(ace).toLower();
}

bool isSuffixOf(const QString &entry, const QString &host)
{
    const QString suffix = plainName(entry);
    const QString name = plainName(host);
    return !suffix.isEmpty() && (name == suffix || name.endsWith(u'.' + suffix));
}

// Only the usual form: QHostAddress also takes 10.1, 0xa.0.0.1 and 167772161.
QHostAddress readAddress(const QString &text)
{
    static const QRegularExpression fourNumbers(
        QRegularExpression::anchoredPattern(u"(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}"_s));
    const bool isUsual = text.contains(u':') || fourNumbers.match(text).hasMatch();
    return isUsual ? QHostAddress(text) : QHostAddress();
}

// A network such as 10.0.0.0/8. As in curl, a length of 0 means the address itself.
bool holdsAddress(const QString &network, const QHostAddress &address)
{
    const qsizetype slash = network.indexOf(u'/');
    const QHostAddress start = readAddress(network.left(slash));
    const QByteArray digits = network.mid(slash + 1).toLatin1();
    bool fits = false;
    const int length = digits.toInt(&fits);
    if (address.isNull() || start.protocol() != address.protocol() || !isDigits(digits) || !fits)
        return false;
    if (length == 0)
        return start == address;
    const int longest = address.protocol() == QAbstractSocket::IPv4Protocol ? 32 : 128;
    return length <= longest && address.isInSubnet(start, length);
}

bool standsFor(const QString &entry, const QUrl &url)
{
    const QString host = url.host();
    const QHostAddress address(host);
    if (entry.contains(u'/'))
        return holdsAddress(entry, address);
    if (const QHostAddress named = readAddress(entry); !named.isNull())
        return named == address;
    const auto place = readHostAndPort(entry);
    if (!place || (place->port && *place->port != originOf(url).port))
        return false;
    return address.isNull() ? isSuffixOf(place->host, host) : readAddress(place->host) == address;
}

// Does an entry of `list`, the value of no_proxy, stand for this address?
bool isExceptedFromProxy(const QUrl &url, const QString &list)
{
    // The only wildcard, and only on its own, without blanks, as in curl.
    if (list == "*"_L1)
        return true;
    static const QRegularExpression separator(uR"([,\s]+)"_s);
    const QStringList entries = list.split(separator, Qt::SkipEmptyParts);
    return std::ranges::any_of(entries, [&](const QString &entry) { return standsFor(entry, url); });
}

} // namespace

std::optional<ProxyChoice> proxyFromEnvironment(const QUrl &url, const QProcessEnvironment &environment)
{
    // The first that is set and not blank.
    const auto firstOf = [&](const QStringList &names) {
        const auto isSet = [&](const QString &name) { return !environment.value(name).trimmed().isEmpty(); };
        const auto found = std::ranges::find_if(names, isSet);
        return found == names.end() ? QString() : *found;
    };
    const QString exceptions = firstOf({ u"no_proxy"_s, u"NO_PROXY"_s });
    if (isExceptedFromProxy(url, environment.value(exceptions)))
        return QNetworkProxy(QNetworkProxy::NoProxy);

    const QStringList anyAddress { u"all_proxy"_s, u"ALL_PROXY"_s };
    const bool isHttps = url.scheme() == "https"_L1;
    const QStringList own =
        isHttps ? QStringList { u"https_proxy"_s, u"HTTPS_PROXY"_s } : QStringList { u"http_proxy"_s };
    const QString variable = firstOf(own + anyAddress);
    if (!variable.isEmpty()) {
        const auto proxy = readProxy(environment.value(variable).trimmed());
        return proxy ? ProxyChoice(*proxy) : ProxyChoice(failure(ProxyFault { variable }));
    }
    // If only the other scheme has a proxy, this one has none; the system's guess would use it for both.
    const bool saysNothing =
        firstOf({ u"http_proxy"_s, u"HTTP_PROXY"_s, u"https_proxy"_s, u"HTTPS_PROXY"_s }).isEmpty();
    if (saysNothing)
        return {};
    return QNetworkProxy(QNetworkProxy::NoProxy);
}

namespace {

// The first of the system's proxies that we can use.
QNetworkProxy systemProxy(const QNetworkProxyQuery &query)
{
    const auto proxies = QNetworkProxyFactory::systemProxyForQuery(query);
    const auto isUsable = [](const QNetworkProxy &proxy) {
        return proxy.type() == QNetworkProxy::NoProxy || proxy.type() == QNetworkProxy::HttpProxy
            || proxy.type() == QNetworkProxy::HttpCachingProxy || proxy.type() == QNetworkProxy::Socks5Proxy;
    };
    const auto found = std::ranges::find_if(proxies, isUsable);
    return found == proxies.end() ? QNetworkProxy(QNetworkProxy::NoProxy) : *found;
}

} // namespace

void chooseProxy(const QUrl &url, const std::optional<QNetworkProxy> &set, QObject *owner,
                 const std::function<void(const ProxyChoice &)> &choose)
{
    if (isLoopbackHost(url.host()))
        return choose(QNetworkProxy(QNetworkProxy::NoProxy));
    if (set)
        return choose(*set);
    if (const auto chosen = proxyFromEnvironment(url, QProcessEnvironment::systemEnvironment()))
        return choose(*chosen);
    // Asking the system may run a proxy script or wait for the network, so do it in the background. The
    // answer goes to the application object, since the owner may be gone by then.
    const QNetworkProxyQuery query(url);
    const QPointer<QObject> self(owner);
    QThreadPool::globalInstance()->start([query, self, choose] {
        const QNetworkProxy proxy = systemProxy(query);
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [self, proxy, choose] {
                if (self)
                    choose(proxy);
            },
            Qt::QueuedConnection);
    });
}

QString proxyName(const QNetworkProxy &proxy)
{
    if (proxy.type() == QNetworkProxy::NoProxy || proxy.hostName().isEmpty())
        return {};
    QUrl address;
    address.setHost(proxy.hostName());
    address.setPort(proxy.port());
    return shownHost(address);
}

} // namespace latchkey
