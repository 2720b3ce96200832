// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The account's item in the secret store: what stands there may be anyone's (SECURITY facts 16 and 17).
#include "core/account/accountjson.h"

#include "fuzz/fuzzing.h"

using namespace latchkey;
using namespace latchkey::fuzzing;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto secrets = fromStoredText(Secret(bytesOf(data, size)));
    if (!secrets)
        return 0;
    require(!secrets->token || !secrets->token->accessToken.isEmpty(),
            "a token set without a token is an error");
    const Secret stored = toStoredText(*secrets);
    require(isVschars(stored.reveal()), "what is stored is one line of printable ASCII");
    const auto again = fromStoredText(stored);
    require(again.has_value(), "what was stored is read again");
    require(*again == *secrets, "what was stored is read again as it was");
    require(toStoredText(*again) == stored, "what is stored stays as it is");
    return 0;
}
