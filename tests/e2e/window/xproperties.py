# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""All properties of all windows of the screen, as any program of it can read them. A program that prints them (xprop) is
started once a window, which takes a second for a hundred windows."""

import ctypes
from ctypes import POINTER, byref, c_char_p, c_int, c_long, c_ubyte, c_uint, c_ulong, c_void_p

ATOM, ANY, LONGEST = 4, 0, 1 << 20
x11 = ctypes.CDLL("libX11.so.6")
x11.XOpenDisplay.restype = c_void_p
x11.XOpenDisplay.argtypes = [c_char_p]
x11.XDefaultRootWindow.restype = c_ulong
x11.XListProperties.restype = POINTER(c_ulong)
x11.XGetAtomName.restype = c_void_p
# A window may go while it is looked at: then there is an error that nobody has to hear of.
_passing = ctypes.CFUNCTYPE(c_int, c_void_p, c_void_p)(lambda *_: 0)
x11.XSetErrorHandler(_passing)


class Screen:
    def __init__(self):
        self._display = c_void_p(x11.XOpenDisplay(None))
        assert self._display, "there is no screen"
        self._names = {}

    def close(self):
        x11.XCloseDisplay(self._display)

    def windows(self):
        left = [x11.XDefaultRootWindow(self._display)]
        while left:
            window = left.pop()
            yield window
            root, parent, children, count = c_ulong(), c_ulong(), POINTER(c_ulong)(), c_uint()
            if x11.XQueryTree(self._display, c_ulong(window), byref(root), byref(parent), byref(children), byref(count)):
                left += children[:count.value]
                x11.XFree(children)

    def _name(self, atom):
        if atom not in self._names:
            name = x11.XGetAtomName(self._display, c_ulong(atom))
            self._names[atom] = ctypes.string_at(name) if name else b""
            x11.XFree(c_void_p(name))
        return self._names[atom]

    def _value(self, window, atom):
        kind, size, count, left, content = c_ulong(), c_int(), c_ulong(), c_ulong(), POINTER(c_ubyte)()
        x11.XGetWindowProperty(self._display, c_ulong(window), c_ulong(atom), c_long(0), c_long(LONGEST), 0,
                               c_ulong(ANY), byref(kind), byref(size), byref(count), byref(left), byref(content))
        if not content:
            return b""
        # What is 32 bits wide is handed over in longs.
        width = ctypes.sizeof(c_long) if size.value == 32 else size.value // 8
        value = ctypes.string_at(content, count.value * width)
        x11.XFree(content)
        if kind.value == ATOM:
            value = b" ".join(self._name(each) for each in (c_ulong * count.value).from_buffer_copy(value))
        return value

    def properties(self, window):
        count = c_int()
        atoms = x11.XListProperties(self._display, c_ulong(window), byref(count))
        for atom in atoms[:count.value] if atoms else []:
            yield self._name(atom), self._value(window, atom)
        if atoms:
            x11.XFree(atoms)


def window_properties():
    """Names and values, in one text."""
    screen = Screen()
    try:
        return b"\n".join(name + b" " + value for window in screen.windows() for name, value in screen.properties(window))
    finally:
        screen.close()
