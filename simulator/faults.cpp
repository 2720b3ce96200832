// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/faults.h"

#include <QRegularExpression>

namespace latchkey::simulator {

using namespace Qt::StringLiterals;

namespace {

const QRegularExpression &statusPattern()
{
    static const QRegularExpression pattern(u"^status:([1-5]\\d\\d)(?: retry-after(?::(.+))?)?$"_s);
    return pattern;
}

const QRegularExpression &redirectPattern()
{
    static const QRegularExpression pattern(u"^redirect:(?:(30[12378]) )?([!-~]+)$"_s);
    return pattern;
}

const QRegularExpression &slowPattern()
{
    static const QRegularExpression pattern(u"^slow:(\\d{1,6})$"_s);
    return pattern;
}

Answer statusAnswer(const QRegularExpressionMatch &match)
{
    Answer answer;
    answer.status = match.captured(1).toInt();
    answer.headers = { { "Content-Type", "text/plain" } };
    answer.body = "The service is not available.";
    if (match.captured(0).contains("retry-after"_L1)) {
        const QByteArray seconds = match.captured(2).isEmpty() ? "5" : match.captured(2).toLatin1();
        answer.headers << std::pair<QByteArray, QByteArray> { "Retry-After", seconds };
    }
    return answer;
}

Answer droppedAnswer(Answer answer)
{
    answer.dropped = true;
    return answer;
}

Answer faultyAnswer(const QString &fault, const TokenAnswers &answers)
{
    if (const auto match = statusPattern().match(fault); match.hasMatch())
        return statusAnswer(match);
    if (const auto match = redirectPattern().match(fault); match.hasMatch()) {
        const int status = match.captured(1).isEmpty() ? 307 : match.captured(1).toInt();
        return redirectAnswer(status, match.captured(2).toLatin1());
    }
    if (const auto match = slowPattern().match(fault); match.hasMatch()) {
        Answer answer = answers.serve(false);
        answer.delayMs = match.captured(1).toInt();
        return answer;
    }
    if (fault == "hold"_L1) {
        Answer answer = answers.serve(false);
        answer.held = true;
        return answer;
    }
    if (fault == "html"_L1)
        return htmlAnswer(200,
                          "<!doctype html><title>Network sign-in</title><p>Please sign in to the network.");
    if (fault == "empty"_L1)
        return Answer {};
    if (fault == "bad_json"_L1)
        return jsonAnswer(200, R"({"access_token": "cut)");
    if (fault == "close"_L1)
        return droppedAnswer({});
    if (fault == "close_after"_L1)
        return droppedAnswer(answers.serve(false));
    if (fault == "no_refresh_token"_L1)
        return answers.serve(true);
    if (fault == "unknown_error"_L1)
        return answers.refuse(u"tenant_asleep"_s, u"The tenant is asleep."_s);
    return answers.refuse(fault, u"Refused as configured."_s);
}

} // namespace

QString faultProblem(const QString &fault)
{
    static const QStringList plain { u""_s,
                                     u"hold"_s,
                                     u"html"_s,
                                     u"empty"_s,
                                     u"close"_s,
                                     u"bad_json"_s,
                                     u"close_after"_s,
                                     u"invalid_grant"_s,
                                     u"invalid_client"_s,
                                     u"unknown_error"_s,
                                     u"no_refresh_token"_s };
    if (plain.contains(fault) || statusPattern().match(fault).hasMatch()
        || redirectPattern().match(fault).hasMatch() || slowPattern().match(fault).hasMatch())
        return {};
    return u"there is no fault called "_s + fault;
}

Answer answerTokenCall(SimulatorState &state, const TokenCall &call, const TokenAnswers &answers)
{
    const QString fault = state.configuration.takeFault(call.vendor, call.client, call.grant);
    Answer answer = fault.isEmpty() ? answers.serve(false) : faultyAnswer(fault, answers);
    answer.client = call.client;
    answer.grant = call.grant;
    answer.fault = fault;
    return answer;
}

} // namespace latchkey::simulator
