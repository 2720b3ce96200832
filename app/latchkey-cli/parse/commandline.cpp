// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/parse/commandline.h"

#include "core/base/inputtext.h"

#include <algorithm>
#include <array>
#include <utility>

namespace latchkey {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const OptionSpec *findOption(const CommandSpec *command, const QString &name)
{
    const auto in = [&name](const QList<OptionSpec> &list) -> const OptionSpec * {
        const auto found = std::find_if(list.begin(), list.end(), [&name](const OptionSpec &option) {
            return name == QLatin1StringView(option.name);
        });
        return found == list.end() ? nullptr : &*found;
    };
    const OptionSpec *option = command ? in(command->options) : nullptr;
    return option ? option : in(globalOptionSpecs());
}

bool isAmong(const char *words, const QString &value)
{
    return QString::fromLatin1(words).split(u' ').contains(value);
}

// Takes the words one after the other.
class Parser
{
public:
    explicit Parser(const QStringList &words) : m_words(words) {}
    Result<CommandLine, UsageError> parse();

private:
    [[nodiscard]] auto refused(const QString &sentence) const
    {
        return failure(UsageError { sentence, m_line.command });
    }
    Result<void, UsageError> takeWord(const QString &word);
    Result<void, UsageError> takeOption(const QString &word);
    Result<void, UsageError> takeCommand(const QString &word);
    [[nodiscard]] Result<void, UsageError> checkArguments() const;

