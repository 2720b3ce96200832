// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/ownrecipesdialog.h"

#include "core/base/inputtext.h"
#include "core/flow/handout/handoutservice.h"
#include "core/recipe/recipetemplate.h"
#include "ui/widgets/dialogframe.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/problemview.h"

#include <QCoreApplication>
#include <QFontDatabase>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <functional>
#include <optional>
#include <utility>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int recipeIdRole = Qt::UserRole;

// The example's token cannot be mistaken for a real one.
RecipeInput exampleInput(const QDateTime &now)
{
    RecipeInput input;
    input.token = Secret("NOT-A-REAL-TOKEN-0123456789");
    input.headerScheme = u"Bearer"_s;
    input.url = QUrl(u"https://api.example.com/v1/me"_s);
    input.extraHeaders = { { "TenantRegion", "EU" } };
    input.accountName = RecipeForm::tr("Example account");
    input.providerId = u"priava"_s;
    input.user = u"jdoe"_s;
    input.scopes = { u"read"_s, u"write"_s };
    input.expiresAt = now.addSecs(3600);
    return input;
}

QPlainTextEdit *newTextEdit(const QString &name)
{
    auto *edit = new QPlainTextEdit;
    edit->setAccessibleName(name);
    edit->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    edit->setTabChangesFocus(true);
    edit->setProperty("size", u"big"_s);
    return edit;
}

} // namespace

RecipeForm::RecipeForm(Clock clock, QWidget *parent)
    : QWidget(parent),
      m_clock(std::move(clock)),
      m_label(new QLineEdit),
      m_id(new QLineEdit),
      m_text(newTextEdit(tr("Text of the format"))),
      m_insert(new QPushButton(tr("Insert…"))),
      m_fault(newPlainLabel({}, "error")),
      m_preview(newTextEdit(tr("Preview with a made-up token")))
{
    m_label->setAccessibleName(tr("Name in the menu"));
    m_label->setPlaceholderText(tr("Git credential"));
    m_id->setAccessibleName(tr("Short name"));
    m_id->setPlaceholderText(u"git-credential"_s);
    m_id->setToolTip(tr("For the command line: latchkey-cli token NAME --as SHORT-NAME"));
    m_text->setPlaceholderText(u"username={{user}}\npassword={{token}}"_s);
    m_preview->setReadOnly(true);

    auto *names = new QGridLayout;
    names->setHorizontalSpacing(12);
    names->setVerticalSpacing(4);
    names->addWidget(newFieldName(tr("Name in the menu"), m_label), 0, 0);
    names->addWidget(newFieldName(tr("Short name, for latchkey-cli"), m_id), 0, 1);
    names->addWidget(m_label, 1, 0);
    names->addWidget(m_id, 1, 1);
    names->setColumnStretch(0, 1);
    names->setColumnStretch(1, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(10);
    column->addLayout(names);
    column->addWidget(makeText(), 3);
    column->addWidget(m_fault);
    column->addWidget(newFieldName(tr("Preview with a made-up token"), m_preview));
    column->addWidget(m_preview, 2);
    setFocusProxy(m_label);

    connect(m_label, &QLineEdit::textChanged, this, [this] {
        proposeId();
        update();
    });
    connect(m_id, &QLineEdit::textChanged, this, &RecipeForm::update);
    connect(m_id, &QLineEdit::textEdited, this, [this] { m_proposesId = false; });
    connect(m_text, &QPlainTextEdit::textChanged, this, &RecipeForm::update);
    connect(m_insert, &QPushButton::clicked, this, &RecipeForm::openPlaces);
}

QWidget *RecipeForm::makeText()
{
    m_insert->setAutoDefault(false);
    m_insert->setAccessibleName(tr("Insert a place into the text"));
    setButtonIcon(m_insert, u"add"_s);
    auto *head = new QHBoxLayout;
    head->addWidget(newFieldName(tr("Text"), m_text), 1);
    head->addWidget(m_insert);
    auto *part = new QWidget;
    auto *column = new QVBoxLayout(part);
    column->setContentsMargins({});
    column->setSpacing(4);
    column->addLayout(head);
    column->addWidget(m_text, 1);
    column->addWidget(newPlainLabel(
        tr("A place such as {{token}} is filled in. Where it stands in quotes of another language, quote it: "
           "{{token|shell}}. There is: %1.")
            .arg(recipeFilters().join(u", "_s)),
        "muted"));
    return part;
}

void RecipeForm::fill(const OwnRecipe &recipe, const QStringList &taken)
{
    m_filled = recipe;
    m_taken = taken;
    m_proposesId = false;
    m_label->setText(recipe.label);
    m_id->setText(recipe.id);
    m_text->setPlainText(recipe.text);
    m_proposesId = recipe.id.isEmpty();
    update();
}

OwnRecipe RecipeForm::recipe() const
{
    return { m_id->text().trimmed(), m_label->text().trimmed(), withoutMark(m_text->toPlainText()) };
}

void RecipeForm::openPlaces()
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const RecipePlace &place : recipePlaces()) {
        const QString text = u"{{%1}}"_s.arg(place.name);
        menu->addAction(text + u'\t' + QCoreApplication::translate("Recipe", place.description), this,
                        [this, text] {
                            m_text->insertPlainText(text);
                            m_text->setFocus();
                        });
    }
    menu->popup(m_insert->mapToGlobal(QPoint(0, m_insert->height() + 4)));
}

