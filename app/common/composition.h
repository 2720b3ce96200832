// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/common/backuprounds.h"
#include "app/common/secretstores.h"
#include "app/common/watchedlock.h"
#include "core/flow/account/accountservice.h"
#include "core/flow/account/templateservice.h"
#include "core/flow/handout/activityservice.h"
#include "core/flow/handout/exportservice.h"
#include "core/flow/handout/handoutservice.h"
#include "core/flow/handout/profilechanges.h"
#include "core/flow/move/secretmoveservice.h"
#include "core/flow/store/accountrepository.h"
#include "core/flow/store/accountsecretstore.h"
#include "core/flow/store/flowcontext.h"
#include "core/flow/store/preferencesservice.h"
#include "core/flow/store/vaultservice.h"
#include "core/flow/token/tokenservice.h"
#include "core/io/desktop/systembrowser.h"
#include "core/io/desktop/systemclock.h"
#include "core/io/file/filelock.h"
#include "core/io/file/privatefilewriter.h"
#include "core/io/http/qtnetworkhttpclient.h"
#include "core/io/profile/profilewatch.h"
#include "core/io/profile/secretmoverows.h"
#include "core/io/profile/sqliteaccountstore.h"
#include "core/io/profile/sqliteactivitystore.h"
#include "core/io/profile/sqliteprofile.h"
#include "core/io/profile/sqliterecipestore.h"
#include "core/port/sessionevents.h"

#include <memory>

namespace latchkey {

// The one place where the use cases meet their adapters.
class Composition final
{
public:
    struct Choice
    {
        QString profileFolder; // exists and is ours
        QString browserCommand; // empty: as the preferences say
        bool secretsInMemory = false; // the demo: nothing reaches the keychain
        bool mayPrompt = true; // false: a locked keychain is an error, and its window does not open
        Browser *browser = nullptr; // in the place of the system's; outlives this
        std::optional<StoreKind> store = {}; // asked for; counts until the profile has recorded one
        // False: a run that is over soon. What it changes is read again before; to end a watch takes some
        // systems longer than the whole run (a sign-in, which may last, watches by itself). It hears nothing
        // of the user's session either, and its vault stays open until it has done what was asked of it.
        bool watchesProfile = true;
    };
    explicit Composition(const Choice &choice);
    Composition(const Composition &) = delete;
    Composition &operator=(const Composition &) = delete;
    ~Composition();

    [[nodiscard]] Result<void, Problem> load();
    [[nodiscard]] AccountService &accounts() { return m_accounts; }
    [[nodiscard]] TokenService &tokens() { return m_tokens; }
    [[nodiscard]] PreferencesService &preferences() { return m_preferences; }
    [[nodiscard]] ActivityService &activity() { return m_activity; }
    // What other processes change arrives by itself, where the profile is watched.
    [[nodiscard]] ProfileChanges &changes() { return m_changes; }
    [[nodiscard]] BackupRounds &backups() { return m_backups; }
    // Of sleep and of a locked screen; silent in a run that is over soon.
    [[nodiscard]] SessionEvents &session() { return *m_session; }
    [[nodiscard]] HandoutService &handouts() { return m_handouts; }
    [[nodiscard]] ExportService &exports() { return m_exports; }
    [[nodiscard]] TemplateService &templates() { return m_templates; }
    [[nodiscard]] const StoreChoice &store() const { return m_stores.choice(); }
    [[nodiscard]] VaultService &encryptedVault() { return m_encryptedVault; }
    // Where the secrets are, and how they move to another place.
    [[nodiscard]] SecretMoveService &moves() { return m_moves; }
    [[nodiscard]] AccountRepository &repository() { return m_repository; }
    [[nodiscard]] FlowContext &context() { return m_context; } // for what lives for one call
    // Idle: no token is on its way.
    [[nodiscard]] const WatchedLock &lock() const { return m_lock; }
    [[nodiscard]] SystemClock &systemClock() { return *m_systemClock; }
    [[nodiscard]] const Clock &clock() const { return m_clock; }
    [[nodiscard]] const QString &profileFolder() const { return m_choice.profileFolder; }

private:
    void apply(const Preferences &preferences);

    Choice m_choice;
    std::shared_ptr<SystemClock> m_systemClock = std::make_shared<SystemClock>();
    Clock m_clock = [clock = m_systemClock] { return (*clock)(); };
    SqliteProfile m_file;
    BackupRounds m_backups { m_file };
    SqliteAccountStore m_profile { m_file };
    SqliteActivityStore m_activityStore { m_file };
    SqliteRecipeStore m_recipeStore { m_file };
    SecretStores m_stores;
    QtNetworkHttpClient m_http;
    SystemBrowser m_browser;
    FileLock m_fileLock;
    WatchedLock m_lock { m_fileLock };
    FlowContext m_context;
    VaultService m_encryptedVault;
    AccountSecretStore m_secrets;
    AccountRepository m_repository;
    SecretMoveRows m_moveRows { m_file };
    SecretMoveService m_moves;
    AccountService m_accounts;
    TokenService m_tokens;
    PreferencesService m_preferences;
    ActivityService m_activity;
    HandoutService m_handouts;
    PrivateFileWriter m_files;
    ExportService m_exports;
    TemplateService m_templates;
    std::unique_ptr<ChangeNotice> m_watch;
    ProfileChanges m_changes;
    std::unique_ptr<SessionEvents> m_session;
    std::unique_ptr<VaultAutoLock> m_autoLock;
};

} // namespace latchkey
