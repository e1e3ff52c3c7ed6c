"""The sheet beside a photo of a complaint poster: what is expected, what it shows, what differs.

What stands on a poster is one text, one contact a line: ticking a contact that was expected
writes its line. Until the result is noted the text is kept like a draft.
"""

from functools import partial

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from inspector_app.canonical import Value
from inspector_app.errors import UserError
from inspector_app.inspection.marks import marks_of
from inspector_app.inspection.samples import own_id
from inspector_app.moments import day_in_words
from inspector_app.records import Observation, Photo
from inspector_app.rules.posters import Expected, Language, contacts_in
from inspector_app.ui.buttons import button
from inspector_app.ui.choices import CheckEditor
from inspector_app.ui.editors import TextEditor
from inspector_app.ui.gallery_card import marked
from inspector_app.ui.gallery_loader import PictureLoader
from inspector_app.ui.kit import caution, column, field_row, holding, label, row, section
from inspector_app.ui.page import Page, Told
from inspector_app.ui.theme import px
from inspector_app.workspace import posters
from inspector_app.workspace.place import drafts_of
from inspector_app.workspace.posters import NONE_HERE, TITLES, Sheet

_SHORT = 40
_WIDTH = 220


class OnePoster(QWidget):
    """The poster in one language."""

    def __init__(self, sheet: Sheet, language: Language) -> None:
        super().__init__()
        self._sheet, self.language = sheet, language
        title = TITLES[language]
        self.text = TextEditor(3)
        self._ticks = [(each, self._tick(each)) for each in sheet.expected]
        self._none = CheckEditor(f"No {title} poster hangs here")
        self._none.on_commit = self._none_here
        self._told = label("", "small")
        field = field_row(f"What the {title} poster shows", self.text, "one contact a line")
        ticks = [part for each, tick in self._ticks for part in _with_note(each, tick)]
        box = column(
            label(f"{title} poster", "strong"), *ticks, field, self._none, self._told, gap=6
        )
        box.addStretch(1)
        self.setLayout(box)
        self.text.textChanged.connect(self.refresh)

    def _tick(self, each: Expected) -> CheckEditor:
        made = CheckEditor(_tick_words(each))
        made.setAccessibleName(f"{TITLES[self.language]} poster {_tick_words(each)}")
        made.on_commit = lambda on: self._write(each, bool(on))
        return made

    def _write(self, each: Expected, on: bool) -> bool:
        """Put the line of a contact into the text, or take out every line that names it."""
        lines = [line for line in posters.lines_of(self.text.toPlainText()) if line != NONE_HERE]
        kept = [line for line in lines if each.contact.key not in _keys([line])]
        self.text.setPlainText("\n".join([*kept, *([each.contact.value] if on else [])]))
        return True

    def _none_here(self, on: object) -> bool:
        self.text.setPlainText(NONE_HERE if on else "")
        return True

    def refresh(self) -> None:
        """Ticks and sentences follow the text."""
        text = self.text.toPlainText()
        keys = _keys(posters.lines_of(text))
        for each, tick in self._ticks:
            tick.set_value(each.contact.key in keys)
        self._none.set_value(text.strip() == NONE_HERE)
        self._told.setText("\n".join(posters.differences(self._sheet, self.language, text)))


def _keys(lines: list[str]) -> set[str]:
    return {key for line in lines for _, key in contacts_in(line)}


def _tick_words(each: Expected) -> str:
    contact = each.contact
    kind = contact.kind.capitalize()
    return (
        f"{kind} {contact.value}" if len(contact.value) <= _SHORT else f"{kind} of {_short(each)}"
    )


def _short(each: Expected) -> str:
    return "OPR" if "Professional Responsibility" in each.contact.office else each.contact.office


def _with_note(each: Expected, tick: QWidget) -> list[QWidget]:
    """The tick, and under it whose contact it is and how sure that is."""
    contact = each.contact
    said = [contact.office if len(contact.value) <= _SHORT else contact.value]
    if each.presumed and contact.last:
        said.append(f"last seen {contact.last:%B %Y}, nothing newer known")
    note = label("; ".join(said), "muted")
    note.setContentsMargins(px(24), 0, 0, px(2))
    return [holding(column(tick, note, gap=0))]


