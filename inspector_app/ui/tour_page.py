"""The tour: see, note, photograph; which question it belongs to may be said later."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from inspector_app.canonical import Value
from inspector_app.records import NoCamera, Observation
from inspector_app.ui.buttons import button
from inspector_app.ui.checklist_side import answer_history
from inspector_app.ui.choices import ActChooser, ChoiceEditor, FieldChoice, ResultButtons
from inspector_app.ui.conflict_card import ConflictCard
from inspector_app.ui.editors import TextEditor
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
from inspector_app.ui.rows import RowData, RowList, finder
from inspector_app.ui.tour_limits import (
    NoCameraPart,
    goes_on,
    going_on_part,
    reason_name,
    stop_timed,
    visit_limits,
)
from inspector_app.ui.tour_photos import PHOTOS, TourPhotos
from inspector_app.ui.tour_posters import PosterSheet
from inspector_app.ui.tour_rows import LOOSE, POINT, groups
from inspector_app.workspace.posters import is_poster_point
from inspector_app.workspace.summary import counted
from inspector_app.workspace.touring import area_title, span_words, start_timed

if TYPE_CHECKING:
    from inspector_app.forms import TourPoint
    from inspector_app.workspace import Workspace
    from inspector_app.workspace.pictures import Source

_SHAPE = {"removed", "from", "to", "sha256", "shape", "x1", "y1", "x2", "y2", "color", "text"}


_ANEW = {"point", "poster.en", "poster.es", "until"}


class TourPage(Page):
    """The log of the tour, or one observation with its photos."""

    title = "Tour"
    keys = (
        ("Ctrl+N", "note what you see"),
        ("F9", "photo"),
        ("Ctrl+T", "start a timed observation"),
        ("F4", "log or photos"),
        ("Ctrl+V", "paste a photo"),
        ("PgUp / PgDown", "the photo before or after"),
        ("A B C T U", "arrow, box, circle, text, blur on a photo"),
        ("N P", "the next or previous mark"),
    )

    def __init__(self, workspace: "Workspace", inspection: str) -> None:
        super().__init__(workspace, inspection)
        self._record = ""
        self._box = column(gap=14)
        self._typed, self._area, self._words = "", "", ""
        self._lists: list[tuple[QWidget, RowList, list[RowData]]] = []
        self._quick, self._text, self._points = QLineEdit(), TextEditor(), ActChooser([])
        self._question = label("")
        self._sheet: PosterSheet | None = None
        self.accept_pictures()
        self.photos = TourPhotos(self, reading(self._box))
        self.fill(self.photos.line, self.photos.views)
        QShortcut(QKeySequence("Ctrl+N"), self).activated.connect(self._to_quick_line)
        QShortcut(QKeySequence("F4"), self).activated.connect(self.photos.toggle)

    def show_record(self, record: str) -> None:
        """An observation, a photo, all photos (`photos`), or the log."""
        photo = self.photos.photo_of(record)
        is_place = record == PHOTOS or record.startswith("observation:")
        self._record = photo or (record if is_place else "")
        if self._record:
            self._build()
        else:
            self.build_once("", self._build)
        self.placed.emit()

    def current_record(self) -> str:
        return self._record

    def trail(self) -> list[str]:
        return self.photos.trail(self._record)

    def _build(self) -> None:
        self.built_anew()
        self._lists = []
        self._keep_sheet()
        for binding in list(self.bindings):
            binding.release()
        if self.isAncestorOf(QApplication.focusWidget() or self):
            self.setFocus()  # else Qt passes it on, and scrolls to wherever that is
        emptied(self._box)
        self._disputed = ConflictCard.needed(self, self._record)
        if self.photos.show(self._record):
            return
        found = self.inspection.get(Observation, self._record)
        parts = self._editor(found) if found else self._log()
        for part in parts:
            self._box.addWidget(part)
        self._box.addStretch(1)
        self._look(self._words)
        if found and not self._disputed:
            self._show_question(found)

    # -- the log -----------------------------------------------------------------------------

    def _log(self) -> list[QWidget]:
        counts = self.inspection.counts()
        photo = button("Add photos", self.photos.choose, symbol="photo")
        seen = counted(counts.observations, "observation", "observations")
        words = f"{seen}, {counted(counts.photos, 'photo', 'photos')}"
        head = page_head("Tour", words, self.photos.switch(""), photo)
        watched = going_on_part(self)
        parts = [head, self._quick_line(), *watched, self._finder(), *self._rows()]
        return [*parts, NoCameraPart(self, self._to_reason), *visit_limits(self)]

    def _to_reason(self, record: str) -> None:
        """An area without a camera was added: on to why."""
        found = self.inspection.get(NoCamera, record)
        name = reason_name(area_title(self.inspection, found)) if found else ""
        for widget in self.findChildren(QLineEdit):
            if widget.accessibleName() == name:
                widget.setFocus()

    def _quick_line(self) -> QWidget:
        """What is typed here and not yet entered outlives whatever changes around it."""
        self._quick = QLineEdit(self._typed)
        self._quick.setAcceptDrops(False)  # a picture is for the page
        self._quick.setPlaceholderText("One line, then Enter")
        self._quick.textChanged.connect(self._keep_typed)
        self._quick.returnPressed.connect(self._note)
        where = ChoiceEditor(self._area_choices(), "Where")
        where.set_value(self._area)
        where.on_commit = self._keep_area
        timed = button("Start timing", self._start_timed, key="Ctrl+T")
        line = row(
            field_row("What do you see?", self._quick), field_row("Area", where), timed, gap=16
        )
        line.setStretch(0, 3)
        line.setStretch(1, 1)
        line.setAlignment(timed, Qt.AlignmentFlag.AlignBottom)
        return holding(line)

    def _start_timed(self) -> None:
        """An observation with a beginning; its end comes with Stop."""
        text, id = self._quick.text().strip(), self.inspection_id
        self._typed = ""
        if not self.attempt(lambda: start_timed(self.workspace, id, text, self._area)):
            self._typed = text
        self._build()
        self._quick.setFocus()

    def _keep_typed(self, text: str) -> None:
        self._typed = text

    def _keep_area(self, area: Value) -> bool:
        self._area = str(area)
        return True

    def _to_quick_line(self) -> None:
        if self._record:
            self.show_record("")
        self._quick.setFocus()

    def _note(self) -> None:
        text = self._quick.text().strip()
        if not text:
            return
        self._typed = ""
        if not self._observe(text, self._area, None):
            self._typed = text
        self._build()
        self._quick.setFocus()

    def _finder(self) -> QWidget:
        line = finder("Find in the tour", self._look, self._words)
        QShortcut(QKeySequence("Ctrl+F"), line).activated.connect(line.setFocus)
        return line

    def _look(self, words: str) -> None:
        """Show what holds these words."""
        self._words, wanted = words, words.strip().casefold()
        for head, listed, rows in self._lists:
            found = [row for row in rows if wanted in row.words.casefold()]
            listed.set_rows(found)
            listed.setVisible(bool(found))
            head.setVisible(bool(found) or not wanted)

    def _observe(self, text: str, area: str, point: "TourPoint | None") -> bool:
        id = self.inspection_id
        given = {"text": text, "area": area, "held": str(self.workspace.moment(id))}
        if point is not None:
            given |= {"point": point.id, "item": point.item or ""}
        return self.attempt(lambda: self.workspace.new(id, "observation", **given))

    def _area_choices(self) -> list[tuple[str, str]]:
        return [(area.id, area.title) for area in self.inspection.form.areas]

    def _rows(self) -> list[QWidget]:
        parts: list[QWidget] = []
        for group in groups(self):
            head = section(group.title, group.hint)
            listed = RowList(group.rows, name=group.title.partition(" (")[0], title_width=70)
            listed.activated.connect(self._chosen)
            listed.removal.connect(self._remove)
            self._lists.append((head, listed, group.rows))
            parts += [head, listed]
        return parts

    def _chosen(self, key: str) -> None:
        if key == LOOSE:
            self.photos.show_loose()
            return
        if not key.startswith(POINT):
            self.show_record(key)
            return
        area_id, _, point_id = key.removeprefix(POINT).partition("/")
        area = next(a for a in self.inspection.form.areas if a.id == area_id)
        point = next(p for p in area.points if p.id == point_id)
        before = {found.id for found in self.inspection.all(Observation)}
        if self._observe("", area.id, point):
            made = (o.id for o in self.inspection.all(Observation) if o.id not in before)
            self.show_record(next(made))
            self._text.setFocus()

    # -- one observation ---------------------------------------------------------------------

    def _back(self) -> QWidget:
        return button("All of the tour", lambda: self.show_record(""), style="link")

    def _editor(self, found: Observation) -> list[QWidget]:
        number = self.inspection.record_numbers()[found.id]
        remove = button("Remove", lambda: self._remove(found.id), style="link")
        stop = [button("Stop", lambda: stop_timed(self, found.id))] if goes_on(found) else []
        head = page_head(f"{number}  Observation", span_words(found), *stop, self._back(), remove)
        if ConflictCard.needed(self, found.id):
            return [head, ConflictCard(self, found.id)]
        fields = RecordFields(self, found.id)
        self._text = fields.bind("text", TextEditor(3))
        items = [(i.id, f"{i.id.upper()}  {i.question}") for i in self.inspection.shown_items()]
        area = fields.bind("area", FieldChoice(self._area_choices()))
        item = fields.bind("item", FieldChoice(items, none="Not filed yet"))
        self._question = label("", "muted")
        self._question.hide()
        results = fields.bind("result", ResultButtons())
        photos = self.photos.cards(found.id)
        add = button("Add photos", self.photos.choose, symbol="photo")
        return [
            head,
            field_row("What was seen", self._text),
            results,
            field_row("Area", area),
            field_row("Point of the tour", self._point(found)),
            field_row("Item of the checklist", item),
            self._question,
            *self._poster_sheet(found),
            section(f"Photos ({len(photos)})", "", add),
            *photos,
        ]

    def _poster_sheet(self, found: Observation) -> list[QWidget]:
        """At a point about complaint posters, or where one was compared before."""
        if not (is_poster_point(found.point) or found.poster):
            return []
        self._sheet = PosterSheet(self, found, self.photos.small)
        return [self._sheet]

    def _keep_sheet(self) -> None:
        """What was read from a poster is on the disk before the sheet goes."""
        if self._sheet is not None:
            self._sheet.flush()
        self._sheet = None

    def _show_question(self, found: Observation) -> None:
        """The whole question, which is longer than the line it is chosen in."""
        item = found.item and self.inspection.form.item(found.item)
        self._question.setText(item.question if item else "")
        self._question.setVisible(bool(item))

    def _point(self, found: Observation) -> ActChooser:
        """The points of the area; choosing one also files the observation under its item."""
        self._points = ActChooser(self._point_choices(found), none="None of the list")
        self._points.set_value(found.point)
        self._points.on_commit = lambda value: self._put_point(found.id, str(value))
        return self._points

    def _point_choices(self, found: Observation) -> list[tuple[str, str]]:
        areas = [area for area in self.inspection.form.areas if area.id == found.area]
        return [(point.id, point.text) for area in areas for point in area.points]

    def _put_point(self, record: str, point: str) -> bool:
        points = {p.id: p for area in self.inspection.form.areas for p in area.points}
        item = points[point].item if point in points else None
        values = {"point": point or None, **({"item": item} if item else {})}
        words = "point of an observation"
        return self.write(
            record,
            lambda amends: self.workspace.put_many(
                self.inspection_id, {record: values}, words, amends
            ),
        )

    def _remove(self, record: str) -> None:
        id = self.inspection_id
        if record.startswith(POINT) or record == LOOSE:
            return
        if record.startswith("photo:"):
            self.photos.remove(record)
            return
        self.write(record, lambda amends: self.workspace.remove(id, record, amends))
        self.show_record("")

    # -- photos ------------------------------------------------------------------------------

    def take_photo(self, files: "Sequence[Source]", owner: str = "") -> bool:
        """File pictures under a record that is named, with the open observation, or loose."""
        self.photos.add(files, owner)
        return True

    def leave(self) -> None:
        super().leave()
        self.photos.flush()
        if self._sheet is not None:
            self._sheet.flush()

    def changed(self, slots: Slots) -> None:
        super().changed(slots)
        if self.photos.changed(self._record, slots):
            return
        found = self.inspection.get(Observation, self._record)
        if found is None or self._needs_rebuilding(slots):
            self._build_in_place()
        elif not self._disputed and any(record == found.id for record, _ in slots):
            self._show_question(found)
            self._points.set_choices(self._point_choices(found))
            self._points.set_value(found.point)

    def _needs_rebuilding(self, slots: Slots) -> bool:
        """Whether more is different than what the editors of the observation show themselves."""
        kinds = ("photo", "annotation", "link")
        photos = any(r.partition(":")[0] in kinds and f in _SHAPE for r, f in slots)
        anew = any(r == self._record and f in _ANEW for r, f in slots)
        disputed = ConflictCard.needed(self, self._record)
        return photos or anew or (self._record, "removed") in slots or disputed != self._disputed

    def _build_in_place(self) -> None:
        """Build anew; the list and the row in which somebody works keep the focus."""
        focused = QApplication.focusWidget()
        inside = focused is not None and self.isAncestorOf(focused)
        name = focused.accessibleName() if focused and inside else ""
        key = focused.current_key() if isinstance(focused, RowList) else ""
        self._build()
        widgets = [w for w in self.findChildren(QWidget) if w.accessibleName() == name]
        if name and widgets:
            widgets[-1].setFocus()
            if key and isinstance(widgets[-1], RowList):
                widgets[-1].select(key)

    def side_panel(self) -> QWidget | None:
        if not self._record.startswith("observation:"):
            return None
        parts = [section("History"), answer_history(self, self._record)]
        box = column(*parts, gap=10, margins=16)
        box.addWidget(label("The time is the one at the facility.", "muted"))
        box.addStretch(1)
        return holding(box)
