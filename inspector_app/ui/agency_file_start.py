"""Starting an agency's file: the agency from the published list, with all its agreements."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from inspector_app import agencies
from inspector_app.agencies import AgencyRow
from inspector_app.ui.choices import CheckEditor
from inspector_app.ui.editors import LineEditor
from inspector_app.ui.kit import column, field_row, label, section
from inspector_app.ui.rows import RowData, RowList

if TYPE_CHECKING:
    from inspector_app.ui.agency_file_page import AgencyFilePage

_MOST = 6


class StartFile(QWidget):
    """Type a few letters, press Enter on an agency: its file begins."""

    def __init__(self, page: "AgencyFilePage", wanted: str, practice: bool) -> None:
        super().__init__()
        self._page = page
        self._rows = page.workspace.agencies()
        self._found: list[list[AgencyRow]] = []
        self.search = LineEditor("Name, county or state, for instance Hamilton IN")
        self.practice = CheckEditor("Practice: never counted, never real")
        self.practice.set_value(practice)
        self.results = RowList(name="Agencies that fit", title_width=330)
        self.results.activated.connect(self._start)
        self._hint = label("", "muted")
        self.search.textChanged.connect(self._search)
        parts = (
            section("Start a file"),
            field_row("Agency", self.search),
            self._hint,
            self.results,
            self.practice,
        )
        self.setLayout(column(*parts, gap=8))
        self._search("")
        self.search.setText(wanted)

    def _search(self, text: str) -> None:
        enough = len(text.strip()) > 1
        fitting = agencies.match(self._rows, text) if enough else []
        groups: dict[tuple[str, str], list[AgencyRow]] = {}
        for each in fitting:
            groups.setdefault((each.state, agencies.normalized(each.name)), []).append(each)
        self._found = list(groups.values())
        rows = [_row(str(n), group) for n, group in enumerate(self._found[:_MOST])]
        self.results.set_rows(rows)
        self.results.setVisible(bool(rows))
        more = len(self._found) - len(rows)
        hint = f"{len(self._found)} agencies fit; type more to see fewer." if more > 0 else ""
        if enough and not rows:
            hint = "No agency on the published list fits."
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))

    def _start(self, key: str) -> None:
        from inspector_app.workspace.agency_file import start

        made: list[str] = []
        rows, practice = self._found[int(key)], self.practice.value()
        page = self._page
        if page.attempt(lambda: made.append(start(page.workspace, rows, practice=practice))):
            page.navigate.emit("agency-file", made[0])


def _row(key: str, group: list[AgencyRow]) -> RowData:
    models = " and ".join(dict.fromkeys(each.model for each in group))
    return RowData(key, group[0].name, agencies.state_names()[group[0].state], models)
