// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/list/tokenview.h"

#include "core/flow/token/tokenservice.h"
#include "ui/list/accountfacts.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/plainlabel.h"

#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>

namespace latchkey {

using namespace Qt::StringLiterals;

// Paints a secret, broken anywhere.
class TokenText final : public QWidget
{
public:
    explicit TokenText(QWidget *parent) : QWidget(parent)
    {
        setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
        QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
        policy.setHeightForWidth(true);
        setSizePolicy(policy);
        setAccessibleName(TokenView::tr("Revealed token"));
    }

    void show(const QString &scheme, const Secret &token)
    {
        m_scheme = scheme;
        m_token = token;
        updateGeometry();
        update();
    }

    void wipe()
    {
        m_token = Secret();
        update();
    }

    [[nodiscard]] bool isEmpty() const { return m_token.isEmpty(); }
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override
    {
        const int perLine = charactersIn(width);
        const auto length = m_scheme.size() + 1 + m_token.reveal().size();
        return static_cast<int>((length + perLine - 1) / perLine) * fontMetrics().lineSpacing();
    }
    [[nodiscard]] QSize sizeHint() const override { return { 120, heightForWidth(qMax(120, width())) }; }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setPen(colours().text);
        const QString text = m_scheme + u' ' + QString::fromLatin1(m_token.reveal());
        const int perLine = charactersIn(width());
        int baseline = fontMetrics().ascent();
        for (qsizetype at = 0; at < text.size(); at += perLine) {
            painter.drawText(0, baseline, text.mid(at, perLine));
            baseline += fontMetrics().lineSpacing();
        }
    }

private:
    [[nodiscard]] int charactersIn(int width) const
    {
        return qMax(1, static_cast<int>(width / qMax(1.0, QFontMetricsF(font()).horizontalAdvance(u'M'))));
    }

    QString m_scheme;
    Secret m_token;
};

TokenView::TokenView(TokenService &tokens, Clock clock, QWidget *parent)
    : QFrame(parent),
      m_tokens(tokens),
      m_clock(std::move(clock)),
      m_mask(newPlainLine({}, "mono")),
      m_scroll(new QScrollArea(this)),
      m_button(new QPushButton(this))
{
    setProperty("look", u"well"_s);
    m_text = new TokenText(m_scroll);
    m_scroll->setWidget(m_text);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setProperty("surface", u"none"_s);
    m_scroll->viewport()->setAutoFillBackground(false);
    m_text->setProperty("surface", u"none"_s);
    m_scroll->setAccessibleName(tr("Revealed token"));
    m_button->setProperty("kind", u"link"_s);

    auto *row = new QHBoxLayout;
    row->addWidget(m_mask, 1);
    row->addWidget(m_button);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(12, 9, 8, 9);
    column->setSpacing(6);
    column->addLayout(row);
    column->addWidget(m_scroll);
    connect(m_button, &QPushButton::clicked, this, [this] { isRevealed() ? conceal() : reveal(); });
    mask();
}

TokenView::~TokenView() = default;

void TokenView::setAccount(const Account &account)
{
    // A new token of the same account must not be shown under an old reveal either.
    if (account.id != m_id)
        ++m_dismissed;
    m_id = account.id;
    // Always as many dots, whatever the token.
    m_masked =
        account.token ? u"%1 %2"_s.arg(headerScheme(account), QString(12, u'•')).trimmed() : tr("no token");
    m_button->setVisible(account.token.has_value());
    mask(); // a reveal that is under way still shows its answer: it may be this new token
}

void TokenView::reveal()
{
    m_tokens.token(
        m_id, std::chrono::seconds(0),
        { this, [this, id = m_id, dismissed = m_dismissed](const Result<HandedToken, Problem> &handed) {
             if (dismissed == m_dismissed || !handed)
                 take(id, handed);
         } });
}

void TokenView::take(const AccountId &id, const Result<HandedToken, Problem> &handed)
{
    if (!handed) {
        Q_EMIT failed(id, handed.error());
        return;
    }
    // The answer may come late, after another account was chosen or the window went away.
    if (id != m_id || !isVisible())
        return;
    m_text->show(handed->headerScheme, handed->accessToken);
    constexpr int mostHeight = 130;
    m_scroll->setFixedHeight(qMin(m_text->heightForWidth(contentsRect().width() - 36) + 4, mostHeight));
    m_scroll->show();
    m_hideAt = m_clock().addSecs(revealedFor.count());
    tick(m_clock());
}

void TokenView::conceal()
{
    ++m_dismissed;
    mask();
}

void TokenView::mask()
{
    m_text->wipe();
    m_hideAt = {};
    m_scroll->hide();
    m_mask->setText(m_masked);
    m_mask->setAccessibleName(m_button->isHidden() ? tr("No token") : tr("Token, hidden"));
    m_button->setText(tr("Reveal"));
    m_button->setAccessibleName(tr("Reveal token"));
}

bool TokenView::isRevealed() const
{
    return m_hideAt.isValid();
}

void TokenView::tick(const QDateTime &now)
{
    if (!isRevealed())
        return;
    const qint64 left = now.secsTo(m_hideAt);
    // A clock that was set back must not keep it open.
    if (left <= 0 || left > revealedFor.count()) {
        conceal();
        return;
    }
    m_mask->setText(tr("Hidden again in %1 s").arg(left));
    m_mask->setAccessibleName(tr("Token, shown"));
    m_button->setText(tr("Hide"));
    m_button->setAccessibleName(tr("Hide token"));
}

} // namespace latchkey
