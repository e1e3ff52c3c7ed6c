"""New inspection: the agency from the published list, what is to be done, when, by which form."""

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from inspector_app import agencies, forms
from inspector_app.agencies import AgencyRow, Resolution
from inspector_app.errors import BadInput, NotAllowed
from inspector_app.moments import day_in_words
from inspector_app.ui import choosing
from inspector_app.ui.buttons import Chips, button
from inspector_app.ui.choices import CheckEditor, ChoiceEditor
from inspector_app.ui.editors import LineEditor
from inspector_app.ui.kit import (
    column,
    emptied,
    facts,
    field_row,
    holding,
    label,
    page_head,
    reading,
    row,
    state_line,
)
from inspector_app.ui.page import Page, Told
from inspector_app.ui.rows import RowData, RowList
from inspector_app.ui.typed import day_editor, read_day
from inspector_app.ui.work import Work
from inspector_app.ui.work_line import WorkLine
from inspector_app.workspace import Plan
from inspector_app.workspace.starting import check_purpose
from inspector_app.workspace.summary import KIND_WORDS

if TYPE_CHECKING:
    from inspector_app.agencies import WorkbookRead
    from inspector_app.workspace import Workspace

WORKBOOKS = "Workbooks (*.xlsx)"
_MOST = 8
_USUAL = {"JEM": "inspection", "WSO": "oversight-review"}


