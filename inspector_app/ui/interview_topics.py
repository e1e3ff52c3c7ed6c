"""The topics of an interview: what to ask in both languages, what was read out, what was said.

A summary is the inspector's, a quote is the person's: they stand in two fields, and the quote
bears a bar at its left, here and in what is printed.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from inspector_app.ui.buttons import Chips
from inspector_app.ui.editors import TextEditor
from inspector_app.ui.kit import column, field_row, holding, label, row

if TYPE_CHECKING:
    from inspector_app.forms import Topic
    from inspector_app.ui.page import RecordFields

SUMMARY, QUOTE = "Summary", "In their own words"
_LANGUAGES = [("en", "English"), ("es", "Spanish")]


def topic_block(topic: "Topic", fields: "RecordFields") -> QWidget:
    """One topic: the prompts side by side, which one was read out, summary and quote."""
    told = fields.bind(f"answers.{topic.id}", TextEditor(3, "In your words"))
    quoted = fields.bind(f"quotes.{topic.id}", TextEditor(3, "Word for word"))
    summary = field_row(SUMMARY, told)
    quote = holding(column(field_row(QUOTE, quoted), _written_in(topic, fields), gap=6))
    told.setAccessibleName(f"{topic.english} {SUMMARY}")
    quoted.setAccessibleName(f"{topic.english} {QUOTE}")
    said = _halves(summary, holding(row(_bar(), quote, gap=10)))
    return holding(column(_prompts(topic), *_read_out(topic, fields), said, gap=6))


def _prompts(topic: "Topic") -> QWidget:
    english = label(topic.english, "strong")
    if not topic.spanish:
        return english
    note = label("Spanish: a working translation, not official", "muted")
    spanish = holding(column(label(topic.spanish, "strong"), note, gap=2))
    return _halves(holding(column(english, 1, gap=2)), spanish)


def _read_out(topic: "Topic", fields: "RecordFields") -> list[QWidget]:
    """Which prompt was read out; a second press takes it back. Only where there are two."""
    if not topic.spanish:
        return []
    chips = fields.bind(f"read_out.{topic.id}", Chips(_LANGUAGES, may_be_none=True))
    chips.setAccessibleName(f"{topic.english} Read out in")
    return [holding(row(label("Read out in", "label", wrap=False), chips, gap=8))]


def _written_in(topic: "Topic", fields: "RecordFields") -> QWidget:
    """In which language the quote stands here: a screen reader pronounces it so in a report."""
    chips = fields.bind(f"quoted_in.{topic.id}", Chips(_LANGUAGES, may_be_none=True))
    chips.setAccessibleName(f"{topic.english} Quote written in")
    return holding(row(label("Written in", "label", wrap=False), chips, gap=8))


def _bar() -> QFrame:
    bar = QFrame()
    bar.setObjectName("quotebar")
    return bar


def _halves(left: QWidget, right: QWidget) -> QWidget:
    box = row(left, right, gap=16)
    box.setStretch(0, 1)
    box.setStretch(1, 1)
    box.setAlignment(left, Qt.AlignmentFlag.AlignTop)
    return holding(box)
