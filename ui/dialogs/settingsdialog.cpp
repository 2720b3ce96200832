// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/settingsdialog.h"

#include "core/base/characters.h"
#include "core/flow/store/preferencesservice.h"
#include "core/oauth/addressrules.h"
#include "ui/secrets/vaultpreferences.h"
#include "ui/widgets/dialogframe.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/problemview.h"
#include "ui/widgets/radiorow.h"

#include <QCheckBox>
#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QProcess>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QStandardPaths>
#include <QTimer>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

// What a choice is called in its row of radio buttons.
template <typename Choice>
QString nameOf(Choice choice)
{
    return QString::number(static_cast<int>(choice));
}

template <typename Choice>
Choice chosenIn(const RadioRow &row)
{
    return static_cast<Choice>(row.value().toInt());
}

// Widgets side by side. The first takes the focus; the one at `wide` takes the room.
QWidget *newRow(const QList<QWidget *> &widgets, int wide)
{
    auto *row = new QWidget;
    auto *columns = new QHBoxLayout(row);
    columns->setContentsMargins({});
    for (QWidget *widget : widgets)
        columns->addWidget(widget, widgets.indexOf(widget) == wide ? 1 : 0);
    if (wide < 0)
        columns->addStretch();
    row->setFocusProxy(widgets.constFirst());
    return row;
}

} // namespace

namespace {

constexpr qint64 caFileLimit = qint64 { 4 } * 1024 * 1024; // the system's whole bundle is 0.2 MiB

// The user could not find it in the field.
QString invisibleProblem(const QString &value)
{
    const auto found = firstInvisible(value);
    if (!found)
        return {};
    return SettingsDialog::tr("Remove the invisible character: %1 at character %2.")
        .arg(codePointName(found->point), QString::number(found->at));
}

} // namespace

QString browserCommandProblem(const QString &command)
{
    if (command.isEmpty())
        return {};
    if (QString problem = invisibleProblem(command); !problem.isEmpty())
        return problem;
    const QStringList parts = QProcess::splitCommand(command);
    if (parts.isEmpty() || parts.first().contains("%u"_L1))
        return SettingsDialog::tr("Begin with the program that opens the page.");
    if (QStandardPaths::findExecutable(parts.first()).isEmpty())
        return SettingsDialog::tr("There is no program %1 that can be started.").arg(parts.first());
    return {};
}

QString proxyHostProblem(const QString &host)
{
    if (host.isEmpty())
        return SettingsDialog::tr("Enter the proxy's host.");
    if (QString problem = invisibleProblem(host); !problem.isEmpty())
        return problem;
    QUrl url;
    url.setScheme(u"http"_s);
    url.setHost(host, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty())
        return SettingsDialog::tr(
            "Enter only the host, such as proxy.example.com: without http://, user or port.");
    if (mixesScripts(url.host(QUrl::FullyEncoded)))
        return SettingsDialog::tr(
            "The host mixes letters of several scripts, so that it looks like another name.");
    return {};
}

QString caFileProblem(const QString &path)
{
    if (path.isEmpty())
        return {};
    if (QString problem = invisibleProblem(path); !problem.isEmpty())
        return problem;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return SettingsDialog::tr("The file can't be opened: check its path and that you may read it.");
    if (!file.read(caFileLimit).contains("-----BEGIN CERTIFICATE-----"))
        return SettingsDialog::tr("The file holds no certificate in PEM format.");
    return {};
}

QList<Language> offeredLanguages()
{
    QList<Language> offered { { {}, {} }, { u"en"_s, u"English"_s } };
    for (const QString &file : QDir(u":/i18n"_s).entryList({ u"latchkey_*.qm"_s })) {
        const QString code = file.mid(9, file.size() - 9 - 3);
        const bool isListed =
            std::any_of(offered.cbegin(), offered.cend(),
                        [&code](const Language &language) { return language.code == code; });
        if (isListed)
            continue;
        QString name = QLocale(code).nativeLanguageName();
        name.replace(0, 1, name.left(1).toUpper());
        offered.append({ code, name });
    }
    return offered;
}

SettingsDialog::SettingsDialog(PreferencesService &preferences, QWidget *parent)
    : QDialog(parent), m_preferences(preferences)
{
    const DialogFrame frame = frameDialog(*this, tr("Settings"), {});
    m_scroll = newScrollArea(buildContent());
    m_problem = new ProblemView;
    layout()->setSpacing(14);
    frame.body->setSpacing(14);
    frame.body->addWidget(m_scroll, 1);
    frame.body->addWidget(newDivider());
    frame.body->addWidget(m_problem);
    connect(addDialogButton(frame, tr("Cancel")), &QPushButton::clicked, this, &QDialog::reject);
    connect(addDialogButton(frame, tr("Save"), "primary"), &QPushButton::clicked, this, &QDialog::accept);
    resize(560, 720);
    showPreferences(preferences.current());
}

