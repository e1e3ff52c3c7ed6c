"""The strip under the top bar: what happened, what is safe, what to do; no stack of dialogs."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QFrame

from inspector_app.errors import UserError
from inspector_app.ui.announcing import announce
from inspector_app.ui.buttons import button, icon_button
from inspector_app.ui.editors import LineEditor
from inspector_app.ui.kit import column, holding, label, row, symbol
from inspector_app.ui.page import Told
from inspector_app.ui.theme import px

_MOST_DETAILS = 6
_AROUND = 100
"""What mark, cross and margins take of the width."""


class ErrorStrip(QFrame):
    """Hidden while there is nothing to tell. Told to a screen reader when it comes."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("strip")
        self._amend: Callable[[str], object] | None = None
        self.words = label("", "strong")
        self._details = label("", "small")
        self.reason = LineEditor("Why it is altered although it is signed")
        self.reason.setAccessibleName("Reason for the amendment")
        self.amend_button = button("Amend", self._amended)
        self._asking = holding(row(self.reason, self.amend_button, gap=8))
        close = icon_button("Close", "close", self.clear)
        texts = holding(column(self.words, self._details, self._asking, gap=4))
        mark = holding(column(symbol("refused", 18), 1, gap=0))
        shut = holding(column(close, 1, gap=0))
        box = row(mark, texts, shut, gap=12)
        box.setContentsMargins(px(16), px(8), px(8), px(8))
        box.setStretch(1, 1)
        self.setLayout(box)
        self.hide()

    def tell(self, told: Told | None) -> None:
        """Show an error, or nothing when all is well again."""
        if told is None:
            self.clear()
            return
        self.words.setText(told.error.message)
        self._show_details(told.error.details)
        self._amend = told.amend
        self.reason.set_value("")
        self._asking.setVisible(told.amend is not None)
        self.setAccessibleName(told.error.message)
        self.show()
        announce(self, f"{told.error.message} {self._details.text()}".strip(), urgent=True)

    def _show_details(self, details: Sequence[str]) -> None:
        """As many as leave the page its room, and how many more there are."""
        self._details.setVisible(bool(details))
        self._details.setText("")
        window = self.window()
        for shown in range(min(len(details), _MOST_DETAILS), 0, -1):
            more = len(details) - shown
            lines = [*details[:shown], *([f"and {more} more"] if more else [])]
            self._details.setText("\n".join(lines))
            if self._details.heightForWidth(window.width() - px(_AROUND)) <= window.height() // 4:
                break

    def clear(self) -> None:
        self._amend = None
        self.words.setText("")
        self.hide()

    def _amended(self) -> None:
        reason, amend = self.reason.text().strip(), self._amend
        if not reason or amend is None:
            self.reason.setFocus()
            return
        try:
            amend(reason)
        except UserError as error:
            self.tell(Told(error, amend))
        else:
            self.clear()
