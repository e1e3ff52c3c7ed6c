"""The window as somebody's hands find it: page objects that press keys and click, and count."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeySequence, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from inspector_app.ui import theme
from inspector_app.ui.app import application
from inspector_app.ui.main_window import MainWindow
from inspector_app.workspace import Workspace

_LEFT = Qt.MouseButton.LeftButton


class Hands:
    """Keys and clicks as the system sends them. One press, one click, one text: one action."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self.qtbot = qtbot
        self.window = window
        self.actions = 0

    def key(self, keys: str) -> None:
        """Press a key or a chord wherever the focus is: `Ctrl+N`."""
        self.actions += 1
        combination = QKeySequence(keys)[0]  # type: ignore[index]
        QTest.keyClick(self._front(), combination.key(), combination.keyboardModifiers())
        QApplication.processEvents()

    def _front(self) -> QWindow:
        """Where keys go: a list that is open, else the window."""
        popup = QApplication.activePopupWidget()
        return (popup or self.window).window().windowHandle()

    def type(self, text: str) -> None:
        """Type a text wherever the focus is."""
        self.actions += 1
        for letter in text:
            QTest.keyClick(self._front(), letter)
        QApplication.processEvents()

    def click(self, name: str) -> None:
        """Click into the middle of what has this name."""
        self.actions += 1
        found = self.there(name)
        self.qtbot.mouseClick(found, _LEFT, pos=found.rect().center())
        QApplication.processEvents()

    def pick(self, group: str, words: str) -> None:
        """Click what bears these words among the few that belong together."""
        self.actions += 1
        within = self.there(group).findChildren(QAbstractButton)
        (found,) = (one for one in within if one.text() == words)
        self.qtbot.mouseClick(found, _LEFT, pos=found.rect().center())
        QApplication.processEvents()

    def drop(self, files: list[Path], name: str = "") -> None:
        """Let files go over the page, or over the text on it that has this name."""
        self.actions += 1
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in files])
        assert self.window.shell is not None
        onto: QWidget = self.window.shell.stack.page
        if name:
            (onto,) = self.there(name).findChildren(QWidget, "qt_scrollarea_viewport")
        copy, left = Qt.DropAction.CopyAction, _LEFT
        none = Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(onto, QDragEnterEvent(QPoint(9, 9), copy, data, left, none))
        QApplication.sendEvent(onto, QDropEvent(QPointF(9, 9), copy, data, left, none))
        QApplication.processEvents()

    def there(self, name: str) -> QWidget:
        """The one thing to be seen with this accessible name that can be pressed or typed into."""
        QApplication.processEvents()
        found = [
            widget
            for widget in self.window.findChildren(QWidget)
            if widget.accessibleName() == name
            and widget.isVisibleTo(self.window)
            and not isinstance(widget, QLabel)
        ]
        assert len(found) == 1, (name, found)
        return found[0]

    def sees(self, words: str) -> bool:
        """Whether these words stand somewhere in the window."""
        QApplication.processEvents()
        said = self.window.findChildren(QLabel) + self.window.findChildren(QAbstractButton)
        return any(words in one.text() for one in said if one.isVisibleTo(self.window))

    def waits(self, words: str) -> None:
        self.qtbot.waitUntil(lambda: self.sees(words), timeout=20_000)

    @property
    def workspace(self) -> Workspace:
        assert self.window.workspace is not None
        return self.window.workspace

    @property
    def page(self) -> str:
        assert self.window.shell is not None
        return self.window.shell.place.page


@contextmanager
def hands_on(qtbot: QtBot, workspace: Workspace) -> Iterator[Hands]:
    """Sit down in front of the window on an open workspace."""
    theme.apply(application(), "light", 1.0)
    window = MainWindow(workspace.folder)
    qtbot.addWidget(window)
    window.resize(1280, 800)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.enter(workspace)
    QApplication.processEvents()
    yield Hands(qtbot, window)
    window.close()


class StartPage:
    """Starting an inspection or a review."""

    def __init__(self, hands: Hands) -> None:
        self.hands = hands
        hands.key("Ctrl+N")

    def agency(self, words: str) -> None:
        self.hands.type(words)
        self.hands.key("Tab")
        self.hands.key("Return")

    def begin(self) -> None:
        self.hands.click("Start inspection")


