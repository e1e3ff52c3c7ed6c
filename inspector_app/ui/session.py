"""Where somebody is in the window, to the letter: page, record, field, caret, scroll, views.

It is read off the widgets, kept in the encrypted part of the store at most once a second, and given
back to a window that is made anew: after locking, closing, a crash, another theme.
"""

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QElapsedTimer, QObject, QTimer
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QWidget,
)
from shiboken6 import isValid

from inspector_app.errors import UserError
from inspector_app.ui.buttons import Chips
from inspector_app.ui.editors import LineEditor, TextEditor
from inspector_app.ui.page import Page, RecordFields
from inspector_app.ui.page_stack import Place
from inspector_app.ui.pages import DESK_PAGES, PAGES

if TYPE_CHECKING:
    from inspector_app.ui.page_stack import PageStack
    from inspector_app.workspace import Workspace

Spot = dict[str, Any]
"""A place in the window as JSON: only texts, whole numbers, lists and objects."""

KEPT_AFTER, AT_MOST_EVERY = 600, 900
"""Milliseconds from an act until its place is kept, and between two writings of it."""
VIEWS = frozenset(
    {"View", "Show", "Kinds", "Files shown", "How the page is shown"}
    | {"Which report", "Fiscal year", "Who is due"}
)
"""Chips, by name, that say how a page is shown; pressing any other could write something."""
SECRETIVE = frozenset({"hand-over", *(kind.name for kind in DESK_PAGES)})
"""Pages on which a loose line may hold a passphrase: what is typed there is never kept."""
_PATIENCE = 2_000


def spot_of(stack: "PageStack") -> Spot:
    """Where somebody is now."""
    place, page = stack.here(), stack.page
    spot: Spot = {"inspection": place.inspection, "page": place.page, "record": place.record}
    spot |= spot_on(page)
    spot["views"] = {chips.accessibleName(): chips.value() for chips in _views(page)}
    spot["typed"] = [] if place.page in SECRETIVE else _typed(page)
    return spot


def spot_on(page: Page) -> Spot:
    """Where somebody is on a page: the field and the caret in it, and how far it is scrolled."""
    spot: Spot = {"scroll": _scrolled(page)}
    focused = page.focusWidget()
    if focused is not None and focused.isVisibleTo(page):
        spot["focus"] = _address(page, focused)
        spot["caret"] = _caret(focused)
    return spot


def place_of(spot: Spot) -> Place:
    """The page that a spot is on; at home when it names none that there is."""
    texts = [spot.get(name) for name in ("inspection", "page", "record")]
    names = {kind.name for kind in (DESK_PAGES if not texts[0] else PAGES)}
    if not all(isinstance(text, str) for text in texts) or texts[1] not in names:
        return Place()
    return Place(*map(str, texts))


def settle(page: Page, spot: Spot) -> None:
    """Show the page as the spot says: views and loose texts, then focus and caret, then scroll."""
    for chips in _views(page):
        with suppress(KeyError):  # another version of the page offers other views
            chip = chips.chip(spot["views"][chips.accessibleName()])
            if not chip.isChecked():
                chip.click()
    for address, text in spot.get("typed", []):
        found = _found(page, address)
        if isinstance(found, QLineEdit | QPlainTextEdit) and not _text_of(found):
            found.setText(text) if isinstance(found, QLineEdit) else found.setPlainText(text)
    focused = _found(page, spot["focus"]) if spot.get("focus") else None
    if focused is not None:
        focused.setFocus()
        _place_caret(focused, spot.get("caret", []))
    for (area, _), (across, down) in zip(_areas(page), spot.get("scroll", []), strict=False):
        _Scrolling(area.horizontalScrollBar(), across)
        _Scrolling(area.verticalScrollBar(), down)


def holds_unkept(stack: "PageStack", workspace: "Workspace") -> bool:
    """Whether words were typed that the disk has neither as a change nor as a draft."""
    store = workspace.desk.store
    with suppress(UserError):
        store.keep_waiting()
    return store.has_waiting() or any(
        editor.is_dirty() and not _has_draft(workspace, page, binding, field, editor.text_here())
        for page in stack.pages()
        for binding in page.bindings
        for field, editor in binding.editors()
        if isinstance(editor, TextEditor | LineEditor)
    )


def _has_draft(
    workspace: "Workspace", page: Page, binding: RecordFields, field: str, text: str
) -> bool:
    from inspector_app.workspace.place import drafts_of

    kept = drafts_of(workspace, page.inspection_id, binding.record)
    as_typed = type(binding) is RecordFields  # others keep something else, such as a sealed name
    return field in kept and (kept[field] == text or not as_typed)


# -- widgets by what they are called -------------------------------------------------------------


def _address(page: Page, widget: QWidget) -> list[Any]:
    """How to find a widget on a page made anew: record and field, class, name, which of these."""
    record, field, root = _bound(page, widget)
    alike = _alike(page, root, type(widget).__name__, widget.accessibleName())
    return [record, field, type(widget).__name__, widget.accessibleName(), alike.index(widget)]


def _bound(page: Page, widget: QWidget) -> tuple[str, str, QWidget]:
    for binding in page.bindings:
        for field, editor in binding.editors():
            if isValid(editor) and (editor is widget or editor.isAncestorOf(widget)):
                return binding.record, field, editor
    return "", "", page


def _alike(page: Page, root: QWidget, kind: str, name: str) -> list[QWidget]:
    everything = (w for w in (root, *root.findChildren(QWidget)) if type(w).__name__ == kind)
    return [w for w in everything if w.accessibleName() == name and w.isVisibleTo(page)]


