"""The tour: see, note, photograph; which question it belongs to may be said later."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QWidget

from inspector_app.inspection import VISIT
from inspector_app.records import Observation, Photo
from inspector_app.ui.buttons import button
from inspector_app.ui.checklist_side import answer_history
from inspector_app.ui.choices import ChoiceEditor, ResultButtons
from inspector_app.ui.conflict_card import ConflictCard
from inspector_app.ui.editors import LineEditor, TextEditor
from inspector_app.ui.kit import (
    column,
    emptied,
    field_row,
    holding,
    label,
    page_head,
    reading,
    row,
    section,
)
from inspector_app.ui.page import Page, RecordFields, Slots
from inspector_app.ui.rows import RowData, RowList
from inspector_app.ui.tour_photos import PhotoCard, add_photos
from inspector_app.ui.typed import short_moment

if TYPE_CHECKING:
    from inspector_app.forms import Area, TourPoint
    from inspector_app.workspace import Workspace

_PICTURES = "Pictures (*.jpg *.jpeg *.png *.heic *.webp *.tif *.tiff)"


class TourPage(Page):
    """The log of the tour, or one observation with its photos."""

    title = "Tour"
    keys = (("Ctrl+N", "note what you see"), ("F9", "photo"), ("Ctrl+V", "paste a photo"))

    def __init__(self, workspace: "Workspace", inspection: str) -> None:
        super().__init__(workspace, inspection)
        self._record = ""
        self._box = column(gap=14)
        self._quick = LineEditor("One line, then Enter")
        self.setAcceptDrops(True)
        self.fill(reading(self._box))
        QShortcut(QKeySequence("Ctrl+N"), self).activated.connect(lambda: self._quick.setFocus())
        QShortcut(QKeySequence("Ctrl+V"), self).activated.connect(self._paste)
        self._build()

    def show_record(self, record: str) -> None:
        """An observation, a photo, or the log."""
        if record.startswith("photo:"):
            owners = self.inspection.ends_to(record)
            record = next((o for o in owners if o.startswith("observation:")), record)
        self._record = record if record.partition(":")[0] in ("observation", "photo") else ""
        self._build()
        self.placed.emit()

    def current_record(self) -> str:
        return self._record

    def trail(self) -> list[str]:
        number = self.inspection.record_numbers().get(self._record)
        return [number] if number else []

    def _build(self) -> None:
        for binding in list(self.bindings):
            binding.release()
        emptied(self._box)
        found = self.inspection.get(Observation, self._record) if self._record else None
        photo = self.inspection.get(Photo, self._record) if self._record else None
        if found:
            parts = self._editor(found)
        elif photo:
            parts = [page_head("Photo", "", self._back()), PhotoCard(self, photo)]
        else:
            parts = self._log()
        for part in parts:
            self._box.addWidget(part)
        self._box.addStretch(1)

    # -- the log -----------------------------------------------------------------------------

    def _log(self) -> list[QWidget]:
        counts = self.inspection.counts()
        photo = button("Add a photo", self._choose, symbol="photo")
        head = page_head(
            "Tour", f"{counts.observations} observations, {counts.photos} photos", photo
        )
        self._quick = LineEditor("One line, then Enter")
        self._quick.returnPressed.connect(self._note)
        self._where = ChoiceEditor(self._area_choices(), "Where")
        line = row(
            field_row("What do you see?", self._quick), field_row("Area", self._where), gap=16
        )
        line.setStretch(0, 3)
        line.setStretch(1, 1)
        return [head, holding(line), *self._inbox(), *self._areas(), *self._limits()]

    def _note(self) -> None:
        text, area = self._quick.text().strip(), self._where.value()
        if text and self._observe(text, area, None):
            self._build()
            self._quick.setFocus()

    def _observe(self, text: str, area: str, point: "TourPoint | None") -> bool:
        id = self.inspection_id
        given = {"text": text, "area": area, "held": str(self.workspace.moment(id))}
        if point is not None:
            given |= {"point": point.id, "item": point.item or ""}
        return self.attempt(lambda: self.workspace.new(id, "observation", **given))

    def _inbox(self) -> list[QWidget]:
        """What belongs to no item yet stays on top until it does."""
        loose = [o for o in self.inspection.all(Observation) if not o.item]
        linked = {
            end for o in self.inspection.all(Observation) for end in self.inspection.ends_from(o.id)
        }
        photos = [p for p in self.inspection.all(Photo) if p.id not in linked]
        rows = [self._row(o) for o in loose] + [self._photo_row(p) for p in photos]
        return (
            [section(f"Not filed yet ({len(rows)})"), self._list(rows, "Not filed yet")]
            if rows
            else []
        )

    def _area_choices(self) -> list[tuple[str, str]]:
        return [(area.id, area.title) for area in self.inspection.form.areas]

    def _areas(self) -> list[QWidget]:
        parts: list[QWidget] = []
        for area in self.inspection.form.areas:
            seen = [o for o in self.inspection.all(Observation) if o.area == area.id]
            rows = [self._row(o) for o in seen] + self._unseen(area, seen)
            parts += [section(area.title, f"{len(seen)} seen"), self._list(rows, area.title)]
        return parts

    def _unseen(self, area: "Area", seen: list[Observation]) -> list[RowData]:
        noted = {o.point for o in seen}
        return [
            RowData(f"point:{area.id}/{p.id}", (p.item or "").upper(), p.text, "", "unanswered")
            for p in area.points
            if p.id not in noted
        ]

    def _row(self, found: Observation) -> RowData:
        number = self.inspection.record_numbers()[found.id]
        at = short_moment(found.held) if found.held else ""
        disputed = ConflictCard.needed(self, found.id)
        state = "conflict" if disputed else found.result or "seen"
        return RowData(found.id, number, found.text, at, state)

    def _photo_row(self, photo: Photo) -> RowData:
        number = self.inspection.record_numbers()[photo.id]
        return RowData(photo.id, number, photo.caption or "No caption yet", "", "photo", quiet=True)

    def _list(self, rows: Sequence[RowData], name: str) -> RowList:
        listed = RowList(rows, name=name, title_width=70)
        listed.activated.connect(self._chosen)
        listed.removal.connect(self._remove)
        return listed

    def _chosen(self, key: str) -> None:
        if not key.startswith("point:"):
            self.show_record(key)
            return
        area_id, _, point_id = key.removeprefix("point:").partition("/")
        area = next(a for a in self.inspection.form.areas if a.id == area_id)
        point = next(p for p in area.points if p.id == point_id)
        if self._observe(point.text, area.id, point):
            self.show_record(self.inspection.all(Observation)[-1].id)

    def _limits(self) -> list[QWidget]:
        if ConflictCard.needed(self, VISIT):
            return []
        fields = RecordFields(self, VISIT)
        limits = fields.bind("limits", TextEditor(2, "Where no camera was allowed"))
        return [field_row("No camera here: limits imposed by the facility", limits)]

    # -- one observation ---------------------------------------------------------------------

    def _back(self) -> QWidget:
        return button("All of the tour", lambda: self.show_record(""), style="link")

    def _editor(self, found: Observation) -> list[QWidget]:
        number = self.inspection.record_numbers()[found.id]
        remove = button("Remove", lambda: self._remove(found.id), style="link")
        at = short_moment(found.held) if found.held else ""
        head = page_head(f"{number}  Observation", at, self._back(), remove)
        if ConflictCard.needed(self, found.id):
            return [head, ConflictCard(self, found.id)]
        fields = RecordFields(self, found.id)
        text = fields.bind("text", TextEditor(3))
        items = [(i.id, f"{i.id.upper()}  {i.question}") for i in self.inspection.shown_items()]
        area = fields.bind("area", ChoiceEditor(self._area_choices()))
        item = fields.bind("item", ChoiceEditor(items, none="Not filed yet"))
        results = fields.bind("result", ResultButtons())
        photos = [PhotoCard(self, p) for p in self.inspection.linked(found.id, Photo)]
        add = button("Add a photo", self._choose, symbol="photo")
        return [
            head,
            field_row("What was seen", text),
            results,
            field_row("Area", area),
            field_row("Item of the checklist", item),
            section(f"Photos ({len(photos)})", "", add),
            *photos,
        ]

    def _remove(self, record: str) -> None:
        id = self.inspection_id
        if record.startswith("point:"):
            return
        self.write(record, lambda amends: self.workspace.remove(id, record, amends))
        self.show_record("")

    # -- photos ------------------------------------------------------------------------------

    def take_photo(self, files: Sequence[Path]) -> bool:
        """File pictures with the open observation, or loose."""
        self._add([path.read_bytes() for path in files])
        return True

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileNames(self, "Add photos", "", _PICTURES)
        self._add([Path(path).read_bytes() for path in chosen])

    def _paste(self) -> None:
        image = QGuiApplication.clipboard().image()
        if not image.isNull():
            buffer = QBuffer()
            buffer.open(QIODevice.OpenModeFlag.WriteOnly)
            image.save(buffer, "PNG")  # type: ignore[call-overload]  # as Qt documents it
            self._add([bytes(buffer.data().data())])

    def _add(self, pictures: Sequence[bytes]) -> None:
        if not pictures:
            return
        owner = self._record if self._record.startswith("observation:") else ""
        found = self.inspection.get(Observation, owner) if owner else None
        made: list[str] = []
        self.attempt(
            lambda: made.extend(
                add_photos(
                    self.workspace, self.inspection_id, pictures, owner, found.area if found else ""
                )
            )
        )
        if made:
            self.show_record(owner or made[0])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        self._add([path.read_bytes() for path in paths if path.is_file()])

    def changed(self, slots: Slots) -> None:
        super().changed(slots)
        kinds = {"observation", "photo", "link"}
        shape = {"removed", "from", "to", "item", "area", "result", "sha256"}
        if any(r.partition(":")[0] in kinds and f in shape for r, f in slots):
            self._build()

    def side_panel(self) -> QWidget | None:
        if not self._record:
            return None
        box = column(section("History"), answer_history(self, self._record), gap=10, margins=16)
        box.addWidget(label("The time is the one at the facility.", "muted"))
        box.addStretch(1)
        return holding(box)
