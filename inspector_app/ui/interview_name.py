"""The name of a person who was interviewed: sealed, shown as dots until somebody asks to see it.

What is typed is sealed before it goes to the disk, as a draft too. The name is never in a text
that a page, a list or a search shows, and it is hidden again as soon as the line is left.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from inspector_app.canonical import Value
from inspector_app.errors import UserError
from inspector_app.ui.buttons import Button
from inspector_app.ui.editors import LineEditor
from inspector_app.ui.kit import column, field_row, label, row
from inspector_app.ui.page import Page, RecordFields, Told
from inspector_app.workspace import names

LABEL = "Name (sealed)"
_HINT = "Only where the label is not enough"


class NameFields(RecordFields):
    """Joins the line to the sealed field: opens what it shows, seals what is typed."""

    def __init__(self, page: Page, record: str) -> None:
        super().__init__(page, record)
        self._kept = _typed_earlier(page, record)

    def _value(self, field: str) -> Value:
        page = self._page
        return names.name_of(page.workspace, page.inspection_id, self.record).text

    def _draft(self, field: str, value: Value) -> None:
        page, id = self._page, self._page.inspection_id
        try:
            if value:
                sealed = names.sealed(page.workspace, id, str(value))
                page.workspace.draft(id, self.record, field, sealed)
            else:
                page.workspace.drop_draft(id, self.record, field)
        except UserError as error:
            page.told.emit(Told(error))

    def _commit(self, field: str, value: Value) -> bool:
        page, id = self._page, self._page.inspection_id

        def write(amends: str) -> None:
            names.put_name(page.workspace, id, self.record, str(value or ""), amends)
            page.workspace.drop_draft(id, self.record, field)
            if amends:
                self.refresh()

        return page.write(self.record, write)


def _typed_earlier(page: Page, record: str) -> dict[str, str]:
    """A name that was typed and is still only a sealed draft."""
    id = page.inspection_id
    drafts = page.workspace.desk.store.drafts()
    values = [d.value for d in drafts if (d.log, d.record, d.field) == (id, record, "name")]
    texts = [names.opened(page.workspace, id, value).text for value in values]
    return dict.fromkeys(["name"], texts[0]) if any(texts) else {}


class NameLine(QWidget):
    """The line with "Show"; where the name cannot be told, the sentence that says why."""

    def __init__(self, page: Page, record: str) -> None:
        super().__init__()
        told = names.name_of(page.workspace, page.inspection_id, record)
        self.line: LineEditor | None = None
        if told.state in ("destroyed", "no-key"):
            text = label(told.sentence, "muted")
            self.setLayout(column(label(LABEL, "label", wrap=False), text, gap=4))
            return
        if names.destroyed_at(page.inspection.log):
            words = "The names of this inspection were destroyed; none is kept any more."
            self.setLayout(column(label(LABEL, "label", wrap=False), label(words, "muted"), gap=4))
            return
        self.line = NameFields(page, record).bind("name", LineEditor())
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self._show = Button("Show")
        self._show.setCheckable(True)
        self._show.setAccessibleName("Show the name")
        self._show.toggled.connect(self._reveal)
        self.line.setPlaceholderText(_HINT)
        field = field_row(LABEL, self.line)
        line = row(field, self._show, gap=8)
        line.setStretch(0, 1)
        line.setAlignment(self._show, Qt.AlignmentFlag.AlignBottom)
        self.setLayout(line)

    def _reveal(self, on: bool) -> None:
        if self.line is not None:
            mode = QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password
            self.line.setEchoMode(mode)
            self._show.setText("Hide" if on else "Show")

    def hide_name(self) -> None:
        """Dots again."""
        if self.line is not None:
            self._show.setChecked(False)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.hide_name()
