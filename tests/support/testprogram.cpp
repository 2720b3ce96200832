// SPDX-FileCopyrightText: 2026 Latchkey contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testprogram.h"

#include <algorithm>
#include <cstdio>
#include <map>
#include <string>

namespace {

std::map<std::string, latchkey::test::ProgramPart::Run> &parts()
{
    static std::map<std::string, latchkey::test::ProgramPart::Run> all;
    return all;
}

} // namespace

latchkey::test::ProgramPart::ProgramPart(const char *file, Run run)
{
    const std::string path = file;
    const auto slash = path.rfind('/');
    const std::string name = path.substr(slash == std::string::npos ? 0 : slash + 1);
    parts().emplace(name.substr(0, name.find('.')), run);
}

int main(int argc, char **argv)
{
    const auto part = argc < 2 ? parts().end() : parts().find(argv[1]);
    if (part != parts().end()) {
        std::copy(argv + 2, argv + argc + 1, argv + 1); // with the null at the end
        return part->second(argc - 1, argv);
    }
    for (const auto &[name, run] : parts())
        std::puts(name.c_str());
    return 2;
}
