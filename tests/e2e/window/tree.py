# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window as a screen reader has it: controls with a role, a name, a text and the acts they offer."""

import pyatspi  # noqa: F401  chooses the version of the bindings
from gi.repository import Atspi, GLib

from waiting import DEADLINE, Overdue, wait_for

# A control may vanish while it is being looked at.
GONE = (GLib.Error,)
# Milliseconds, for an answer and while a program starts. The library's own 800 are too short for a machine that stalls:
# what was pressed seemed gone then, and was pressed again.
Atspi.set_timeout(240000, 240000)
PRESSING = ("Press", "Toggle", "click")

FIELD = ("text", "password text", "entry")
BUTTON = ("push button", "button", "toggle button", "check box", "radio button")
MENU_ITEM = ("menu item", "check menu item", "radio menu item")
DOWN, RETURN = 0xFF54, 0xFF0D


class Control:
    """One node of the tree. Reads the program anew at every question."""

    def __init__(self, node):
        self.node = node

    def __repr__(self):
        try:
            return f"{self.role} “{self.name}”"
        except GONE:
            return "a control that is gone"

    @property
    def role(self):
        return self.node.get_role_name()

    @property
    def name(self):
        return self.node.get_name() or ""

    @property
    def description(self):
        return self.node.get_description() or ""

    @property
    def text(self):
        """What a field holds; a masked one tells only how much."""
        content = self.node.get_text_iface()
        return Atspi.Text.get_text(content, 0, -1) if content else ""

    @property
    def children(self):
        nodes = (self.node.get_child_at_index(at) for at in range(self.node.get_child_count()))
        return [Control(node) for node in nodes if node is not None]

    @property
    def is_showing(self):
        return self._has(Atspi.StateType.SHOWING)

    @property
    def is_enabled(self):
        return self._has(Atspi.StateType.ENABLED)

    @property
    def is_checked(self):
        return self._has(Atspi.StateType.CHECKED)

    @property
    def extents(self):
        """Left, top, width and height on the screen."""
        box = Atspi.Component.get_extents(self.node.get_component_iface(), Atspi.CoordType.SCREEN)
        return box.x, box.y, box.width, box.height

    def everything(self):
        """This control and all that show below it, in the order they are read."""
        yield self
        for child in self.children:
            try:
                showing = child.is_showing
            except GONE:
                continue
            if showing:
                yield from child.everything()

    def press(self):
        """Does what a click does, through the act the control offers."""
        acts = self.node.get_action_iface()
        if not acts or not self.is_enabled:
            raise AssertionError(f"{self!r} can't be pressed")
        names = [Atspi.Action.get_action_name(acts, at) for at in range(Atspi.Action.get_n_actions(acts))]
        chosen = next((name for name in PRESSING if name in names), None)
        if chosen is None:
            raise AssertionError(f"{self!r} offers only {names}")
        label = repr(self)
        Atspi.Action.do_action(acts, names.index(chosen))
        # The program shows the button held down for a moment before it acts.
        wait_for(f"{label} to act", self._is_released)

    def _is_released(self):
        try:
            return not self._has(Atspi.StateType.PRESSED)
        except GONE:
            return True

    def type(self, text):
        """Replaces the field's whole text."""
        editable = self.node.get_editable_text_iface()
        if not editable or not self.is_enabled:
            raise AssertionError(f"{self!r} can't be edited")
        if not Atspi.EditableText.set_text_contents(editable, text):
            raise AssertionError(f"{self!r} did not take the text")

    def set_number(self, number):
        if not Atspi.Value.set_current_value(self.node.get_value_iface(), number):
            raise AssertionError(f"{self!r} did not take the number")

    def find(self, name, roles=None, starts=False):
        """The first showing control of that name; None: there is none."""
        for control in self.everything():
            try:
                matches = control.name.startswith(name) if starts else control.name == name
                if matches and (roles is None or control.role in roles):
                    return control
            except GONE:
                continue
        return None

    def wait(self, name, roles=None, starts=False, seconds=DEADLINE):
        return wait_for(f"“{name}” in {self!r}", lambda: self.find(name, roles, starts), seconds, GONE)

    def button(self, name, starts=False, seconds=DEADLINE):
        """The button, once it is there and can be pressed."""
        def probe():
            found = self.find(name, BUTTON, starts)
            return found if found and found.is_enabled else None
        return wait_for(f"the button “{name}” in {self!r}", probe, seconds, GONE)

    def press_button(self, name, starts=False, seconds=DEADLINE):
        def probe():
            found = self.find(name, BUTTON, starts)
            if not found or not found.is_enabled:
                return False
            found.press()
            return True
        wait_for(f"the button “{name}” in {self!r}", probe, seconds, GONE)

    def field(self, name):
        return self.wait(name, FIELD)

    def texts(self):
        """Every word that shows: names, descriptions, contents."""
        words = []
        for control in self.everything():
            try:
                words += [control.name, control.description, control.text]
            except GONE:
                continue
        return [word for word in words if word]

    def all_texts(self):
        """Every word that a screen reader could get, of what is hidden too."""
        words = []
        left = [self]
        while left:
            control = left.pop()
            try:
                words += [control.name, control.description, control.text]
                # None for a control that went meanwhile.
                words += [f"{key} {value}" for key, value in (control.node.get_attributes() or {}).items()]
                left += control.children
            except GONE:
                continue
        return [word for word in words if word]

    def says(self, words):
        return any(words in text for text in self.texts())

    def wait_for_words(self, words, seconds=DEADLINE):
        wait_for(f"“{words}” in {self!r}", lambda: self.says(words), seconds, GONE)

    def _has(self, state):
        return self.node.get_state_set().contains(state)


