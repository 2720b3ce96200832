// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/exportnames.h"

#include "core/recipe/recipeinput.h"

#include <QRegularExpression>
#include <QSet>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestPrefix = 40;
constexpr qsizetype longestFileName = 60; // characters; at most 240 bytes

bool isAsciiAlnum(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || c.isDigit();
}

// "Prüfung (EU)" -> "prufung_eu", "TenantRegion" -> "tenant_region".
QString snakeCase(QString text)
{
    text.replace(u'ß', u"ss"_s);
    QString name;
    bool gap = false;
    bool afterLower = false;
    for (const QChar c : text.normalized(QString::NormalizationForm_KD)) {
        if (c.isMark())
            continue;
        if (c.unicode() > 0x7F || !isAsciiAlnum(c)) {
            gap = true;
            continue;
        }
        if ((gap || (afterLower && c.isUpper())) && !name.isEmpty())
            name += u'_';
        gap = false;
        afterLower = c.isLower();
        name += c.toLower();
    }
    return name;
}

QString variablePrefix(const QString &accountName)
{
    QString prefix = snakeCase(accountName).left(longestPrefix);
    while (prefix.endsWith(u'_'))
        prefix.chop(1);
    if (prefix.isEmpty())
        return u"account"_s;
    return prefix.front().isDigit() ? u"account_"_s + prefix : prefix;
}

QStringList wholeNames(const QString &prefix, const RecipeInput &account)
{
    QStringList names;
    for (const ExportVariable &variable : exportVariables(account))
        names.append(prefix + u'_' + variable.name);
    return names;
}

// Reserved names: devices of Windows, and Bruno's settings of a folder.
bool isTakenByOthers(const QString &fileName)
{
    static const QSet<QString> taken { u"con"_s,        u"prn"_s,    u"aux"_s,         u"nul"_s,
                                       u"collection"_s, u"folder"_s, u"environments"_s };
    const QString stem = fileName.section(u'.', 0, 0).trimmed().toLower();
    const bool isPort = stem.size() == 4 && (stem.startsWith("com"_L1) || stem.startsWith("lpt"_L1))
        && stem.back().digitValue() >= 0;
    return isPort || taken.contains(stem);
}

// Without dots, blanks and dashes at its ends.
QString withoutEdges(QString name)
{
    const auto isEdge = [](QChar c) { return c == u'.' || c == u' ' || c == u'-'; };
    while (!name.isEmpty() && isEdge(name.back()))
        name.chop(1);
    while (!name.isEmpty() && isEdge(name.front()))
        name.remove(0, 1);
    return name;
}

QString fileName(const QString &accountName)
{
    QString name;
    qsizetype characters = 0;
    for (const char32_t c : accountName.normalized(QString::NormalizationForm_C).toUcs4()) {
        const bool keeps =
            QChar::isLetterOrNumber(c) || QChar::isMark(c) || c == U' ' || c == U'_' || c == U'.';
        if (!keeps && (name.isEmpty() || name.endsWith(u'-')))
            continue;
        if (++characters > longestFileName)
            break;
        name += keeps ? QStringView(QChar::fromUcs4(c)).toString() : u"-"_s;
    }
    name = withoutEdges(name);
    if (name.isEmpty())
        return u"account"_s;
    return isTakenByOthers(name) ? u"account-"_s + name : name;
}

} // namespace

QList<ExportVariable> exportVariables(const RecipeInput &input)
{
    QList<ExportVariable> variables {
        { .name = u"token"_s, .value = Secret(input.token) },
        { .name = u"authorization"_s, .value = Secret(headerValue(input)), .header = "Authorization" },
        { .name = u"url"_s, .value = Secret(address(input)) },
        { .name = u"expires_at"_s, .value = Secret(expiry(input)) },
    };
    for (const auto &[header, value] : input.extraHeaders) {
        QString name = snakeCase(QString::fromLatin1(header));
        const auto isSame = [&name](const ExportVariable &variable) { return variable.name == name; };
        while (name.isEmpty() || std::any_of(variables.begin(), variables.end(), isSame))
            name.prepend(u"header_"_s);
        variables.append({ .name = name, .value = Secret(value), .header = header });
    }
    return variables;
}

QStringList variablePrefixes(const QList<RecipeInput> &accounts)
{
    QStringList prefixes;
    QSet<QString> taken;
    for (const RecipeInput &account : accounts) {
        const QString wanted = variablePrefix(account.accountName);
        QString prefix = wanted;
        const auto isTaken = [&taken](const QString &name) { return taken.contains(name); };
        for (int n = 2;; ++n) {
            const QStringList names = wholeNames(prefix, account);
            if (std::none_of(names.begin(), names.end(), isTaken)) {
                taken.unite({ names.begin(), names.end() });
                break;
            }
            prefix = wanted + u'_' + QString::number(n);
        }
        prefixes.append(prefix);
    }
    return prefixes;
}

QStringList fileNames(const QList<RecipeInput> &accounts)
{
    QStringList names;
    QSet<QString> taken;
    for (const RecipeInput &account : accounts) {
        const QString wanted = fileName(account.accountName);
        QString name = wanted;
        for (int n = 2; taken.contains(name.toCaseFolded()); ++n)
            name = wanted + u'-' + QString::number(n);
        taken.insert(name.toCaseFolded());
        names.append(name);
    }
    return names;
}

QString valueReadAsTemplate(const RecipeInput &input, QLatin1StringView marks)
{
    if (marks.isEmpty())
        return {};
    const QRegularExpression mark(marks);
    for (const ExportVariable &variable : exportVariables(input)) {
        const QString value = QString::fromUtf8(variable.value.reveal());
        if (variable.name != "url"_L1 && mark.match(value).hasMatch())
            return variable.name;
    }
    return {};
}

QString labelOf(const RecipeInput &input)
{
    static const QRegularExpression mark(u"(\\{(?=[{%#])|#(?=\\}))"_s);
    return QString(input.accountName).replace(mark, u"\\1 "_s);
}

} // namespace latchkey
