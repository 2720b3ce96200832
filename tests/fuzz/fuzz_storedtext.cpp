// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The account's item in the secret store: what stands there may be anyone's (docs/platform-facts.md, facts 16
// and 17). An input that does not begin as an item is the CBOR within one.
#include "core/account/accountjson.h"

#include "fuzz/fuzzing.h"

using namespace latchkey;
using namespace latchkey::fuzzing;

namespace {

Secret itemIn(const QByteArray &input)
{
    if (input.startsWith("latchkey"))
        return Secret(input);
    return Secret("latchkey1."
                  + input.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto secrets = fromStoredText(itemIn(bytesOf(data, size)));
    if (!secrets)
        return 0;
    require(!secrets->token || !secrets->token->accessToken.isEmpty(),
            "a token set without a token is an error");
    const Secret stored = toStoredText(*secrets);
    require(isVschars(stored.reveal()) && !stored.reveal().contains('\\') && !stored.reveal().contains('"'),
            "what is stored is left alone by every store");
    const auto again = fromStoredText(stored);
    require(again.has_value(), "what was stored is read again");
    require(*again == *secrets, "what was stored is read again as it was");
    require(toStoredText(*again) == stored, "what is stored stays as it is");
    return 0;
}
