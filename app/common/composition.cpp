// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/composition.h"

#include "core/io/desktop/desktopsessionevents.h"
#include "core/io/http/qtnetworkhttpclient.h"
#include "core/io/redirect/loopbacklistener.h"

#include <QTimer>

namespace latchkey {

using namespace Qt::StringLiterals;

Composition::Composition(const Choice &choice)
    : m_choice(choice),
      m_file(choice.profileFolder),
      m_stores(m_profile, { m_file, m_clock, choice.store, choice.secretsInMemory, choice.mayPrompt }),
      m_browser(choice.browserCommand),
      m_fileLock(choice.profileFolder),
      m_context { m_http, choice.browser ? *choice.browser : m_browser, m_lock,
                  [] { return std::make_unique<LoopbackListener>(); }, m_clock },
      m_encryptedVault(m_stores.vault(), m_clock),
      m_secrets(m_stores.parts(), m_clock),
      m_repository(m_profile, m_secrets, m_lock, m_clock),
      m_moves({ m_context, m_repository, m_secrets.places(), m_moveRows, m_encryptedVault }),
      m_accounts(m_context, m_repository),
      m_tokens(m_context, m_repository),
      m_preferences(m_profile),
      m_activity(m_activityStore, m_preferences, m_clock),
      m_handouts({ m_accounts, m_tokens, m_activity, m_recipeStore, m_clock }),
      m_exports({ m_accounts, m_tokens, m_handouts, m_activity, m_files, m_clock }),
      m_templates(m_accounts, m_files, m_clock),
      m_watch(choice.watchesProfile ? std::make_unique<ProfileWatch>(choice.profileFolder)
                                    : std::make_unique<ChangeNotice>()),
      m_changes({ *m_watch, m_repository, m_preferences, m_activity, m_activityStore, m_recipeStore }),
      m_session(choice.watchesProfile ? std::make_unique<DesktopSessionEvents>()
                                      : std::make_unique<SessionEvents>())
{
    QObject::connect(&m_preferences, &PreferencesService::changed, &m_preferences,
                     [this](const Preferences &now) { apply(now); });
    apply(m_preferences.current());
    if (choice.watchesProfile)
        m_autoLock = std::make_unique<VaultAutoLock>(m_encryptedVault, m_preferences, m_session.get());
    if (!choice.secretsInMemory && m_stores.choice().kind == StoreKind::Memory)
        m_secrets.keepInMemory();
    // A vault without a secret in it is a choice too.
    QObject::connect(&m_encryptedVault, &VaultService::lockedChanged, &m_encryptedVault,
                     [this](bool isLocked) {
                         if (isLocked)
                             return;
                         if (m_secrets.places().beginsWithVault())
                             m_secrets.places().record();
                         m_repository.deleteLeftovers();
                         m_moves.tidy(); // which has to look into it
                     });
    QObject::connect(m_watch.get(), &ChangeNotice::noticed, &m_moves, &SecretMoveService::catchUp);
    QObject::connect(&m_repository.secrets(), &AccountSecretStore::opened, &m_moves,
                     &SecretMoveService::tidy);
}

Composition::~Composition() = default;

Result<void, Problem> Composition::load()
{
    auto loaded = m_repository.load();
    if (loaded && m_choice.watchesProfile) {
        // A run that is over soon tidies when it read a secret, since then it has asked for what it needs.
        QTimer::singleShot(0, &m_moves, &SecretMoveService::tidy);
        m_backups.follow(m_repository);
        QObject::connect(&m_moves, &SecretMoveService::changed, &m_backups, &BackupRounds::makeSoon);
    }
    return loaded;
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
