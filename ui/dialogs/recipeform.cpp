// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/recipeform.h"

#include "core/base/characters.h"
#include "core/recipe/recipetemplate.h"
#include "ui/widgets/dialogframe.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/plainlabel.h"

#include <QCoreApplication>
#include <QFontDatabase>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QScopedValueRollback>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

// Nobody could take it for a token.
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

bool RecipeForm::isChanged() const
{
    return recipe() != m_filled;
}

bool RecipeForm::isGood() const
{
    return fault().isEmpty();
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
    const QString wrong = fault();
    // An empty form is no mistake yet.
    const bool isUntouched = typed == OwnRecipe();
    setTextOrHide(m_fault, isUntouched ? QString() : wrong);
    const OwnRecipe preview { u"preview"_s, u"preview"_s, typed.text };
    m_preview->setPlainText(
        faultOf(preview) ? QString()
                         : QString::fromUtf8(filledIn(preview, exampleInput(m_clock()), m_clock()).reveal()));
    Q_EMIT changed();
}

} // namespace latchkey
