// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/form/fieldeditors.h"

#include "core/oauth/redirecturi.h"
#include "ui/form/secretfieldeditors.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/radiorow.h"

#include <QCheckBox>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>

namespace latchkey {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

QLineEdit *newLine(const Field &field)
{
    auto *line = new QLineEdit;
    line->setPlaceholderText(providerText(field.placeholder));
    if (field.kind == Field::Kind::Url || field.kind == Field::Kind::RedirectUri)
        line->setInputMethodHints(Qt::ImhUrlCharactersOnly | Qt::ImhNoPredictiveText);
    return line;
}

const QString customChoice = u"custom"_s; // no address, so it can't be a proposal's

} // namespace

// One line of text: names, scopes, addresses without proposals.
class LineFieldEditor : public FieldEditor
{
    Q_OBJECT

public:
    explicit LineFieldEditor(const Field &field)
        : FieldEditor(field), m_line(newLine(field)), m_row(new QHBoxLayout), m_column(new QVBoxLayout(this))
    {
        adopt(m_line);
        m_row->setSpacing(6);
        m_row->addWidget(m_line, 1);
        m_column->setContentsMargins({});
        m_column->setSpacing(4);
        m_column->addLayout(m_row);
        setFocusProxy(m_line);
        connect(m_line, &QLineEdit::textChanged, this, &FieldEditor::changed);
    }

    [[nodiscard]] QString text() const override { return m_line->text(); }
    void setText(const QString &text) override { m_line->setText(text); }
    [[nodiscard]] QWidget *control() const override { return m_line; }

protected:
    QLineEdit *m_line;
    QHBoxLayout *m_row;
    QVBoxLayout *m_column;
};

// The redirect URI: typed or proposed, to be copied and registered at the vendor, with a word on whether
// Latchkey can catch the answer there.
class RedirectFieldEditor final : public LineFieldEditor
{
    Q_OBJECT

public:
    explicit RedirectFieldEditor(const Field &field)
        : LineFieldEditor(field), m_copy(new QPushButton(tr("Copy"))), m_note(newPlainLabel({}, "muted"))
    {
        m_copy->setIcon(icon(u"copy"_s));
        m_copy->setAutoDefault(false);
        m_copy->setAccessibleName(tr("Copy %1").arg(providerText(field.label)));
        m_row->addWidget(m_copy);
        m_column->addWidget(m_note);
        connect(m_line, &QLineEdit::textChanged, this, &RedirectFieldEditor::explain);
        connect(m_copy, &QPushButton::clicked, this, &RedirectFieldEditor::copy);
        explain();
    }

private:
    void copy()
    {
        QGuiApplication::clipboard()->setText(text().trimmed());
        m_copy->setText(tr("Copied"));
        QTimer::singleShot(2s, m_copy, [button = m_copy] { button->setText(tr("Copy")); });
    }

    void explain()
    {
        m_copy->setEnabled(!text().trimmed().isEmpty());
        const Result<RedirectUri, RedirectUriFault> uri = readRedirectUri(text().trimmed());
        setTextOrHide(m_note, uri ? noteFor(*uri) : QString()); // the sentence about a fault says more
    }

    static QString noteFor(const RedirectUri &uri)
    {
        const QString host = QString::fromLatin1(uri.hostHeader);
        switch (uri.kind) {
        case RedirectUri::Kind::LoopbackHttp:
            return tr("Latchkey listens on %1 while you sign in, and only then.").arg(host);
        case RedirectUri::Kind::LoopbackHttps:
            return tr("Latchkey listens on %1 with the certificate and key under More options. Without "
                      "them you will paste the address the browser ends on.")
                .arg(host);
        case RedirectUri::Kind::Elsewhere:
            return tr("Latchkey can't receive the answer at this address: after signing in you will "
                      "paste the address the browser ends on.");
        }
        Q_UNREACHABLE();
    }

    QPushButton *m_copy;
    QLabel *m_note;
};

// An address with proposals ("Production", "Sandbox"), or another that is typed. What was typed survives a
// look at the proposals.
class UrlFieldEditor final : public FieldEditor
{
    Q_OBJECT

public:
    explicit UrlFieldEditor(const Field &field)
        : FieldEditor(field),
          m_radios(new RadioRow),
          m_line(newLine(field)),
          m_address(newPlainLabel({}, "muted"))
    {
        for (const FieldChoice &choice : field.choices)
            adopt(m_radios->add(choice.value, providerText(choice.label)), providerText(choice.label));
        adopt(m_radios->add(customChoice, tr("Custom")), tr("Custom"));
        m_radios->setAccessibleName(providerText(field.label));
        adopt(m_line);
        auto *layout = new QVBoxLayout(this);
        layout->setContentsMargins({});
        layout->setSpacing(6);
        layout->addWidget(m_radios, 0, Qt::AlignLeft);
        layout->addWidget(m_address);
        layout->addWidget(m_line);
        setFocusProxy(m_radios);
        setText(field.defaultValue);
        connect(m_radios, &RadioRow::chosen, this, [this](const QString &choice) {
            show(choice);
            Q_EMIT changed();
        });
        connect(m_line, &QLineEdit::textChanged, this, &FieldEditor::changed);
    }

