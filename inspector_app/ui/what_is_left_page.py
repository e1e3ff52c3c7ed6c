"""What is left: every missing, contradictory, conflicting or unfiled thing, as a link."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from inspector_app.checks import KINDS, Problem
from inspector_app.ui.buttons import Chips, button
from inspector_app.ui.kit import column, emptied, empty_state, page_head, reading, section
from inspector_app.ui.naming import name_of
from inspector_app.ui.page import Page, Slots
from inspector_app.ui.rows import RowData, RowList

if TYPE_CHECKING:
    from inspector_app.workspace import Workspace

EVERYTHING = "all"
_MARKS = {
    "conflict": "conflict",
    "forbidden": "refused",
    "unanswered": "unanswered",
    "unfiled": "tour",
    "newer": "help",
}
_OTHERWISE = "problem"


class WhatIsLeftPage(Page):
    """Groups with counts that equal their lists; Enter goes there, F8 goes on."""

    title = "What is left"
    keys = (("F8", "next in the list"), ("Enter", "go there"))

    def __init__(self, workspace: "Workspace", inspection: str) -> None:
        super().__init__(workspace, inspection)
        self._problems: list[Problem] = []
        self._lists: list[RowList] = []
        self._kind = EVERYTHING
        self.chips = Chips(name="Kinds")
        self.chips.chosen.connect(self._choose)
        self._body = column(gap=12)
        box = column(self._head(), self.chips, gap=12)
        box.addLayout(self._body)
        box.addStretch(1)
        self.fill(reading(box))

    def _head(self) -> QWidget:
        onward = button("Next", self.next_row, key="F8")
        return page_head("What is left", "Each line leads to where it is mended.", onward)

    def show_record(self, record: str) -> None:
        self._show()

    def changed(self, slots: Slots) -> None:
        self._show()

    def lists(self) -> list[RowList]:
        """The groups that are shown."""
        return list(self._lists)

    def next_row(self) -> None:
        """From line to line, through all groups."""
        rows = [(shown, data.key) for shown in self._lists for data in shown.rows()]
        here = [i for i, (s, key) in enumerate(rows) if s.hasFocus() and s.current_key() == key]
        if rows:
            shown, key = rows[(here[0] + 1) % len(rows) if here else 0]
            shown.select(key)
            shown.setFocus()

    def _choose(self, kind: str) -> None:
        self._kind = kind
        self._show()

    def _show(self) -> None:
        self._problems = self.workspace.problems(self.inspection_id)
        counts = {kind: sum(p.kind == kind for p in self._problems) for kind in KINDS}
        there = {kind: n for kind, n in counts.items() if n}
        if self._kind not in there:
            self._kind = EVERYTHING
        choices = [(EVERYTHING, f"All  {len(self._problems)}")]
        self.chips.set_choices(
            choices + [(kind, f"{KINDS[kind]}  {n}") for kind, n in there.items()]
        )
        self.chips.set_value(self._kind)
        self.chips.setVisible(bool(there))
        emptied(self._body)
        self._lists = []
        for kind in there:
            if self._kind in (EVERYTHING, kind):
                self._add_group(kind)
        if not there:
            text = "Every question is answered and nothing contradicts itself."
            self._body.addWidget(empty_state("Nothing is left", text))

    def _add_group(self, kind: str) -> None:
        found = [(n, p) for n, p in enumerate(self._problems) if p.kind == kind]
        rows = [self._row(n, problem) for n, problem in found]
        shown = RowList(rows, name=KINDS[kind], title_width=120)
        shown.activated.connect(self._go)
        self._lists.append(shown)
        self._body.addWidget(section(KINDS[kind], str(len(rows))))
        self._body.addWidget(shown)

    def _row(self, number: int, problem: Problem) -> RowData:
        name = name_of(self.inspection, problem.record)
        mark = _MARKS.get(problem.kind, _OTHERWISE)
        return RowData(str(number), name, problem.sentence, "", mark)

    def _go(self, key: str) -> None:
        problem = self._problems[int(key)]
        self.navigate.emit("" if problem.record else "overview", problem.record)
