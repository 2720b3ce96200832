// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/dialogframe.h"

#include "ui/widgets/icon.h"
#include "ui/widgets/plainlabel.h"

#include <QDialog>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QLayout>
#include <QProgressBar>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QVBoxLayout>
#include <QWidget>

namespace latchkey {

using namespace Qt::StringLiterals;

DialogHead::DialogHead(QWidget *parent)
    : QWidget(parent),
      m_picture(newPlainLine()),
      m_title(newPlainLabel({}, "title")),
      m_subtitle(newPlainLabel({}, "muted"))
{
    auto *texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addWidget(m_title);
    texts->addWidget(m_subtitle);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(14);
    layout->addWidget(m_picture, 0, Qt::AlignTop);
    layout->addLayout(texts, 1);
}

void DialogHead::show(const Provider *provider, const QString &title, const QString &subtitle)
{
    if (provider != nullptr) {
        m_picture->setPixmap(providerPicture(*provider, providerPictureSize, devicePixelRatioF()));
        m_picture->setAccessibleName(providerText(provider->displayName));
    }
    m_picture->setVisible(provider != nullptr);
    m_title->setText(title);
    setTextOrHide(m_subtitle, subtitle);
}

namespace {

constexpr int roomForTheFrame = 60; // title bar and a panel of the desktop

} // namespace

void growToFit(QWidget &window)
{
    QLayout *layout = window.layout();
    layout->activate();
    growTo(window,
           layout->hasHeightForWidth() ? layout->totalHeightForWidth(window.width())
                                       : layout->totalSizeHint().height());
}

void growTo(QWidget &window, int height)
{
    const QRect screen = window.screen()->availableGeometry();
    const int wanted = qMin(height, screen.height() - roomForTheFrame);
    const int missing = wanted - window.height();
    if (missing <= 0)
        return;
    if (window.isVisible())
        window.move(window.x(), qMax(screen.top(), window.y() - missing / 2));
    window.resize(window.width(), wanted);
}

QMessageBox *newMessageBox(QWidget *window, QMessageBox::Icon icon, const QString &title, const QString &text,
                           const QString &more)
{
    auto *box = new QMessageBox(window);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setIcon(icon);
    box->setWindowTitle(title);
    box->setTextFormat(Qt::PlainText); // of the text alone
    box->setText(text);
    box->setInformativeText(more);
    for (QLabel *label : box->findChildren<QLabel *>())
        label->setTextFormat(Qt::PlainText);
    return box;
}

DialogFrame frameDialog(QDialog &dialog, const QString &title, const QString &subtitle,
                        const Provider *provider)
{
    dialog.setAttribute(Qt::WA_DeleteOnClose);
    dialog.setWindowTitle(title);
    DialogFrame frame { new DialogHead, new QVBoxLayout, new QHBoxLayout };
    frame.head->show(provider, title, subtitle);
    frame.body->setSpacing(12);
    frame.buttons->setSpacing(8);
    frame.buttons->addStretch();
    auto *layout = new QVBoxLayout(&dialog);
    layout->setContentsMargins(24, 22, 24, 20);
    layout->setSpacing(16);
    layout->addWidget(frame.head);
    layout->addLayout(frame.body, 1);
    layout->addLayout(frame.buttons);
    return frame;
}

QPushButton *addDialogButton(const DialogFrame &frame, const QString &text, const char *kind)
{
    auto *button = new QPushButton(text);
    button->setProperty("kind", QString::fromLatin1(kind));
    button->setAccessibleName(text);
    const bool isPrimary = qstrcmp(kind, "primary") == 0;
    button->setAutoDefault(false);
    button->setDefault(isPrimary);
    frame.buttons->addWidget(button);
    return button;
}

QLabel *newFieldName(const QString &text, QWidget *buddy)
{
    QLabel *name = newPlainLabel(text);
    QFont bold = name->font();
    bold.setWeight(QFont::DemiBold);
    name->setFont(bold);
    name->setBuddy(buddy);
    return name;
}

QFrame *newDivider()
{
    auto *line = new QFrame;
    line->setProperty("look", u"line"_s);
    return line;
}

QScrollArea *newScrollArea(QWidget *content)
{
    auto *scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setProperty("surface", u"none"_s);
    scroll->setFocusPolicy(Qt::NoFocus);
    if (content)
        scroll->setWidget(content);
    return scroll;
}

QProgressBar *newBusyBar(const QString &name)
{
    auto *bar = new QProgressBar;
    bar->setRange(0, 0);
    bar->setTextVisible(false);
    bar->setAccessibleName(name);
    return bar;
}

QFileDialog *newFileChooser(QWidget *window, const QString &title, const QStringList &filters)
{
    auto *chooser = new QFileDialog(window, title);
    chooser->setAttribute(Qt::WA_DeleteOnClose);
    chooser->setFileMode(QFileDialog::ExistingFile);
    chooser->setNameFilters(filters);
    return chooser;
}

} // namespace latchkey
