// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/account/templateservice.h"

#include "core/account/account.h"
#include "core/flow/account/accountservice.h"
#include "core/flow/account/templatefile.h"
#include "core/flow/draft/redirectsharing.h"
#include "core/flow/store/porterrors.h"
#include "core/port/privatefiles.h"
#include "core/provider/providers.h"
#include "core/provider/vendorparts.h"

#include <QSet>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

QList<FieldProblem> unknownFields(const AccountDraft &draft, const Provider &provider)
{
    QList<FieldProblem> problems;
    for (const QString &id : draft.fields.keys()) {
        if (id == shareRedirectUri) {
            problems.append({ id,
                              QT_TRANSLATE_NOOP("Provider",
                                                "No file can allow this: only you can, by editing the "
                                                "account after it was added.") });
        } else if (!provider.field(id)) {
            problems.append(
                { id, QT_TRANSLATE_NOOP("Provider", "This version of Latchkey does not know this field.") });
        }
    }
    return problems;
}

QList<FieldProblem> problemsOf(const AccountDraft &draft, const AccountService &accounts)
{
    const Provider *provider = findProvider(draft.providerId);
    if (!provider) {
        return { { u"provider"_s,
                   QT_TRANSLATE_NOOP("Provider", "This version of Latchkey does not know this provider.") } };
    }
    return unknownFields(draft, *provider) + accounts.check(draft);
}

// As it will be added: with the defaults, and every address written as it is used.
AccountDraft completed(AccountDraft draft)
{
    const Provider *provider = findProvider(draft.providerId);
    const FieldValues typed = draft.fields;
    if (provider)
        draft.fields = completeFields(*provider, typed);
    return draft;
}

// As keys.
QSet<QString> namesOf(const QList<Account> &accounts)
{
    QSet<QString> names;
    for (const Account &account : accounts)
        names.insert(accountNameKey(account.name));
    return names;
}

// With what comes before it in the file: the accounts to add, and maybe one of the same name.
QList<FieldProblem> problemsAmong(const AccountDraft &draft, const AccountService &accounts,
                                  const QList<Account> &before, bool isNamed)
{
    QList<FieldProblem> problems;
    if (isNamed) {
        problems.append(
            { u"name"_s, QT_TRANSLATE_NOOP("Provider", "Another account of the file has this name.") });
    }
    problems += problemsOf(draft, accounts);
    if (const auto shared = sharingProblem(before, completed(draft)))
        problems.append(*shared);
    return problems;
}

Account accountOf(const AccountDraft &draft)
{
    Account account;
    account.id = AccountId::create();
    account.name = draft.name;
    account.providerId = draft.providerId;
    account.fields = completed(draft).fields;
    return account;
}

} // namespace

// Adds one account after the other. Deletes itself.
class TemplateService::Import final : public QObject
{
public:
    using Answer = Reply<Result<int, Problem>>;

    Import(TemplateService &service, QList<AccountDraft> drafts, Answer reply)
        : QObject(&service),
          m_accounts(service.m_accounts),
          m_waiting(std::move(drafts)),
          m_reply(std::move(reply))
    {
    }

    void next();

private:
    void take(const Result<AccountId, Problem> &saved);
    void end(const Result<int, Problem> &result);

    AccountService &m_accounts;
    QList<AccountDraft> m_waiting;
    Answer m_reply;
    int m_added = 0;
};

void TemplateService::Import::next()
{
    if (!m_reply.owner())
        return deleteLater();
    if (m_waiting.isEmpty())
        return end(m_added);
    m_accounts.saveAnyway(m_waiting.takeFirst(), {},
                          { this, [this](const Result<AccountId, Problem> &saved) { take(saved); } });
}

void TemplateService::Import::take(const Result<AccountId, Problem> &saved)
{
    // Another program of the user's may have added an account of that name meanwhile: existing ones are kept.
    const bool isKept = !saved
        && (saved.error().kind == Problem::Kind::NameTaken
            || saved.error().kind == Problem::Kind::RedirectUriShared
            || saved.error().kind == Problem::Kind::FieldRefused);
    if (!saved && !isKept)
        return end(failure(saved.error()));
    if (saved)
        ++m_added;
    // Each write waits for the disk: let the window live in between.
    QMetaObject::invokeMethod(this, &Import::next, Qt::QueuedConnection);
}

void TemplateService::Import::end(const Result<int, Problem> &result)
{
    deleteLater();
    m_reply(result);
}

TemplateService::TemplateService(AccountService &accounts, PrivateFiles &files, Clock clock, QObject *parent)
    : QObject(parent), m_accounts(accounts), m_files(files), m_clock(std::move(clock))
{
}

Result<void, Problem> TemplateService::write(const QString &path, const QList<AccountId> &ids,
                                             bool mayReplace)
{
    return m_files.write(path, { { {}, Secret(exported(ids)) } }, mayReplace)
        .map_error([this](const PrivateFileError &error) { return problemOf(error, m_clock()); });
}

QByteArray TemplateService::exported(const QList<AccountId> &ids) const
{
    QList<Account> chosen;
    for (const AccountId &id : ids) {
        if (const Account *account = m_accounts.find(id))
            chosen.append(*account);
    }
    return writeTemplates(chosen);
}

Result<QList<TemplateEntry>, Problem> TemplateService::read(const QByteArray &file) const
{
    const auto drafts = readTemplates(file);
    if (!drafts) {
        const auto kind =
            drafts.error().isNewer ? Problem::Kind::ProfileNewer : Problem::Kind::FileNotUnderstood;
        return failure(makeProblem(kind, m_clock(), drafts.error().reason));
    }
    const QSet<QString> existing = namesOf(m_accounts.accounts());
    QList<TemplateEntry> entries;
    QSet<QString> named;
    QList<Account> toCome;
    for (const AccountDraft &read : *drafts) {
        const AccountDraft draft = m_accounts.proposed(read);
        TemplateEntry entry { draft, TemplateEntry::Verdict::WillBeAdded, {}, {} };
        if (const Provider *provider = findProvider(draft.providerId))
            entry.destinations = destinations(*provider, completed(draft).fields);
        const QString key = accountNameKey(normalizedAccountName(draft.name));
        if (existing.contains(key)) {
            entry.verdict = TemplateEntry::Verdict::AlreadyThere;
        } else {
            entry.problems = problemsAmong(draft, m_accounts, toCome, named.contains(key));
            if (!entry.problems.isEmpty())
                entry.verdict = TemplateEntry::Verdict::Refused;
        }
        named.insert(key);
        if (entry.verdict == TemplateEntry::Verdict::WillBeAdded)
            toCome.append(accountOf(draft));
        entries.append(entry);
    }
    return entries;
}

void TemplateService::import(const QList<TemplateEntry> &entries, Reply<Result<int, Problem>> reply)
{
    QList<AccountDraft> drafts;
    for (const TemplateEntry &entry : entries) {
        if (entry.verdict != TemplateEntry::Verdict::WillBeAdded)
            continue;
        AccountDraft draft = entry.draft;
        draft.id.reset();
        draft.secrets.clear();
        draft.mayLackSecrets = true;
        drafts.append(draft);
    }
    (new Import(*this, drafts, std::move(reply)))->next();
}

} // namespace latchkey
