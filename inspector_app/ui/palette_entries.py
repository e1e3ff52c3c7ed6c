"""What the command palette lists: acts with their keys, pages, sections, items, recent places.

Acts are no registry of their own. A page names its keys, and what answers a key there is a
shortcut or a button that is on it; the window's keys are those of `chrome.KEYS`.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QKeyCombination
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from inspector_app.paths import resource
from inspector_app.searching import plain
from inspector_app.ui.chrome import KEYS, short_name
from inspector_app.ui.naming import name_of
from inspector_app.ui.page_stack import Place
from inspector_app.ui.pages import DESK_PAGES, is_desk_page, kind_of, pages_here
from inspector_app.ui.preferences import THEME_WORDS, TOUCH_WORDS

if TYPE_CHECKING:
    from inspector_app.inspection import Inspection
    from inspector_app.ui.page import Page
    from inspector_app.ui.shell import Shell

Act = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose: its words, what it is, its icon, its key, and what it does."""

    title: str
    what: str
    act: Act
    icon: str = ""
    cap: str = ""
    also: str = ""
    folded: str = field(default="", compare=False)

    @staticmethod
    def of(
        title: str, what: str, act: Act, icon: str = "", cap: str = "", also: str = ""
    ) -> "Choice":
        said = folded(f"{title} {also} {cap}")
        return Choice(title, what, act, icon, cap, also, said)


def folded(text: str) -> str:
    """The text as it is compared: without accents and case."""
    apart = unicodedata.normalize("NFD", plain(text))
    return "".join(c for c in apart if not unicodedata.combining(c)).casefold()


def fitting(words: str, choices: Iterable[Choice]) -> list[Choice]:
    """The choices with all the words, in any order; words that begin one come first."""
    asked = folded(words).split()
    found = [(rank, at, c) for at, c in enumerate(choices) if (rank := _rank(asked, c.folded)) >= 0]
    return [choice for _, _, choice in sorted(found, key=lambda triple: triple[:2])]


def _rank(asked: Sequence[str], said: str) -> int:
    """0 for the best: whole words, then beginnings of words; -1 where a word is missing."""
    rank = 0
    for word in asked:
        if word not in said:
            return -1
        rank += 0 if f" {word} " in f" {said} " else 1 if f" {word}" in f" {said}" else 3
    return rank + (0 if asked and said.startswith(asked[0]) else 1)


# -- acts ----------------------------------------------------------------------------------------


def page_acts(shell: "Shell", before: QWidget | None) -> list[Choice]:
    """What the page that is shown can do: its keys, then its buttons without one."""
    page = shell.stack.page
    acts: list[Choice] = []
    for key, words in page.keys:
        act = _pressing(shell, page, before, key, words)
        acts.append(Choice.of(_sentence(words), page_title(page), act, "", key))
    named = {choice.title for choice in acts}
    return acts + [
        Choice.of(name, page_title(page), made.click, "", _cap(made))
        for name, made in _buttons(page).items()
        if name not in named
    ]


def page_title(page: "Page") -> str:
    """What a page is called."""
    return page.title or page.accessibleName()


def _cap(made: QAbstractButton) -> str:
    """The key that presses a button."""
    own = made.findChild(QShortcut)
    return (own.key() if own else made.shortcut()).toString()


def _buttons(page: QWidget) -> dict[str, QAbstractButton]:
    """The buttons to be seen that do something now and whose name is theirs alone."""
    found: dict[str, list[QAbstractButton]] = {}
    for made in page.findChildren(QAbstractButton):
        if made.isVisible() and made.isEnabled():
            found.setdefault(made.accessibleName() or made.text(), []).append(made)
    return {name: many[0] for name, many in found.items() if name and len(many) == 1}


def _pressing(shell: "Shell", page: QWidget, before: QWidget | None, key: str, words: str) -> Act:
    """What a key of the page does: its shortcut, else the key itself where the focus was."""

    def press() -> None:
        if answer := answering(page, QKeySequence(key)):
            answer()
        elif key in shell.keys:
            shell.keys[key].activated.emit()
        elif before is not None and " " not in key:
            before.setFocus()
            send_key(before, key)
        else:
            shell.status.set_message(f"{_sentence(words)}: press {key} on the page")

    return press


def answering(page: QWidget, key: QKeySequence) -> Act | None:
    """What to be seen on the page answers a key: a shortcut or a button."""
    for shortcut in page.findChildren(QShortcut):
        owner = shortcut.parent()
        if shortcut.key() == key and isinstance(owner, QWidget) and owner.isVisible():
            return shortcut.activated.emit
    for made in page.findChildren(QAbstractButton):
        if made.shortcut() == key and made.isVisible():
            return made.click
    return None


