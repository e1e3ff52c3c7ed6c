"""Types that come back, and what ERO did about them: the program's register on its page."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from inspector_app.derived.figures import Figures, finding_types
from inspector_app.identity import roles
from inspector_app.records.program import ProgramAction
from inspector_app.ui.buttons import Chips, button
from inspector_app.ui.editors import LineEditor
from inspector_app.ui.kit import column, field_row, holding, label, row, section
from inspector_app.ui.rows import RowData, RowList
from inspector_app.ui.typed import day_editor, read_day, show_day
from inspector_app.workspace import program

if TYPE_CHECKING:
    from inspector_app.ui.program_page import ProgramPage

JUDGED = {"too-soon": "Too soon to tell", "fewer": "Fewer since", "no-change": "No change"}


class ProgramActions(QWidget):
    """A row for each type found in this year and the one before, with its actions under it."""

    def __init__(self, page: "ProgramPage") -> None:
        super().__init__()
        self._page = page
        self._chosen = ""
        self.rows = RowList(name="Types that come back", title_width=420)
        self.rows.activated.connect(self._choose)
        self._none = label(
            "No type was found both in this fiscal year and the one before.", "muted"
        )
        self._make_editors()
        part = column(section("Types that come back"), self._none, self.rows, self.form, gap=8)
        self.setLayout(part)

    def _make_editors(self) -> None:
        self.title = LineEditor("For instance: training of field supervisors")
        self.types = LineEditor("For instance: D10 D11")
        self.day = day_editor()
        self.judged = Chips(list(JUDGED.items()), name="What it came to")
        self.judged.set_value("too-soon")
        self._save = button("Write down the action", self.save)
        parts = (
            field_row("Action", self.title),
            field_row("For the types", self.types),
            field_row("Since", self.day),
        )
        line = row(self._save, 1)
        self.form = holding(column(*parts, self.judged, holding(line), gap=8))
        may = roles()[self._page.workspace.role].may
        if "program-action" not in may:
            self.form.hide()

    def show_actions(self, figures: Figures) -> None:
        """The rows as they are now."""
        titles = {one.code: one.title for one in finding_types()}
        known = program.actions(self._page.workspace)
        rows = []
        for code in figures.recurring():
            counts = "  ".join(str(n) for n in figures.counts_of(code))
            rows.append(RowData(code, f"{code} {titles[code]}", "", counts))
            of_code = [action for action in known if code in action.types.split()]
            rows += [_action_row(code, action) for action in of_code]
        self.rows.set_rows(rows)
        self.rows.setVisible(bool(rows))
        self._none.setVisible(not rows)

    def _choose(self, key: str) -> None:
        """A type: a new action for it. An action: alter it."""
        code, _, record = key.partition("|")
        found = {a.id: a for a in program.actions(self._page.workspace)}.get(record)
        self._chosen = record
        self.title.set_value(found.title if found else "")
        self.types.set_value(found.types if found else code)
        self.day.set_value(str(found.day) if found and found.day else None)
        self.judged.set_value((found and found.judged) or "too-soon")
        self._save.setText("Alter the action" if found else "Write down the action")
        self.title.setFocus()

    def save(self) -> None:
        """Write what was typed as one change of the register."""
        done = self._page.attempt(self._put)
        if done:
            self._choose("")
            self._page.message.emit("The action is in the register")
            self._page.show_record("")

    def _put(self) -> None:
        program.put_action(
            self._page.workspace,
            self._chosen,
            title=self.title.text().strip(),
            types=self.types.text().strip(),
            day=read_day(self.day.text()) if self.day.text().strip() else None,
            judged=self.judged.value() or None,
        )


def _action_row(code: str, action: ProgramAction) -> RowData:
    since = f"since {show_day(action.day)}" if action.day else ""
    judged = JUDGED[action.judged or "too-soon"]
    return RowData(f"{code}|{action.id}", action.title, since, judged, "note", quiet=True)
