"""Texts that belong to no record yet, such as a pasted list or a reason: kept like drafts.

They stand in the local drafts under a kind that no record has, so nothing makes a change of them;
the editor shows them again until they are used or taken away.
"""

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from inspector_app.errors import UserError
from inspector_app.inspection.samples import own_id
from inspector_app.ui.editors import DRAFT_AFTER
from inspector_app.ui.page import Page, Told
from inspector_app.workspace.place import drafts_of

Unbound = QLineEdit | QPlainTextEdit


class Unsent(QObject):
    """Keeps what stands in these editors, within a second of a key and when a page is left."""

    def __init__(self, page: Page, review: str, **editors: Unbound) -> None:
        super().__init__(next(iter(editors.values())))  # the clock ends with the editor
        self._page, self._record = page, f"unsent:{own_id(review)}"
        self._editors = editors
        kept = drafts_of(page.workspace, page.inspection_id, self._record)
        self._kept = {field: kept.get(field, "") for field in editors}
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(DRAFT_AFTER)
        self._soon.timeout.connect(self.keep)
        for field, editor in editors.items():
            if isinstance(editor, QLineEdit):
                editor.setText(self._kept[field])
            else:
                editor.setPlainText(self._kept[field])
            editor.textChanged.connect(self._typed)

    @property
    def record(self) -> str:
        """Under which the texts are kept, for whoever used them and lets them go."""
        return self._record

    @property
    def found(self) -> bool:
        """Whether something was typed earlier and not used."""
        return any(text.strip() for text in self._kept.values())

    def keep(self) -> None:
        """Write what stands here to the disk; forget what was taken away."""
        self._soon.stop()
        page, id = self._page, self._page.inspection_id
        for field, editor in self._editors.items():
            text = editor.text() if isinstance(editor, QLineEdit) else editor.toPlainText()
            if text == self._kept[field]:
                continue
            try:
                if text:
                    page.workspace.draft(id, self._record, field, text)
                else:
                    page.workspace.drop_draft(id, self._record, field)
            except UserError as error:
                page.told.emit(Told(error))
                return
            self._kept[field] = text

    def _typed(self) -> None:
        if not self._soon.isActive():
            self._soon.start()
