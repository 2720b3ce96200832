// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/profilevalues.h"

#include <QDialog>

class QCheckBox;
class QLabel;
class QLineEdit;
class QScrollArea;
class QSpinBox;
class QVBoxLayout;

namespace latchkey {

class PreferencesService;
class ProblemView;
class RadioRow;
class VaultPreferences;

// The profile's preferences. Nothing changes before Save. Shown by open(), deletes itself when closed.
class SettingsDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit SettingsDialog(PreferencesService &preferences, QWidget *parent = nullptr);

    void accept() override;

Q_SIGNALS:
    void secretsRequested(); // where they are kept is a dialog of its own

private:
    [[nodiscard]] QWidget *buildContent();
    void addClipboard(QVBoxLayout *into);
    void addActivity(QVBoxLayout *into);
    void addVault(QVBoxLayout *into);
    void addBrowser(QVBoxLayout *into);
    void addNetwork(QVBoxLayout *into);
    void addLooks(QVBoxLayout *into);
    QLabel *addRow(QVBoxLayout *into, const QString &label, QWidget *control, const QString &help);
    void showPreferences(const Preferences &now) const;
    [[nodiscard]] Preferences typed() const;
    [[nodiscard]] bool check();
    void chooseCaFile();

    PreferencesService &m_preferences;

    QScrollArea *m_scroll = nullptr;
    QCheckBox *m_clears = nullptr;
    QCheckBox *m_records = nullptr;
    QSpinBox *m_clipboardSeconds = nullptr;
    QSpinBox *m_expiringMinutes = nullptr;
    VaultPreferences *m_vault = nullptr;
    QLineEdit *m_browser = nullptr;
    QLabel *m_browserProblem = nullptr;
    RadioRow *m_proxy = nullptr;
    QWidget *m_proxyAddress = nullptr;
    QLineEdit *m_proxyHost = nullptr;
    QSpinBox *m_proxyPort = nullptr;
    QLabel *m_proxyProblem = nullptr;
    QLineEdit *m_caFile = nullptr;
    QLabel *m_caProblem = nullptr;
    RadioRow *m_appearance = nullptr;
    RadioRow *m_language = nullptr;
    ProblemView *m_problem = nullptr;
};

// Each returns one sentence that says what is wrong with a setting; empty: nothing is.

[[nodiscard]] QString browserCommandProblem(const QString &command); // empty command: the system's browser
[[nodiscard]] QString proxyHostProblem(const QString &host);
[[nodiscard]] QString caFileProblem(const QString &path); // empty path: no file

struct Language
{
    QString code; // "de"; empty: the system's
    QString name; // in the language itself: "Deutsch"
};

// The system's, English, and those that this build holds a translation for (":/i18n/latchkey_de.qm").
[[nodiscard]] QList<Language> offeredLanguages();

} // namespace latchkey