class StartPage(Page):
    """One page, from top to bottom; nothing exists until Start."""

    title = "New inspection"
    keys = (("Alt+Left", "back"),)

    def __init__(self, workspace: "Workspace", inspection: str) -> None:
        super().__init__(workspace, inspection)
        self._rows: list[AgencyRow] = []
        self._found: list[AgencyRow] = []
        self._row: AgencyRow | None = None
        self._resolution: Resolution | None = None
        self._make_editors()
        newer = button("Take in a newer list", self._take_list)
        head = page_head("New inspection", "Nothing is kept until you press Start.", newer)
        self.work = WorkLine()
        box = column(head, self._agency_part(), self.rest, gap=16)
        box.addStretch(1)
        self.fill(self.work, reading(box))

    def _make_editors(self) -> None:
        self.search = LineEditor("Name, county or state, for instance Hamilton IN")
        self.search.textChanged.connect(self._search)
        self.results = RowList(name="Agreements that fit", title_width=330)
        self.results.activated.connect(lambda key: self._choose(self._found[int(key)]))
        self.purpose = Chips(list(KIND_WORDS.items()), name="Kind")
        self.purpose.chosen.connect(lambda _: self._show_form())
        self.first_day, self.last_day = day_editor(), day_editor()
        self.form = ChoiceEditor([], none="The agreement’s own")
        self.form.on_commit = self._form_chosen
        self.reason = LineEditor("Why this is done differently")
        self.not_on_file = CheckEditor("The signed agreement is not on file")
        self.practice = CheckEditor("Practice: never counted, never real")
        self.start_button = button("Start inspection", self.start, style="primary")

    def _agency_part(self) -> QWidget:
        self._hint = label("", "muted")
        self._chosen = column(gap=8)
        self._finding = holding(
            column(field_row("Agency", self.search), self._hint, self.results, gap=8)
        )
        self._resolved = column(gap=8)
        self._reason_row = field_row("Reason", self.reason)
        days = row(
            field_row("First day on site", self.first_day),
            field_row("Last day", self.last_day),
            gap=16,
        )
        kind = holding(column(label("Kind", "label"), self.purpose, gap=4))
        parts = column(kind, holding(days), field_row("Checklist", self.form), gap=16)
        parts.addLayout(self._resolved)
        for part in (
            self._reason_row,
            self.not_on_file,
            self.practice,
            holding(row(self.start_button, 1)),
        ):
            parts.addWidget(part)
        self.rest = holding(parts)
        return holding(column(self._finding, holding(self._chosen), gap=8))

    # -- the published list ------------------------------------------------------------------

    def _take_list(self) -> None:
        """A workbook as ICE publishes it; it is read beside the window and then kept."""
        path = choosing.open_file(self, "The published list", WORKBOOKS)
        data: list[bytes] = []
        if path is None or self.work.is_busy:
            return
        if self.attempt(lambda: data.append(choosing.content(path))):
            self.work.run(
                "Reading the list …",
                lambda step: agencies.read_list(data[0]),
                self,
                done=partial(self._keep_list, data[0]),
                failed=lambda error: self.told.emit(Told(error)),
                stopped=lambda: self.message.emit("Cancelled. The list is as it was."),
            )

    def _keep_list(self, data: bytes, read: "WorkbookRead") -> None:
        from inspector_app.workspace import agency_list

        if self.attempt(lambda: agency_list.keep_read(self.workspace.desk, data, read)):
            lost = f"; {len(read.unread)} rows cannot be read" if read.unread else ""
            self._rows = list(read.rows)
            self._search(self.search.text())
            self.message.emit(f"{len(read.rows):,} agreements taken in{lost}")

    # -- which agreement ---------------------------------------------------------------------

    def show_record(self, record: str) -> None:
        self._rows = self.workspace.agencies()
        Work(forms.shipped, self).start()  # read while somebody types, so that choosing is quick
        self._forget()

    def _forget(self) -> None:
        self._row = None
        self.search.clear()
        for editor in (self.first_day, self.last_day):
            editor.set_value(date.today().isoformat())
        self.reason.clear()
        self.practice.set_value(False)
        self.not_on_file.set_value(False)
        emptied(self._chosen)
        self._finding.show()
        self.rest.hide()
        self._search("")
        self.search.setFocus()

    def _search(self, text: str) -> None:
        self._found = agencies.match(self._rows, text) if len(text.strip()) > 1 else []
        shown = [
            RowData(
                str(n),
                r.name,
                f"{agencies.state_names()[r.state]}, {r.model}",
                f"signed {day_in_words(r.signed)}",
            )
            for n, r in enumerate(self._found[:_MOST])
        ]
        self.results.set_rows(shown)
        self.results.setVisible(bool(shown))
        more = len(self._found) - len(shown)
        hint = f"{len(self._rows):,} agreements are on the published list."
        if more > 0:
            hint = f"{len(self._found)} agreements fit; type more to see fewer."
        elif len(text.strip()) > 1 and not shown:
            hint = "No agreement on the published list fits."
        self._hint.setText(hint)
        self._hint.setVisible(not shown or more > 0)

    def _choose(self, found: AgencyRow) -> None:
        self._row = found
        self._resolution = agencies.resolve(found, forms.shipped())
        offered = self._resolution.offered
        others = [form for form in forms.shipped() if form not in offered]
        self.form.set_choices([(form.id, form.title) for form in (*offered, *others)])
        self.form.set_value("")
        self.purpose.set_value(_USUAL.get(found.model, "inspection"))
        emptied(self._chosen)
        other = button("Choose another", self._forget, style="link")
        pairs = [
            ("Agency", f"{found.name}, {agencies.state_names()[found.state]}"),
            ("Agreement", f"{found.model}, signed {day_in_words(found.signed)}"),
            ("Field office", agencies.field_office(found) or "not known from the table"),
        ]
        self._chosen.addWidget(facts(pairs))
        self._chosen.addWidget(other)
        self._finding.hide()
        self.rest.show()
        self._show_form()
        self.first_day.setFocus()

    # -- which form --------------------------------------------------------------------------

    def _form_chosen(self, value: object) -> bool:
        self.form.set_value(value)
        self._show_form()
        return True

    def _show_form(self) -> None:
        emptied(self._resolved)
        resolution = self._resolution
        if resolution is None:
            return
        mark = "refused" if resolution.form is None else "check"
        mark = "caution" if resolution.presumed else mark
        self._resolved.addWidget(state_line(mark, resolution.reason))
        why = self._why_reason()
        if why:
            self._resolved.addWidget(state_line("caution", why))
        self._reason_row.setVisible(bool(why))

    def _why_reason(self) -> str:
        """Why a reason is asked for; empty when it is not."""
        offered = {form.id for form in self._resolution.offered} if self._resolution else set()
        if self.form.value() and self.form.value() not in offered:
            return "Another checklist than the agreement’s own needs a reason."
        try:
            check_purpose(self._plan(reason=""), self.workspace.role)
        except NotAllowed as error:
            return error.message.removesuffix(" Nothing was started.")
        except BadInput:
            return ""
        return ""

    # -- starting ----------------------------------------------------------------------------

    def _plan(self, reason: str) -> Plan:
        if self._row is None or self._resolution is None:
            raise BadInput("Choose an agency first.")
        return Plan(
            row=self._row,
            resolution=self._resolution,
            purpose=self.purpose.value(),
            first_day=read_day(self.first_day.text()),
            last_day=read_day(self.last_day.text()),
            form=self.form.value() or None,
            reason=reason,
            practice=self.practice.value(),
            on_file=not self.not_on_file.value(),
        )

    def start(self) -> None:
        """Start it and open it; what is missing is told, and nothing is started."""
        made: list[str] = []
        if self.attempt(lambda: made.append(self.workspace.start(self._plan(self.reason.text())))):
            self._forget()
            self.opened.emit(made[0])