def send_key(widget: QWidget, key: str) -> None:
    """Press a key where no shortcut answers it, such as in a grid."""
    pressed: QKeyCombination = QKeySequence(key)[0]  # type: ignore[index]
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, pressed.key(), pressed.keyboardModifiers())
        QApplication.sendEvent(widget, event)


def window_acts(shell: "Shell") -> list[Choice]:
    """What works everywhere, and how the window looks."""
    own = {key for key, _ in shell.stack.page.keys}
    acts = [
        Choice.of(_sentence(words), "Everywhere", shell.keys[key].activated.emit, "", key)
        for key, words in KEYS
        if key in shell.keys and key not in own and key != "Ctrl+K"
    ]
    looks = [
        Choice.of(f"Appearance: {_small(words)}", "Everywhere", _theme(shell, name))
        for name, words in THEME_WORDS.items()
    ]
    sizes = [
        Choice.of(f"Buttons and fields: {_small(words)}", "Everywhere", _touch(shell, name))
        for name, words in TOUCH_WORDS.items()
    ]
    return acts + looks + sizes


def _touch(shell: "Shell", name: str) -> Act:
    return lambda: shell.window().set_touch(name == "touch")  # type: ignore[attr-defined]


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]


def _theme(shell: "Shell", name: str) -> Act:
    return lambda: shell.window().set_theme(name)  # type: ignore[attr-defined]


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


# -- places --------------------------------------------------------------------------------------


def pages(shell: "Shell") -> list[Choice]:
    """Every page of the open inspection, then those outside of all."""
    inside = pages_here() if shell.place.inspection else ()
    names = [(kind.name, kind.title) for kind in (*inside, *DESK_PAGES) if kind.exists()]
    return [
        Choice.of(title, "Page", _going(shell, name, ""), name if _has_icon(name) else "next")
        for name, title in names
        if name != shell.place.page
    ]


def _has_icon(page: str) -> bool:
    return (resource("icons") / f"{page}.svg").exists()


def _going(shell: "Shell", page: str, record: str) -> Act:
    return lambda: shell.navigate(page, record)


def parts(shell: "Shell") -> Iterator[Choice]:
    """The lines under the pages, such as sections and findings, and every item."""
    if not shell.place.inspection:
        return
    inspection = shell.workspace.inspection(shell.place.inspection)
    for kind in pages_here():
        for entry in kind.entries(inspection):
            going = _going(shell, kind.name, entry.record)
            yield Choice.of(entry.title, kind.title, going, entry.mark)
    for item in inspection.form.items:
        said = item.id.upper()
        mark = inspection.answer(item.id).result or "unanswered"
        going = _going(shell, "checklist", f"answer:{item.id}")
        yield Choice.of(f"{said}  {item.question}", "", going, mark, also=said.replace("-", ""))


def inspections(shell: "Shell") -> Iterator[Choice]:
    """Every inspection but the open one."""
    for id in shell.workspace.inspection_ids():
        if id != shell.place.inspection:
            inspection = shell.workspace.inspection(id)
            what = "Practice" if inspection.practice else "Inspection"
            yield Choice.of(inspection.agency.title, what, _opening(shell, id), "checklist")


def _opening(shell: "Shell", id: str) -> Act:
    return lambda: shell.open_inspection(id)


def recent(shell: "Shell", places: Sequence[Place]) -> list[Choice]:
    """Places where somebody was, the last first."""
    return [
        Choice.of(title, "Recent", _back_to(shell, place), "history")
        for place in places
        if (title := place_title(shell, place))
    ]


def _back_to(shell: "Shell", place: Place) -> Act:
    return lambda: shell.go(place)


def place_title(shell: "Shell", place: Place) -> str:
    """`Checklist › J-70`; of another inspection with its agency; "" for what is no longer there."""
    kind = kind_of(place.page)
    if is_desk_page(place.page) or place.inspection not in shell.workspace.inspection_ids():
        return ""
    inspection = shell.workspace.inspection(place.inspection)
    other = [short_name(inspection)] if place.inspection != shell.place.inspection else []
    return " › ".join([*other, kind.title, *_record_title(inspection, place.record)])


def _record_title(inspection: "Inspection", record: str) -> list[str]:
    if not record or record.startswith("section:"):
        return []
    return [name_of(inspection, record)]
