// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <QString>
#include <QUrl>

#include <utility>

namespace latchkey {

// The account's base address is the value of its "url" field; completed, so without a slash at its end.
[[nodiscard]] QUrl vendorAddress(const FieldValues &fields, const QString &path = {});
// "rev.example.com", with the port where one was typed; foreign letters in punycode.
[[nodiscard]] QString vendorHost(const FieldValues &fields);

// "example.com/" becomes "https://example.com". An address with a scheme keeps it, whatever it is. What may
// be written in several ways (case, punycode, the scheme's own port) is written in one.
[[nodiscard]] FieldValues withCompletedAddress(const FieldValues &typed);
// A path was pasted where only a host belongs.
[[nodiscard]] bool hasVendorPath(const FieldValues &fields);

// Appends the parameters to what query the page already has. Every name and value is percent-encoded as
// RFC 3986 asks; QUrlQuery would leave '+' and '/' as they are (docs/platform-facts.md, fact 7).
using UrlParameters = QList<std::pair<QByteArrayView, QByteArray>>;
[[nodiscard]] QUrl withParameters(const QUrl &page, const UrlParameters &parameters);

} // namespace latchkey
