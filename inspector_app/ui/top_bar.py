"""The bar at the head: back, where one is, practice, photo, lock, who one is."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from inspector_app.ui.buttons import Button, button, icon_button
from inspector_app.ui.kit import ElidedLabel, emptied, holding, label, row, symbol
from inspector_app.ui.theme import active, px


class TopBar(QWidget):
    """Tells what was pressed; knows nothing itself."""

    back = Signal()
    trail_pressed = Signal(int)
    """A part of the breadcrumb, counted from the left."""
    photo = Signal()
    lock = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("topbar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(px(44))
        self.back_button = icon_button("Back", "back", self.back.emit, "Alt+Left")
        self._trail = row(gap=6)
        self._place = holding(self._trail)
        self.practice = label("Practice", "practice", wrap=False)
        self.photo_button = button("Photo", self.photo.emit, symbol="photo", cap="F9")
        self.lock_button = icon_button("Lock", "lock", self.lock.emit, "Ctrl+L")
        self._person = label("", "avatar", wrap=False)
        self._person.setFixedSize(px(28), px(28))
        self._person.setAlignment(Qt.AlignmentFlag.AlignCenter)
        parts = (self.practice, self.photo_button, self.lock_button, self._person)
        box = row(self.back_button, self._place, *parts, gap=10)
        box.setStretch(1, 1)
        box.setContentsMargins(px(8), 0, px(12), 0)
        self.setLayout(box)

    def set_person(self, name: str, role: str) -> None:
        self._person.setText("".join(word[0] for word in name.split()[:2]).upper())
        self._person.setToolTip(f"{name}, {role}")
        self._person.setAccessibleName(f"{name}, {role}")

    def set_trail(self, parts: Sequence[str], *, practice: bool, inside: bool, back: bool) -> None:
        """Where one is; the last part is strong. `inside`: an inspection is open."""
        emptied(self._trail)
        for at, part in enumerate(parts):
            if at:
                self._trail.addWidget(symbol("next", 14, active().muted))
            self._trail.addWidget(self._crumb(at, part, last=at == len(parts) - 1))
        self._trail.addStretch(1)
        self.practice.setVisible(practice)
        self.photo_button.setVisible(inside)
        self.back_button.setEnabled(back)

    def _crumb(self, at: int, part: str, *, last: bool) -> QWidget:
        if last:
            words = ElidedLabel(part, "smallstrong")
            words.ensurePolished()
            words.setMaximumWidth(words.natural_width())
            words.setMinimumWidth(min(words.natural_width(), px(56)))
            self._trail.setStretch(at * 2, 1)
            return words
        crumb = Button(part)
        crumb.setObjectName("crumb")
        crumb.clicked.connect(lambda: self.trail_pressed.emit(at))
        return crumb
