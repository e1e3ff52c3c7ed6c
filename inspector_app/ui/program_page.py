"""The program: the figures of a fiscal year, who is due, which memos are missing, what was done."""

from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from inspector_app.derived.figures import CLASSES, Figures
from inspector_app.errors import UserError
from inspector_app.files import write_whole
from inspector_app.moments import day_in_words
from inspector_app.reports.edition import INTERNAL, edition
from inspector_app.rules.planning import Due, ProgramPlan
from inspector_app.ui import choosing
from inspector_app.ui.buttons import Chips, button
from inspector_app.ui.kit import (
    column,
    emptied,
    facts,
    holding,
    label,
    page_head,
    reading,
    row,
    section,
)
from inspector_app.ui.page import Page, Slots, Told
from inspector_app.ui.program_actions import ProgramActions
from inspector_app.ui.rows import RowData, RowList
from inspector_app.ui.work import Work
from inspector_app.ui.year_bars import YearBars
from inspector_app.workspace import planning, program
from inspector_app.workspace.derived_rows import in_step_job
from inspector_app.workspace.summary import counted

if TYPE_CHECKING:
    from inspector_app.workspace import Workspace

_MOST = 12
"""Rows of a list before somebody asks for all of them."""
_MOST_MEMOS = 100
_LISTS = (
    ("overdue", "Overdue"),
    ("due", "Due this year"),
    ("proposed", "Proposed"),
    ("wso", "WSO reviews"),
)
_RULE = (
    "OPR inspects each JEM agency at least once in two years and about half in each fiscal year. "
    "Counted from the visits in this workspace; one never visited, from the day its agreement was "
    "signed."
)


