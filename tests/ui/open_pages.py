"""A workspace with an inspection, and a page of it on the screen that follows every commit."""

import shutil
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLayout, QWidget
from pytestqt.qtbot import QtBot

from inspector_app import agencies, forms
from inspector_app.ui import theme
from inspector_app.ui.body import enter_page
from inspector_app.ui.bridge import Bridge
from inspector_app.ui.choices import ActChooser
from inspector_app.ui.page import Page, Slots, Told
from inspector_app.ui.side_panel import SidePanel
from inspector_app.ui.tour_page import TourPage
from inspector_app.workspace import Plan, Workspace

ZONE = "America/Indiana/Indianapolis"
P = TypeVar("P", bound=Page)


SECRET = "a passphrase for tests only"
_made = TemporaryDirectory()


@cache
def _made_once() -> tuple[Path, str]:
    """A closed workspace to copy, with one practice inspection; its folder and the inspection."""
    folder = Path(_made.name) / "desk"
    workspace, _ = Workspace.create(folder, "Ana Sample", "opr-inspector", "Chicago", SECRET)
    row = agencies.find(agencies.published(), "IN", "Hamilton County Sheriff's Office", "JEM")
    resolution = agencies.resolve(row, [forms.load("jem-2025")])
    days = date(2026, 3, 10), date(2026, 3, 12)
    plan = Plan(row, resolution, "inspection", *days, practice=True, zone=ZONE)
    inspection = workspace.start(plan)
    workspace.close()
    return folder, inspection


def desk_copy(folder: Path) -> Path:
    """Ana Sample's workspace with a practice inspection of Hamilton County, closed, in a folder.

    Every one is a copy of the same: two in one test are the same person's, on two laptops.
    """
    return Path(shutil.copytree(_made_once()[0], folder / "desk"))


def new_workspace(folder: Path) -> tuple[Workspace, str]:
    """The same, open, and the inspection's id."""
    return Workspace.open(desk_copy(folder), passphrase=SECRET), _made_once()[1]


class Window(QWidget):
    """A page beside its side panel, told of every commit, as the main window does it."""

    def __init__(self, page: Page, workspace: Workspace) -> None:
        super().__init__()
        self.page = page
        self.told: list[Told | None] = []
        self.went: list[tuple[str, str]] = []
        self._side = SidePanel()
        box = QHBoxLayout(self)
        box.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        box.addWidget(page, 1)
        box.addWidget(self._side)
        self._bridge = Bridge(workspace)
        self._bridge.changed.connect(self._changed)
        page.told.connect(self.told.append)
        page.navigate.connect(lambda name, record: self.went.append((name, record)))
        page.placed.connect(self.show_side)

    def _changed(self, log: str, slots: Slots) -> None:
        self.page.changed(slots)
        self.show_side()

    def show_side(self) -> None:
        self._side.show_widget(self.page.side_panel())

    def refusals(self) -> list[str]:
        """What the strip said."""
        return [told.error.message for told in self.told if told]


def open_page(
    qtbot: QtBot, make: Callable[[Workspace, str], P], workspace: Workspace, inspection: str
) -> tuple[P, Window]:
    """The page on the screen, with the focus of the window."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.load_fonts()
    theme.apply(app, "light", 1.0)
    page = make(workspace, inspection)
    page.show_record("")
    window = Window(page, workspace)
    qtbot.addWidget(window)
    window.resize(1048, 728)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    enter_page(page)
    return page, window


def open_tour(qtbot: QtBot, workspace: Workspace, inspection: str) -> tuple[TourPage, Window]:
    """The tour at its log, as going there shows it."""
    page, window = open_page(qtbot, TourPage, workspace, inspection)
    page.show_record("")
    enter_page(page)
    return page, window


def type_into(qtbot: QtBot, widget: QWidget, text: str) -> None:
    """Put the focus there and press the keys of a text."""
    widget.setFocus()
    qtbot.keyClicks(widget, text)


def press(qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
    """Press a key wherever the focus is."""
    focused = QApplication.focusWidget()
    assert focused is not None, "nothing has the focus"
    qtbot.keyClick(focused, key, modifier or Qt.KeyboardModifier.NoModifier)


def go_to(page: Page, record: str) -> None:
    """Show a record of the page, and let the layout do its work."""
    page.show_record(record)
    QApplication.processEvents()


def named(page: QWidget, name: str) -> QWidget:
    """The one thing to be seen on the page with this accessible name."""
    QApplication.processEvents()
    there = [w for w in page.findChildren(QWidget) if w.accessibleName() == name]
    (found,) = (widget for widget in there if widget.isVisibleTo(page))
    return found


def disagree(ana: Workspace, inspection: str, folder: Path, record: str, **fields: str) -> None:
    """Marcus Example gets all of it; then both write, and what he wrote comes back with a bundle.

    Each field holds what Ana writes; Marcus writes the same with a word more.
    """
    secret = "another passphrase for tests"
    marcus, _ = Workspace.create(
        folder / "other", "Marcus Example", "opr-inspector", "Chicago", secret
    )
    marcus.accept(ana.card())
    ana.accept(marcus.card())
    try:
        marcus.merge(_sent(ana, inspection, marcus, folder / "there.inspection"))
        marcus.put(inspection, record, **{name: f"{text} too" for name, text in fields.items()})
        ana.put(inspection, record, **fields)
        ana.merge(_sent(marcus, inspection, ana, folder / "back.inspection"))
    finally:
        marcus.close()


def _sent(sender: Workspace, inspection: str, to: Workspace, path: Path) -> Path:
    sender.bundle([inspection], path, to=[to.desk.card])
    return path


def choose(qtbot: QtBot, chooser: QWidget, at: int = 1) -> None:
    """Open a list whose choice acts, go down to an entry, and enter it."""
    assert isinstance(chooser, ActChooser)
    chooser.setFocus()
    qtbot.keyClick(chooser, Qt.Key.Key_Down)
    qtbot.waitUntil(chooser.view().isVisible)
    for _ in range(at - 1):
        qtbot.keyClick(chooser.view(), Qt.Key.Key_Down)
    window = chooser.window()
    qtbot.keyClick(chooser.view(), Qt.Key.Key_Return)
    comes_back(qtbot, window)


def comes_back(qtbot: QtBot, window: QWidget) -> None:
    """A list that dropped down is away; without a screen nobody makes its window active again."""
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None)
    QApplication.processEvents()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
