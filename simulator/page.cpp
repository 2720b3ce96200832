// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/page.h"

namespace latchkey::simulator {

namespace {

constexpr auto style = R"(
:root { color-scheme: light dark; --ink: #1d2430; --quiet: #5a6475; --ground: #eef1f5; --card: #fff;
  --line: #cfd6e0; --bad: #b3261e; --bad-ground: #fdecea; }
@media (prefers-color-scheme: dark) { :root { --ink: #e7ebf1; --quiet: #a2acbb; --ground: #14181e;
  --card: #1e242d; --line: #3a4452; --bad: #ffb4ab; --bad-ground: #43201e; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 2rem 1rem;
  font: 16px/1.5 system-ui, "Noto Sans", sans-serif; color: var(--ink); background: var(--ground); }
main { width: 100%; max-width: 26rem; background: var(--card); border-radius: 14px; overflow: hidden;
  box-shadow: 0 1px 2px rgb(0 0 0 / 12%), 0 12px 32px rgb(0 0 0 / 12%); }
main.wide { max-width: 52rem; }
header { padding: 1.1rem 1.75rem; color: #fff; background: var(--accent, #33475b); font-weight: 600; }
header small { display: block; font-weight: 400; opacity: .85; }
section { padding: 1.5rem 1.75rem 1.75rem; }
h1 { font-size: 1.3rem; line-height: 1.3; margin: 0 0 .35rem; }
p { margin: 0 0 1rem; color: var(--quiet); overflow-wrap: anywhere; }
label { display: block; font-weight: 600; margin: 1rem 0 .3rem; }
input { width: 100%; font: inherit; color: inherit; background: transparent; padding: .6rem .75rem;
  border: 1px solid var(--line); border-radius: 8px; }
.buttons { display: flex; gap: .75rem; margin-top: 1.5rem; flex-wrap: wrap; }
button { flex: 1; font: inherit; font-weight: 600; padding: .65rem 1rem; border-radius: 8px; cursor: pointer;
  border: 1px solid var(--line); color: inherit; background: transparent; }
button.main { color: #fff; background: var(--accent, #33475b); border-color: transparent; }
input:focus-visible, button:focus-visible { outline: 3px solid #4c8dff; outline-offset: 2px; }
.error { color: var(--bad); background: var(--bad-ground); border-radius: 8px; padding: .6rem .75rem; }
code { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: .9em; overflow-wrap: anywhere;
  color: var(--ink); }
article { border-top: 1px solid var(--line); padding-top: 1rem; margin-top: 1rem; }
)";

QByteArray escaped(const QString &text)
{
    return text.toHtmlEscaped().toUtf8();
}

QByteArray document(const QByteArray &title, const QByteArray &accent, const QByteArray &main)
{
    return "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>" + title
        + "</title>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<style>"
        + ":root { --accent: " + accent + "; }" + style + "</style>\n</head>\n<body>\n" + main
        + "\n</body>\n</html>\n";
}

} // namespace

QByteArray signInPage(const SignInForm &form)
{
    const QByteArray vendor = escaped(form.vendorName);
    const QByteArray complaint = form.complaint.isEmpty()
        ? QByteArray()
        : R"(<p class="error" id="error" role="alert">)" + escaped(form.complaint) + "</p>\n";
    return document(
        "Sign in to " + vendor, form.accent,
        "<main>\n<header>" + vendor + "<small>Simulated for trying and testing</small></header>\n"
            + "<section>\n<h1>Allow access to your account?</h1>\n<p><code>" + escaped(form.client)
            + "</code> asks to act for you in " + vendor + ".</p>\n" + complaint
            + "<form method=\"post\">\n<label for=\"user\">User name</label>\n"
              "<input id=\"user\" name=\"user\" autocomplete=\"off\" autocapitalize=\"none\" "
              "required autofocus value=\""
            + escaped(form.user)
            + "\">\n<label for=\"password\">Password</label>\n<input id=\"password\" "
              "name=\"password\" type=\"password\" autocomplete=\"off\" required>\n"
              "<div class=\"buttons\">\n<button class=\"main\" id=\"allow\" name=\"decision\" "
              "value=\"allow\">Allow</button>\n<button id=\"deny\" name=\"decision\" value=\"deny\" "
              "formnovalidate>Deny</button>\n</div>\n</form>\n</section>\n</main>");
}

QByteArray plainPage(const QString &title, const QByteArray &content)
{
    return document(escaped(title), "#33475b",
                    "<main class=\"wide\">\n<header>Vendor simulator<small>For trying and testing"
                    "</small></header>\n<section>\n<h1>"
                        + escaped(title) + "</h1>\n" + content + "\n</section>\n</main>");
}

} // namespace latchkey::simulator
