// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/simulator.h"

#include <QHostAddress>
#include <QJsonDocument>
#include <QLocale>

#include <vector>

#include "simulator/configurationdocument.h"
#include "simulator/httpserver.h"
#include "simulator/journal.h"
#include "simulator/page.h"
#include "simulator/vendors.h"

namespace latchkey::simulator {

using namespace Qt::StringLiterals;

struct Simulator::Private
{
    Private(const Clock &clock, QObject *parent);

    [[nodiscard]] QString configure(const QJsonObject &document);
    [[nodiscard]] QJsonObject log() const;
    [[nodiscard]] Answer answer(const Request &request);
    [[nodiscard]] Answer configured(const Request &request);
    [[nodiscard]] Answer index() const;
    [[nodiscard]] QByteArray press(const QUrl &url, const QByteArray &form);

    SimulatorState state;
    std::vector<std::unique_ptr<VendorServer>> servers; // one a vendor
    std::shared_ptr<Journal> journal = std::make_shared<Journal>();
    HttpServer *http = nullptr;
    bool tls = false;
    quint16 port = 0;
};

Simulator::Private::Private(const Clock &clock, QObject *parent)
    : state { .clock = [this, clock] { return clock().addSecs(state.configuration.clockOffset); },
              .configuration = {},
              .ledger = Ledger(state.clock),
              .url = {} }
{
    const auto react = [this](const Request &request) {
        journal->arrived();
        // The journal is shared: a delayed answer may outlive this object.
        const std::shared_ptr<void> slot(nullptr, [journal = journal](void *) { journal->left(); });
        return HttpServer::Reaction { .answer = answer(request), .slot = slot };
    };
    const auto dateHeader = [this] {
        return QLocale::c().toString(state.clock().toUTC(), u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s).toLatin1();
    };
    http = new HttpServer(react, dateHeader, parent);
    for (const Vendor &vendor : vendors())
        servers.push_back(vendor.server(state));
}

QString Simulator::Private::configure(const QJsonObject &document)
{
    Configuration changed = state.configuration;
    Orders orders;
    if (QString problem = applyConfiguration(document, changed, orders); !problem.isEmpty())
        return problem;
    state.configuration = changed;
    if (orders.reset)
        state.ledger = Ledger(state.clock);
    if (orders.reset || orders.clearLog) {
        journal->clear();
        state.ledger.forgetReuses();
    }
    for (const Client &client : state.configuration.clients) {
        if (orders.touched.contains(client.vendor + u'/' + client.id))
            state.ledger.adopt(client);
    }
    for (const Revocation &revocation : orders.revocations)
        state.ledger.revoke(revocation);
    if (orders.release)
        Q_EMIT http->released();
    return {};
}

QJsonObject Simulator::Private::log() const
{
    QJsonObject reused;
    for (auto it = state.ledger.reuses().begin(); it != state.ledger.reuses().end(); ++it)
        reused.insert(it.key(), it.value());
    QJsonObject log = journal->toJson();
    log.insert(u"reused"_s, reused);
    return log;
}

Answer Simulator::Private::answer(const Request &request)
{
    if (request.isOfAnotherUser)
        return jsonAnswer(403, R"({"problem": "only the user who started this may ask"})");
    if (request.path == "/simulator/configure"_L1)
        return request.method == "POST" ? configured(request) : methodNotAllowed("POST");
    if (request.path == "/simulator/log"_L1)
        return jsonAnswer(200, QJsonDocument(log()).toJson());
    if (request.path == "/"_L1)
        return index();

    std::optional<Answer> answer;
    for (const auto &server : servers) {
        answer = server->answer(request);
        if (answer)
            break;
    }
    if (!answer)
        answer =
            htmlAnswer(404, plainPage(u"There is nothing here"_s, "<p><a href=\"/\">What is here</a></p>"));
    journal->answered(request, *answer);
    return *answer;
}

// A web page cannot send this content type to another origin without a preflight request.
Answer Simulator::Private::configured(const Request &request)
{
    if (request.header("Content-Type") != "application/json")
        return jsonAnswer(415, R"({"problem": "Content-Type must be application/json"})");
    const QJsonDocument document = QJsonDocument::fromJson(request.body);
    const QString problem =
        document.isObject() ? configure(document.object()) : u"a JSON object is expected"_s;
    if (!problem.isEmpty())
        return jsonAnswer(400, "{\"problem\": " + quoted(problem) + "}");
    return jsonAnswer(200, "{}");
}

Answer Simulator::Private::index() const
{
    QByteArray content =
        "<p>Stand-ins for three token services. Users sign in with <code>demo</code> and "
        "<code>demo</code>.</p>\n<p><a href=\"/priava/admin\">Priava: API Access</a> &middot; "
        "<a href=\"/simulator/log\">Requests seen</a></p>\n";
    for (const Client &client : state.configuration.clients) {
        content += "<article><p>" + client.vendor.toHtmlEscaped().toUtf8() + ": <code>"
            + client.id.toHtmlEscaped().toUtf8() + "</code>";
        for (const QString &redirectUri : client.redirectUris)
            content += "<br>Redirect URI: <code>" + redirectUri.toHtmlEscaped().toUtf8() + "</code>";
        content += "</p></article>\n";
    }
    return htmlAnswer(200, plainPage(u"Vendor simulator"_s, content));
}

QByteArray Simulator::Private::press(const QUrl &url, const QByteArray &form)
{
    const Answer reply = answer({ .method = "POST",
                                  .path = url.path(QUrl::FullyEncoded),
                                  .query = url.query(QUrl::FullyEncoded).toUtf8(),
                                  .headers = {},
                                  .body = form });
    for (const auto &[name, value] : reply.headers) {
        if (name == "Location")
            return value;
    }
    return {};
}

Simulator::Simulator(std::function<QDateTime()> clock, QObject *parent)
    : QObject(parent),
      d(std::make_unique<Private>(clock ? std::move(clock) : Clock(&QDateTime::currentDateTimeUtc), this))
{
    const QString problem = d->configure(defaultConfiguration());
    Q_ASSERT(problem.isEmpty());
    Q_UNUSED(problem)
}

Simulator::~Simulator()
{
    delete d->http;
}

void Simulator::useTls(const QSslCertificate &certificate, const QSslKey &key)
{
    d->http->sslSetup(certificate, key);
    d->tls = true;
}

bool Simulator::listen(quint16 port)
{
    d->port = d->http->listen(QHostAddress(QHostAddress::LocalHost), port);
    d->state.url = url().toString();
    return d->port != 0;
}

quint16 Simulator::port() const
{
    return d->port;
}

QUrl Simulator::url(const QString &path) const
{
    const QString scheme = d->tls ? u"https"_s : u"http"_s;
    return QUrl(scheme + u"://127.0.0.1:"_s + QString::number(d->port) + path);
}

QUrl Simulator::harmlessUrl(const QString &vendor) const
{
    return url(findVendor(vendor)->harmless);
}

QString Simulator::configure(const QJsonObject &document)
{
    return d->configure(document);
}

QJsonObject Simulator::log() const
{
    return d->log();
}

QByteArray Simulator::redirectAfterAllow(const QUrl &authorizationUrl)
{
    return d->press(authorizationUrl, "user=demo&password=demo&decision=allow");
}

QByteArray Simulator::redirectAfterDeny(const QUrl &authorizationUrl)
{
    return d->press(authorizationUrl, "decision=deny");
}

} // namespace latchkey::simulator
