// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/problemtext.h"

#include "core/account/expiry.h"
#include "core/base/characters.h"
#include "core/text/durationtext.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr qsizetype detailLimit = 200; // characters
constexpr qsizetype descriptionLimit = 512; // characters (R32)

// What others wrote: a host, a reason, the provider's own words. Characters only look like angle brackets, so
// that no label takes the text for markup, and nothing moves the cursor or turns the reading direction (F38).
// The letters of every script stay.
QString plain(const QString &text, qsizetype limit)
{
    return visibleLine(text, limit).replace(u'<', u'‹').replace(u'>', u'›').simplified();
}

// What the sentences on a problem are about.
class ProblemSubject
{
    Q_DECLARE_TR_FUNCTIONS(ProblemSubject)

public:
    explicit ProblemSubject(const Provider *provider) : m_provider(provider) {}

    [[nodiscard]] QString who() const; // "Priava"; begins a sentence
    [[nodiscard]] QString said(const QString &description) const; // "Priava says: “…”"
    [[nodiscard]] QString fieldLabel(const QString &fieldId) const; // empty: no field of the provider's
    [[nodiscard]] QString refusedHelp() const;
    [[nodiscard]] bool signsIn() const; // through the browser
    [[nodiscard]] bool needsTypedSecrets() const;

private:
    const Provider *m_provider;
};

QString ProblemSubject::who() const
{
    return m_provider ? QCoreApplication::translate("Provider", m_provider->displayName) : tr("The provider");
}

QString ProblemSubject::said(const QString &description) const
{
    return tr("%1 says: “%2”").arg(who(), description);
}

QString ProblemSubject::fieldLabel(const QString &fieldId) const
{
    const Field *field = m_provider ? m_provider->field(fieldId) : nullptr;
    return field ? QCoreApplication::translate("Provider", field->label) : QString();
}

QString ProblemSubject::refusedHelp() const
{
    return m_provider ? QCoreApplication::translate("Provider", m_provider->refusedHelp)
                      : tr("Compare the fields of the account with what the provider shows.");
}

bool ProblemSubject::signsIn() const
{
    return !m_provider || m_provider->grant == GrantKind::AuthorizationCode;
}

bool ProblemSubject::needsTypedSecrets() const
{
    return m_provider
        && std::any_of(m_provider->fields.begin(), m_provider->fields.end(),
                       [](const Field &field) { return field.secret && field.required; });
}

// Fills in the row of one problem.
class ProblemWords
{
    Q_DECLARE_TR_FUNCTIONS(Problem)

public:
    ProblemWords(const Problem &problem, const Provider *provider)
        : m_problem(problem),
          m_provider(provider),
          m_row(rowOf(problem.kind)),
          m_subject(provider),
          m_detail(plain(problem.detail, detailLimit))
    {
    }

    [[nodiscard]] ProblemText text() const;

private:
    [[nodiscard]] QString what() const;
    [[nodiscard]] QString subject() const; // what %1 stands for
    [[nodiscard]] QString why() const;
    [[nodiscard]] QString fieldLabel() const;
    [[nodiscard]] QString waitText() const;
    [[nodiscard]] ProblemText told(ProblemText text) const;
    [[nodiscard]] ProblemText signInOrCompare(const QString &what) const;
    [[nodiscard]] ProblemText withoutSigningIn(const ProblemText &text) const;
    [[nodiscard]] ProblemText secretsGone(const ProblemText &text) const;
    [[nodiscard]] ProblemText withTheCause(ProblemText text) const;
    [[nodiscard]] ProblemText bothAddresses(ProblemText text) const;
    [[nodiscard]] ProblemText fromABackup(ProblemText text) const;

    const Problem &m_problem;
    const Provider *m_provider;
    const ProblemRow &m_row;
    ProblemSubject m_subject;
    QString m_detail;
};

QString ProblemWords::what() const
{
    const bool isShort = m_detail.isEmpty() && m_row.rest.whatWithoutDetail;
    QString sentence = tr(isShort ? m_row.rest.whatWithoutDetail : m_row.what);
    if (m_row.subject == ProblemRow::Subject::ProviderAndStatus)
        return sentence.arg(subject(), m_detail.isEmpty() ? QString() : tr(" (status %1)").arg(m_detail));
    if (sentence.contains("%2"_L1))
        return sentence.arg(subject(), m_detail);
    if (sentence.contains("%1"_L1))
        return sentence.arg(subject());
    return sentence;
}

QString ProblemWords::subject() const
{
    switch (m_row.subject) {
    case ProblemRow::Subject::Nothing: return {};
    case ProblemRow::Subject::Provider:
    case ProblemRow::Subject::ProviderAndStatus: return m_subject.who();
    case ProblemRow::Subject::Host: return m_detail.isEmpty() ? m_subject.who() : m_detail;
    case ProblemRow::Subject::Detail: return m_detail.isEmpty() ? u"?"_s : m_detail;
    case ProblemRow::Subject::Field: return fieldLabel();
    case ProblemRow::Subject::Moment:
        return QLocale().toString(m_problem.at.toLocalTime(), QLocale::ShortFormat);
    }
    Q_UNREACHABLE();
}

