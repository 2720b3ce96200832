// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/settingsdialog.h"

#include "core/flow/store/preferencesservice.h"
#include "ui/dialogs/settingschecks.h"
#include "ui/secrets/vaultpreferences.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/problemview.h"
#include "ui/widgets/radiorow.h"

#include <QCheckBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QTimer>
#include <QVBoxLayout>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

QString choiceName(Preferences::Proxy proxy)
{
    switch (proxy) {
    case Preferences::Proxy::System: return u"system"_s;
    case Preferences::Proxy::None: return u"none"_s;
    case Preferences::Proxy::Manual: return u"manual"_s;
    }
    return {};
}

Preferences::Proxy proxyNamed(const QString &name)
{
    if (name == choiceName(Preferences::Proxy::None))
        return Preferences::Proxy::None;
    return name == choiceName(Preferences::Proxy::Manual) ? Preferences::Proxy::Manual
                                                          : Preferences::Proxy::System;
}

QString choiceName(Preferences::Appearance appearance)
{
    switch (appearance) {
    case Preferences::Appearance::System: return u"system"_s;
    case Preferences::Appearance::Light: return u"light"_s;
    case Preferences::Appearance::Dark: return u"dark"_s;
    }
    return {};
}

Preferences::Appearance appearanceNamed(const QString &name)
{
    if (name == choiceName(Preferences::Appearance::Light))
        return Preferences::Appearance::Light;
    return name == choiceName(Preferences::Appearance::Dark) ? Preferences::Appearance::Dark
                                                             : Preferences::Appearance::System;
}

} // namespace

class SettingsDialog::Private
{
public:
    Private(SettingsDialog &dialog, PreferencesService &service) : q(dialog), preferences(service) {}

    void build();
    [[nodiscard]] QWidget *buildContent();
    void addClipboard(QVBoxLayout *into);
    void addActivity(QVBoxLayout *into);
    void addVault(QVBoxLayout *into);
    void addBrowser(QVBoxLayout *into);
    void addNetwork(QVBoxLayout *into);
    void addLooks(QVBoxLayout *into);
    QLabel *addRow(QVBoxLayout *into, const QString &label, QWidget *control, const QString &help);
    void show(const Preferences &now) const;
    [[nodiscard]] Preferences typed() const;
    [[nodiscard]] bool check();
    void chooseCaFile();

    SettingsDialog &q;
    PreferencesService &preferences;

    QScrollArea *scroll = nullptr;
    QCheckBox *clears = nullptr;
    QCheckBox *records = nullptr;
    QSpinBox *clipboardSeconds = nullptr;
    QSpinBox *expiringMinutes = nullptr;
    VaultPreferences *vault = nullptr;
    QLineEdit *browser = nullptr;
    QLabel *browserProblem = nullptr;
    RadioRow *proxy = nullptr;
    QWidget *proxyAddress = nullptr;
    QLineEdit *proxyHost = nullptr;
    QSpinBox *proxyPort = nullptr;
    QLabel *proxyProblem = nullptr;
    QLineEdit *caFile = nullptr;
    QLabel *caProblem = nullptr;
    RadioRow *appearance = nullptr;
    RadioRow *language = nullptr;
    ProblemView *problem = nullptr;
};

SettingsDialog::SettingsDialog(PreferencesService &preferences, QWidget *parent)
    : QDialog(parent), d(std::make_unique<Private>(*this, preferences))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Settings"));
    d->build();
    d->show(preferences.current());
}

SettingsDialog::~SettingsDialog() = default;

void SettingsDialog::accept()
{
    d->problem->clear();
    if (!d->check())
        return;
    const Result<void, Problem> changed = d->preferences.change(d->typed());
    if (changed)
        QDialog::accept();
    else
        d->problem->showProblem(changed.error(), nullptr);
}

void SettingsDialog::Private::build()
{
    scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setProperty("surface", u"none"_s);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(buildContent());
    problem = new ProblemView;
    auto *cancel = new QPushButton(tr("Cancel"));
    cancel->setAutoDefault(false);
    auto *save = new QPushButton(tr("Save"));
    save->setProperty("kind", u"primary"_s);
    save->setDefault(true);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(save);

    auto *layout = new QVBoxLayout(&q);
    layout->setContentsMargins(24, 22, 24, 20);
    layout->setSpacing(14);
    layout->addWidget(newPlainLabel(tr("Settings"), "title"));
    layout->addWidget(scroll, 1);
    auto *line = new QFrame;
    line->setProperty("look", u"line"_s);
    layout->addWidget(line);
    layout->addWidget(problem);
    layout->addLayout(buttons);
    q.resize(560, 720);
    QObject::connect(cancel, &QPushButton::clicked, &q, &QDialog::reject);
    QObject::connect(save, &QPushButton::clicked, &q, &QDialog::accept);
}

