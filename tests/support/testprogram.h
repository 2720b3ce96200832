// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QTest>

#ifdef QT_WIDGETS_LIB
#include <QApplication>
#else
#include <QCoreApplication>
#endif

// One program runs all tests of a folder, each as a process of its own: tests-core-oauth tst_pkce [Qt Test's
// options].

namespace latchkey::test {

// What the program does when its first argument is the name, which of a file is its base name.
struct ProgramPart
{
    using Run = int (*)(int argc, char **argv); // without the name

    ProgramPart(const char *name, Run run);
};

// The long way (tests/run.sh --long): whole waits, many rounds.
[[nodiscard]] inline bool isLong()
{
    return qEnvironmentVariableIsSet("LATCHKEY_LONG");
}

[[nodiscard]] constexpr bool isSanitized()
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    return true;
#else
    return false;
#endif
}

template <typename Test>
int runTest(int argc, char **argv)
{
#ifdef QT_WIDGETS_LIB
    const QApplication application(argc, argv);
#else
    const QCoreApplication application(argc, argv);
#endif
    Test test;
    return QTest::qExec(&test, argc, argv);
}

} // namespace latchkey::test

#define LATCHKEY_JOINED_AS_TOLD(a, b) a##b
#define LATCHKEY_JOINED(a, b) LATCHKEY_JOINED_AS_TOLD(a, b)

// At the end of a test's file, where one program a test would have QTEST_MAIN.
#define LATCHKEY_TEST(Test)                                                                                  \
    static const latchkey::test::ProgramPart LATCHKEY_JOINED(part, __COUNTER__)(                             \
        __FILE__, &latchkey::test::runTest<Test>);

// For a test that needs a second process: it starts its own program with `name` as the first argument. `act`
// takes the arguments behind that and returns the exit status.
#define LATCHKEY_TEST_ROLE(name, act)                                                                        \
    static const latchkey::test::ProgramPart LATCHKEY_JOINED(part, __COUNTER__)(                             \
        name, [](int argc, char **argv) -> int {                                                             \
            const QCoreApplication application(argc, argv);                                                  \
            return act(QCoreApplication::arguments().mid(1));                                                \
        });
