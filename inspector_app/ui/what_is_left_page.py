"""What is left: every missing, contradictory, conflicting or unfiled thing, as a link."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QWidget

from inspector_app.checks import KINDS, Problem
from inspector_app.errors import BadInput
from inspector_app.ui.buttons import Chips, button
from inspector_app.ui.choices import ChoiceEditor
from inspector_app.ui.flow import flowing
from inspector_app.ui.kit import (
    column,
    emptied,
    empty_state,
    field_row,
    holding,
    page_head,
    reading,
    row,
    section,
)
from inspector_app.ui.naming import name_of
from inspector_app.ui.page import Page, Slots, Told
from inspector_app.ui.rows import RowData, RowList
from inspector_app.ui.theme import px
from inspector_app.ui.what_is_left_filters import (
    ANY,
    Filter,
    Left,
    keep_last,
    kind_choices,
    known,
    last_filter,
    person_choices,
    save_filter,
    saved_filters,
    section_choices,
    whats_left,
)
from inspector_app.workspace.summary import counted

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
        self._followed: int | None = None
        self.filter = last_filter(workspace)
        self.chips = Chips(name="Kinds")
        self.chips.chosen.connect(self._kind_chosen)
        self.section = ChoiceEditor([], none="All sections")
        self.section.on_commit = lambda value: self._chosen(section=str(value or ANY))
        self.person = ChoiceEditor([], none="Everybody")
        self.person.on_commit = lambda value: self._chosen(person=str(value or ANY))
        self.saved = Chips(name="Saved filters", may_be_none=True)
        self.saved.chosen.connect(self._saved_chosen)
        self.name = QLineEdit()
        self.name.setPlaceholderText("My open items")
        self.name.setMinimumWidth(px(176))
        self.name.returnPressed.connect(self._save)
        self._body = column(gap=12)
        box = column(self._head(), self.saved, self.chips, self._choosers(), gap=12)
        box.addLayout(self._body)
        box.addStretch(1)
        self.fill(reading(box))

    def _head(self) -> QWidget:
        onward = button("Next", self.next_row, key="F8")
        return page_head("What is left", "Each line leads to where it is mended.", onward)

    def _choosers(self) -> QWidget:
        self._clear = button("Show all", lambda: self._choose(Filter()))
        self._forget = button("Forget this filter", self._forget_chosen)
        self._keep = button("Save filter", self._save)
        naming = row(self.name, self._keep, gap=8)
        parts = (
            field_row("Section", self.section),
            field_row("Whose work", self.person),
            field_row("Name of this filter", holding(naming)),
        )
        self._naming = parts[2]
        self.name.setAccessibleName("Name of this filter")
        acts = holding(flowing(self._clear, self._forget))
        return holding(column(holding(flowing(*parts, gap=16)), acts, gap=8))

    def show_record(self, record: str) -> None:
        """Whoever comes back is at the line he followed, or at what took its place."""
        self._show()
        if self._followed is not None and (rows := self._all_rows()):
            shown, key = rows[min(self._followed, len(rows) - 1)]
            shown.show()
            shown.select(key)
            shown.setFocus()

    def changed(self, slots: Slots) -> None:
        self._show()

    def lists(self) -> list[RowList]:
        """The groups that are shown."""
        return list(self._lists)

    def next_row(self) -> None:
        """From line to line, through all groups."""
        rows = self._all_rows()
        here = [i for i, (s, key) in enumerate(rows) if s.hasFocus() and s.current_key() == key]
        if rows:
            shown, key = rows[(here[0] + 1) % len(rows) if here else 0]
            shown.select(key)
            shown.setFocus()

    def _all_rows(self) -> list[tuple[RowList, str]]:
        return [(shown, data.key) for shown in self._lists for data in shown.rows()]

    # -- choosing ----------------------------------------------------------------------------

    def _kind_chosen(self, kind: str) -> None:
        self._chosen(kind=ANY if kind == EVERYTHING else kind)

    def _chosen(self, **parts: str) -> bool:
        self._choose(replace(self.filter, **parts))
        return True

    def _choose(self, chosen: Filter) -> None:
        self.filter = chosen
        self.attempt(lambda: keep_last(self.workspace, chosen))
        self._show()

    def _saved_chosen(self, name: str) -> None:
        self._choose(saved_filters(self.workspace).get(name, Filter()))

    def _save(self) -> None:
        name = " ".join(self.name.text().split())[:40]
        if not name:
            words = "Name the filter first, then save it. Nothing was saved."
            self.told.emit(Told(BadInput(words)))
            self.name.setFocus()
        elif self.attempt(lambda: save_filter(self.workspace, name, self.filter)):
            self.name.clear()
            self._show()

    def _forget_chosen(self) -> None:
        name = self.saved.value()
        self.attempt(lambda: save_filter(self.workspace, name, None))
        self._show()

    # -- showing -----------------------------------------------------------------------------

    def _show(self) -> None:
        self._problems = self.workspace.problems(self.inspection_id)
        self.filter = known(self.inspection, self.filter)
        left = whats_left(self.inspection, self._problems)
        self._show_choices(left)
        fitting = [one for one in left if one.fits(self.filter)]
        emptied(self._body)
        self._lists = []
        for kind in KINDS:
            found = [one for one in fitting if one.problem.kind == kind]
            if found:
                self._add_group(kind, found)
        if not fitting:
            self._body.addWidget(self._nothing())

    def _nothing(self) -> QWidget:
        if not self._problems:
            text = "Every question is answered and nothing contradicts itself."
            return empty_state("Nothing is left", text)
        left = counted(len(self._problems), "thing is", "things are")
        text = f"{left} left elsewhere: choose “Show all” to see what."
        return empty_state("Nothing is left here", text)

    def _show_choices(self, left: list[Left]) -> None:
        chosen, inspection = self.filter, self.inspection
        rest = sum(one.fits(replace(chosen, kind=ANY)) for one in left)
        self.chips.set_choices([(EVERYTHING, f"All  {rest}"), *kind_choices(left, chosen)])
        self.chips.set_value(chosen.kind or EVERYTHING)
        self.chips.setVisible(bool(left))
        self.section.set_choices(section_choices(inspection, left, chosen))
        self.section.set_value(chosen.section)
        self.person.set_choices(person_choices(inspection, left, chosen))
        self.person.set_value(chosen.person)
        saved = saved_filters(self.workspace)
        name = next((n for n, one in saved.items() if one == chosen and one != Filter()), "")
        self.saved.set_choices([(n, n) for n in saved])
        self.saved.set_value(name)
        self.saved.setVisible(bool(saved))
        filtered = chosen != Filter()
        self._clear.setVisible(filtered)
        self._naming.setVisible(filtered and not name)
        self._forget.setVisible(bool(name))

    def _add_group(self, kind: str, found: list[Left]) -> None:
        rows = [self._row(one) for one in found]
        shown = RowList(rows, name=KINDS[kind], title_width=120)
        shown.activated.connect(self._go)
        self._lists.append(shown)
        self._body.addWidget(section(KINDS[kind], str(len(rows))))
        self._body.addWidget(shown)

    def _row(self, left: Left) -> RowData:
        problem = left.problem
        name = name_of(self.inspection, problem.record)
        mark = _MARKS.get(problem.kind, _OTHERWISE)
        return RowData(str(left.at), name, problem.sentence, "", mark)

    def _go(self, key: str) -> None:
        self._followed = [one for _, one in self._all_rows()].index(key)
        problem = self._problems[int(key)]
        self.navigate.emit("" if problem.record else "overview", problem.record)