QWidget *SettingsDialog::Private::buildContent()
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

void SettingsDialog::Private::addClipboard(QVBoxLayout *into)
{
    clears = new QCheckBox(tr("Clear the clipboard after"));
    clipboardSeconds = new QSpinBox;
    clipboardSeconds->setRange(5, 600);
    clipboardSeconds->setSuffix(tr(" s"));
    clipboardSeconds->setAccessibleName(tr("Seconds until the clipboard is cleared"));
    auto *row = new QWidget;
    auto *columns = new QHBoxLayout(row);
    columns->setContentsMargins({});
    columns->addWidget(clears);
    columns->addWidget(clipboardSeconds);
    columns->addStretch();
    row->setFocusProxy(clears);
    QObject::connect(clears, &QCheckBox::toggled, clipboardSeconds, &QWidget::setEnabled);
    addRow(into, tr("Clipboard"), row,
           tr("What was copied is taken back, unless something else is in the clipboard by then."));

    expiringMinutes = new QSpinBox;
    expiringMinutes->setRange(1, 120);
    expiringMinutes->setSuffix(tr(" min"));
    expiringMinutes->setAccessibleName(tr("Minutes a token is shown as expiring"));
    addRow(into, tr("Show as expiring"), expiringMinutes,
           tr("A token is shown as expiring in the last tenth of its life, and at most this long before its "
              "end."));
}

void SettingsDialog::Private::addActivity(QVBoxLayout *into)
{
    records = new QCheckBox(tr("Record what is handed out"));
    addRow(into, tr("Activity"), records,
           tr("When, which account, in which format and to which program; never a token. To be seen and "
              "cleared under More > Activity."));
}

void SettingsDialog::Private::addVault(QVBoxLayout *into)
{
    vault = new VaultPreferences;
    addRow(into, tr("Secrets"), vault,
           tr("Locking is for an encrypted vault; a keychain is locked by the desktop."));
    QObject::connect(vault, &VaultPreferences::placeRequested, &q, &SettingsDialog::secretsRequested);
}

void SettingsDialog::Private::addBrowser(QVBoxLayout *into)
{
    browser = new QLineEdit;
    browser->setPlaceholderText(tr("The system's browser"));
    browser->setAccessibleName(tr("Browser command"));
    browserProblem =
        addRow(into, tr("Browser command"), browser,
               tr("Opens the sign-in page. The address replaces %u, or is appended. For instance:\n"
                  "firefox --private-window %u"));
}

void SettingsDialog::Private::addNetwork(QVBoxLayout *into)
{
    proxy = new RadioRow;
    proxy->setAccessibleName(tr("Proxy"));
    proxy->add(choiceName(Preferences::Proxy::System), tr("The system's"));
    proxy->add(choiceName(Preferences::Proxy::None), tr("No proxy"));
    proxy->add(choiceName(Preferences::Proxy::Manual), tr("This one:"));
    proxyHost = new QLineEdit;
    proxyHost->setPlaceholderText(u"proxy.example.com"_s);
    proxyHost->setAccessibleName(tr("Proxy host"));
    proxyPort = new QSpinBox;
    proxyPort->setRange(1, 65535);
    proxyPort->setAccessibleName(tr("Proxy port"));
    proxyAddress = new QWidget;
    auto *address = new QHBoxLayout(proxyAddress);
    address->setContentsMargins({});
    address->addWidget(proxyHost, 1);
    address->addWidget(proxyPort);
    auto *both = new QWidget;
    auto *rows = new QVBoxLayout(both);
    rows->setContentsMargins({});
    rows->setSpacing(6);
    rows->addWidget(proxy);
    rows->addWidget(proxyAddress);
    both->setFocusProxy(proxy);
    proxyProblem = addRow(into, tr("Proxy"), both, tr("This computer itself is always reached directly."));
    QObject::connect(proxy, &RadioRow::chosen, &q, [this](const QString &name) {
        proxyAddress->setVisible(proxyNamed(name) == Preferences::Proxy::Manual);
    });

    caFile = new QLineEdit;
    caFile->setPlaceholderText(tr("None"));
    caFile->setAccessibleName(tr("Own certificate authority"));
    auto *choose = new QPushButton(tr("Choose file…"));
    choose->setAutoDefault(false);
    choose->setAccessibleName(tr("Choose file for the own certificate authority"));
    auto *file = new QWidget;
    auto *columns = new QHBoxLayout(file);
    columns->setContentsMargins({});
    columns->setSpacing(6);
    columns->addWidget(caFile, 1);
    columns->addWidget(choose);
    file->setFocusProxy(caFile);
    caProblem = addRow(into, tr("Own certificate authority"), file,
                       tr("A PEM file of certificates that are trusted besides the system's."));
    QObject::connect(choose, &QPushButton::clicked, &q, [this] { chooseCaFile(); });
}