class PosterPhoto(QLabel):
    """A photo of the poster, large enough to read from; a way to the whole of it."""

    def __init__(self, page: Page, photo: Photo, loader: PictureLoader) -> None:
        super().__init__()
        self._digest, self._loader = photo.sha256 or "", loader
        self._marks = marks_of(page.inspection, photo.id)
        self.setFixedWidth(px(_WIDTH))
        self.setObjectName("muted")
        self.setWordWrap(True)
        self.setAccessibleName(photo.alt or photo.caption or "Photo without a description")
        loader.loaded.connect(self._show)
        self._show()

    def _show(self) -> None:
        image = self._loader.picture(self._digest)
        if image is None:
            self.setText(self._loader.why_not(self._digest) or "Loading …")
        elif self.pixmap().isNull():
            self.setWordWrap(False)  # a wrapped label gives a picture no height
            self.setPixmap(marked(image, self._marks, px(_WIDTH)))


class PosterSheet(QWidget):
    """Both posters of one observation, compared with the contacts of its day."""

    def __init__(self, page: Page, found: Observation, loader: PictureLoader) -> None:
        super().__init__()
        self._page, self._record = page, found.id
        sheet = posters.sheet_of(page.workspace, page.inspection_id, found.id)
        languages: tuple[Language, ...] = ("en", "es")
        self.posters = [OnePoster(sheet, each) for each in languages]
        kept = drafts_of(page.workspace, page.inspection_id, self._draft_of)
        for one in self.posters:
            stored = found.poster.get(one.language, "")
            one.text.set_value(kept.get(one.language, stored))
            one.text.on_draft = partial(self._draft, one.language, stored)
            one.text.on_commit = partial(self._keep, one.language, stored)
        for one in self.posters:
            one.refresh()
        go = button("Note the result", self._note)
        words = f"Contacts known for {day_in_words(sheet.day)}, {sheet.model}"
        both = column(*self.posters, row(go, 1), gap=16)
        beside = row(self._pictures(found, loader), both, gap=16)
        beside.setStretch(1, 1)
        self.setLayout(column(section("Poster check", words), *_duty(sheet), beside, gap=10))

    def _pictures(self, found: Observation, loader: PictureLoader) -> QVBoxLayout:
        """The photos of this observation, to be read from."""
        photos = self._page.inspection.linked(found.id, Photo)
        shown: list[QWidget] = [PosterPhoto(self._page, photo, loader) for photo in photos[:4]]
        none = label("No photo yet. F9 takes one; the check works without.", "muted")
        none.setFixedWidth(px(_WIDTH))
        return column(*(shown or [none]), 1, gap=12)

    @property
    def _draft_of(self) -> str:
        """A kind that no record has, so that nothing makes a change of a half-read poster."""
        return f"unsent:{own_id(self._record)}"

    def _draft(self, language: Language, stored: str, text: Value) -> None:
        self._keep(language, stored, text)

    def _keep(self, language: Language, stored: str, text: Value) -> bool:
        page, id = self._page, self._page.inspection_id
        try:
            if text is None or text == stored:
                page.workspace.drop_draft(id, self._draft_of, language)
            else:
                page.workspace.draft(id, self._draft_of, language, text)
        except UserError as error:
            page.told.emit(Told(error))
            return False
        return True

    def flush(self) -> None:
        """Write what stands here to the disk."""
        for one in self.posters:
            one.text.flush()

    def _note(self) -> None:
        page, record = self._page, self._record
        self.flush()
        read = {one.language: one.text.toPlainText() for one in self.posters}
        done = page.write(
            record,
            lambda amends: posters.note(page.workspace, page.inspection_id, record, read, amends),
        )
        if done:
            for language in read:
                page.workspace.drop_draft(page.inspection_id, self._draft_of, language)
            page.message.emit("Poster check noted; the result is yours to choose.")


def _duty(sheet: Sheet) -> list[QWidget]:
    """What the agreement asks for; nothing more than that is a duty."""
    if sheet.duty.posters is None:
        return [caution("The agreement’s form says nothing about posters. Compare all the same.")]
    words = f"Posters in English and Spanish: {sheet.duty.says} ({sheet.duty.section}). "
    silent = "No agreement says what must stand on them, so a difference is a question."
    return [label(words + silent, "muted")]
