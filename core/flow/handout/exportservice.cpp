// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/handout/exportservice.h"

#include "core/account/expiry.h"
#include "core/flow/account/accountservice.h"
#include "core/flow/handout/activityservice.h"
#include "core/flow/handout/handoutservice.h"
#include "core/flow/store/porterrors.h"
#include "core/flow/store/secretbinding.h"
#include "core/flow/token/tokenservice.h"
#include "core/oauth/tokenresponse.h"
#include "core/port/privatefiles.h"
#include "core/provider/providers.h"
#include "core/recipe/exportformat.h"
#include "core/recipe/exportnames.h"

namespace latchkey {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

// What is exported is used later, by another program.
constexpr std::chrono::seconds leastLifeToExport = 2min;

QList<PrivateFile> privateFiles(const QList<ExportedFile> &files)
{
    QList<PrivateFile> result;
    for (const ExportedFile &file : files)
        result.append({ file.path, Secret(file.content) });
    return result;
}

QStringList pathsOf(const QString &target, const QList<ExportedFile> &files)
{
    QStringList paths;
    for (const ExportedFile &file : files)
        paths.append(file.path.isEmpty() ? target : target + u'/' + file.path);
    return paths;
}

} // namespace

// One export, from its first account to its files. Deletes itself.
class ExportService::Run final : public QObject
{
public:
    using Answer = Reply<Result<QStringList, Problem>>;

    Run(ExportService &service, ExportRequest request, const ExportFormat &format, Answer reply)
        : QObject(&service),
          m_service(service),
          m_request(std::move(request)),
          m_format(format),
          m_reply(std::move(reply))
    {
    }

    void start();

private:
    [[nodiscard]] Problem problem(Problem::Kind kind, const QString &detail = {}) const;
    [[nodiscard]] std::optional<Problem> obstacle(const AccountId &id) const;
    void next();
    void take(const Result<HandedToken, Problem> &handed);
    void takeFacts(const Account &account);
    void write();
    void record();
    void stop(const Problem &problem);

    ExportService &m_service;
    ExportRequest m_request;
    const ExportFormat &m_format;
    Answer m_reply;
    QList<RecipeInput> m_inputs;
};

Problem ExportService::Run::problem(Problem::Kind kind, const QString &detail) const
{
    return makeProblem(kind, m_service.m_parts.clock(), detail);
}

void ExportService::Run::start()
{
    for (const AccountId &id : m_request.ids) {
        if (const auto found = obstacle(id)) {
            Q_EMIT m_service.stoppedAt(id);
            return stop(*found);
        }
    }
    next();
}

// What can be seen before anything is asked for.
std::optional<Problem> ExportService::Run::obstacle(const AccountId &id) const
{
    const Account *account = m_service.m_parts.accounts.find(id);
    if (!account || !findProvider(account->providerId))
        return problem(Problem::Kind::NoSuchAccount);
    const QString host = m_format.sendsToAddress ? m_service.m_parts.handouts.foreignHost(id) : QString();
    if (!host.isEmpty() && !isAllowedHost(host, m_request.allowedHosts))
        return problem(Problem::Kind::OtherHost, host);
    return {};
}

void ExportService::Run::next()
{
    if (!m_reply.owner())
        return deleteLater();
    if (m_inputs.size() == m_request.ids.size())
        return write();
    const AccountId id = m_request.ids.at(m_inputs.size());
    const Account *account = m_service.m_parts.accounts.find(id);
    if (account && !m_format.holdsTokens)
        return takeFacts(*account);
    m_service.m_parts.tokens.token(
        id, leastLifeToExport,
        { this, [this](const Result<HandedToken, Problem> &handed) { take(handed); } });
}

void ExportService::Run::take(const Result<HandedToken, Problem> &handed)
{
    const AccountId id = m_request.ids.at(m_inputs.size());
    std::optional<Problem> why;
    if (!handed)
        why = handed.error();
    else if (handed->refreshFailed && handed->refreshFailed->kind != Problem::Kind::NotSaved
             && remaining(handed->facts, m_service.m_parts.clock()).value_or(0s) < leastLifeToExport)
        why = handed->refreshFailed;
    else if (!HandoutService::isOneLine(m_service.m_parts.handouts.inputFor(*handed)))
        why = problem(Problem::Kind::SecretUnsuitable);
    else
        why = obstacle(id); // the account may have been edited while the token was refreshed
    const RecipeInput input = handed ? m_service.m_parts.handouts.inputFor(*handed) : RecipeInput();
    if (const QString value = valueReadAsTemplate(input, m_format.templateMarks); !why && !value.isEmpty())
        why = problem(Problem::Kind::ReadAsTemplate, value);
    if (why) {
        Q_EMIT m_service.stoppedAt(id);
        return stop(*why);
    }
    m_inputs.append(input);
    Q_EMIT m_service.progressed(static_cast<int>(m_inputs.size()), static_cast<int>(m_request.ids.size()));
    next();
}

// For files that name the token's place and leave it empty.
void ExportService::Run::takeFacts(const Account &account)
{
    const TokenFacts facts = account.token.value_or(TokenFacts());
    m_inputs.append(m_service.m_parts.handouts.inputFor(
        requestContext(account, *findProvider(account.providerId), facts)));
    next();
}

void ExportService::Run::write()
{
    const QList<ExportedFile> files = m_format.files(m_inputs);
    const auto written =
        m_service.m_parts.files.write(m_request.target, privateFiles(files), m_request.mayReplace);
    if (!written)
        return stop(problemOf(written.error(), m_service.m_parts.clock()));
    record();
    deleteLater();
    m_reply(pathsOf(m_request.target, files));
}

void ExportService::Run::record()
{
    if (!m_format.holdsTokens)
        return;
    for (const AccountId &id : std::as_const(m_request.ids)) {
        if (const Account *account = m_service.m_parts.accounts.find(id))
            m_service.m_parts.activity.record(*account, m_format.id, m_request.program);
    }
}

void ExportService::Run::stop(const Problem &problem)
{
    deleteLater();
    m_reply(failure(problem));
}

ExportService::ExportService(Parts parts, QObject *parent) : QObject(parent), m_parts(std::move(parts)) {}

void ExportService::write(const ExportRequest &request, Reply<Result<QStringList, Problem>> reply)
{
    const ExportFormat *format = findExportFormat(request.formatId);
    if (!format || request.ids.isEmpty()) {
        const QString wrong = format ? u"account"_s : u"format"_s;
        return reply(failure(makeProblem(Problem::Kind::FieldRefused, m_parts.clock(), wrong)));
    }
    (new Run(*this, request, *format, std::move(reply)))->start();
}

QString ExportService::remarkOn(const QString &target) const
{
    return m_parts.files.remarkOn(target);
}

} // namespace latchkey
