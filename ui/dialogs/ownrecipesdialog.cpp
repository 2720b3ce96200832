// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/ownrecipesdialog.h"

#include "core/flow/handout/handoutservice.h"
#include "ui/dialogs/recipeform.h"
#include "ui/widgets/dialogframe.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/problemview.h"
#include "ui/widgets/windowheight.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <functional>
#include <optional>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int recipeIdRole = Qt::UserRole;

} // namespace

class OwnRecipesDialog::Private
{
public:
    Private(OwnRecipesDialog &dialog, const UiServices &theServices) : q(dialog), services(theServices) {}

    void build();
    [[nodiscard]] QWidget *buildList();
    void showList(const QString &selected);
    [[nodiscard]] std::optional<OwnRecipe> kept(const QString &id) const; // as it is stored now
    void show(const OwnRecipe &recipe);
    void showFirst();
    void showSelected();
    void showButtons() const;
    void leaveTo(const std::function<void()> &next);
    [[nodiscard]] bool save();
    void askToRemove();

    OwnRecipesDialog &q;
    UiServices services;
    QString shown; // the id of the recipe in the form; empty: a new one
    QListWidget *list = nullptr;
    RecipeForm *form = nullptr;
    ProblemView *problem = nullptr;
    QPushButton *remove = nullptr;
    QPushButton *saveButton = nullptr;
};

OwnRecipesDialog::OwnRecipesDialog(const UiServices &services, QWidget *parent)
    : QDialog(parent), d(std::make_unique<Private>(*this, services))
{
    d->build();
    d->showFirst();
    if (d->shown.isEmpty())
        d->form->setFocus();
}

OwnRecipesDialog::~OwnRecipesDialog() = default;

void OwnRecipesDialog::reject()
{
    d->leaveTo([this] { QDialog::reject(); });
}

void OwnRecipesDialog::Private::build()
{
    const DialogFrame frame = frameDialog(
        q, tr("Own formats"), tr("They stand in the Copy menu, and latchkey-cli takes them with --as."));
    form = new RecipeForm(services.clock);
    problem = new ProblemView;
    remove = new QPushButton(tr("Remove format"));
    remove->setProperty("kind", u"danger"_s);
    remove->setAutoDefault(false);
    auto *columns = new QHBoxLayout;
    columns->setSpacing(18);
    columns->addWidget(buildList());
    columns->addWidget(form, 1);
    frame.body->addLayout(columns, 1);
    frame.body->addWidget(problem);
    frame.buttons->insertWidget(0, remove);
    QPushButton *close = addDialogButton(frame, tr("Close"));
    saveButton = addDialogButton(frame, tr("Save"), "primary");
    q.resize(820, 600);
    QObject::connect(form, &RecipeForm::changed, &q, [this] { showButtons(); });
    QObject::connect(remove, &QPushButton::clicked, &q, [this] { askToRemove(); });
    QObject::connect(close, &QPushButton::clicked, &q, &QDialog::reject);
    QObject::connect(saveButton, &QPushButton::clicked, &q, [this] { static_cast<void>(save()); });
}

QWidget *OwnRecipesDialog::Private::buildList()
{
    auto *part = new QWidget;
    part->setFixedWidth(210);
    list = new QListWidget;
    list->setAccessibleName(tr("Own formats"));
    list->setTextElideMode(Qt::ElideRight);
    list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *add = new QPushButton(tr("New format"));
    add->setAccessibleName(tr("New format"));
    add->setAutoDefault(false);
    auto *column = new QVBoxLayout(part);
    column->setContentsMargins({});
    column->setSpacing(8);
    column->addWidget(list, 1);
    column->addWidget(add);
    QObject::connect(add, &QPushButton::clicked, &q, [this] {
        leaveTo([this] {
            const QSignalBlocker blocker(list);
            list->clearSelection();
            show({});
            form->setFocus();
        });
    });
    QObject::connect(list, &QListWidget::itemSelectionChanged, &q, [this] {
        if (list->selectedItems().isEmpty()
            || list->selectedItems().constFirst()->data(recipeIdRole) == shown)
            return;
        const QString wanted = list->selectedItems().constFirst()->data(recipeIdRole).toString();
        leaveTo([this, wanted] {
            showList(wanted);
            showSelected();
        });
    });
    return part;
}

