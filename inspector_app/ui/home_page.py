"""Home: every inspection in this workspace, what needs a person, and whose laptop this is."""

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QBoxLayout, QWidget

from inspector_app.identity import roles
from inspector_app.ui import preferences
from inspector_app.ui.backing_up import BackupPanel
from inspector_app.ui.buttons import Chips, button
from inspector_app.ui.editors import LineEditor
from inspector_app.ui.home_table import HomeTable
from inspector_app.ui.idle import lock_chooser
from inspector_app.ui.kit import (
    Part,
    column,
    emptied,
    empty_state,
    facts,
    holding,
    label,
    reading,
    row,
    section,
)
from inspector_app.ui.page import Page, Slots
from inspector_app.ui.pages import kind_of
from inspector_app.ui.rows import RowData, RowList
from inspector_app.ui.theme import px
from inspector_app.workspace.listing import Listing

if TYPE_CHECKING:
    from inspector_app.workspace import InspectionSummary, Workspace

_WIDTH = 1152
_NEEDS_WIDTH = 900
_AT_ONCE, _SECONDS, _PAUSE = 60, 0.03, 10
"""Rows that are made at once; of more, for how long at a time, and the pause between, in ms."""
_EMPTY = (
    "An inspection is one visit to one agency under one agreement: its checklist, tour, documents, "
    "interviews and findings. It is kept here, encrypted, and handed to others as a bundle."
)
FILTERS = ("all", "mine", "conflicts", "practice")


