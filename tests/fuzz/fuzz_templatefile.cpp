// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// A template file with accounts without secrets, and the names that exports make from it.
#include "core/flow/account/templatefile.h"
#include "core/provider/providers.h"
#include "core/recipe/exportformat.h"
#include "core/recipe/exportnames.h"

#include <QJsonDocument>
#include <QRegularExpression>
#include <QSet>

#include "fuzz/fuzzing.h"

using namespace latchkey;
using namespace latchkey::fuzzing;
using namespace Qt::StringLiterals;

namespace {

void checkDraft(const AccountDraft &draft)
{
    require(draft.secrets.empty() && draft.mayLackSecrets && !draft.id, "a template holds no secret");
    const Provider *provider = findProvider(draft.providerId);
    for (auto field = draft.fields.begin(); field != draft.fields.end(); ++field) {
        const Field *known = provider ? provider->field(field.key()) : nullptr;
        require(!known || !known->secret, "no field of a template is a secret one");
    }
}

QList<Account> accountsOf(const QList<AccountDraft> &drafts)
{
    QList<Account> accounts;
    for (const AccountDraft &draft : drafts) {
        Account account;
        account.name = draft.name;
        account.providerId = draft.providerId;
        account.fields = draft.fields;
        accounts.append(account);
    }
    return accounts;
}

void checkWriting(const QList<AccountDraft> &drafts)
{
    const QByteArray written = writeTemplates(accountsOf(drafts));
    const auto again = readTemplates(written);
    // Four times as long as it came, a list of the longest may be more than is read.
    if (written.size() > 1024LL * 1024)
        return;
    require(again.has_value(), "what was written is read again");
    require(again->size() <= drafts.size(), "nothing is added");
    require(writeTemplates(accountsOf(*again)) == written, "a file stays as it is");
}

void checkFileNames(const QList<RecipeInput> &inputs)
{
    static const QRegularExpression device(u"\\A(con|prn|aux|nul|com\\d|lpt\\d)\\s*(\\.|\\z)"_s,
                                           QRegularExpression::CaseInsensitiveOption);
    QSet<QString> seen;
    for (const QString &name : fileNames(inputs)) {
        require(!name.isEmpty() && name.toUtf8().size() <= 255 - 20,
                "a file's name has a length that is taken");
        require(std::none_of(name.begin(), name.end(),
                             [](QChar c) { return c < u' ' || u"/\\:*?\"<>|\x7f"_s.contains(c); }),
                "a file's name leads nowhere else");
        require(!name.startsWith(u'.') && !name.endsWith(u'.') && !name.endsWith(u' '),
                "a file's name is seen, and stays as it is on Windows");
        require(!device.match(name).hasMatch(), "a file's name is no device's");
        require(!seen.contains(name.toCaseFolded()), "no two files have one name");
        seen.insert(name.toCaseFolded());
    }
}

void checkVariables(const QList<RecipeInput> &inputs)
{
    static const QRegularExpression variable(u"\\A[a-z][a-z0-9_]*\\z"_s);
    QSet<QString> seen;
    const QStringList prefixes = variablePrefixes(inputs);
    require(prefixes.size() == inputs.size(), "every account has its prefix");
    for (qsizetype i = 0; i < inputs.size(); ++i) {
        for (const ExportVariable &known : exportVariables(inputs[i])) {
            const QString name = prefixes[i] + u'_' + known.name;
            require(variable.match(name).hasMatch(), "a variable's name is one to every shell");
            require(!seen.contains(name), "no two variables have one name");
            seen.insert(name);
        }
    }
}

void checkFiles(const QList<RecipeInput> &inputs)
{
    for (const ExportFormat &format : exportFormats()) {
        QSet<QString> paths;
        for (const ExportedFile &file : format.files(inputs)) {
            require(file.path.isEmpty() != format.isFolder, "only a folder's files have a path");
            const QStringList parts = file.path.split(u'/');
            require(!file.path.startsWith(u'/') && !parts.contains(u".."_s) && !parts.contains(u"."_s),
                    "no path leads out of its folder");
            require(!paths.contains(file.path.toCaseFolded()), "no file is written over another");
            paths.insert(file.path.toCaseFolded());
            require(!file.content.reveal().contains('\0'), "no file holds a NUL");
            if (file.path.endsWith(u".json"_s) || format.suggestedName.endsWith(u".json"_s))
                require(QJsonDocument::fromJson(file.content.reveal().toByteArray()).isObject(),
                        "JSON is JSON");
        }
    }
}

// A name as it came stands for a token, so that marks of every kind are met.
void checkMarks(const QString &text)
{
    RecipeInput input;
    input.token = Secret(text.toUtf8());
    input.headerScheme = u"Bearer"_s;
    const QString found = valueReadAsTemplate(input, templatemarks::doubleBraces);
    require(found == (text.contains(u"{{"_s) ? u"token"_s : QString()), "a mark is found where it stands");
    require(valueReadAsTemplate(input, {}).isEmpty(), "a format without marks takes every value");
}

void checkExports(const QList<AccountDraft> &drafts)
{
    QList<RecipeInput> inputs;
    for (const AccountDraft &draft : drafts) {
        // No account has such a name: the form refuses it.
        if (draft.name.contains(QChar::Null))
            continue;
        if (inputs.size() == 20)
            break;
        checkMarks(draft.name);
        inputs.append({ .token = Secret("CANARY-token"),
                        .headerScheme = u"Bearer"_s,
                        .url = QUrl(draft.fields.value(u"url"_s)),
                        .extraHeaders = { { "TenantRegion", "EU" } },
                        .accountName = draft.name,
                        .providerId = draft.providerId });
    }
    checkFileNames(inputs);
    checkVariables(inputs);
    checkFiles(inputs);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto drafts = readTemplates(bytesOf(data, size));
    if (!drafts) {
        require(!drafts.error().reason.isEmpty(), "a refusal has a reason");
        return 0;
    }
    require(drafts->size() <= 1000, "no file holds more than 1,000 accounts");
    for (const AccountDraft &draft : *drafts)
        checkDraft(draft);
    checkWriting(*drafts);
    checkExports(*drafts);
    return 0;
}
