// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/account.h"
#include "core/provider/provider.h"

#include <QString>
#include <QUrl>

#include <optional>

namespace latchkey {

// What an account's secrets are bound to: "configapi https://company.brightpattern.com". The vendor, and
// scheme, host and port of each address that a secret, a token or the browser goes to (F107).
[[nodiscard]] QString bindingOf(const Provider &provider, const FieldValues &fields);

// SecretsBoundElsewhere: the account names other addresses than these secrets were entered for, because its
// profile was changed or is a copy from before. Nothing may be sent then.
[[nodiscard]] std::optional<Problem> bindingFault(const Account &account, const AccountSecrets &secrets,
                                                  const QDateTime &now);

// The same of two bindings; the detail says what was and what is.
[[nodiscard]] Problem boundElsewhere(const QString &was, const QString &is, const QDateTime &now);

// What a token is tried on: the account's own test address, else the vendor's harmless request; empty: there
// is neither.
[[nodiscard]] QUrl testAddress(const Account &account, const Provider &provider);
// Whom the account's test address reaches where that is not the vendor: another host, port or scheme counts
// as somebody else (RFC 6454). "example.com", "example.com:8443", "http://example.com"; else empty.
[[nodiscard]] QString foreignHost(const Account &account, const Provider &provider);
// The user named this host, with the port where it is not the scheme's own, as one that may have the token.
// Without a scheme https is meant, and on this computer http.
[[nodiscard]] bool isAllowedHost(const QString &foreignHost, const QStringList &allowed);

} // namespace latchkey
