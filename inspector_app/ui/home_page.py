"""Home: every inspection in this workspace, what needs a person, and whose laptop this is."""

import time
from collections.abc import Callable
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
    column,
    emptied,
    empty_state,
    facts,
    headed,
    holding,
    label,
    reading,
    row,
    section,
)
from inspector_app.ui.page import Page, Slots, Told
from inspector_app.ui.pages import kind_of
from inspector_app.ui.rows import RowData, RowList
from inspector_app.ui.theme import px
from inspector_app.ui.work_line import WorkLine
from inspector_app.workspace.listing import Listing
from inspector_app.workspace.summary import counted

if TYPE_CHECKING:
    from inspector_app.workspace import InspectionSummary, Workspace
    from inspector_app.workspace.derived_rows import Step
    from inspector_app.workspace.listing import Known

_WIDTH = 1152
_NEEDS_WIDTH = 900
_AT_ONCE, _SECONDS, _PAUSE = 0.1, 0.03, 20
"""Seconds of making rows whole before the first look, and then at a time; the pause, in ms."""
_AGAIN = 20
"""Rows made whole before the counts above them are counted again; of many, a tenth."""
_MOST_NEEDS = 12
"""Rows under "Needs you" before the rest is a number."""
_WORDS = {"all": "All", "mine": "Mine", "conflicts": "Conflicts", "practice": "Practice"}
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
        self._job: Callable[[Step], Known] | None = None
        self._filling, self._reading = QTimer(self), QTimer(self)
        for timer, act in ((self._filling, self._fill_some), (self._reading, self._read)):
            timer.setSingleShot(True)
            timer.timeout.connect(act)
        self.work = WorkLine()
        self.work.moved.connect(self._begin_again)
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
        self._needs_you = holding(self.needs)
        self._below = row(self._needs_you, holding(self.laptop), gap=32)
        self._below.setStretch(0, 3)
        self._below.setStretch(1, 2)
        box = column(self._head(), self.work, self.filters, self.table, gap=12)
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
        acts: list[QWidget] = []
        if kind_of("import").exists():
            acts.append(button("Open a bundle", self._import, symbol="bundle", cap="Ctrl+O"))
        acts.append(button("Agencies’ files", self._files, symbol="agency-file"))
        acts.append(button("Prepare an assignment", self._assign, symbol="people"))
        acts.append(button("Program", self._program, symbol="program"))
        new = button("New inspection", self._start, style="primary", symbol="plus", cap="Ctrl+N")
        return headed(label("Inspections", "apptitle"), *acts, new)

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

    def leave(self) -> None:
        super().leave()
        self._reading.stop()
        self.work.drop()

    def _show(self) -> None:
        """What is known at once; of many inspections the others follow, read by a worker."""
        self._job = self._listing.job()
        if self._job is None:
            self._listing.look()
            self._fill_for(_AT_ONCE)
            self._show_listed()
            return
        if not self._rows:
            self._listing.begin()
        self._reading.start(_PAUSE)  # a worker would only delay the first painting
        if not self._listing.is_listed:
            self._show_listed()

    def _read(self) -> None:
        assert self._job is not None
        self.work.drop()
        self.work.run(
            "Reading the inspections …",
            self._job,
            self,
            done=self._take,
            failed=lambda error: self.told.emit(Told(error)),
            stopped=self._take_as_it_is,
            at_once=False,
        )

    def _begin_again(self, done: int, of: int) -> None:
        """The first rows of a workspace of which nothing was read before."""
        if done and not self._rows:
            self._listing.begin()
            self._show_listed()

    def _take(self, found: "Known") -> None:
        self._listing.take(found)
        self._show_listed()
        self._filling.start(0)

    def _take_as_it_is(self) -> None:
        """The work was cancelled: the list says what was read so far."""
        self._listing.look(in_step=False)
        self._show_listed()
        self.message.emit("Cancelled. The list shows what was read; the rest when you come back.")

    def _fill_some(self) -> None:
        """Go on making rows whole while the page is to be seen; a return here goes on too."""
        if not self.workspace.desk.is_open or not self.isVisible():
            return
        self._fill_for(_SECONDS)
        left = self._listing.left
        if not left or self._left_when_shown - left >= max(_AGAIN, len(self._rows) // 10):
            self._show_listed()

    def _fill_for(self, seconds: float) -> None:
        """Make rows whole, those in sight first."""
        until, more = time.monotonic() + seconds, True
        while more and time.monotonic() < until:
            more = self._fill_one()
        if more:
            self._filling.start(_PAUSE)

    def _fill_one(self) -> bool:
        log = self._listing.next_stale(self.table.in_sight())
        if log:
            self._listing.fill([log])
            self.table.renew_row(self._listing.row(log))
        return bool(log)

    def _show_listed(self) -> None:
        self._rows, self._revisions = self._listing.rows(), self._listing.revisions
        self._left_when_shown = self._listing.left
        self.chips.set_choices([(name, f"{_WORDS[name]}  {self._count(name)}") for name in FILTERS])
        self._show_rows()
        self._show_needs()

    def _count(self, name: str) -> str:
        """How many pass a filter; of many inspections some are counted before all are listed."""
        if self._listing.counts is None:
            return f"{len(self._filtered(name)):,}"
        known = self._listing.counts.get(name)
        return "…" if known is None else f"{known:,}"

    def _filtered(self, name: str) -> "list[InspectionSummary]":
        me = self.workspace.name
        passes: dict[str, Callable[[InspectionSummary], object]] = {
            "all": lambda row: True,
            "mine": lambda row: me in row.team,
            "conflicts": lambda row: row.conflicts,
            "practice": lambda row: row.practice,
        }
        return list(filter(passes[name], self._rows))

    def _show_rows(self) -> None:
        shown = self._filtered(self.chips.value() or "all")
        if words := self.search.text().casefold().split():
            texts = ((row, f"{row.agency} {row.state}".casefold()) for row in shown)
            shown = [row for row, text in texts if all(word in text for word in words)]
        self.table.set_rows(shown, self._revisions)
        self.table.setVisible(bool(shown))
        self.filters.setVisible(bool(self._rows))
        emptied(self.nothing)
        if not self._rows and self._listing.is_listed:
            new = button("Start an inspection", self._start, symbol="plus")
            self.nothing.addWidget(empty_state("No inspection yet", _EMPTY, new))
        elif not shown:
            why = "No inspection fits." if self._rows else "Reading the inspections …"
            self.nothing.addWidget(label(why, "muted"))

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
        self._needs_you.setVisible(bool(rows))
        if not rows:
            return
        self.needs.addWidget(section("Needs you"))
        listed = RowList(rows[:_MOST_NEEDS], name="Needs you", title_width=260)
        listed.activated.connect(self.opened)
        self.needs.addWidget(listed)
        if (more := len(rows) - _MOST_NEEDS) > 0:
            self.needs.addWidget(label(f"and {more:,} more; the list above has them", "muted"))
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
        keys = button("Keys and keeping", self._keeping, symbol="keeping")
        self.laptop.addWidget(holding(row(keys, 1)))
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
    return f"{counted(row.not_handed_over, 'change', 'changes')} only on this laptop"