void SettingsDialog::accept()
{
    m_problem->clear();
    if (!check())
        return;
    const Result<void, Problem> changed = m_preferences.change(typed());
    if (changed)
        QDialog::accept();
    else
        m_problem->showProblem(changed.error(), nullptr);
}

QWidget *SettingsDialog::buildContent()
{
    auto *content = new QWidget;
    content->setProperty("surface", u"none"_s);
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 10, 0);
    layout->setSpacing(6);
    addClipboard(layout);
    addVault(layout);
    addActivity(layout);
    addLooks(layout);
    addBrowser(layout);
    addNetwork(layout);
    layout->addStretch();
    return content;
}

void SettingsDialog::addClipboard(QVBoxLayout *into)
{
    m_clears = new QCheckBox(tr("Clear the clipboard after"));
    m_clipboardSeconds = new QSpinBox;
    m_clipboardSeconds->setRange(5, 600);
    m_clipboardSeconds->setSuffix(tr(" s"));
    m_clipboardSeconds->setAccessibleName(tr("Seconds until the clipboard is cleared"));
    connect(m_clears, &QCheckBox::toggled, m_clipboardSeconds, &QWidget::setEnabled);
    addRow(into, tr("Clipboard"), newRow({ m_clears, m_clipboardSeconds }, -1),
           tr("What was copied is taken back, unless something else is in the clipboard by then."));

    m_expiringMinutes = new QSpinBox;
    m_expiringMinutes->setRange(1, 120);
    m_expiringMinutes->setSuffix(tr(" min"));
    m_expiringMinutes->setAccessibleName(tr("Minutes a token is shown as expiring"));
    addRow(into, tr("Show as expiring"), m_expiringMinutes,
           tr("A token is shown as expiring in the last tenth of its life, and at most this long before its "
              "end."));
}

void SettingsDialog::addActivity(QVBoxLayout *into)
{
    m_records = new QCheckBox(tr("Record what is handed out"));
    addRow(into, tr("Activity"), m_records,
           tr("When, which account, in which format and to which program; never a token. To be seen and "
              "cleared under More > Activity."));
}

void SettingsDialog::addVault(QVBoxLayout *into)
{
    m_vault = new VaultPreferences;
    addRow(into, tr("Secrets"), m_vault,
           tr("Locking is for an encrypted vault; a keychain is locked by the desktop."));
    connect(m_vault, &VaultPreferences::placeRequested, this, &SettingsDialog::secretsRequested);
}

void SettingsDialog::addBrowser(QVBoxLayout *into)
{
    m_browser = new QLineEdit;
    m_browser->setPlaceholderText(tr("The system's browser"));
    m_browser->setAccessibleName(tr("Browser command"));
    m_browserProblem =
        addRow(into, tr("Browser command"), m_browser,
               tr("Opens the sign-in page. The address replaces %u, or is appended. For instance:\n"
                  "firefox --private-window %u"));
}

void SettingsDialog::addNetwork(QVBoxLayout *into)
{
    m_proxy = new RadioRow;
    m_proxy->setAccessibleName(tr("Proxy"));
    m_proxy->add(nameOf(Preferences::Proxy::System), tr("The system's"));
    m_proxy->add(nameOf(Preferences::Proxy::None), tr("No proxy"));
    m_proxy->add(nameOf(Preferences::Proxy::Manual), tr("This one:"));
    m_proxyHost = new QLineEdit;
    m_proxyHost->setPlaceholderText(u"proxy.example.com"_s);
    m_proxyHost->setAccessibleName(tr("Proxy host"));
    m_proxyPort = new QSpinBox;
    m_proxyPort->setRange(1, 65535);
    m_proxyPort->setAccessibleName(tr("Proxy port"));
    m_proxyAddress = newRow({ m_proxyHost, m_proxyPort }, 0);
    auto *both = new QWidget;
    auto *rows = new QVBoxLayout(both);
    rows->setContentsMargins({});
    rows->setSpacing(6);
    rows->addWidget(m_proxy);
    rows->addWidget(m_proxyAddress);
    both->setFocusProxy(m_proxy);
    m_proxyProblem = addRow(into, tr("Proxy"), both, tr("This computer itself is always reached directly."));
    connect(m_proxy, &RadioRow::chosen, m_proxyAddress, [this](const QString &name) {
        m_proxyAddress->setVisible(name == nameOf(Preferences::Proxy::Manual));
    });

    m_caFile = new QLineEdit;
    m_caFile->setPlaceholderText(tr("None"));
    m_caFile->setAccessibleName(tr("Own certificate authority"));
    auto *choose = new QPushButton(tr("Choose file…"));
    choose->setAutoDefault(false);
    choose->setAccessibleName(tr("Choose file for the own certificate authority"));
    QWidget *file = newRow({ m_caFile, choose }, 0);
    file->layout()->setSpacing(6);
    m_caProblem = addRow(into, tr("Own certificate authority"), file,
                         tr("A PEM file of certificates that are trusted besides the system's."));
    connect(choose, &QPushButton::clicked, this, &SettingsDialog::chooseCaFile);
}