class Palette:
    """Every place and act by its words."""

    def __init__(self, hands: Hands) -> None:
        self.hands = hands

    def go(self, words: str) -> None:
        self.hands.key("Ctrl+K")
        self.hands.type(words)
        self.hands.key("Return")


class ListOfItems:
    """The checklist as a list: a key answers the row and goes on."""

    def __init__(self, hands: Hands) -> None:
        self.hands = hands
        hands.key("F4")

    def met(self) -> None:
        self.hands.key("1")

    def not_met(self, words: str) -> None:
        """The panel opens with the caret in the note; F8 goes on, F4 back to the list."""
        self.hands.key("2")
        self.hands.type(words)
        self.hands.key("F8")
        self.hands.key("F4")


class Card:
    """One item with all that belongs to it."""

    def __init__(self, hands: Hands, item: str) -> None:
        self.hands = hands
        Palette(hands).go(item)

    def rests_on(self, words: str, result: str) -> None:
        """Answer by a key, then choose what it rests on in the list that drops down."""
        self.hands.key(result)
        chooser = self.hands.there("Link evidence")
        assert isinstance(chooser, QComboBox)
        self.hands.click("Link evidence")
        said = [chooser.itemText(at) for at in range(chooser.count())]
        for _ in range(next(at for at, text in enumerate(said) if words in text)):
            self.hands.key("Down")
        self.hands.key("Return")


class ReportPage:
    """The report as a file."""

    def __init__(self, hands: Hands) -> None:
        self.hands = hands

    def write(self, name: str) -> None:
        """Ctrl+S, and a name in the system's own dialog."""
        self.hands.key("Ctrl+S")
        self.hands.actions += 1
        self.hands.waits(f"Report written: {name}")


class Tour:
    """Photos first: each comes in one of three ways and opens with the caret in its caption."""

    def __init__(self, hands: Hands) -> None:
        self.hands = hands
        self._last: object = None
        Palette(hands).go("tour")

    def by_key(self, path: Path) -> None:
        """F9, and a file in the system's own dialog."""
        self.hands.key("F9")
        self.hands.actions += 1

    def by_drop(self, path: Path) -> None:
        self.hands.drop([path])

    def by_paste(self, path: Path) -> None:
        """Esc puts away the photo before, in whose caption Ctrl+V would be text."""
        self.hands.key("Esc")
        self.hands.key("Ctrl+V")

    def says(self, words: str) -> None:
        """Type at once, in the caption that is offered."""
        self.hands.qtbot.waitUntil(self._is_asked, timeout=10_000)
        self._last = QApplication.focusWidget()
        self.hands.type(words)

    def _is_asked(self) -> bool:
        focused = QApplication.focusWidget()
        here = focused is not None and focused.accessibleName() == "Caption"
        return here and focused is not self._last and focused.property("plainText") == ""


class Interviews:
    """Begun by the role, filled in any order, two of them one key apart."""

    def __init__(self, hands: Hands) -> None:
        self.hands = hands
        Palette(hands).go("interviews")

    def begin(self, role: str) -> None:
        """Ctrl+N, and down the list of roles."""
        self.hands.key("Ctrl+N")
        self.hands.key("Down")
        chooser = self.hands.there("New interview")
        assert isinstance(chooser, QComboBox)
        roles = [chooser.itemText(at) for at in range(chooser.count())]
        for _ in range(roles.index(role) - 1):
            self.hands.key("Down")
        self.hands.key("Return")

    def says(self, field: str, words: str) -> None:
        """Click into a field and type; nothing is left or entered."""
        self.hands.click(field)
        self.hands.type(words)

    def other(self) -> None:
        self.hands.key("Ctrl+Tab")

    @property
    def open(self) -> list[str]:
        """The labels of those that are open, as the page shows them."""
        within = self.hands.there("Open interviews").findChildren(QAbstractButton)
        return sorted(one.text() for one in within)


class Gate:
    """Locked: the passphrase, and the window is where it was."""

    def __init__(self, hands: Hands) -> None:
        self.hands = hands
        hands.key("Ctrl+L")
        assert hands.window.workspace is None

    def unlock(self, secret: str) -> None:
        self.hands.type(secret)
        self.hands.key("Return")
        self.hands.qtbot.waitUntil(lambda: self.hands.window.workspace is not None, timeout=20_000)
        QApplication.processEvents()


class Clipboard:
    """What somebody copied elsewhere."""

    @staticmethod
    def holds(path: Path) -> None:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        QGuiApplication.clipboard().setMimeData(data)