void SettingsDialog::Private::addLooks(QVBoxLayout *into)
{
    appearance = new RadioRow;
    appearance->setAccessibleName(tr("Appearance"));
    appearance->add(choiceName(Preferences::Appearance::System), tr("The system's"));
    appearance->add(choiceName(Preferences::Appearance::Light), tr("Light"));
    appearance->add(choiceName(Preferences::Appearance::Dark), tr("Dark"));
    addRow(into, tr("Appearance"), appearance, {});

    language = new RadioRow;
    language->setAccessibleName(tr("Language"));
    for (const Language &offered : offeredLanguages())
        language->add(offered.code, offered.code.isEmpty() ? tr("The system's") : offered.name);
    addRow(into, tr("Language"), language, tr("Applies when Latchkey starts the next time."));
}

// The label that says what is wrong with the row; hidden until then.
QLabel *SettingsDialog::Private::addRow(QVBoxLayout *into, const QString &label, QWidget *control,
                                        const QString &help)
{
    QLabel *name = newPlainLabel(label);
    QFont bold = name->font();
    bold.setWeight(QFont::DemiBold);
    name->setFont(bold);
    name->setBuddy(control);
    into->addWidget(name);
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

void SettingsDialog::Private::show(const Preferences &now) const
{
    clears->setChecked(now.clipboardLife.count() > 0);
    clipboardSeconds->setValue(
        static_cast<int>(now.clipboardLife.count() > 0 ? now.clipboardLife.count() : 30));
    clipboardSeconds->setEnabled(clears->isChecked());
    records->setChecked(now.recordActivity);
    expiringMinutes->setValue(static_cast<int>(now.expiringThreshold.count()));
    vault->show(now);
    browser->setText(now.browserCommand);
    proxy->choose(choiceName(now.proxy));
    proxyAddress->setVisible(now.proxy == Preferences::Proxy::Manual);
    proxyHost->setText(now.proxyHost);
    proxyPort->setValue(now.proxyPort);
    caFile->setText(now.caFile);
    appearance->choose(choiceName(now.appearance));
    language->choose(now.language);
}

Preferences SettingsDialog::Private::typed() const
{
    Preferences wanted = preferences.current();
    wanted.clipboardLife = std::chrono::seconds(clears->isChecked() ? clipboardSeconds->value() : 0);
    wanted.expiringThreshold = std::chrono::minutes(expiringMinutes->value());
    wanted.recordActivity = records->isChecked();
    vault->putInto(wanted);
    wanted.browserCommand = browser->text().trimmed();
    wanted.proxy = proxyNamed(proxy->value());
    wanted.proxyHost = proxyHost->text().trimmed();
    wanted.proxyPort = proxyPort->value();
    wanted.caFile = caFile->text().trimmed();
    wanted.appearance = appearanceNamed(appearance->value());
    wanted.language = language->value();
    return wanted;
}

bool SettingsDialog::Private::check()
{
    const Preferences wanted = typed();
    const bool needsHost = wanted.proxy == Preferences::Proxy::Manual;
    setTextOrHide(browserProblem, browserCommandProblem(wanted.browserCommand));
    setTextOrHide(proxyProblem, needsHost ? proxyHostProblem(wanted.proxyHost) : QString());
    setTextOrHide(caProblem, caFileProblem(wanted.caFile));
    const std::initializer_list<std::pair<QLabel *, QWidget *>> rows { { browserProblem, browser },
                                                                       { proxyProblem, proxyHost },
                                                                       { caProblem, caFile } };
    for (const auto &[wrong, control] : rows) {
        control->setAccessibleDescription(wrong->text());
        if (!wrong->isHidden()) {
            control->setFocus();
            QTimer::singleShot(0, wrong,
                               [this, label = wrong] { scroll->ensureWidgetVisible(label, 0, 30); });
            return false;
        }
    }
    return true;
}

void SettingsDialog::Private::chooseCaFile()
{
    auto *dialog = new QFileDialog(&q, tr("Choose a PEM file"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({ tr("PEM files (*.pem *.crt *.cer)"), tr("All files (*)") });
    QObject::connect(dialog, &QFileDialog::fileSelected, caFile, &QLineEdit::setText);
    dialog->open();
}

} // namespace latchkey
