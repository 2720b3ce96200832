#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How much of each parser's source the inputs of a search reach, and whether that is enough.

coverage.py BUILD CORPUS PARSER...: BUILD has the targets with clang's counters in them, CORPUS a folder a parser."""

import json
import os
import subprocess
import sys
from pathlib import Path

# How much of each parser's source its target must reach, in percent of the lines: just below what the seeds alone do, so
# that no chance of the search decides. No key of a vault is derived here, and no sentence is made of a template's fault.
FLOORS = {
    "redirectrequest": {"core/oauth/redirect.cpp": 99},
    "responsereader": {"core/oauth/responsereader.cpp": 88},
    "pastedaddress": {"core/oauth/authorizationanswer.cpp": 97, "core/oauth/redirecturi.cpp": 99},
    "tokenanswer": {"core/oauth/tokenresponse.cpp": 98, "core/oauth/tokenrefusal.cpp": 87},
    "lenientjson": {"core/oauth/lenientjson.cpp": 97},
    "datetime": {"core/oauth/datetime.cpp": 99},
    "vaultrow": {"core/io/vault/vaultformat.cpp": 66},
    "accountrow": {"core/io/profile/accountrows.cpp": 55},
    "storedtext": {"core/account/accountjson.cpp": 86},
    "recipetemplate": {"core/recipe/recipetemplate.cpp": 84, "core/recipe/quoting.cpp": 99},
    "templatefile": {"core/flow/account/templatefile.cpp": 97, "core/recipe/exportnames.cpp": 96},
}


def counted(build: Path, corpus: Path, parser: str):
    program, counts = build / f"tests/fuzz/fuzz_{parser}", build / f"{parser}.profraw"
    environment = dict(os.environ, LLVM_PROFILE_FILE=str(counts), LC_ALL="C.UTF-8", TZ="UTC")
    ran = subprocess.run([program, "-runs=0", corpus / parser], env=environment, capture_output=True, check=False)
    if ran.returncode != 0:
        sys.exit(f"coverage.py: {parser} breaks a claim")
    merged = counts.with_suffix(".profdata")
    subprocess.run(["llvm-profdata-14", "merge", "-o", merged, counts], check=True)
    told = subprocess.run(["llvm-cov-14", "export", "-summary-only", f"-instr-profile={merged}", program],
                          check=True, capture_output=True).stdout
    return {file["filename"]: file["summary"] for file in json.loads(told)["data"][0]["files"]}


def main(build: Path, corpus: Path, parsers) -> int:
    short = 0
    print(f"{'parser':16} {'source':38} {'lines':>7} {'regions':>8} {'at least':>9}")
    for parser in parsers:
        files = counted(build, corpus, parser)
        for source, floor in FLOORS[parser].items():
            summary = next(facts for name, facts in files.items() if name.endswith("/" + source))
            lines, regions = summary["lines"]["percent"], summary["regions"]["percent"]
            verdict = "" if lines >= floor else "  TOO LITTLE"
            short += bool(verdict)
            print(f"{parser:16} {source:38} {lines:6.1f}% {regions:7.1f}% {floor:8}%{verdict}")
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:]))