QString ProblemWords::why() const
{
    if (!m_row.why)
        return {};
    QString sentence = tr(m_row.why);
    if (!sentence.contains("%1"_L1))
        return sentence;
    return m_detail.isEmpty() ? QString() : sentence.arg(m_detail);
}

QString ProblemWords::fieldLabel() const
{
    const QString label = m_subject.fieldLabel(m_problem.detail);
    return label.isEmpty() ? m_detail : label;
}

QString ProblemWords::waitText() const
{
    if (!m_problem.retryAt.isValid())
        return tr("Wait a few minutes, then try again.");
    return tr("Try again after %1.")
        .arg(QLocale().toString(m_problem.retryAt.toLocalTime().time(), QLocale::ShortFormat));
}

ProblemText ProblemWords::text() const
{
    return told({ what(), why(), m_row.next ? tr(m_row.next) : QString(), m_row.step });
}

ProblemText ProblemWords::told(ProblemText text) const
{
    switch (m_row.rest.telling) {
    case ProblemRow::Telling::AsWritten: break;
    case ProblemRow::Telling::WaitThenRetry: text.next = waitText(); break;
    case ProblemRow::Telling::CompareFields: text.next = m_subject.refusedHelp(); break;
    case ProblemRow::Telling::SignInOrCompareFields: return signInOrCompare(text.what);
    case ProblemRow::Telling::ByWayOfSigningIn: return m_subject.signsIn() ? text : withoutSigningIn(text);
    case ProblemRow::Telling::EnterSecretsOrSignIn: return secretsGone(text);
    case ProblemRow::Telling::WithTheCause: return withTheCause(text);
    case ProblemRow::Telling::WholeSentences:
        if (m_detail.endsWith(u'.'))
            text.why = m_detail;
        break;
    case ProblemRow::Telling::BothAddresses: return bothAddresses(text);
    case ProblemRow::Telling::FromABackup: return fromABackup(text);
    }
    return text;
}

// A refusal that a new sign-in may cure; without a sign-in only the fields are left to check.
ProblemText ProblemWords::signInOrCompare(const QString &what) const
{
    if (!m_subject.signsIn())
        return { what, {}, m_subject.refusedHelp(), NextStep::EditAccount };
    return { what,
             {},
             tr("Try again; if it is refused again, sign in again. %1").arg(m_subject.refusedHelp()),
             m_row.step };
}

ProblemText ProblemWords::withoutSigningIn(const ProblemText &text) const
{
    if (m_problem.kind == Problem::Kind::AnswerIncomplete)
        return { text.what, text.why, tr("Try again."), NextStep::TryAgain };
    return { tr("%1 refused the ID or the secret.").arg(m_subject.who()),
             {},
             m_subject.refusedHelp(),
             NextStep::EditAccount };
}

ProblemText ProblemWords::secretsGone(const ProblemText &text) const
{
    ProblemText gone = text;
    const bool isTyped = m_subject.needsTypedSecrets();
    gone.next = isTyped ? tr("Edit the account and enter its secrets again.") : tr("Sign in again.");
    gone.step = isTyped ? NextStep::EditAccount : NextStep::SignIn;
    return gone;
}

ProblemText ProblemWords::withTheCause(ProblemText text) const
{
    const bool wasAsked = m_problem.kind == Problem::Kind::NotSaved;
    if (!m_problem.cause && wasAsked)
        return text;
    const Problem why = makeProblem(m_problem.cause.value_or(Problem::Kind::KeychainFailed), {});
    const ProblemText cause = ProblemWords(why, m_provider).text();
    text.why = wasAsked ? cause.what + u' ' + text.why : cause.what;
    if (!wasAsked)
        text.next = cause.next;
    return text;
}

ProblemText ProblemWords::bothAddresses(ProblemText text) const
{
    const QString between = u" \u2260 "_s;
    const QString is = m_detail.section(between, 1);
    text.why = is.isEmpty() ? QString() : tr(m_row.why).arg(m_detail.section(between, 0, 0), is);
    return text;
}

// The detail is where the damaged file is now; empty: there was none any more.
ProblemText ProblemWords::fromABackup(ProblemText text) const
{
    const QString lacks =
        tr("What you changed since then is lost: an account added since is missing (its secrets stay in the "
           "secret store), and one removed since is back without them.");
    text.why = m_detail.isEmpty() ? lacks : text.why + u' ' + lacks;
    if (m_detail.isEmpty())
        text.next =
            tr("Look through the accounts; sign in again, or enter a secret again, where one asks for it.");
    return text;
}

} // namespace

QString ProblemText::whole() const
{
    QStringList sentences { what, why, next };
    sentences.removeAll(QString());
    return sentences.join(u' ');
}

ProblemText problemText(const Problem &problem, const Provider *provider)
{
    ProblemText text = ProblemWords(problem, provider).text();
    // Whatever the provider itself said is worth more than our guess at a reason.
    if (const QString said = plain(problem.description, descriptionLimit); !said.isEmpty())
        text.why = ProblemSubject(provider).said(said);
    return text;
}

QString retryText(const Problem &problem, const QDateTime &now)
{
    if (!problem.retryAt.isValid())
        return {};
    const auto left = pauseLeft(problem, now);
    return left > 0s ? QCoreApplication::translate("Problem", "Try again in %1.").arg(durationText(left))
                     : QCoreApplication::translate("Problem", "Try again.");
}

} // namespace latchkey
