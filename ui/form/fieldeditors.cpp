// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/form/fieldeditors.h"

#include "ui/form/choicefieldeditor.h"
#include "ui/form/flagfieldeditor.h"
#include "ui/form/linefieldeditor.h"
#include "ui/form/pemfieldeditor.h"
#include "ui/form/redirectfieldeditor.h"
#include "ui/form/secretfieldeditor.h"
#include "ui/form/urlfieldeditor.h"

namespace latchkey {

namespace {

// What has to be registered says where, too: that is the better help.
FieldEditor *newRedirectEditor(Field field, const Provider &provider)
{
    if (*provider.registerHint != '\0')
        field.help = provider.registerHint;
    return new RedirectFieldEditor(field);
}

} // namespace

FieldEditor *newFieldEditor(const Field &field, const Provider &provider)
{
    switch (field.kind) {
    case Field::Kind::Text: break;
    case Field::Kind::Url:
        if (!field.choices.isEmpty())
            return new UrlFieldEditor(field);
        break;
    case Field::Kind::Choice: return new ChoiceFieldEditor(field);
    case Field::Kind::RedirectUri: return newRedirectEditor(field, provider);
    case Field::Kind::Secret: return new SecretFieldEditor(field);
    case Field::Kind::Flag: return new FlagFieldEditor(field);
    case Field::Kind::Pem: return new PemFieldEditor(field);
    }
    return new LineFieldEditor(field);
}

} // namespace latchkey
