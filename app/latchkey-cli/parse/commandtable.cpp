// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/latchkey-cli/parse/commandtable.h"

#include <algorithm>

namespace latchkey {

namespace {

constexpr ArgumentSpec oneAccount { "NAME", Completes::Account };
constexpr ArgumentSpec oneAccountOrNone { "NAME", Completes::Account, false };
constexpr ArgumentSpec someAccounts { "NAME", Completes::Account, false, true };
constexpr ArgumentSpec someValues { "FIELD=VALUE", Completes::Nothing, false, true };
constexpr OptionSpec secretOption { "--secret", "FIELD",
                                    "read this secret from the next line of standard input",
                                    Completes::Nothing, true };
constexpr OptionSpec secretFileOption {
    "--secret-file", "FIELD=PATH",
    "read this secret from the first line of a file, or the whole of it for tls_key", Completes::File, true
};
constexpr OptionSpec asIsOption { "--secret-as-is", "",
                                  "take the secrets as they are, although something in them looks wrong" };
constexpr OptionSpec shareOption {
    "--share-redirect-uri", "",
    "although an account at another host has the same redirect URI; each could obtain the other's codes"
};
constexpr OptionSpec otherHostOption { "--other-host", "HOST",
                                       "let the token go to this host (with its port, and with http:// where "
                                       "it has no https), although it is not the vendor's",
                                       Completes::Nothing, true };
constexpr OptionSpec recipeOption { "--as", "RECIPE", "in this form; see recipes", Completes::Recipe };

QList<CommandSpec> accountSpecs()
{
    return {
        { "providers",
          "the vendors and the fields of their accounts",
          "Shows each provider's id and its fields: id, label, whether it is a secret, whether it is "
          "required, its default, and where in the vendor's product the value is found.",
          { { "PROVIDER", Completes::Provider, false } },
          {},
          { { "latchkey-cli providers", "lists the vendors" },
            { "latchkey-cli providers configapi", "lists what an account of Bright Pattern needs" } } },
        { "add",
          "adds an account",
          "Adds an account with the values given; see providers for the fields. No request is made: the "
          "first token is got by sign-in, or when a token is asked for.\n\n"
          "Secrets never come as arguments: --secret reads one line of standard input for each field named, "
          "in order, and asks on a terminal. A secret may be left out and entered later with edit. "
          "tls_certificate=@PATH takes a certificate from a file, --secret-file tls_key=PATH its key.\n\n"
          "A secret with an invisible character, a blank of an unusual kind or a blank at its ends is "
          "refused, unless --secret-as-is says that it really is so. Everything is read as UTF-8; a byte "
          "order mark at the beginning is dropped.\n\n"
          "Values that are refused are named on standard error; nothing is added then. Without a "
          "redirect_uri the account gets one that no other has; print it with accounts --json, and register "
          "it at the vendor. A profile that keeps its secrets in memory takes none.",
          { { "PROVIDER", Completes::Provider }, { "NAME" }, someValues },
          { secretOption, secretFileOption, asIsOption, shareOption },
          { { "latchkey-cli add configapi 'Contact centre' url=acme.example.com client_id=robot --secret "
              "client_secret",
              "adds an account; the API secret is read from standard input" } } },
        { "edit",
          "changes an account's values",
          "Changes the fields named and keeps the rest. FIELD= without a value takes the default again. A "
          "token that was got with another value is dropped, and with another address the secrets are asked "
          "for again.",
          { oneAccount, someValues },
          { secretOption, secretFileOption, asIsOption, shareOption },
          { { "latchkey-cli edit 'Rev production' test_url=https://rev.example.com/api/v2/user/session",
              "sets the address to try a token with" },
            { "latchkey-cli edit 'Rev production' --secret-file api_secret=rev.secret",
              "replaces the secret by the first line of a file" } } },
        { "rename",
          "renames an account",
          "Gives an account another name. Nothing else changes.",
          { oneAccount, { "NEW" } },
          {},
          { { "latchkey-cli rename 'Rev' 'Rev production'", "renames an account" } } },
        { "remove",
          "removes an account and its secrets",
          "Removes the account from the profile and its secrets from the keychain. On a terminal it asks "
          "first; without one --yes is needed.",
          { oneAccount },
          { { "--yes", "", "do not ask" } },
          { { "latchkey-cli remove 'Old sandbox' --yes", "removes an account without asking" } } },
        { "accounts",
          "the accounts and how they stand",
          "Shows name, provider, state, expiry, last refresh and last error. FILTER is a part of a name or "
          "of a provider, or a state. The keychain is not touched.",
          { { "FILTER", Completes::Nothing, false } },
          { { "--names", "", "the names alone, one a line" } },
          { { "latchkey-cli accounts", "lists all accounts" },
            { "latchkey-cli accounts expired --json", "lists the expired ones for a script" } } },
    };
}

QList<CommandSpec> tokenSpecs()
{
    return {
        { "sign-in",
          "signs in through the browser",
          "Opens the provider's page in the browser and waits for its redirect, at most five minutes. "
          "Without a terminal no browser is opened unless --browser says which. On a terminal the address "
          "the browser ends on, or the code, can be pasted meanwhile. A code that nothing ties to this "
          "sign-in is used only after a yes on the terminal, or with --accept-missing-state. Where another "
          "program has the port of the redirect URI, only --paste goes on, and where the code alone gives "
          "the token only after a yes, or with --accept-taken-port.",
          { oneAccount },
          { { "--browser", "COMMAND", "open the page with this command; %u stands for the address",
              Completes::Program },
            { "--no-browser", "", "print \"open: URL\" on standard output and wait for the redirect" },
            { "--paste", "", "read the redirected address, or the code, from standard input" },
            { "--accept-missing-state", "",
              "take the next answer without a state: the vendor began the sign-in" },
            { "--accept-taken-port", "",
              "with --paste: go on although another program has the port and would get the code first" } },
          { { "latchkey-cli sign-in 'Rev production'", "signs in with the default browser" },
            { "latchkey-cli sign-in 'Rev production' --no-browser", "prints the address to open" },
            { "wl-paste | latchkey-cli sign-in Priava --paste",
              "takes the code, or the address, copied last" } } },
        { "token",
          "prints a token that still lives long enough",
          "Prints the token. With less than the least life left (2 minutes unless --min-life says otherwise) "
          "it is refreshed first. A typed code that was not exchanged yet is exchanged; an account with "
          "client credentials and no token asks for one.\n\n"
          "Where the refresh fails and less life is left, nothing is printed. Where the provider's new "
          "tokens live shorter than asked for, the new one is printed and standard error says so. Where it "
          "names no lifetime, standard error says that, and a new token is asked for once an hour at most.",
          { oneAccount },
          { recipeOption,
            { "--min-life", "DURATION",
              "the least life left, such as 90s, 10m, 1h30m; 0s: the stored token as it is" },
            { "--refresh", "", "get a new token, whatever life is left" },
            otherHostOption },
          { { "latchkey-cli token 'Rev production'", "prints the token" },
            { "latchkey-cli token 'Rev production' --as header-value --min-life 10m",
              "prints \"VBrick ...\", good for ten minutes at least" } } },
        { "refresh",
          "gets new tokens",
          "Gets a new token for each account named, or for all, 24 at a time. Accounts that need a sign-in "
          "are named on standard error. The exit status is that of the first account that failed, in the "
          "order given.",
          { someAccounts },
          { { "--all", "", "every account" } },
          { { "latchkey-cli refresh --all", "refreshes every account" } } },
        { "exec",
          "runs a command with a token in its environment",
          "Runs COMMAND with LATCHKEY_TOKEN and LATCHKEY_AUTHORIZATION set. Signals and the exit status are "
          "passed on. Before COMMAND runs, the exit status is one of those below; 127: there is no such "
          "command; 126: it cannot be run.",
          { oneAccount },
          { { "--env", "VAR=RECIPE", "set a variable of your own to the token in this form",
              Completes::Nothing, true },
            { "--min-life", "DURATION", "the least life left, such as 90s, 10m, 1h30m" },
            otherHostOption },
          { { "latchkey-cli exec 'Rev production' -- sh -c 'curl -H \"Authorization: "
              "$LATCHKEY_AUTHORIZATION\" $URL'",
              "calls the API" } },
          true },
    };
}

QList<CommandSpec> handoutSpecs()
{
    return {
        { "recipes",
          "the forms a token is handed out in",
          "Lists the forms that --as takes, the built-in ones and your own. \"recipes add ID\" reads a "
          "template of your own from standard input, such as \"X-Token: {{token}}\", in the place of the one "
          "it had; \"recipes remove ID\" removes one; \"recipes places\" lists what may stand in braces.",
          { { "ACTION", Completes::Words, false, false, "list add remove places" },
            { "ID", Completes::Recipe, false } },
          { { "--label", "TEXT", "what the window's menu shows for it" },
            { "--file", "PATH", "read the template from this file", Completes::File },
            { "--names", "", "the ids alone, one a line" } },
          { { "latchkey-cli recipes", "lists the forms" },
            { "echo 'X-Api-Token: {{token}}' | latchkey-cli recipes add x-api-token",
              "adds a form of your own" } } },
        { "export",
          "files for API clients",
          "Writes files that an API client imports, with fresh tokens where the format holds them. The files "
          "can be read by you alone. Name the accounts, or say --all.",
          { someAccounts },
          { { "--as", "FORMAT", "postman-environment, postman-collection, bruno, insomnia or dotenv",
              Completes::ExportFormat },
            { "--output", "PATH", "the file or folder to write", Completes::File },
            { "--all", "", "every account" },
            { "--replace", "", "replace what is there" },
            otherHostOption },
          { { "latchkey-cli export 'Rev production' --as postman-environment --output "
              "rev.postman_environment.json",
              "writes an environment for Postman" } } },
        { "templates",
          "accounts without any secret, for colleagues",
          "\"templates export FILE\" writes the accounts without secrets and tokens. \"templates import "
          "FILE\" shows what it will add, with every address that a secret or the browser would go to, and "
          "adds it; what is not usual for the vendor is marked with (! ...). Accounts of the same name are "
          "kept as they are. On a terminal it asks first; without one --yes or --dry-run is needed. FILE may "
          "be - for standard output or input.",
          { { "ACTION", Completes::Words, true, false, "export import" }, { "FILE", Completes::File } },
          { { "--account", "NAME", "only this account", Completes::Account, true },
            { "--dry-run", "", "only show what an import would add" },
            { "--yes", "", "do not ask" },
            { "--replace", "", "replace the file that is there" } },
          { { "latchkey-cli templates export team.json", "writes every account without its secrets" },
            { "latchkey-cli templates import team.json --dry-run", "shows what would be added" } } },
        { "test",
          "tries the token with a harmless request",
          "Sends the provider's harmless request, or one to the account's own test address, and says what "
          "the answer means.",
          { oneAccount },
          { otherHostOption },
          { { "latchkey-cli test 'Rev production'", "says whether the token works" } } },
        { "doctor",
          "checks everything a sign-in and a refresh need",
          "Checks the redirect address, its port, the browser, the keychain, the proxy, TLS and the clock. "
          "The report holds no secret and can be attached to a ticket. Exit 0 when nothing failed, else 1.",
          { oneAccountOrNone },
          {},
          { { "latchkey-cli doctor", "checks everything" } } },
        { "vault",
          "moves all secrets between keychain and vault",
          "\"vault status\" says where the profile keeps its secrets; it needs no passphrase. \"vault "
          "to-vault\" moves the secrets of all accounts from the keychain into an encrypted vault, which it "
          "makes if there is none, \"vault to-keychain\" moves them back. Each is copied, read back and "
          "compared before the profile changes over.\n\n"
          "What the old place holds is deleted only after a yes on the terminal, or with --yes; until then "
          "\"vault clear\" does it. A copy goes only when its account's secrets can be read at the place in "
          "use, so a locked vault in use needs its passphrase for that. A vault that is left is deleted as a "
          "whole.\n\n"
          "\"vault passphrase\" changes the passphrase. There is no way to recover a forgotten one.",
          { { "ACTION", Completes::Words, true, false, "status to-vault to-keychain clear passphrase" } },
          { { "--new-passphrase-file", "FILE", "read the new passphrase from the first line of this file",
              Completes::File },
            { "--yes", "", "delete what is left at the old place, without asking" } },
          { { "latchkey-cli vault to-vault", "asks for a passphrase and moves all secrets into a vault" },
            { "latchkey-cli vault to-keychain --passphrase-file pass --yes",
              "moves them back, and deletes the vault" } } },
        { "activity",
          "who handed out what, when",
          "Shows which account's token was handed out in which form, when and by which program; never a "
          "value.",
          { oneAccountOrNone },
          { { "--limit", "NUMBER", "at most so many, the newest first; 100 unless said otherwise" },
            { "--clear", "", "forget what was recorded" },
            { "--off", "", "record nothing from now on" },
            { "--on", "", "record from now on" } },
          { { "latchkey-cli activity 'Rev production'", "shows who used the account" } } },
    };
}

} // namespace

const QList<CommandSpec> &commandSpecs()
{
    static const QList<CommandSpec> list = accountSpecs() + tokenSpecs() + handoutSpecs();
    return list;
}

const CommandSpec *findCommandSpec(QByteArrayView name)
{
    const auto &all = commandSpecs();
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const CommandSpec &spec) { return name == spec.name; });
    return found == all.end() ? nullptr : &*found;
}

const QList<OptionSpec> &globalOptionSpecs()
{
    static const QList<OptionSpec> list {
        { "--profile", "DIR", "keep the accounts in this folder", Completes::Folder },
        { "--json", "", "machine output on standard output, errors as JSON on standard error" },
        { "--store", "STORE", "where secrets are kept; chosen once for a profile", Completes::Words, false,
          "keychain vault memory" },
        { "--passphrase-file", "FILE", "read the vault's passphrase from the first line of this file",
          Completes::File },
        { "--allow-prompt", "", "let the keychain ask for its password although no terminal is there" },
        { "--help", "", "show help" },
        { "--version", "", "show the version" },
    };
    return list;
}

const QList<ExitSpec> &exitSpecs()
{
    static const QList<ExitSpec> list {
        { 0, "done" },
        { 1, "failed otherwise" },
        { 2, "the command line, or a value in it, was not understood" },
        { 3, "no such account" },
        { 4, "sign-in needed" },
        { 5, "refused by the provider" },
        { 6, "the network, or the provider's server, failed" },
        { 7, "the keychain or the vault failed" },
        { 8, "cancelled or timed out" },
    };
    return list;
}

} // namespace latchkey