    const QStringList &m_words;
    qsizetype m_next = 0;
    bool m_optionsEnded = false;
    CommandLine m_line;
};

Result<CommandLine, UsageError> Parser::parse()
{
    while (m_next < m_words.size()) {
        if (const auto taken = takeWord(m_words[m_next++]); !taken)
            return failure(taken.error());
    }
    if (m_line.has(u"--help"_s) || m_line.has(u"--version"_s) || !m_line.command)
        return m_line;
    if (const auto checked = checkArguments(); !checked)
        return failure(checked.error());
    return m_line;
}

Result<void, UsageError> Parser::takeWord(const QString &word)
{
    if (!m_optionsEnded && word == "--"_L1) {
        m_optionsEnded = true;
        if (m_line.command && m_line.command->takesProgram)
            m_line.program = m_words.mid(std::exchange(m_next, m_words.size()));
        return {};
    }
    if (!m_optionsEnded && word.startsWith(u'-') && word.size() > 1)
        return takeOption(word);
    if (!m_line.command)
        return takeCommand(word);
    m_line.arguments.append(word);
    return {};
}

Result<void, UsageError> Parser::takeCommand(const QString &word)
{
    m_line.command = findCommandSpec(word.toUtf8());
    if (!m_line.command)
        return refused(u"There is no command \"%1\"."_s.arg(word));
    return {};
}

Result<void, UsageError> Parser::takeOption(const QString &word)
{
    const qsizetype equals = word.indexOf(u'=');
    const QString name = word == "-h"_L1 ? u"--help"_s : word.left(equals);
    const OptionSpec *option = findOption(m_line.command, name);
    if (!option)
        return refused(m_line.command
                           ? u"%1 has no option %2."_s.arg(QLatin1StringView(m_line.command->name), name)
                           : u"There is no option %1 before the command."_s.arg(name));
    if (m_line.has(name) && !option->repeated)
        return refused(u"%1 is given twice."_s.arg(name));
    if (*option->value == '\0') {
        if (equals >= 0)
            return refused(u"%1 takes no value."_s.arg(name));
        m_line.options.insert(name, {});
        return {};
    }
    if (equals < 0 && m_next >= m_words.size())
        return refused(u"%1 needs a value: %2."_s.arg(name, QLatin1StringView(option->value)));
    const QString value = equals >= 0 ? word.mid(equals + 1) : m_words[m_next++];
    if (value.isEmpty())
        return refused(u"%1 needs a value: %2."_s.arg(name, QLatin1StringView(option->value)));
    if (option->completes == Completes::Words && !isAmong(option->words, value))
        return refused(u"%1 is one of: %2."_s.arg(name, QLatin1StringView(option->words)));
    m_line.options.insert(name, value);
    return {};
}

Result<void, UsageError> Parser::checkArguments() const
{
    const QList<ArgumentSpec> &specs = m_line.command->arguments;
    for (qsizetype i = 0; i < specs.size(); ++i) {
        if (specs[i].required && m_line.arguments.size() <= i)
            return refused(u"%1 is missing."_s.arg(QLatin1StringView(specs[i].name)));
        if (specs[i].completes == Completes::Words && m_line.arguments.size() > i
            && !isAmong(specs[i].words, m_line.arguments[i]))
            return refused(u"%1 is one of: %2."_s.arg(QLatin1StringView(specs[i].name),
                                                      QLatin1StringView(specs[i].words)));
    }
    const bool isOpen = !specs.isEmpty() && specs.last().repeated;
    if (!isOpen && m_line.arguments.size() > specs.size())
        return refused(u"\"%1\" is one word too many. Put names with blanks in quotes."_s.arg(
            m_line.arguments[specs.size()]));
    if (m_line.command->takesProgram && m_line.program.isEmpty())
        return refused(u"After -- comes the command to run."_s);
    return {};
}

struct Unit
{
    QChar letter;
    std::chrono::seconds length;
};
constexpr std::array units {
    Unit { u'd', std::chrono::days(1) },
    Unit { u'h', 1h },
    Unit { u'm', 1min },
    Unit { u's', 1s },
};
constexpr std::chrono::seconds longestDuration = std::chrono::days(3653);
constexpr qsizetype mostDigits = 9; // more than the longest needs, and no overflow

// Takes ASCII digits alone: no sign, no blank, no digit of another script.
std::optional<qint64> numberOf(QStringView digits)
{
    const bool isNumber = !digits.isEmpty() && digits.size() <= mostDigits
        && std::all_of(digits.begin(), digits.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
    return isNumber ? std::optional(digits.toLongLong()) : std::nullopt;
}

} // namespace

QStringList CommandLine::values(const QString &option) const
{
    QStringList list = options.values(option); // newest first
    std::reverse(list.begin(), list.end());
    return list;
}

std::optional<QString> encodingFault(const QList<QByteArray> &words)
{
    for (const QByteArray &word : words) {
        if (inputText(word))
            continue;
        const qsizetype equals = word.indexOf('=');
        const auto name = inputText(word.first(std::max<qsizetype>(equals, 0)));
        const auto value = inputText(word.sliced(equals + 1));
        if (equals > 0 && name && !value)
            return u"%1: This is %2."_s.arg(*name, reasonOf(value.error()));
        return u"The argument \"%1\" is %2."_s.arg(QString::fromUtf8(word),
                                                   reasonOf(inputText(word).error()));
    }
    return {};
}

Result<CommandLine, UsageError> parseCommandLine(const QStringList &words)
{
    return Parser(words).parse().map_error([&words](UsageError error) {
        error.isJson = words.mid(0, words.indexOf(u"--"_s)).contains(u"--json"_s);
        return error;
    });
}

std::optional<std::chrono::seconds> durationArgument(QStringView text)
{
    std::chrono::seconds whole { 0 };
    if (const auto plain = numberOf(text)) {
        whole = std::chrono::seconds(*plain);
        return whole <= longestDuration ? std::optional(whole) : std::nullopt;
    }
    auto next = units.begin();
    while (!text.isEmpty()) {
        const auto end = std::find_if(text.begin(), text.end(), [](QChar c) { return c < u'0' || c > u'9'; });
        if (end == text.end())
            return {};
        const qsizetype length = end - text.begin();
        const auto number = numberOf(text.first(length));
        const auto unit =
            std::find_if(next, units.end(), [end](const Unit &each) { return each.letter == *end; });
        if (!number || unit == units.end())
            return {};
        whole += *number * unit->length;
        next = unit + 1;
        text = text.sliced(length + 1);
    }
    return next != units.begin() && whole <= longestDuration ? std::optional(whole) : std::nullopt;
}

} // namespace latchkey
