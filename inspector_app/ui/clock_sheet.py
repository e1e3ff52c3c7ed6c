"""A calculator for the clocks of this agreement: when it began, when it ended, in time or not.

It writes nothing. What it says can be read beside the complaint, detainer, citizenship-claim and
hold records, and copied into a note.
"""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from inspector_app.errors import BadInput
from inspector_app.ui.choices import ChoiceEditor
from inspector_app.ui.editors import LineEditor
from inspector_app.ui.focus import focus_in_sight
from inspector_app.ui.kit import column, emptied, field_row, label, state_line
from inspector_app.ui.page import Page
from inspector_app.ui.typed import read_day, read_moment

if TYPE_CHECKING:
    from inspector_app.forms import Clock
    from inspector_app.rules.clocks import When

_MARKS = {"in time": "check", "late": "not-met", "ask": "caution", "open": "unanswered"}


class ClockSheet(QWidget):
    """Chosen clock, start and end; the verdict follows each key."""

    def __init__(self, page: Page, clock: str = "") -> None:
        super().__init__()
        self._page = page
        points = [point for point in page.inspection.form.points if point.clock]
        self._clocks = {point.clock.id: point.clock for point in points if point.clock}
        self.clock = ChoiceEditor([(p.clock.id, p.topic) for p in points if p.clock])
        self.clock.set_value(clock or next(iter(self._clocks), ""))
        self.clock.on_commit = self._clock_chosen
        self.start = LineEditor("March 10, 2026 14:51")
        self.ended = LineEditor("still open")
        self._said = column(gap=4)
        for editor in (self.start, self.ended):
            editor.textChanged.connect(self._judge)
        self.setObjectName("plain")
        began = field_row("Began", self.start)
        box = column(field_row("Clock", self.clock), began, field_row("Ended", self.ended), gap=8)
        box.addLayout(self._said)
        self.setLayout(box)
        self._judge()

    def take(self, clock: str) -> None:
        """Show this clock, with the caret where its beginning is typed."""
        self._clock_chosen(clock)
        focus_in_sight(self.start)

    def sentence(self) -> str:
        """What is said now; empty before anything is typed."""
        return self._sentence

    def _clock_chosen(self, value: object) -> bool:
        self.clock.set_value(value)
        self._judge()
        return True

    def _judge(self) -> None:
        from inspector_app.rules.clocks import judge

        emptied(self._said)
        self._sentence = ""
        clock = self._clocks.get(str(self.clock.value() or ""))
        if clock is None:
            self._said.addWidget(label("This agreement states no clock.", "muted"))
            return
        self._said.addWidget(label(_in_words(clock), "muted"))
        try:
            start, ended = (
                self._when(self.start.text(), clock),
                self._when(self.ended.text(), clock),
            )
            if start is None:
                return
            found = judge(clock, start, ended)
            mark, self._sentence = _MARKS.get(found.verdict, "unanswered"), found.sentence
        except BadInput as error:
            mark, self._sentence = "caution", error.message
        self._said.addWidget(state_line(mark, self._sentence, "body"))

    def _when(self, text: str, clock: "Clock") -> "When | None":
        if not text.strip():
            return None
        visit = self._page.inspection.visit
        try:
            return read_moment(text, visit.zone or "UTC", visit.first_day or date.today())
        except BadInput:
            if clock.hours is not None:
                raise
            return read_day(text)


def _in_words(clock: "Clock") -> str:
    bound = "The text binds." if clock.binding == "hard" else "Generally: a miss is a question."
    return f"{clock.in_words}. {bound}"