// "Git credential!" becomes "git-credential", until the user says otherwise.
void RecipeForm::proposeId()
{
    if (!m_proposesId)
        return;
    static const QRegularExpression others(u"[^a-z0-9]+"_s);
    static const QRegularExpression ends(u"^-+|-+$"_s);
    QString id = m_label->text().toLower().normalized(QString::NormalizationForm_KD);
    id.replace(others, u"-"_s);
    id.replace(ends, {});
    m_id->setText(id.left(40));
}

QString RecipeForm::fault() const
{
    const OwnRecipe typed = recipe();
    if (m_taken.contains(typed.id))
        return textOf(RecipeFault { RecipeFault::Kind::IdTaken, {} });
    const auto found = faultOf(typed);
    return found ? textOf(*found) : QString();
}

void RecipeForm::update()
{
    const OwnRecipe typed = recipe();
    setTextOrHide(m_fault, typed == OwnRecipe() ? QString() : fault()); // an empty form is no mistake yet
    const OwnRecipe preview { u"preview"_s, u"preview"_s, typed.text };
    m_preview->setPlainText(
        faultOf(preview) ? QString()
                         : QString::fromUtf8(filledIn(preview, exampleInput(m_clock()), m_clock()).reveal()));
    Q_EMIT changed();
}

OwnRecipesDialog::OwnRecipesDialog(UiServices services, QWidget *parent)
    : QDialog(parent), m_services(std::move(services))
{
    build();
    showFirst();
    if (m_shown.isEmpty())
        m_form->setFocus();
}

void OwnRecipesDialog::reject()
{
    leaveTo([this] { QDialog::reject(); });
}

void OwnRecipesDialog::build()
{
    const DialogFrame frame = frameDialog(
        *this, tr("Own formats"), tr("They stand in the Copy menu, and latchkey-cli takes them with --as."));
    m_form = new RecipeForm(m_services.clock);
    m_problem = new ProblemView;
    m_remove = new QPushButton(tr("Remove format"));
    m_remove->setProperty("kind", u"danger"_s);
    m_remove->setAutoDefault(false);
    auto *columns = new QHBoxLayout;
    columns->setSpacing(18);
    columns->addWidget(buildList());
    columns->addWidget(m_form, 1);
    frame.body->addLayout(columns, 1);
    frame.body->addWidget(m_problem);
    frame.buttons->insertWidget(0, m_remove);
    connect(addDialogButton(frame, tr("Close")), &QPushButton::clicked, this, &QDialog::reject);
    m_saveButton = addDialogButton(frame, tr("Save"), "primary");
    resize(820, 600);
    connect(m_form, &RecipeForm::changed, this, &OwnRecipesDialog::showButtons);
    connect(m_remove, &QPushButton::clicked, this, &OwnRecipesDialog::askToRemove);
    connect(m_saveButton, &QPushButton::clicked, this, [this] { static_cast<void>(save()); });
}

QWidget *OwnRecipesDialog::buildList()
{
    auto *part = new QWidget;
    part->setFixedWidth(210);
    m_list = new QListWidget;
    m_list->setAccessibleName(tr("Own formats"));
    m_list->setTextElideMode(Qt::ElideRight);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *add = new QPushButton(tr("New format"));
    add->setAccessibleName(tr("New format"));
    add->setAutoDefault(false);
    auto *column = new QVBoxLayout(part);
    column->setContentsMargins({});
    column->setSpacing(8);
    column->addWidget(m_list, 1);
    column->addWidget(add);
    connect(add, &QPushButton::clicked, this, [this] {
        leaveTo([this] {
            const QSignalBlocker blocker(m_list);
            m_list->clearSelection();
            showRecipe({});
            m_form->setFocus();
        });
    });
    connect(m_list, &QListWidget::itemSelectionChanged, this, [this] {
        const QString wanted = selectedId();
        if (wanted.isEmpty() || wanted == m_shown)
            return;
        leaveTo([this, wanted] {
            showList(wanted);
            showSelected();
        });
    });
    return part;
}