class Table:
    """A table control, by rows and columns."""

    def __init__(self, control):
        self._control = control
        self._table = control.node.get_table_iface()

    @property
    def row_count(self):
        return Atspi.Table.get_n_rows(self._table)

    def cell(self, row, column):
        node = Atspi.Table.get_accessible_at(self._table, row, column)
        return node.get_name() if node else ""

    def row(self, row):
        return [self.cell(row, column) for column in range(Atspi.Table.get_n_columns(self._table))]

    def rows(self):
        return [self.row(at) for at in range(self.row_count)]

    def row_of(self, start):
        """The row whose first cell begins with these words; None: there is none."""
        return next((at for at in range(self.row_count) if self.cell(at, 0).startswith(start)), None)

    def select(self, row):
        if not Atspi.Table.add_row_selection(self._table, row):
            raise AssertionError(f"row {row} can't be selected")


class Menus:
    """Menus are no part of the tree until an item has the focus: they are walked with the keyboard, and what the
    screen reader is told of the focus says where one is."""

    def __init__(self):
        self._items = []
        self._listener = Atspi.EventListener.new(self._hear)
        self._listener.register("object:state-changed:focused")

    def _hear(self, event, *_):
        try:
            if event.detail1 and event.source.get_role_name() in MENU_ITEM:
                self._items.append(event.source.get_name())
        except GONE:
            pass

    def _next_item(self):
        while GLib.MainContext.default().iteration(False):
            pass
        return self._items.pop(0) if self._items else None

    def _item_below(self):
        """Goes down an item, or answers None: a menu that is not open yet does not hear the key."""
        Atspi.generate_keyboard_event(DOWN, None, Atspi.KeySynthType.SYM)
        try:
            return wait_for("the next item", self._next_item, seconds=10)
        except Overdue:
            return None

    def choose(self, start):
        """Picks the item whose name begins so from the menu that is open."""
        passed = []
        while self._next_item():
            pass  # of the menu before
        while True:
            item = wait_for("the focus to reach an item of the menu", self._item_below)
            while later := self._next_item():
                item = later  # a key that was pressed again was heard twice
            if item.startswith(start):
                Atspi.generate_keyboard_event(RETURN, None, Atspi.KeySynthType.SYM)
                return
            if passed.count(item) > 1:
                raise AssertionError(f"the menu has only {passed}")
            passed.append(item)


def find_application(wanted):
    """The first program in the tree for which wanted(node) is true; None: not yet there."""
    desktop = Atspi.get_desktop(0)
    for at in range(desktop.get_child_count()):
        node = desktop.get_child_at_index(at)
        if node is not None and wanted(node):
            # What was asked once may have changed since: nothing is kept.
            node.set_cache_mask(Atspi.Cache.NONE)
            return Control(node)
    return None
