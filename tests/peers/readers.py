# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How Windows' shells read a line, written from their documentation: they are not to be had here."""

import re

SINGLE_QUOTES = "'\u2018\u2019\u201a\u201b"  # PowerShell, about_Quoting_Rules and its tokenizer's IsSingleQuote


class Misread(Exception):
    """The line means something else than one command with its arguments. Never holds the line."""


def cmd_percent(line, variables):
    """%NAME% and %NAME:a=b% at the prompt: a variable that is not set leaves the text as it is."""
    known = {name.upper(): value for name, value in variables.items()}
    at, result = 0, ""
    while at < len(line):
        end = line.find("%", at + 1) if line[at] == "%" else -1
        name = line[at + 1:end] if end > 0 else ""
        if name and name.split(":")[0].upper() in known:
            result += known[name.split(":")[0].upper()]
            at = end + 1
        else:
            result += line[at]
            at += 1
    return result


def cmd_carets(line):
    """Takes the carets away, as cmd's parser does outside of quotation marks; refuses a second command."""
    result, quoted, escaped = "", False, False
    for character in line:
        if escaped:
            result, escaped = result + character, False
            continue
        if character == "^" and not quoted:
            escaped = True
            continue
        if character == '"':
            quoted = not quoted
        if not quoted and character in "&|<>()\r\n":
            raise Misread
        if character in "\r\n":
            raise Misread
        result += character
    if escaped or quoted:
        raise Misread
    return result


def windows_arguments(line):
    """The C runtime's rules: 2n backslashes and a quotation mark are n backslashes and an end of quotes."""
    arguments, current, quoted, at = [], None, False, 0
    while at < len(line):
        run = re.match(r'(\\*)(")?', line[at:])
        backslashes, quote = len(run.group(1)), run.group(2)
        if backslashes or quote:
            current = (current or "") + "\\" * (backslashes // 2 if quote else backslashes)
            at += backslashes
            if quote:
                at += 1
                if backslashes % 2:
                    current += '"'
                else:
                    quoted = not quoted
            continue
        if line[at] in " \t" and not quoted:
            if current is not None:
                arguments.append(current)
            current = None
        else:
            current = (current or "") + line[at]
        at += 1
    if quoted:
        raise Misread
    return arguments + ([] if current is None else [current])


def cmd_arguments(line, variables):
    return windows_arguments(cmd_carets(cmd_percent(line, variables)))


def powershell_string(text, at=0):
    """The value of the string that begins here, and where it ends. Any single quote doubles any other."""
    if text[at:at + 1] == "" or text[at] not in SINGLE_QUOTES:
        raise Misread
    value, at = "", at + 1
    while at < len(text):
        if text[at] in SINGLE_QUOTES:
            if text[at + 1:at + 2] == "" or text[at + 1] not in SINGLE_QUOTES:
                return value, at + 1
            at += 1
        value += text[at]
        at += 1
    raise Misread


UNCHECKED = ("$unchecked = @{}; if ($PSVersionTable.PSVersion.Major -ge 6) "
             "{ $unchecked['SkipHeaderValidation'] = $true }; ")


def powershell_request(text):
    """The address and headers of an Invoke-RestMethod command."""
    at = len(UNCHECKED) if text.startswith(UNCHECKED) else 0
    end = " @unchecked" if at else ""

    def expect(word):
        nonlocal at
        if not text.startswith(word, at):
            raise Misread
        at += len(word)

    def literal():
        nonlocal at
        value, at = powershell_string(text, at)
        return value

    expect("Invoke-RestMethod -Uri ")
    url = literal()
    expect(" -Headers @{ ")
    headers = {}
    while True:
        name = literal()
        expect(" = ")
        headers[name] = literal()
        if not text.startswith("; ", at):
            break
        expect("; ")
    expect(" }" + end)
    if at != len(text):
        raise Misread
    return url, headers