void OwnRecipesDialog::showList(const QString &selected)
{
    const QSignalBlocker blocker(m_list);
    m_list->clear();
    for (const OwnRecipe &recipe : m_services.handouts.ownRecipes()) {
        auto *item = new QListWidgetItem(recipe.label, m_list);
        item->setData(recipeIdRole, recipe.id);
        item->setToolTip(plainToolTip(recipe.id));
        if (recipe.id == selected)
            m_list->setCurrentItem(item);
    }
}

void OwnRecipesDialog::showFirst()
{
    const QList<OwnRecipe> recipes = m_services.handouts.ownRecipes();
    showList(recipes.isEmpty() ? QString() : recipes.constFirst().id);
    showSelected();
}

void OwnRecipesDialog::showSelected()
{
    showRecipe(kept(selectedId()).value_or(OwnRecipe()));
}

QString OwnRecipesDialog::selectedId() const
{
    const auto selected = m_list->selectedItems();
    return selected.isEmpty() ? QString() : selected.constFirst()->data(recipeIdRole).toString();
}

std::optional<OwnRecipe> OwnRecipesDialog::kept(const QString &id) const
{
    for (const OwnRecipe &recipe : m_services.handouts.ownRecipes()) {
        if (recipe.id == id)
            return recipe;
    }
    return {};
}

void OwnRecipesDialog::showRecipe(const OwnRecipe &recipe)
{
    m_problem->clear();
    m_shown = recipe.id;
    QStringList taken;
    for (const OwnRecipe &other : m_services.handouts.ownRecipes()) {
        if (other.id != recipe.id)
            taken.append(other.id);
    }
    m_form->fill(recipe, taken);
    showButtons();
}

void OwnRecipesDialog::showButtons() const
{
    m_remove->setVisible(!m_shown.isEmpty());
    m_saveButton->setEnabled(m_form->isGood() && m_form->isChanged());
}

// Asks before a click elsewhere loses what was typed.
void OwnRecipesDialog::leaveTo(const std::function<void()> &next)
{
    if (!m_form->isChanged())
        return next();
    showList(m_shown);
    m_problem->showText(tr("This format is not saved."),
                        m_form->isGood() ? QString() : tr("It can't be saved as it is."));
    if (m_form->isGood()) {
        connect(m_problem->addAction(tr("Save it")), &QPushButton::clicked, this, [this, next] {
            if (save())
                next();
        });
    }
    connect(m_problem->addAction(tr("Discard"), "danger"), &QPushButton::clicked, this, [this, next] {
        showSelected();
        next();
    });
    m_problem->addWayBack(tr("Keep editing"));
    growToFit(*this);
}

bool OwnRecipesDialog::save()
{
    m_problem->clear();
    const OwnRecipe typed = m_form->recipe();
    if (typed.id != m_shown && kept(typed.id)) { // another process may have added it
        m_problem->showText(tr("Another format has the short name “%1” meanwhile.").arg(typed.id), {});
        return false;
    }
    Result<void, Problem> done = m_services.handouts.saveOwn(typed);
    if (done && !m_shown.isEmpty() && m_shown != typed.id)
        done = m_services.handouts.removeOwn(m_shown); // it has another short name now
    if (!done) {
        m_problem->showProblem(done.error(), nullptr);
        return false;
    }
    showList(typed.id);
    showRecipe(typed);
    return true;
}

void OwnRecipesDialog::askToRemove()
{
    const std::optional<OwnRecipe> asked = kept(m_shown);
    m_problem->showText(tr("Remove “%1”?").arg(asked ? asked->label : m_shown), tr("This can't be undone."));
    connect(m_problem->addAction(tr("Remove"), "danger"), &QPushButton::clicked, this,
            [this, asked, id = m_shown] {
                m_problem->clear();
                // Another process may have written another one under this name since.
                if (const auto now = kept(id); now && now != asked) {
                    showRecipe(*now);
                    return m_problem->showText(tr("This format was changed meanwhile."),
                                               tr("This is how it is now. Nothing was removed."));
                }
                if (const auto removed = m_services.handouts.removeOwn(id); !removed)
                    return m_problem->showProblem(removed.error(), nullptr);
                showFirst();
            });
    m_problem->addWayBack(tr("Keep"));
}

} // namespace latchkey
