"""The bar at the head: back, where one is, practice, photo, lock, who one is."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from inspector_app.ui.kit import button, emptied, holding, label, mark, row


class TopBar(QWidget):
    """Tells what was pressed; knows nothing itself."""

    back = Signal()
    home = Signal()
    photo = Signal()
    lock = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("topbar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(44)
        self._back = button("", self.back.emit, style="quiet", symbol="back")
        self._back.setAccessibleName("Back")
        self._back.setToolTip("Back (Alt+Left)")
        self._trail: QHBoxLayout = row(gap=4)
        self.practice = label("Practice", "practice", wrap=False)
        self.photo_button = button("Photo  F9", self.photo.emit, symbol="photo")
        self._lock = button("Lock", self.lock.emit, style="quiet", symbol="lock")
        self._lock.setToolTip("Lock (Ctrl+L)")
        self._person = button("", lambda: None, style="avatar")
        self._person.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        box = row(self._back, holding(self._trail, "plain"), 1, gap=10)
        for part in (self.practice, self.photo_button, self._lock, self._person):
            box.addWidget(part)
        box.setContentsMargins(10, 0, 12, 0)
        self.setLayout(box)

    def set_person(self, name: str, role: str) -> None:
        initials = "".join(word[0] for word in name.split()[:2]).upper()
        self._person.setText(initials)
        self._person.setToolTip(f"{name}, {role}")
        self._person.setAccessibleName(f"{name}, {role}")

    def set_trail(self, parts: list[str], practice: bool, inside: bool) -> None:
        """Where one is; the last part is strong. `inside`: an inspection is open."""
        emptied(self._trail)
        for at, part in enumerate(parts):
            if at:
                self._trail.addWidget(mark("next", 12))
            last = at == len(parts) - 1
            if at == 0 and not last:
                self._trail.addWidget(button(part, self.home.emit, style="quiet"))
            else:
                self._trail.addWidget(label(part, "strong" if last else "muted", wrap=False))
        self.practice.setVisible(practice)
        self.photo_button.setVisible(inside)
        self._back.setVisible(len(parts) > 1)
