// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/doctor/doctoroperation.h"

#include "core/flow/doctor/doctorchecks.h"
#include "core/flow/doctor/secretstoretrial.h"
#include "core/flow/store/accountrepository.h"
#include "core/flow/store/flowcontext.h"
#include "core/flow/store/porterrors.h"
#include "core/oauth/origin.h"
#include "core/port/browser.h"
#include "core/provider/providers.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;
using Check = DoctorFinding::Check;
using Outcome = DoctorFinding::Outcome;

namespace {

QString siteKey(const QUrl &url)
{
    return toText(originOf(url));
}

} // namespace

class DoctorOperation::Private
{
public:
    struct Patient
    {
        Account account;
        const Provider *provider = nullptr;

        [[nodiscard]] bool signsIn() const { return provider->grant == GrantKind::AuthorizationCode; }
    };

    Private(DoctorOperation &operation, FlowContext &theContext, AccountRepository &theRepository,
            std::optional<AccountId> theId)
        : q(operation), context(theContext), repository(theRepository), id(std::move(theId))
    {
    }

    void begin();
    void report(const DoctorFinding &finding);
    void report(const QList<DoctorFinding> &list);
    void checkProfile();
    void checkBrowser();
    void checkSecretStore();
    void nextRedirect();
    void nextSite();
    void later(void (Private::*step)());
    void end();

    DoctorOperation &q;
    FlowContext &context;
    AccountRepository &repository;
    std::optional<AccountId> id;
    QList<Patient> patients;
    QList<Patient> redirects; // still to be looked at
    QList<Patient> sites;
    QSet<QString> seen; // redirect URIs and hosts
    QList<DoctorFinding> findings;
};

// Emitted from the event loop, so that a receiver may delete the operation.
void DoctorOperation::Private::report(const DoctorFinding &finding)
{
    findings.append(finding);
    QMetaObject::invokeMethod(
        &q, [operation = &q, finding] { Q_EMIT operation->found(finding); }, Qt::QueuedConnection);
}

void DoctorOperation::Private::report(const QList<DoctorFinding> &list)
{
    for (const DoctorFinding &finding : list)
        report(finding);
}

void DoctorOperation::Private::later(void (Private::*step)())
{
    QMetaObject::invokeMethod(
        &q, [this, step] { (this->*step)(); }, Qt::QueuedConnection);
}

void DoctorOperation::Private::begin()
{
    const Account *chosen = id ? repository.find(*id) : nullptr;
    if (id && !chosen) {
        report({ Check::Profile,
                 Outcome::Failed,
                 {},
                 {},
                 {},
                 makeProblem(Problem::Kind::NoSuchAccount, context.clock()) });
        return end();
    }
    const QList<Account> accounts = chosen ? QList { *chosen } : repository.accounts();
    for (const Account &account : accounts) {
        if (const Provider *provider = findProvider(account.providerId))
            patients.append({ account, provider });
    }
    redirects = patients;
    redirects.removeIf([](const Patient &patient) { return !patient.signsIn(); });
    sites = patients;
    checkProfile();
    checkBrowser();
    checkSecretStore();
}

void DoctorOperation::Private::checkProfile()
{
    DoctorFinding profile { Check::Profile, Outcome::Passed, {}, {}, {}, {} };
    const auto recorded = repository.secrets().places().recordedBackend();
    if (!recorded) {
        profile.outcome = Outcome::Failed;
        profile.problem = recorded.error();
    } else {
        profile.detail =
            QCoreApplication::translate("DoctorFinding", "accounts: %1").arg(repository.accounts().size());
    }
    report(profile);
}

// A provider without a sign-in needs none.
void DoctorOperation::Private::checkBrowser()
{
    DoctorFinding finding { Check::Browser, Outcome::Passed, {}, {}, {}, {} };
    if (!patients.isEmpty() && redirects.isEmpty()) {
        finding.outcome = Outcome::Skipped;
    } else if (const auto program = context.browser.check(); !program) {
        finding.outcome = Outcome::Failed;
        finding.subject = program.error().detail;
        finding.problem = problemOf(program.error(), context.clock());
    } else {
        finding.subject = *program;
    }
    report(finding);
}

void DoctorOperation::Private::checkSecretStore()
{
    // Not the operation's child: deleted half way, it would leave its value behind.
    auto *trial =
        new SecretStoreTrial(repository.secrets(), context.clock, context.random, &repository.secrets());
    connect(trial, &SecretStoreTrial::finished, trial, &QObject::deleteLater);
    connect(trial, &SecretStoreTrial::finished, &q, [this](const std::optional<Problem> &problem) {
        DoctorFinding finding { Check::Keychain, Outcome::Passed, repository.secrets().backendName(), {}, {},
                                problem };
        finding.detail = QCoreApplication::translate("DoctorFinding", "%1 bytes").arg(SecretStoreTrial::size);
        if (problem)
            finding.outcome = Outcome::Failed;
        report(finding);
        later(&Private::nextRedirect);
    });
    trial->start();
}

void DoctorOperation::Private::nextRedirect()
{
    if (redirects.isEmpty())
        return later(&Private::nextSite);
    const Account account = redirects.takeFirst().account;
    const auto look = [this, account](const Result<AccountSecrets, Problem> &secrets) {
        report(checkRedirect(context, account, secrets));
        later(&Private::nextRedirect);
    };
    const QString uri = account.fields.value(u"redirect_uri"_s);
    // Several accounts of one vendor often share theirs; a certificate is each account's own.
    if (needsTlsKey(account))
        return repository.readSecrets(account.id, { &q, look });
    if (seen.contains(uri))
        return later(&Private::nextRedirect);
    seen.insert(uri);
    look(AccountSecrets {});
}

void DoctorOperation::Private::nextSite()
{
    if (sites.isEmpty())
        return end();
    const Patient patient = sites.takeFirst();
    const QUrl site = patient.provider->baseUrl(patient.account.fields);
    if (seen.contains(siteKey(site)))
        return later(&Private::nextSite);
    seen.insert(siteKey(site));
    auto *check = new SiteCheck(context, site, patient.account.name, &q);
    connect(check, &SiteCheck::finished, &q, [this, check](const QList<DoctorFinding> &list) {
        check->deleteLater();
        report(list);
        later(&Private::nextSite);
    });
    check->start();
}

void DoctorOperation::Private::end()
{
    QMetaObject::invokeMethod(
        &q, [operation = &q, list = findings] { Q_EMIT operation->finished(list); }, Qt::QueuedConnection);
}

DoctorOperation::DoctorOperation(FlowContext &context, AccountRepository &repository,
                                 std::optional<AccountId> id, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(*this, context, repository, std::move(id)))
{
}

DoctorOperation::~DoctorOperation() = default;

void DoctorOperation::start()
{
    d->begin();
}

} // namespace latchkey
