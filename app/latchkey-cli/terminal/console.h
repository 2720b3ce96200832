// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/secret.h"

#include <QByteArrayView>
#include <QJsonObject>
#include <QJsonValue>
#include <QList>
#include <QStringList>

#include <optional>

namespace latchkey {

// Standard input, output and error. What the user asked for goes to output, everything else to error (R56).
class Console final
{
public:
    // `allowsPrompt`: the user allows prompts although there is no terminal.
    explicit Console(bool isJson, bool allowsPrompt = false) : m_isJson(isJson), m_allowsPrompt(allowsPrompt)
    {
    }

    [[nodiscard]] bool isJson() const { return m_isJson; }
    // The write functions return false once standard output is gone (a closed pipe, a full disk): that was
    // said, and the command has failed.
    bool write(QByteArrayView bytes);
    // One line, whatever texts of others it holds: line ends too are shown as U+FFFD.
    bool writeLine(const QString &line);
    bool writeLines(const QStringList &lines);
    enum class JsonForm { Indented, OneLine };
    bool writeJson(const QJsonValue &value, JsonForm form = JsonForm::Indented); // with a line end
    void say(const QString &line); // one line as above, to standard error; with --json too
    void warn(const QString &line); // the same, behind the name of the program
    void sayJson(const QJsonObject &object); // one line there
    [[nodiscard]] bool isTerminal() const; // standard input and standard error are one
    // May a window for a password open?
    [[nodiscard]] bool mayPrompt() const { return m_allowsPrompt || isTerminal(); }
    // One line without its end; at most 64 KiB. Nothing: the input has ended.
    [[nodiscard]] std::optional<Secret> readSecretLine();
    [[nodiscard]] std::optional<QByteArray> readAll(qsizetype limit); // nothing: more than that
    // Asks on the terminal, without echo for a secret. Blocks; nothing of the program runs meanwhile. A
    // signal that asks the process to end also ends the input.
    [[nodiscard]] bool askYesNo(const QString &question);
    [[nodiscard]] std::optional<Secret> askSecret(const QString &question);

private:
    bool m_isJson;
    bool m_allowsPrompt;
    bool m_isGone = false; // standard output
};

// Lines of columns, each as wide as its longest cell on the screen; the last one ends where it ends.
class TextColumns final
{
public:
    void append(const QStringList &cells) { m_lines.append(cells); }
    [[nodiscard]] QStringList lines() const;

private:
    QList<QStringList> m_lines;
};

// How many places of a terminal the text takes: two for a Chinese or Japanese character, none for an accent
// that stands over the letter before it.
[[nodiscard]] qsizetype widthOnScreen(const QString &text);

} // namespace latchkey
