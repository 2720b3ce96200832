// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/composition.h"

#include "core/io/keychainsecretstore.h"
#include "core/io/loopbacklistener.h"
#include "core/io/networksettings.h"

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

std::unique_ptr<SecretStore> makeKeychain(const Composition::Choice &choice)
{
    if (choice.secretsInMemory)
        return std::make_unique<MemorySecretStore>();
    auto keychain = std::make_unique<KeychainSecretStore>(u"Latchkey"_s);
    if (!choice.mayPrompt)
        keychain->forbidPrompts();
    return keychain;
}

} // namespace

Composition::Composition(const Choice &choice)
    : m_choice(choice),
      m_file(choice.profileFolder),
      m_keychain(makeKeychain(choice)),
      m_browser(choice.browserCommand),
      m_fileLock(choice.profileFolder),
      m_world { m_http, choice.browser ? *choice.browser : m_browser, m_lock,
                [] { return std::make_unique<LoopbackListener>(); }, m_clock },
      m_secrets({ *m_keychain, m_memory, m_profile }, m_clock),
      m_vault(m_profile, m_secrets, m_clock),
      m_accounts(m_world, m_vault),
      m_tokens(m_world, m_vault),
      m_preferences(m_profile),
      m_activity(m_activityStore, m_preferences, m_clock),
      m_watch(choice.profileFolder),
      m_changes({ m_watch, m_vault, m_preferences, m_activity, m_activityStore, m_recipeStore })
{
    QObject::connect(&m_preferences, &PreferencesService::changed, &m_preferences,
                     [this](const Preferences &now) { apply(now); });
    apply(m_preferences.current());
}

Composition::~Composition() = default;

Result<void, Problem> Composition::load()
{
    return m_vault.load();
}

void Composition::apply(const Preferences &preferences)
{
    if (m_choice.browserCommand.isEmpty())
        m_browser.setCommand(preferences.browserCommand);
    // Settings that cannot be used were refused when they were made; a file that has gone since leaves the
    // system's own certificates in force, which is the stricter choice, and the chosen proxy too.
    auto settings = readNetworkSettings(preferences);
    if (!settings) {
        Preferences withoutFile = preferences;
        withoutFile.caFile.clear();
        settings = readNetworkSettings(withoutFile);
    }
    if (settings)
        static_cast<void>(m_http.apply(*settings));
}

} // namespace latchkey