def _found(page: Page, address: Any) -> QWidget | None:
    try:
        record, field, kind, name, which = address
        editors = [e for b in page.bindings if b.record == record for e in b.editors()]
        roots = [editor for bound, editor in editors if bound == field] if field else [page]
        alike = [w for root in roots for w in _alike(page, root, kind, name)]
        return alike[which] if isinstance(which, int) else None
    except (ValueError, IndexError, TypeError):
        return None


# -- what is read off them -----------------------------------------------------------------------


def _caret(widget: QWidget) -> list[int]:
    """Anchor and position in a text, or row and column in a list."""
    if isinstance(widget, QPlainTextEdit):
        return [widget.textCursor().anchor(), widget.textCursor().position()]
    if isinstance(widget, QLineEdit):
        at = widget.cursorPosition()
        ends = (widget.selectionStart(), widget.selectionEnd()) if widget.hasSelectedText() else ()
        return [next((end for end in ends if end != at), at), at]
    if isinstance(widget, QAbstractItemView) and widget.currentIndex().isValid():
        return [widget.currentIndex().row(), widget.currentIndex().column()]
    return []


def _place_caret(widget: QWidget, caret: Any) -> None:
    if len(caret) != 2 or not all(isinstance(at, int) for at in caret):
        return
    first, last = caret
    if isinstance(widget, QPlainTextEdit):
        length, cursor = len(widget.toPlainText()), widget.textCursor()
        cursor.setPosition(min(first, length))
        cursor.setPosition(min(last, length), cursor.MoveMode.KeepAnchor)
        widget.setTextCursor(cursor)
    elif isinstance(widget, QLineEdit):
        length = len(widget.text())
        widget.setSelection(min(first, length), min(last, length) - min(first, length))
    elif isinstance(widget, QAbstractItemView):
        index = widget.model().index(first, last)
        if index.isValid():
            widget.setCurrentIndex(index)


def _areas(page: Page) -> list[tuple[QAbstractScrollArea, list[int]]]:
    """Everything that scrolls and is to be seen, with how far it is scrolled."""
    found = [area for area in page.findChildren(QAbstractScrollArea) if area.isVisibleTo(page)]
    return [(a, [a.horizontalScrollBar().value(), a.verticalScrollBar().value()]) for a in found]


def _scrolled(page: Page) -> list[list[int]]:
    return [values for _, values in _areas(page)]


def _views(page: Page) -> list[Chips]:
    return [c for c in page.findChildren(Chips) if c.accessibleName() in VIEWS]


def _typed(page: Page) -> list[tuple[list[Any], str]]:
    """Texts in lines that are bound to no field: they stand nowhere else."""
    loose: list[QWidget] = [*page.findChildren(QLineEdit), *page.findChildren(QPlainTextEdit)]
    return [
        (_address(page, widget), text)
        for widget in loose
        if (text := _text_of(widget))
        and widget.isVisibleTo(page)
        and _bound(page, widget)[2] is page
    ]


def _text_of(widget: QWidget) -> str:
    if isinstance(widget, QLineEdit):
        return widget.text() if widget.echoMode() == QLineEdit.EchoMode.Normal else ""
    return widget.toPlainText() if isinstance(widget, QPlainTextEdit) else ""


class _Scrolling(QObject):
    """Scrolls as soon as what is scrolled is long enough; gives up when that takes too long."""

    def __init__(self, bar: QScrollBar, value: Any) -> None:
        super().__init__(bar)
        self._bar, self._value = bar, value if isinstance(value, int) else 0
        if not self._value:
            self.deleteLater()
            return
        bar.rangeChanged.connect(self._try)
        bar.sliderPressed.connect(self.deleteLater)
        QTimer.singleShot(_PATIENCE, self, self.deleteLater)
        self._try()

    def _try(self) -> None:
        if self._bar.maximum() >= self._value:
            self._bar.setValue(self._value)
            self.deleteLater()


class Session(QObject):
    """Keeps the place of one open window, and finds it again."""

    def __init__(self, stack: "PageStack", workspace: "Workspace") -> None:
        super().__init__(stack)
        self._stack = stack
        self._workspace = workspace
        self._kept: Spot = {}
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._written = QElapsedTimer()
        self._written.start()
        self._soon.timeout.connect(self.keep)
        stack.placed.connect(self.touch)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self.touch)

    def touch(self, *_: object) -> None:
        """Something happened; where somebody is then is kept within a second."""
        if not self._soon.isActive():
            self._soon.start(max(KEPT_AFTER, AT_MOST_EVERY - self._written.elapsed()))

    def keep(self) -> None:
        """Keep where somebody is now. Where the disk fails, the drafts say so; this does not."""
        self._soon.stop()
        if self._stack.currentWidget() is None:
            return  # the window is being taken down
        spot = spot_of(self._stack)
        if spot != self._kept:
            self._kept = spot
            self._write(spot)

    def end(self) -> None:
        """Keep it for the last time."""
        self.keep()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.disconnect(self.touch)

    def resume(self, go: Callable[[Place], None]) -> None:
        """Go where somebody was, and show it as it was.

        The place is forgotten first: if the page cannot be opened, the next start is at home.
        """
        from inspector_app.workspace.place import kept

        spot = kept(self._workspace)
        place = place_of(spot)
        if place.inspection and place.inspection not in self._workspace.inspection_ids():
            place = Place()
        self._write({})
        go(place)
        if self._stack.place.page == place.page:
            settle(self._stack.page, spot)
        self.touch()

    def _write(self, spot: Spot) -> None:
        from inspector_app.workspace.place import keep

        self._written.restart()
        with suppress(UserError):
            keep(self._workspace, spot)
