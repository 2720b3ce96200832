// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/refreshallbar.h"

#include "core/flow/token/refreshalloperation.h"
#include "core/flow/token/tokenservice.h"
#include "ui/widgets/plainlabel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

namespace latchkey {

using namespace Qt::StringLiterals;

RefreshAllBar::RefreshAllBar(TokenService &tokens, QWidget *parent)
    : QFrame(parent), m_tokens(tokens), m_text(newPlainLine()), m_progress(new QProgressBar(this))
{
    setProperty("look", u"card"_s);
    m_progress->setTextVisible(false);
    m_progress->setAccessibleName(tr("Progress of refreshing all accounts"));
    auto *stop = new QPushButton(tr("Cancel"), this);
    stop->setAccessibleName(tr("Cancel refreshing all accounts"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 6, 8, 6);
    row->setSpacing(12);
    row->addWidget(m_text);
    row->addWidget(m_progress, 1);
    row->addWidget(stop);
    connect(stop, &QPushButton::clicked, this, &RefreshAllBar::cancel);
    hide();
}

RefreshAllBar::~RefreshAllBar() = default;

void RefreshAllBar::start(const QList<AccountId> &ids)
{
    if (isRunning() || ids.isEmpty())
        return;
    m_operation = std::make_unique<RefreshAllOperation>(m_tokens, ids);
    m_done = 0;
    m_progress->setRange(0, m_operation->total());
    connect(m_operation.get(), &RefreshAllOperation::progressed, this, &RefreshAllBar::show);
    connect(m_operation.get(), &RefreshAllOperation::finished, this, [this](int done, int failed) {
        m_operation.release()->deleteLater(); // it is the sender of this signal
        end();
        Q_EMIT finished(done, failed);
    });
    show(0, 0);
    setVisible(true);
    Q_EMIT runningChanged(true);
    m_operation->start();
}

void RefreshAllBar::cancel()
{
    if (!isRunning())
        return;
    const int total = m_operation->total();
    m_operation.reset();
    end();
    Q_EMIT cancelled(m_done, total);
}

void RefreshAllBar::show(int done, int failed)
{
    m_done = done;
    const int total = m_progress->maximum();
    m_progress->setValue(done);
    m_text->setText(failed > 0 ? tr("Refreshing: %1 of %2, %3 failed").arg(done).arg(total).arg(failed)
                               : tr("Refreshing: %1 of %2").arg(done).arg(total));
}

void RefreshAllBar::end()
{
    hide();
    Q_EMIT runningChanged(false);
}

} // namespace latchkey
