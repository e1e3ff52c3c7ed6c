"""The bar at the head: back, where one is, practice, photo, lock, who one is."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QWidget

from inspector_app.ui.buttons import Button, button, icon_button
from inspector_app.ui.kit import ElidedLabel, boxed, emptied, holding, label, row, symbol
from inspector_app.ui.theme import active, font, px, target


class TopBar(QWidget):
    """Tells what was pressed; knows nothing itself."""

    back = Signal()
    trail_pressed = Signal(int)
    """A part of the breadcrumb, counted from the left."""
    search = Signal()
    photo = Signal()
    lock = Signal()
    panel = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("topbar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(target(34) + px(10))
        self.back_button = icon_button("Back", "back", self.back.emit, "Alt+Left")
        self._trail = row(gap=6)
        self._place = holding(self._trail)
        self.practice = boxed("Practice", "practice")
        self.search_button = button(
            "Search everything", self.search.emit, symbol="search", cap="Ctrl+Shift+F"
        )
        self.search_icon = icon_button("Search", "search", self.search.emit, "Ctrl+Shift+F")
        self.search_icon.hide()
        self.photo_button = button("Photo", self.photo.emit, symbol="photo", cap="F9")
        self.lock_button = icon_button("Lock", "lock", self.lock.emit, "Ctrl+L")
        self.panel_button = icon_button("Details", "panel", self.panel.emit, "F6")
        self._person = label("", "avatar", wrap=False)
        self._person.setFixedSize(px(28), px(28))
        self._person.setAlignment(Qt.AlignmentFlag.AlignCenter)
        buttons = (
            self.search_button,
            self.search_icon,
            self.photo_button,
            self.panel_button,
            self.lock_button,
        )
        parts = (self.practice, *buttons, self._person)
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
            last = at == len(parts) - 1
            self._trail.addWidget(self._crumb(at, part, last=last), 100 if last else 0)
        self._trail.addStretch(1)
        self.practice.setVisible(practice)
        self.photo_button.setVisible(inside)
        self.back_button.setVisible(back)

    def set_narrow(self, narrow: bool) -> None:
        """On a narrow window the search is an icon."""
        self.search_button.setVisible(not narrow)
        self.search_icon.setVisible(narrow)

    def _crumb(self, at: int, part: str, *, last: bool) -> QWidget:
        if last:
            words = ElidedLabel(part, "smallstrong")
            width = QFontMetrics(font(14, strong=True)).horizontalAdvance(part) + px(4)
            words.setMaximumWidth(width)
            words.setMinimumWidth(min(width, px(56)))
            return words
        crumb = Button(part)
        crumb.setObjectName("crumb")
        crumb.clicked.connect(lambda: self.trail_pressed.emit(at))
        return crumb
