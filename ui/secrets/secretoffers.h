// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/account/problem.h"

#include <functional>

class QWidget;

namespace latchkey {

class ProblemView;
class SecretMoveService;
class TokenService;
class VaultService;

// What can be done where a secret has nowhere to go: unlock the vault, begin one, or keep secrets in memory.
// Each is a button, and nothing of it happens without the user (R44).
class SecretOffers final
{
public:
    struct Parts
    {
        TokenService &tokens;
        VaultService &vault;
        SecretMoveService &moves;
    };
    explicit SecretOffers(const Parts &parts) : m_parts(parts) {}

    // Adds the buttons that help with `problem`, if any. `again` is called once it may work; dialogs open
    // over `window`, which outlives the view.
    void addTo(ProblemView &view, const Problem &problem, QWidget *window,
               const std::function<void()> &again) const;

private:
    Parts m_parts;
};

} // namespace latchkey
