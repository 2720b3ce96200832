// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secret.h"

#include <QMap>
#include <QString>

#include <map>

namespace latchkey {

// What the user entered, by field id ("url", "client_id"). The ids are the provider's.
using FieldValues = QMap<QString, QString>;
// The same for the fields that are secrets.
using SecretValues = std::map<QString, Secret>;

} // namespace latchkey
