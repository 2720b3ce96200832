// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secret.h"

#include <QObject>

#include <memory>

class QSocketNotifier;

namespace latchkey {

// Standard input, line by line, while the event loop runs. Elsewhere than on Unix it has ended from the
// beginning.
class TypedLines final : public QObject
{
    Q_OBJECT

public:
    explicit TypedLines(QObject *parent = nullptr);
    ~TypedLines() override;

Q_SIGNALS:
    void typed(const latchkey::Secret &line); // without its end and the blanks around it; never empty
    void ended(); // nothing more will come; what stood there without a line end was typed
    void tooLong();

private:
    void read();
    void take(const QByteArray &line);

    std::unique_ptr<QSocketNotifier> m_notifier;
    QByteArray m_received; // of the line that is not complete yet
};

} // namespace latchkey
