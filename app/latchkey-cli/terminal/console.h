// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/secret.h"

#include <QByteArrayView>
#include <QJsonObject>
#include <QJsonValue>
#include <QString>

#include <optional>

namespace latchkey {

// Standard input, output and error. What was asked for goes out, everything else to error (R56).
class Console final
{
public:
    // `allowsPrompt`: the user said that there may be prompts although there is no terminal.
    explicit Console(bool isJson, bool allowsPrompt = false) : m_isJson(isJson), m_allowsPrompt(allowsPrompt)
    {
    }

    [[nodiscard]] bool isJson() const { return m_isJson; }
    // False once standard output is gone (a closed pipe, a full disk): that was said, and the command has
    // failed.
    bool write(QByteArrayView bytes);
    // One line, whatever others' texts in it hold: line ends too are shown as U+FFFD.
    bool writeLine(const QString &line);
    enum class JsonForm { Indented, OneLine };
    bool writeJson(const QJsonValue &value, JsonForm form = JsonForm::Indented); // with a line end
    void say(const QString &line); // one line as above, to standard error; with --json too
    void sayJson(const QJsonObject &object); // one line there
    [[nodiscard]] bool isTerminal() const; // standard input and standard error are one
    // May a window for a password open?
    [[nodiscard]] bool mayPrompt() const { return m_allowsPrompt || isTerminal(); }
    // One line without its end; at most 64 KiB. Nothing: the input has ended.
    [[nodiscard]] std::optional<Secret> readSecretLine();
    [[nodiscard]] std::optional<QByteArray> readAll(qsizetype limit); // nothing: more than that
    // Asks on the terminal, without echo for a secret. Blocks; nothing of the program runs meanwhile. A
    // signal that asks the process to end is an end of the input.
    [[nodiscard]] bool askYesNo(const QString &question);
    [[nodiscard]] std::optional<Secret> askSecret(const QString &question);

private:
    bool m_isJson;
    bool m_allowsPrompt;
    bool m_isGone = false; // standard output
};

} // namespace latchkey
