// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/windowactrunner.h"

#include "core/flow/account/accountservice.h"
#include "core/flow/store/accountrepository.h"
#include "core/flow/store/vaultservice.h"
#include "ui/dialogs/activitydialog.h"
#include "ui/dialogs/doctordialog.h"
#include "ui/dialogs/exportdialog.h"
#include "ui/dialogs/exportpickers.h"
#include "ui/dialogs/ownrecipesdialog.h"
#include "ui/dialogs/settingsdialog.h"
#include "ui/dialogs/templatedialogs.h"
#include "ui/secrets/secretsdialog.h"
#include "ui/secrets/unlockdialog.h"
#include "ui/widgets/dialogframe.h"

#include <QCoreApplication>
#include <QFileDialog>
#include <QFileInfo>

namespace latchkey {

using namespace Qt::StringLiterals;

WindowActRunner::WindowActRunner(UiServices services, HostConsent &consent, QWidget *window)
    : QObject(window), m_services(std::move(services)), m_consent(consent), m_window(window)
{
}

void WindowActRunner::exportShown(const QList<AccountId> &shown)
{
    whenOpen([this, ids = withToken(shown)] { openExport(ids); });
}

void WindowActRunner::openExport(const QList<AccountId> &ids)
{
    auto *dialog = new ExportDialog(m_services, m_consent, ids, m_window);
    connect(dialog, &ExportDialog::exported, this, [this](int accounts) {
        Q_EMIT announced(tr("Exported %n account(s).", nullptr, accounts), Tone::Ok);
    });
    dialog->open();
}

void WindowActRunner::openDoctor(const std::optional<AccountId> &id)
{
    auto *dialog = new DoctorDialog(m_services, id, m_window);
    dialog->open();
    dialog->start();
}

void WindowActRunner::openActivity(const std::optional<AccountId> &id)
{
    (new ActivityDialog(m_services, id, m_window))->open();
}

void WindowActRunner::openOwnRecipes()
{
    (new OwnRecipesDialog(m_services, m_window))->open();
}

void WindowActRunner::unlock()
{
    if (m_services.vault.isLocked())
        whenOpen([] {});
}

void WindowActRunner::whenOpen(const std::function<void()> &then)
{
    // Without a file there is nothing to unlock; the act itself reports that.
    if (!m_services.vault.isLocked() || !m_services.vault.exists())
        return then();
    auto *dialog = new UnlockDialog(m_services.vault, m_window);
    connect(dialog, &QDialog::accepted, this, [this, then] {
        Q_EMIT announced(tr("The vault is open."), Tone::Ok);
        then();
    });
    dialog->open();
}

void WindowActRunner::exportTemplates(const QList<AccountId> &ids)
{
    auto *dialog = new TemplateExportDialog(m_services, ids, m_window);
    connect(dialog, &TemplateExportDialog::exported, this, [this](int accounts, const QString &path) {
        Q_EMIT announced(tr("Exported %n template(s) to %1.", nullptr, accounts).arg(path), Tone::Ok);
    });
    dialog->open();
}

void WindowActRunner::chooseTemplates()
{
    QFileDialog *dialog =
        newFileChooser(m_window, tr("Import templates"), { tr("Templates (*.json)"), tr("All files (*)") });
    dialog->setDirectory(TargetPicker::usualFolder());
    connect(dialog, &QFileDialog::fileSelected, this, &WindowActRunner::importTemplates);
    dialog->open();
}

void WindowActRunner::importTemplates(const QString &path)
{
    const auto entries = readTemplates(m_services, path);
    const QString name = QFileInfo(path).fileName();
    if (!entries) {
        Q_EMIT failed(tr("Nothing was imported from %1.").arg(name), entries.error());
        return;
    }
    auto *dialog = new TemplateImportDialog(m_services, name, *entries, m_window);
    connect(dialog, &TemplateImportDialog::imported, this, [this](int accounts) {
        Q_EMIT announced(tr("Added %n account(s). Their secrets are still to be entered.", nullptr, accounts),
                         Tone::Ok);
    });
    dialog->open();
}

void WindowActRunner::lockOrUnlock()
{
    if (!m_services.vault.isUsed())
        return;
    if (m_services.vault.isLocked())
        return unlock();
    m_services.vault.lock();
}

void WindowActRunner::openSettings()
{
    auto *dialog = new SettingsDialog(m_services.preferences, m_window);
    connect(dialog, &SettingsDialog::secretsRequested, this, [this, dialog] { openSecrets(dialog); });
    dialog->open();
}

void WindowActRunner::openSecrets(QWidget *over)
{
    (new SecretsDialog(
         { m_services.tokens, m_services.vault, m_services.moves, m_services.repository.secrets() }, over))
        ->open();
}

void WindowActRunner::openAbout()
{
    QMessageBox *box = newMessageBox(
        m_window, QMessageBox::NoIcon, tr("About Latchkey"),
        u"Latchkey %1"_s.arg(QCoreApplication::applicationVersion()).trimmed(),
        tr("Gets access tokens, shows how long they live, and copies them where they are needed.\n\n"
           "Free software under the GNU General Public License, version 3 or later."));
    box->setIconPixmap(m_window->windowIcon().pixmap(64, 64));
    box->open();
}

// Leaves out accounts that need a sign-in before they can be exported.
QList<AccountId> WindowActRunner::withToken(const QList<AccountId> &ids) const
{
    QList<AccountId> found;
    for (const AccountId &id : ids) {
        const Account *account = m_services.accounts.find(id);
        if (account && account->token && !account->needsSignIn)
            found.append(id);
    }
    return found;
}

} // namespace latchkey
