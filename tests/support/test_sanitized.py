#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a story under the sanitizers ends with: a finding fails it whatever the story says, and only the libraries' own
leaks of the window are passed over."""

import io
import tempfile
import unittest
from contextlib import redirect_stdout
from pathlib import Path

import sanitized

EVENT = """Direct leak of 88 byte(s) in 1 object(s) allocated from:
    #0 0x7efe3acb94c8 in operator new(unsigned long) ../../../../src/libsanitizer/asan/asan_new_delete.cpp:95
    #1 0x7efe3a036349  (/lib/x86_64-linux-gnu/libQt6Gui.so.6+0x436349)
"""
TEXT = """Indirect leak of 20 byte(s) in 1 object(s) allocated from:
    #0 0x7efe3acb89cf in __interceptor_malloc ../../../../src/libsanitizer/asan/asan_malloc_linux.cpp:69
    #1 0x7efe395f72b2 in QArrayData::allocate(QArrayData**, long long) (/lib/x86_64-linux-gnu/libQt6Core.so.6+0x1f72b2)
    #2 0x4864522ed380a9ff  (<unknown module>)
"""
MESSAGE = """Direct leak of 184 byte(s) in 1 object(s) allocated from:
    #0 0x7fd0a88b83b7 in __interceptor_calloc ../../../../src/libsanitizer/asan/asan_malloc_linux.cpp:77
    #1 0x7fd0a5ed81bf  (/lib/x86_64-linux-gnu/libdbus-1.so.3+0x211bf)
"""
ITS_BYTES = """Indirect leak of 640 byte(s) in 2 object(s) allocated from:
    #0 0x7fd0a88b78d5 in __interceptor_realloc ../../../../src/libsanitizer/asan/asan_malloc_linux.cpp:85
    #1 0x7fd0a5eeba64  (/lib/x86_64-linux-gnu/libdbus-1.so.3+0x34a64)
"""
OURS = "    #2 0x55a1 in latchkey::MainWindow::MainWindow() /x/ui/mainwindow.cpp:7\n"
OTHER = EVENT.replace("libQt6Gui.so.6", "libQt6Widgets.so.6")
OVERFLOW = "=====\n==7==ERROR: AddressSanitizer: heap-buffer-overflow on address 0x6\nWRITE of size 1 at 0x6\n"


def report(*leaks):
    begin = "\n=================================================================\n" \
            "==16836==ERROR: LeakSanitizer: detected memory leaks\n"
    return "\n".join([begin, *leaks, "SUMMARY: AddressSanitizer: 108 byte(s) leaked in 2 allocation(s).\n"])


class LibrarysOwn(unittest.TestCase):
    def test_is_known(self):
        two_events = EVENT.replace("88 byte(s) in 1", "176 byte(s) in 2")
        for leaks in ((EVENT, TEXT), (EVENT,), (two_events, TEXT, TEXT), (MESSAGE, ITS_BYTES), (MESSAGE,),
                      (EVENT, TEXT, MESSAGE, ITS_BYTES)):
            self.assertTrue(sanitized.is_a_librarys(report(*leaks)))

    def test_anything_else_is_not(self):
        for found in (report(EVENT + OURS), report(EVENT, TEXT + OURS), report(EVENT, OTHER), report(TEXT),
                      report(MESSAGE + OURS), report(MESSAGE, TEXT), report(MESSAGE, ITS_BYTES + OURS),
                      report(MESSAGE, OTHER),
                      report(EVENT.replace("88", "96")), report(EVENT, EVENT + OURS), report(), OVERFLOW,
                      report(EVENT, TEXT) + OVERFLOW, ""):
            self.assertFalse(sanitized.is_a_librarys(found), found)


class Story(unittest.TestCase):
    def ends(self, found, *more, script="exit 0"):
        """Status and output of a story in which a program leaves such a report."""
        with tempfile.NamedTemporaryFile("w") as file, redirect_stdout(io.StringIO()) as said:
            file.write(found)
            file.flush()
            leave = 'log=${ASAN_OPTIONS##*log_path=}; log=${log%%:*}; ' \
                    f'[ ! -s {file.name} ] || cp {file.name} "$log.1"; '
            return int(sanitized.main([*more, "sh", "-c", leave + script])), said.getvalue()

    def test_ends_as_it_does_where_nothing_was_found(self):
        self.assertEqual(self.ends("")[0], 0)
        self.assertEqual(self.ends("", script="exit 3")[0], 3)

    def test_a_finding_fails_it(self):
        for found in (report(EVENT + OURS), OVERFLOW, report(EVENT, TEXT)):
            status, said = self.ends(found + "CANARY-quoted\n")
            self.assertEqual(status, 1)
            self.assertIn("ERROR: ", said)
            self.assertNotIn("quoted", said)

    def test_a_librarys_own_does_not_fail_a_window(self):
        self.assertEqual(self.ends(report(EVENT, TEXT), "--window")[0], 0)
        self.assertEqual(self.ends(report(EVENT, TEXT))[0], 1)
        self.assertEqual(self.ends(report(EVENT + OURS), "--window")[0], 1)
        self.assertEqual(self.ends(OVERFLOW, "--window")[0], 1)


if __name__ == "__main__":
    unittest.main()
