// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/findingrow.h"

#include "core/text/findingtext.h"
#include "ui/widgets/dialogframe.h"
#include "ui/widgets/iconlabel.h"
#include "ui/widgets/plainlabel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

struct OutcomeLook
{
    QString icon;
    Tone tone = Tone::Muted;
    const char *look = "muted";
};

OutcomeLook outcomeLook(DoctorFinding::Outcome outcome)
{
    switch (outcome) {
    case DoctorFinding::Outcome::Passed: return { u"check"_s, Tone::Ok, "ok" };
    case DoctorFinding::Outcome::Warned: return { u"warning"_s, Tone::Warning, "warning" };
    case DoctorFinding::Outcome::Failed: return { u"error"_s, Tone::Bad, "error" };
    case DoctorFinding::Outcome::Skipped: return { u"skipped"_s, Tone::Muted, "muted" };
    }
    Q_UNREACHABLE();
}

} // namespace

FindingRow::FindingRow(const DoctorFinding &finding, const Provider *provider, QWidget *parent)
    : QFrame(parent)
{
    const FindingText text = findingText(finding, provider);
    const OutcomeLook look = outcomeLook(finding.outcome);
    setProperty("look", u"card"_s);
    auto *icon = new IconLabel(18);
    icon->setIcon(look.icon, look.tone);
    const QString title =
        finding.accountName.isEmpty() ? text.title : u"%1 · %2"_s.arg(text.title, finding.accountName);
    QLabel *outcome = newPlainLabel(outcomeText(finding.outcome), look.look);
    outcome->setWordWrap(false);

    auto *head = new QHBoxLayout;
    head->addWidget(newFieldName(title), 1);
    head->addWidget(outcome, 0, Qt::AlignTop);
    auto *lines = new QVBoxLayout;
    lines->setSpacing(3);
    lines->addLayout(head);
    for (const QString &line : { text.sentence, text.next }) {
        QLabel *label = newPlainLabel(line, line == text.next ? "" : "muted");
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        label->setVisible(!line.isEmpty());
        lines->addWidget(label);
    }
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 10, 14, 10);
    row->setSpacing(10);
    row->addWidget(icon, 0, Qt::AlignTop);
    row->addLayout(lines, 1);
    setAccessibleName(u"%1: %2. %3 %4"_s.arg(title, outcome->text(), text.sentence, text.next).trimmed());
}

} // namespace latchkey
