// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/flow/store/secretplaces.h"

#include "core/base/characters.h"
#include "core/flow/store/porterrors.h"
#include "core/port/accountstore.h"
#include "core/port/secretstore.h"

#include <cstring>

namespace latchkey {

using namespace Qt::StringLiterals;

// The application's name is part of the key, since some systems keep items apart by the key alone (R47).
QString secretKeyOf(const AccountId &id)
{
    return u"latchkey/"_s + id.value;
}

// A keyring without a password keeps labels in a text file too: of the name stay letters, digits and marks
// that no file, bus or window gives a meaning (F92). What is found by is the key.
QString secretLabelOf(const Account &account)
{
    QString label = u"Latchkey: "_s;
    const auto points = account.name.toUcs4();
    for (const uint point : points) {
        const bool isPlain = point == ' '
            || (point < 0x80 && std::strchr("-_.,:()@+", static_cast<int>(point)))
            || QChar::isLetterOrNumber(point) || QChar::isMark(point);
        if (isPlain && !isInvisible(point))
            label += QChar::fromUcs4(point);
        else
            label += u'_';
    }
    return label;
}

SecretPlaces::SecretPlaces(const Parts &parts, Clock clock) : m_parts(parts), m_clock(std::move(clock)) {}

SecretPlace SecretPlaces::placeOf(const QString &backend) const
{
    if (!m_parts.vault)
        return SecretPlace::Keychain;
    const bool isVault =
        backend.isEmpty() ? m_parts.beginsWithVault : backend == m_parts.vault->backendName();
    return isVault ? SecretPlace::Vault : SecretPlace::Keychain;
}

Result<QString, Problem> SecretPlaces::recordedBackend() const
{
    return m_parts.profile.secretBackend().map_error(
        [this](const AccountStoreError &error) { return problemOf(error, m_clock()); });
}

Result<SecretPlace, Problem> SecretPlaces::current() const
{
    const auto backend = recordedBackend();
    if (!backend)
        return failure(backend.error());
    const SecretPlace place = placeOf(*backend);
    if (backend->isEmpty() || place == SecretPlace::Vault)
        return place;
    if (const QString present = m_parts.keychain.backendName(); *backend != present) {
        return failure(makeProblem(Problem::Kind::KeychainChanged, m_clock(), *backend + u" → "_s + present));
    }
    return place;
}

Result<SecretStore *, Problem> SecretPlaces::currentStore() const
{
    return current().transform([this](SecretPlace place) { return &store(place); });
}

SecretPlace SecretPlaces::recorded() const
{
    return placeOf(m_parts.profile.secretBackend().value_or(QString()));
}

SecretStore &SecretPlaces::store(SecretPlace place) const
{
    Q_ASSERT(place == SecretPlace::Keychain || m_parts.vault);
    return place == SecretPlace::Vault ? *m_parts.vault : m_parts.keychain;
}

void SecretPlaces::record() const
{
    if (const auto backend = m_parts.profile.secretBackend(); backend && backend->isEmpty())
        static_cast<void>(m_parts.profile.recordSecretBackend(store(placeOf(*backend)).backendName()));
}

} // namespace latchkey