void SettingsDialog::addLooks(QVBoxLayout *into)
{
    m_appearance = new RadioRow;
    m_appearance->setAccessibleName(tr("Appearance"));
    m_appearance->add(nameOf(Preferences::Appearance::System), tr("The system's"));
    m_appearance->add(nameOf(Preferences::Appearance::Light), tr("Light"));
    m_appearance->add(nameOf(Preferences::Appearance::Dark), tr("Dark"));
    addRow(into, tr("Appearance"), m_appearance, {});

    m_language = new RadioRow;
    m_language->setAccessibleName(tr("Language"));
    for (const Language &offered : offeredLanguages())
        m_language->add(offered.code, offered.code.isEmpty() ? tr("The system's") : offered.name);
    addRow(into, tr("Language"), m_language, tr("Applies when Latchkey starts the next time."));
}

// The label that says what is wrong with the row; hidden until then.
QLabel *SettingsDialog::addRow(QVBoxLayout *into, const QString &label, QWidget *control, const QString &help)
{
    into->addWidget(newFieldName(label, control));
    into->addWidget(control, 0,
                    qobject_cast<QSpinBox *>(control) != nullptr ? Qt::AlignLeft : Qt::Alignment());
    QLabel *wrong = newPlainLabel({}, "error");
    wrong->hide();
    into->addWidget(wrong);
    if (!help.isEmpty())
        into->addWidget(newPlainLabel(help, "muted"));
    into->addSpacing(10);
    return wrong;
}

void SettingsDialog::showPreferences(const Preferences &now) const
{
    m_clears->setChecked(now.clipboardLife.count() > 0);
    m_clipboardSeconds->setValue(
        static_cast<int>(now.clipboardLife.count() > 0 ? now.clipboardLife.count() : 30));
    m_clipboardSeconds->setEnabled(m_clears->isChecked());
    m_records->setChecked(now.recordActivity);
    m_expiringMinutes->setValue(static_cast<int>(now.expiringThreshold.count()));
    m_vault->show(now);
    m_browser->setText(now.browserCommand);
    m_proxy->choose(nameOf(now.proxy));
    m_proxyAddress->setVisible(now.proxy == Preferences::Proxy::Manual);
    m_proxyHost->setText(now.proxyHost);
    m_proxyPort->setValue(now.proxyPort);
    m_caFile->setText(now.caFile);
    m_appearance->choose(nameOf(now.appearance));
    m_language->choose(now.language);
}

Preferences SettingsDialog::typed() const
{
    Preferences wanted = m_preferences.current();
    wanted.clipboardLife = std::chrono::seconds(m_clears->isChecked() ? m_clipboardSeconds->value() : 0);
    wanted.expiringThreshold = std::chrono::minutes(m_expiringMinutes->value());
    wanted.recordActivity = m_records->isChecked();
    m_vault->putInto(wanted);
    wanted.browserCommand = m_browser->text().trimmed();
    wanted.proxy = chosenIn<Preferences::Proxy>(*m_proxy);
    wanted.proxyHost = m_proxyHost->text().trimmed();
    wanted.proxyPort = m_proxyPort->value();
    wanted.caFile = m_caFile->text().trimmed();
    wanted.appearance = chosenIn<Preferences::Appearance>(*m_appearance);
    wanted.language = m_language->value();
    return wanted;
}

bool SettingsDialog::check()
{
    const Preferences wanted = typed();
    const bool needsHost = wanted.proxy == Preferences::Proxy::Manual;
    setTextOrHide(m_browserProblem, browserCommandProblem(wanted.browserCommand));
    setTextOrHide(m_proxyProblem, needsHost ? proxyHostProblem(wanted.proxyHost) : QString());
    setTextOrHide(m_caProblem, caFileProblem(wanted.caFile));
    const std::initializer_list<std::pair<QLabel *, QWidget *>> rows { { m_browserProblem, m_browser },
                                                                       { m_proxyProblem, m_proxyHost },
                                                                       { m_caProblem, m_caFile } };
    for (const auto &[wrong, control] : rows) {
        control->setAccessibleDescription(wrong->text());
        if (!wrong->isHidden()) {
            control->setFocus();
            QTimer::singleShot(0, wrong,
                               [this, label = wrong] { m_scroll->ensureWidgetVisible(label, 0, 30); });
            return false;
        }
    }
    return true;
}

void SettingsDialog::chooseCaFile()
{
    QFileDialog *dialog = newFileChooser(this, tr("Choose a PEM file"),
                                         { tr("PEM files (*.pem *.crt *.cer)"), tr("All files (*)") });
    connect(dialog, &QFileDialog::fileSelected, m_caFile, &QLineEdit::setText);
    dialog->open();
}

} // namespace latchkey