class ProgramPage(Page):
    """Reads what spans inspections; writes only the register of actions, and files."""

    title = "Program"
    keys = (("Ctrl+S", "write the report"), ("Alt+Home", "inspections"))

    def __init__(self, workspace: "Workspace", inspection: str) -> None:
        super().__init__(workspace, inspection)
        self._work: Work | None = None
        self.figures: Figures | None = None
        self.plan: ProgramPlan | None = None
        self._make_parts()
        self._state = label("", "muted")
        self._cancel = button("Cancel", self._stop)
        line = row(self._state, self._cancel)
        line.setStretch(0, 1)
        self._working = holding(line)
        self._working.hide()
        chosen = row(self.years, self.edition, gap=32)
        chosen.addStretch(1)
        box = column(self._head(), self._working, holding(chosen), *self._figures_part(), gap=12)
        below: list[QWidget] = [*self._plan_part(), *self._memo_part(), self.register]
        for part in below:
            box.addWidget(part)
        box.addStretch(1)
        self.fill(reading(box, wide=True))

    # -- how it is put together --------------------------------------------------------------

    def _make_parts(self) -> None:
        self.years = Chips(name="Fiscal year")
        self.years.chosen.connect(lambda _: self._show())
        titles = [(name, edition(name).title) for name in program.EDITIONS]
        self.edition = Chips(titles, name="Edition of the report")
        self.edition.set_value(INTERNAL)
        self.bars = YearBars()
        self._numbers = column(gap=0)
        self.which = Chips(list(_LISTS), name="Who is due")
        self.which.set_value("overdue")
        self.which.chosen.connect(lambda _: self._show_few())
        self.due = RowList(name="Agencies", title_width=330)
        self.memos = RowList(name="No closeout memo", title_width=330)
        self.memos.activated.connect(self.opened)
        self._share, self._nobody = label("", "small"), label("None.", "muted")
        self._more = button("Show all", self._show_all, style="link")
        self._whole = False
        self._no_memos = label("Every inspection with findings has its memo.", "muted")
        self._more_memos = label("", "muted")
        self.register = ProgramActions(self)

    def _head(self) -> QWidget:
        sheets = button("Write the sheets", self._write_sheets, symbol="file")
        write = button(
            "Fiscal-year report", self.write_report, style="primary", symbol="report", key="Ctrl+S"
        )
        return page_head("Program", "What all inspections here come to.", sheets, write)

    def _figures_part(self) -> tuple[QWidget, ...]:
        beside = row(self.bars, holding(self._numbers), gap=32)
        beside.setStretch(0, 3)
        beside.setStretch(1, 2)
        legend = label("Bars: deficiencies filled, areas of concern outlined on them.", "muted")
        return section("Findings by fiscal year"), holding(beside), legend

    def _plan_part(self) -> tuple[QWidget, ...]:
        rule = label(_RULE, "muted")
        return (
            section("Who is due"),
            self._share,
            self.which,
            self.due,
            self._more,
            self._nobody,
            rule,
        )

    def _memo_part(self) -> tuple[QWidget, ...]:
        return (
            section("Findings, and no closeout memo"),
            self.memos,
            self._no_memos,
            self._more_memos,
        )

    # -- what it shows -----------------------------------------------------------------------

    def show_record(self, record: str) -> None:
        self._bring_in_step()

    def changed(self, slots: Slots) -> None:
        super().changed(slots)
        if self.isVisible() and self._work is None:
            self._bring_in_step()

    def leave(self) -> None:
        super().leave()
        self._stop()

    def _bring_in_step(self) -> None:
        """A few inspections are read at once, many by a worker."""
        job = in_step_job(self.workspace)
        if job is None:
            self._show()
            return
        self._stop()
        work = self._work = Work(lambda: job(work.step), self)
        work.progress.connect(lambda n, of: self._state.setText(f"Reading {n} of {of} logs …"))
        self._run(work, lambda _: self._show())

    def _run(self, work: Work, then: Any) -> None:
        def done(result: object) -> None:
            self._stop()
            then(result)

        work.done.connect(done)
        work.failed.connect(self._failed)
        self._working.show()
        work.start()

    def _stop(self) -> None:
        if self._work is not None:
            self._work.cancel()
            self._work = None
        self._working.hide()
        self._state.setText("")

    def _failed(self, error: UserError) -> None:
        self._stop()
        self.told.emit(Told(error))

    def _show(self) -> None:
        chosen = self.years.value()
        self.attempt(lambda: self._count(int(chosen) if chosen else None))
        if self.figures is None:
            return
        self._show_years()
        self._show_numbers()
        self._show_due()
        self._show_memos()
        self.register.show_actions(self.figures)

    def _count(self, year: int | None) -> None:
        self.figures = program.figures(self.workspace, year)
        self.plan = planning.program_plan(self.workspace)

    def _show_years(self) -> None:
        if self.years.value() or self.figures is None:
            return
        self.years.set_choices([(str(y), f"FY{y % 100:02}") for y in self.figures.years])
        self.years.set_value(str(self.figures.years[-1]))

    def _show_numbers(self) -> None:
        assert self.figures is not None
        tables = [self.figures.table(class_).sums for class_ in CLASSES]
        self.bars.set_bars(list(zip(self.figures.years, *tables, strict=True)))
        emptied(self._numbers)
        self._numbers.addWidget(facts(number_words(self.figures)))
        self._numbers.addStretch(1)

    def _show_due(self) -> None:
        if self.plan is None:
            return
        counts = {name: len(listed_of(self.plan, name)) for name, _ in _LISTS}
        self.which.set_choices([(name, f"{words}  {counts[name]}") for name, words in _LISTS])
        found = listed_of(self.plan, self.which.value() or "overdue")
        shown = found if self._whole else found[:_MOST]
        self.due.set_rows([_due_row(one) for one in shown])
        self.due.setVisible(bool(found))
        self._nobody.setVisible(not found)
        self._more.setText(f"Show all {len(found):,}")
        self._more.setVisible(len(shown) < len(found))
        self._share.setText(share_words(self.plan))

    def _show_few(self) -> None:
        self._whole = False
        self._show_due()

    def _show_all(self) -> None:
        self._whole = True
        self._show_due()
        self.due.setFocus()

    def _show_memos(self) -> None:
        assert self.figures is not None
        found = [row for year in self.figures.by_year.values() for row in year.without_memo]
        rows = [
            RowData(row.log, row.title, counted(row.findings, "finding", "findings"),
                    _day(row.last_day or row.first_day), "report", quiet=True)
            for row in found[:_MOST_MEMOS]
        ]  # fmt: skip
        self.memos.set_rows(rows)
        self.memos.setVisible(bool(rows))
        self._no_memos.setVisible(not rows)
        self._more_memos.setVisible(len(found) > len(rows))
        self._more_memos.setText(f"{len(found) - len(rows):,} more are in the report.")

    # -- files -------------------------------------------------------------------------------

    def write_report(self) -> None:
        """Ask for a file, then lay the report out beside the window."""
        if self.figures is None:
            return
        edition_name = self.edition.value()
        ending = "" if edition_name == INTERNAL else f"-{edition_name}"
        name = f"fiscal-year-{self.figures.last.year}{ending}.pdf"
        chosen = choosing.save_file(self, "Write the report", name, choosing.REPORTS)
        if chosen is None:
            return
        self._stop()
        job = program.report_job(self.workspace, self.figures, edition_name)
        work = self._work = Work(lambda: job(lambda page: work.step(page, 0)), self)
        work.progress.connect(lambda n, _: self._state.setText(f"Laying out page {n} …"))

        def save(data: object) -> None:
            if isinstance(data, bytes) and self.attempt(lambda: write_whole(chosen, data)):
                self.message.emit(f"Report written: {chosen.name}")

        self._run(work, save)

    def _write_sheets(self) -> None:
        folder = choosing.choose_folder(self, "A folder for the sheets")
        if folder is None:
            return
        self._stop()
        job = program.sheets_job(self.workspace, folder)
        work = self._work = Work(lambda: job(work.step), self)
        work.progress.connect(lambda n, of: self._state.setText(f"Writing sheet {n + 1} of {of} …"))
        self._run(work, lambda _: self.message.emit(f"Sheets written: {folder.name}"))