void OwnRecipesDialog::Private::showList(const QString &selected)
{
    const QSignalBlocker blocker(list);
    list->clear();
    for (const OwnRecipe &recipe : services.handouts.ownRecipes()) {
        auto *item = new QListWidgetItem(recipe.label, list);
        item->setData(recipeIdRole, recipe.id);
        item->setToolTip(plainToolTip(recipe.id));
        if (recipe.id == selected)
            list->setCurrentItem(item);
    }
}

void OwnRecipesDialog::Private::showFirst()
{
    const QList<OwnRecipe> recipes = services.handouts.ownRecipes();
    showList(recipes.isEmpty() ? QString() : recipes.constFirst().id);
    showSelected();
}

void OwnRecipesDialog::Private::showSelected()
{
    const auto selected = list->selectedItems();
    show(selected.isEmpty()
             ? OwnRecipe()
             : kept(selected.constFirst()->data(recipeIdRole).toString()).value_or(OwnRecipe()));
}

std::optional<OwnRecipe> OwnRecipesDialog::Private::kept(const QString &id) const
{
    for (const OwnRecipe &recipe : services.handouts.ownRecipes()) {
        if (recipe.id == id)
            return recipe;
    }
    return {};
}

void OwnRecipesDialog::Private::show(const OwnRecipe &recipe)
{
    problem->clear();
    shown = recipe.id;
    QStringList taken;
    for (const OwnRecipe &other : services.handouts.ownRecipes()) {
        if (other.id != recipe.id)
            taken.append(other.id);
    }
    form->fill(recipe, taken);
    showButtons();
}

void OwnRecipesDialog::Private::showButtons() const
{
    remove->setVisible(!shown.isEmpty());
    saveButton->setEnabled(form->isGood() && form->isChanged());
}

// What was typed is not lost by a click elsewhere.
void OwnRecipesDialog::Private::leaveTo(const std::function<void()> &next)
{
    if (!form->isChanged())
        return next();
    showList(shown);
    problem->showText(tr("This format is not saved."),
                      form->isGood() ? QString() : tr("It can't be saved as it is."));
    if (form->isGood()) {
        QObject::connect(problem->addAction(tr("Save it")), &QPushButton::clicked, &q, [this, next] {
            if (save())
                next();
        });
    }
    QObject::connect(problem->addAction(tr("Discard"), "danger"), &QPushButton::clicked, &q, [this, next] {
        showSelected();
        next();
    });
    QPushButton *stay = problem->addAction(tr("Keep editing"));
    QObject::connect(stay, &QPushButton::clicked, problem, &ProblemView::clear);
    stay->setFocus();
    growToFit(q);
}

bool OwnRecipesDialog::Private::save()
{
    problem->clear();
    const OwnRecipe typed = form->recipe();
    if (typed.id != shown && kept(typed.id)) { // another process may have added it
        problem->showText(tr("Another format has the short name “%1” meanwhile.").arg(typed.id), {});
        return false;
    }
    Result<void, Problem> done = services.handouts.saveOwn(typed);
    if (done && !shown.isEmpty() && shown != typed.id)
        done = services.handouts.removeOwn(shown); // it has another short name now
    if (!done) {
        problem->showProblem(done.error(), nullptr);
        return false;
    }
    showList(typed.id);
    show(typed);
    return true;
}

void OwnRecipesDialog::Private::askToRemove()
{
    const std::optional<OwnRecipe> asked = kept(shown);
    problem->showText(tr("Remove “%1”?").arg(asked ? asked->label : shown), tr("This can't be undone."));
    QObject::connect(problem->addAction(tr("Remove"), "danger"), &QPushButton::clicked, &q,
                     [this, asked, id = shown] {
                         problem->clear();
                         // Another process may have written another one under this name since.
                         if (const auto now = kept(id); now && now != asked) {
                             show(*now);
                             return problem->showText(tr("This format was changed meanwhile."),
                                                      tr("This is how it is now. Nothing was removed."));
                         }
                         if (const auto removed = services.handouts.removeOwn(id); !removed)
                             return problem->showProblem(removed.error(), nullptr);
                         showFirst();
                     });
    QPushButton *keep = problem->addAction(tr("Keep"));
    QObject::connect(keep, &QPushButton::clicked, problem, &ProblemView::clear);
    keep->setFocus();
}

} // namespace latchkey
