"""The second view of the tour: every photo, by area, and those that still lack something."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from inspector_app.canonical import Value
from inspector_app.ui.buttons import Chips
from inspector_app.ui.choices import ChoiceEditor
from inspector_app.ui.gallery_loader import PictureLoader
from inspector_app.ui.gallery_rows import FILTERS, PhotoRow, photo_rows
from inspector_app.ui.gallery_view import GalleryView
from inspector_app.ui.kit import column, label, row
from inspector_app.ui.page import Page
from inspector_app.ui.theme import px


class Gallery(QWidget):
    """Filters above, small pictures below."""

    opened = Signal(str)
    removal = Signal(str)

    def __init__(self, page: Page, loader: PictureLoader) -> None:
        super().__init__()
        self._page = page
        self._rows: list[PhotoRow] = []
        self._area = ""
        self._filters = Chips(name="Show")
        self._filters.chosen.connect(self._filtered)
        self._where = ChoiceEditor(self._area_choices(), none="All areas")
        self._where.setAccessibleName("Area of the photos")
        self._where.on_commit = self._chosen_area
        self.view = GalleryView(loader)
        self.view.opened.connect(self.opened)
        self.view.removal.connect(self.removal)
        self._words = label("", "muted")
        bar = row(self._filters, self._where, gap=12)
        bar.setStretch(0, 1)
        bar.setAlignment(self._where, Qt.AlignmentFlag.AlignTop)
        box = column(bar, self._words, self.view, gap=8)
        box.setStretch(2, 1)
        box.setContentsMargins(px(24), 0, px(16), 0)
        self.setLayout(box)

    def refresh(self) -> None:
        """Show the photos as they are now."""
        self._rows = photo_rows(self._page.inspection)
        chosen = self._filters.value() or "all"
        counts = {name: sum(map(fits, self._rows)) for name, (_, fits) in FILTERS.items()}
        self._filters.set_choices(
            [(name, f"{words} {counts[name]}") for name, (words, _) in FILTERS.items()]
        )
        self._filters.set_value(chosen)
        self._look()

    def show_filter(self, name: str) -> None:
        """Show only what a filter lets through."""
        self._filters.set_value(name)
        self._look()

    def shown(self) -> list[str]:
        """The records of the photos that are shown, in order."""
        return [row.record for row in self.view.rows()]

    def _area_choices(self) -> list[tuple[str, str]]:
        return [(area.id, area.title) for area in self._page.inspection.form.areas]

    def _filtered(self) -> None:
        self._look()
        words = f"{len(self.shown())} of {len(self._rows)} photos shown"
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.view, words))

    def _chosen_area(self, area: Value) -> bool:
        self._area = str(area)
        self._filtered()
        return True

    def _look(self) -> None:
        _, fits = FILTERS[self._filters.value() or "all"]
        found = [r for r in self._rows if fits(r) and self._area in ("", r.area)]
        self.view.set_rows(found)
        self._words.setText(self._empty_words() if not found else "")
        self._words.setVisible(not found)

    def _empty_words(self) -> str:
        if self._rows:
            return "No photo is like that. Choose another filter or area."
        return (
            "No photo yet. Press F9, drop pictures here or paste one; what each one shows can be"
            " said afterwards."
        )