    [[nodiscard]] QString text() const override
    {
        QString choice = m_radios->value();
        if (choice != customChoice)
            return choice;
        // An empty field would be completed with the first proposal, which is not what was chosen.
        return m_line->text().isEmpty() ? u"https://"_s : m_line->text();
    }

    void setText(const QString &text) override
    {
        const bool isProposed =
            std::any_of(field().choices.cbegin(), field().choices.cend(),
                        [&text](const FieldChoice &choice) { return choice.value == text; });
        if (!isProposed)
            m_line->setText(text);
        m_radios->choose(isProposed ? text : customChoice);
        show(m_radios->value());
    }

    [[nodiscard]] QWidget *control() const override
    {
        return m_line->isHidden() ? static_cast<QWidget *>(m_radios) : m_line;
    }

private:
    void show(const QString &choice)
    {
        const bool isCustom = choice == customChoice;
        m_line->setVisible(isCustom);
        setTextOrHide(m_address, isCustom ? QString() : choice);
    }

    RadioRow *m_radios;
    QLineEdit *m_line;
    QLabel *m_address;
};

// Exactly one of a few values.
class ChoiceFieldEditor final : public FieldEditor
{
    Q_OBJECT

public:
    explicit ChoiceFieldEditor(const Field &field) : FieldEditor(field), m_radios(new RadioRow)
    {
        for (const FieldChoice &choice : field.choices)
            adopt(m_radios->add(choice.value, providerText(choice.label)), providerText(choice.label));
        m_radios->setAccessibleName(providerText(field.label));
        auto *layout = new QHBoxLayout(this);
        layout->setContentsMargins({});
        layout->addWidget(m_radios);
        setFocusProxy(m_radios);
        connect(m_radios, &RadioRow::chosen, this, &FieldEditor::changed);
    }

    [[nodiscard]] QString text() const override { return m_radios->value(); }
    void setText(const QString &text) override { m_radios->choose(text); }
    [[nodiscard]] QWidget *control() const override { return m_radios; }

private:
    RadioRow *m_radios;
};

// Yes or no, as "true" and "false".
class FlagFieldEditor final : public FieldEditor
{
    Q_OBJECT

public:
    explicit FlagFieldEditor(const Field &field)
        : FieldEditor(field), m_box(new QCheckBox(providerText(field.label)))
    {
        adopt(m_box);
        auto *layout = new QHBoxLayout(this);
        layout->setContentsMargins({});
        layout->addWidget(m_box);
        setFocusProxy(m_box);
        connect(m_box, &QCheckBox::toggled, this, &FieldEditor::changed);
    }

    [[nodiscard]] QString text() const override { return m_box->isChecked() ? u"true"_s : u"false"_s; }
    void setText(const QString &text) override { m_box->setChecked(text == "true"_L1); }
    [[nodiscard]] QWidget *control() const override { return m_box; }

private:
    QCheckBox *m_box;
};

namespace {

// A redirect URI must be registered at the vendor, so the help says where.
FieldEditor *newRedirectEditor(Field field, const Provider &provider)
{
    if (*provider.registerHint != '\0')
        field.help = provider.registerHint;
    return new RedirectFieldEditor(field);
}

} // namespace

FieldEditor *newFieldEditor(const Field &field, const Provider &provider)
{
    switch (field.kind) {
    case Field::Kind::Text: break;
    case Field::Kind::Url:
        if (!field.choices.isEmpty())
            return new UrlFieldEditor(field);
        break;
    case Field::Kind::Choice: return new ChoiceFieldEditor(field);
    case Field::Kind::RedirectUri: return newRedirectEditor(field, provider);
    case Field::Kind::Secret: return new SecretFieldEditor(field);
    case Field::Kind::Flag: return new FlagFieldEditor(field);
    case Field::Kind::Pem: return new PemFieldEditor(field);
    }
    return new LineFieldEditor(field);
}

} // namespace latchkey

#include "fieldeditors.moc"
