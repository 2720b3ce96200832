// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secret.h"

#include <QObject>
#include <QTimer>

#include <memory>

class QSocketNotifier;

namespace latchkey {

// Standard input while the event loop runs, as it is typed or pasted. Lines that come at once belong
// together.
class TypedLines final : public QObject
{
    Q_OBJECT

public:
    explicit TypedLines(QObject *parent = nullptr);
    ~TypedLines() override;

Q_SIGNALS:
    // One line or several, without the blanks around them; never empty.
    void typed(const latchkey::Secret &lines);
    void ended(); // nothing more will come; typed() has brought what was there
    void tooLong();

private:
    void read();
    void settle();
    void take();

    std::unique_ptr<QSocketNotifier> m_notifier;
    QTimer m_pause; // runs while more may belong to what has come
    QByteArray m_received;
};

} // namespace latchkey
