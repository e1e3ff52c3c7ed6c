"""The tables of what differs between the forms: clause × revision, and the points of difference."""

from collections.abc import Callable, Iterator, Sequence

from inspector_app.authoring.entries import clock_in_words
from inspector_app.forms import Form
from inspector_app.forms.rules import POINTS, TOPICS

_NONE = "–"
_INTRODUCTION = """\
# What each form's agreement says, and where

Made by `inspector-app forms table` from the form files; change those, not this page.
"""
_CLAUSES = """\
## Sections

The sections of each agreement by what they are about; “–” where there is none.
"""
_POINTS = """\
## Points of difference

In our short words, with the section; in brackets the term that the program counts.
“–” where the form says nothing about the point.
"""


def markdown(forms: Sequence[Form]) -> str:
    """Both tables: a row for each topic in the order of the catalogue, a column for each form.

    The forms stand by model and then as their texts were first seen.
    """
    forms = sorted(forms, key=lambda form: (form.model, form.seen_from, form.id))
    return "\n".join(
        [
            _INTRODUCTION,
            _CLAUSES,
            *_table("Topic", TOPICS, forms, _sections),
            "",
            _POINTS,
            *_table("Point", POINTS, forms, _says),
            "",
        ]
    )


def _table(
    head: str, rows: Sequence[str], forms: Sequence[Form], cell: Callable[[Form, str], str]
) -> Iterator[str]:
    """One table; texts that hold what divides cells are written so that they do not."""
    yield _row([head, *(form.id for form in forms)])
    yield _row(["---"] * (len(forms) + 1))
    for name in rows:
        yield _row([name, *(cell(form, name) or _NONE for form in forms)])


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |"


def _sections(form: Form, topic: str) -> str:
    """Every section that is about the topic."""
    return " + ".join(clause.section for clause in form.clauses if topic in clause.topics)


def _says(form: Form, topic: str) -> str:
    """What the agreement says on a point, where, and the term."""
    found = []
    for point in form.points:
        if point.topic == topic:
            clock = f" [{clock_in_words(point.clock)}]" if point.clock else ""
            found.append(f"{point.says}{f' ({point.section})' if point.section else ''}{clock}")
    return "; ".join(found)
