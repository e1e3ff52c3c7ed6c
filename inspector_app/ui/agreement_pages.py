"""The pages of one attached agreement, fetched by a worker; the newest wish wins."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from inspector_app.agreement import AgreementFacts, AgreementReader, PageText
from inspector_app.errors import BadInput
from inspector_app.ui.agreement_text import Found, find
from inspector_app.ui.work import Work

_UNREADABLE = "This page cannot be shown as a picture; everything else is as it was. Try another."


@dataclass(frozen=True, slots=True)
class Located:
    """An agreement that was opened, and where the cited sentence stands in it."""

    facts: AgreementFacts
    found: Found


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page: its number from 1, how it looks, what it says."""

    number: int
    image: QImage
    text: PageText


class AgreementPages(QObject):
    """Asks the child in the background: one thing at a time, and of those waiting the last."""

    located = Signal(object)
    fetched = Signal(object)
    failed = Signal(object)

    def __init__(self, data: bytes, owner: QObject) -> None:
        super().__init__(owner)
        self._reader = AgreementReader(data)
        self.destroyed.connect(self._reader.close)
        self._texts: list[str] | None = None
        self._work: Work | None = None
        self._then: Callable[[Any], None] = self.fetched.emit
        self._waiting: tuple[Callable[[], Any], Callable[[Any], None]] | None = None

    def locate(self, sentence: str, cited: int | None) -> None:
        """Open the PDF and look for a sentence, the cited page first: `located`."""
        self._do(lambda: self._located(sentence, cited), self.located.emit)

    def fetch(self, number: int, width: int) -> None:
        """A page, `width` pixels of the screen wide: `fetched`."""
        self._do(lambda: self._fetched(number, width), self.fetched.emit)

    def is_busy(self) -> bool:
        """Whether something is under way."""
        return self._work is not None

    def close(self) -> None:
        """End the child, and forget what was asked. What is asked later starts a new one."""
        self._waiting = None
        if self._work is not None:
            self._work.cancel()
            self._work = None
        self._reader.close()

    # -- in the worker -----------------------------------------------------------------------

    def _located(self, sentence: str, cited: int | None) -> Located:
        facts = self._reader.facts()
        if self._texts is None:
            self._texts = self._reader.texts()
        return Located(facts, find(sentence, self._texts, cited))

    def _fetched(self, number: int, width: int) -> Fetched:
        image = QImage.fromData(self._reader.picture(number, width).png)
        if image.isNull():
            raise BadInput(_UNREADABLE)
        return Fetched(number, image, self._reader.text(number))

    # -- in the window's thread --------------------------------------------------------------

    def _do(self, act: Callable[[], Any], then: Callable[[Any], None]) -> None:
        if self._work is not None:
            self._waiting = act, then
            return
        self._then = then
        self._work = Work(act, self)
        self._work.done.connect(self._done)  # bound: so it comes in the window's thread
        self._work.failed.connect(self._not_done)
        self._work.start()

    def _done(self, result: object) -> None:
        self._ended(self._then, result)

    def _not_done(self, error: object) -> None:
        self._ended(self.failed.emit, error)

    def _ended(self, tell: Callable[[Any], None], what: object) -> None:
        if self.sender() is not self._work:
            return  # it was closed meanwhile
        self._work = None
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self._do(*waiting)
        tell(what)