def number_words(figures: Figures) -> list[tuple[str, str]]:
    """The year in numbers, each with what it counts."""
    year, follow = figures.last, figures.follow_up(figures.last.year)
    n = len(year.inspected)
    outcomes = (follow.deficiencies, follow.concerns)
    resolved, of = sum(one.resolved for one in outcomes), sum(one.of for one in outcomes)
    practice = any(row.practice for row in figures.by_log.values())
    open_again = len(figures.open_again(year.year))
    again = f", {open_again:,} open again" if open_again else ""
    return [
        ("Counted", "practice only" if practice else "no practice"),
        ("Inspected", f"{n:,}"),
        ("With findings", f"{len(year.with_findings):,} of {n:,}"),
        ("Four or more", f"{len(year.four_or_more):,} of {n:,}"),
        ("Focus reviews", f"{len(follow.held):,} held, {len(follow.planned):,} called for"),
        ("Resolved there", f"{resolved:,} of {of:,}"),
        ("Closed out", f"{len(year.closed):,} of {len(year.with_findings):,}{again}"),
        ("ERO reviews", f"{len(year.reviews):,}, counted apart"),
    ]


def listed_of(plan: ProgramPlan, name: str) -> "list[Due]":
    """One of the plan's lists."""
    lists = {"due": plan.due, "proposed": plan.proposed, "wso": list(plan.wso)}
    return lists.get(name, plan.overdue)


def share_words(plan: ProgramPlan) -> str:
    """`FY2027: 0 of 182 JEM agencies inspected; half would be 91.`"""
    words = (
        f"{plan.year}: {plan.inspected:,} of {len(plan.jem):,} JEM agencies inspected so far; half "
        f"would be {plan.half:,}."
    )
    return f"{words} {plan.tfm:,} task force agreements are not inspected by OPR."


def _due_row(one: Due) -> RowData:
    signed = f"never visited; signed {_day(one.agreement.signed)}"
    last = f"last visit {_day(one.last)}" if one.last else signed
    if one.due is None:
        return RowData(one.agreement.title, one.agreement.title, last, one.agreement.office)
    late = f"{one.days_late:,} days late" if one.days_late else f"due {_day(one.due)}"
    mark = "caution" if one.days_late else "unanswered"
    return RowData(one.agreement.title, one.agreement.title, last, late, mark, quiet=True)


def _day(day: date | None) -> str:
    return day_in_words(day) if day else ""