class HomePage(Page):
    """The list of inspections; Enter opens one."""

    title = "Inspections"
    keys = (("Enter", "open"), ("Ctrl+N", "new inspection"))

    def __init__(self, workspace: "Workspace", inspection: str) -> None:
        super().__init__(workspace, inspection)
        self._rows: list[InspectionSummary] = []
        self._revisions: dict[str, str] = {}
        self._listing, self._left_when_shown = Listing(workspace), 0
        self.chips = Chips(name="Show")
        self.chips.set_choices([(name, name) for name in FILTERS])
        self.chips.set_value("all")
        self.chips.chosen.connect(lambda _: self._show_rows())
        self.search = LineEditor("Agency, state")
        self.search.setAccessibleName("Find an inspection")
        self.search.setMaximumWidth(px(260))
        self.search.textChanged.connect(lambda _: self._show_rows())
        self.table = HomeTable()
        self.table.opened.connect(self.opened)
        self.filters = holding(row(self.chips, self.search, gap=16))
        self.nothing = column()
        self.needs = column(gap=4)
        self._lay_out()
        self._show_laptop()

    # -- how it is put together --------------------------------------------------------------

    def _lay_out(self) -> None:
        self.laptop = column(gap=8)
        self._below = row(holding(self.needs), holding(self.laptop), gap=32)
        self._below.setStretch(0, 3)
        self._below.setStretch(1, 2)
        box = column(self._head(), self.filters, self.table, gap=12)
        box.addLayout(self.nothing)
        box.addSpacing(px(16))
        box.addLayout(self._below)
        box.addStretch(1)
        inside = holding(box)
        inside.setMaximumWidth(px(_WIDTH))
        outer = row(inside, 0)
        outer.setStretch(0, 100)
        outer.setStretch(1, 1)
        outer.setContentsMargins(px(8), px(8), px(8), 0)
        self.fill(reading(outer, wide=True))

    def _head(self) -> QWidget:
        acts: list[Part] = []
        if kind_of("import").exists():
            acts.append(button("Open a bundle", self._import, symbol="bundle", cap="Ctrl+O"))
        acts.append(button("Agencies’ files", self._files, symbol="agency-file"))
        acts.append(button("Prepare an assignment", self._assign, symbol="people"))
        acts.append(button("Program", self._program, symbol="program"))
        new = button("New inspection", self._start, style="primary", symbol="plus", cap="Ctrl+N")
        head = row(label("Inspections", "apptitle"), *acts, new)
        head.setStretch(0, 1)
        return holding(head)

    def _import(self) -> None:
        self.navigate.emit("import", "")

    def _program(self) -> None:
        self.navigate.emit("program", "")

    def _start(self) -> None:
        self.navigate.emit("start", "")

    def _assign(self) -> None:
        self.navigate.emit("assign", "")

    def _keeping(self) -> None:
        self.navigate.emit("keeping", "")

    def _files(self) -> None:
        self.navigate.emit("agency-file", "")

    # -- what it shows -----------------------------------------------------------------------

    def show_record(self, record: str) -> None:
        self._show()
        if self._rows:
            self.table.setFocus()

    def changed(self, slots: Slots) -> None:
        self._show()

    def _show(self) -> None:
        """What is known at once; of many inspections the rest follows, some at a time."""
        self._listing.look()
        stale = self._listing.stale()
        if len(stale) <= _AT_ONCE:
            self._listing.fill(stale)
        else:
            QTimer.singleShot(0, self, self._fill_some)
        self._show_listed()

    def _fill_some(self) -> None:
        """Make some more rows whole, and go on until all are."""
        if not self.workspace.desk.is_open:
            return
        until, left = time.monotonic() + _SECONDS, self._listing.stale()
        while left and time.monotonic() < until:
            self._listing.fill([left.pop(0)])
        if left:
            QTimer.singleShot(_PAUSE, self, self._fill_some)
        if not left or len(left) <= self._left_when_shown - 5 * _AT_ONCE:
            self._show_listed()

    def _show_listed(self) -> None:
        self._rows, self._revisions = self._listing.rows(), self._listing.revisions
        self._left_when_shown = len(self._listing.stale())
        counts = {name: len(self._filtered(name)) for name in FILTERS}
        words = {"all": "All", "mine": "Mine", "conflicts": "Conflicts", "practice": "Practice"}
        self.chips.set_choices([(name, f"{words[name]}  {counts[name]}") for name in FILTERS])
        self._show_rows()
        self._show_needs()

    def _filtered(self, name: str) -> "list[InspectionSummary]":
        me = self.workspace.name
        return {
            "all": list(self._rows),
            "mine": [row for row in self._rows if me in row.team],
            "conflicts": [row for row in self._rows if row.conflicts],
            "practice": [row for row in self._rows if row.practice],
        }[name]

    def _show_rows(self) -> None:
        words = self.search.text().casefold().split()
        shown = [
            row
            for row in self._filtered(self.chips.value() or "all")
            if all(word in f"{row.agency} {row.state}".casefold() for word in words)
        ]
        self.table.set_rows(shown, self._revisions)
        self.table.setVisible(bool(shown))
        self.filters.setVisible(bool(self._rows))
        emptied(self.nothing)
        if not self._rows:
            new = button("Start an inspection", self._start, symbol="plus")
            self.nothing.addWidget(empty_state("No inspection yet", _EMPTY, new))
        elif not shown:
            self.nothing.addWidget(label("No inspection fits.", "muted"))

    def _show_needs(self) -> None:
        emptied(self.needs)
        rows = [
            RowData(r.id, r.agency, f"{r.conflicts} to decide", "", "conflict")
            for r in self._rows
            if r.conflicts
        ]
        rows += [
            RowData(r.id, r.agency, _only_here(r), "", "caution")
            for r in self._rows
            if r.not_handed_over > 0
        ]
        if not rows:
            return
        self.needs.addWidget(section("Needs you"))
        listed = RowList(rows, name="Needs you", title_width=260)
        listed.activated.connect(self.opened)
        self.needs.addWidget(listed)
        self.needs.addStretch(1)

    def _show_laptop(self) -> None:
        role = roles()[self.workspace.role].title
        self.laptop.addWidget(section("This laptop"))
        self.laptop.addWidget(
            facts(
                [
                    ("Signed in as", f"{self.workspace.name}, {role}"),
                    ("My words", " · ".join(self.workspace.words)),
                    ("Workspace", f"{self.workspace.folder.resolve().name}, encrypted"),
                ]
            )
        )
        self.laptop.addWidget(button("Keys and keeping", self._keeping, symbol="keeping"))
        looks = Chips(list(preferences.THEME_WORDS.items()), name="Appearance")
        looks.set_value(preferences.theme_name())
        looks.chosen.connect(lambda name: self.window().set_theme(name))  # type: ignore[attr-defined]
        self.laptop.addWidget(label("Appearance", "muted"))
        self.laptop.addWidget(looks)
        self.laptop.addWidget(label("Buttons and fields", "muted"))
        self.laptop.addWidget(_size_chooser(self))
        self.laptop.addWidget(label("Lock after, without a key", "muted"))
        self.laptop.addWidget(lock_chooser())
        self.laptop.addWidget(BackupPanel(self.workspace))
        self.laptop.addStretch(1)

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        beside = self.width() >= px(_NEEDS_WIDTH)
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._below.setDirection(way)


def _size_chooser(page: QWidget) -> Chips:
    """How high what is pressed is: touch mode has 44 px."""
    sizes = Chips(list(preferences.TOUCH_WORDS.items()), name="Buttons and fields")
    sizes.set_value("touch" if preferences.touch() else "usual")
    sizes.chosen.connect(lambda name: page.window().set_touch(name == "touch"))  # type: ignore[attr-defined]
    return sizes


def _only_here(row: "InspectionSummary") -> str:
    n = row.not_handed_over
    return f"{n} change{'s' * (n > 1)} only on this laptop"
