"""The sample table: a file a row, a check a column; only what is not met stands out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportlab.platypus import Flowable

from inspector_app.reports import style
from inspector_app.reports.blocks import LOOKS
from inspector_app.reports.flow import Para, para
from inspector_app.reports.tables import Cell, Column, Grid, Row
from inspector_app.reports.typed import Markup, lines, strong, text
from inspector_app.reports.typeface import SEMIBOLD, width_of

_NUMBER, _FILE, _NOTE = 26.0, 48.0, 74.0
_STANDING_LABEL = 80.0
"""The most that a label which reads upward may be long, before it takes a second line."""
_GUIDE = 0.8
_CHECK = "✓"


@dataclass(frozen=True)
class Check:
    """One column: its short label, the section it stands in, and what was counted.

    `class_` is the class of the finding that rests on it, `finding` that finding's number.
    """

    label: str
    section: str
    no: int
    of: int
    class_: str
    finding: str


@dataclass(frozen=True)
class FileLine:
    """One row: the file as this edition names it, its results by column, and a note."""

    number: int
    file: str
    results: Sequence[str | None]
    note: str


@dataclass(frozen=True)
class Words:
    """The words of the table's frame, from the standing texts."""

    number: Markup
    file: Markup
    note: Markup
    no: Markup
    not_applicable: Markup
    unclear: Markup
    open: Markup
    not_met: Markup
    finding: Markup


def sample_table(checks: Sequence[Check], files: Sequence[FileLine], words: Words) -> Grid:
    """The table. Notes have a column while there is room; the labels stand upright without it."""
    noted = has_note_column(checks)
    columns = _columns(len(checks), noted)
    signs = _signs(words)
    rows = [_head(checks, columns, words, noted)]
    rows += [_file_row(line, checks, signs, noted) for line in files]
    rows += [_count_row(checks, words, noted), _finding_row(checks, words, noted)]
    return Grid(columns, rows, pad=2.1, least=2)


def has_note_column(checks: Sequence[Check]) -> bool:
    """Whether notes stand in the table; otherwise they are listed under it."""
    return len(checks) <= 9


def _columns(checks: int, noted: bool) -> list[Column]:
    room = style.WIDE - _NUMBER - _FILE - (_NOTE if noted else 0)
    each = min(room / max(checks, 1), 62.0)
    spare = room - each * checks
    columns = [Column(_NUMBER, 8, "head"), Column(_FILE, 6, "head")]
    columns += [Column(each, 2, "head-center") for _ in range(checks)]
    return [*columns, Column(_NOTE + spare, 0)] if noted else columns


class _StandingLabel(Flowable):  # type: ignore[misc]  # reportlab has no types
    """A column head that reads upward, with its section level under it."""

    role = "TH"

    def __init__(self, label: Markup, section: Markup, long: float) -> None:
        super().__init__()
        self._long = long
        self._label, self._section = para(label, "head", "TH"), para(section, "head-section", "TH")
        self.said = (self._label, self._section)

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803  # reportlab's names
        self.width = aW
        self._label.wrap(self._long, 1e6)
        self._section.wrap(aW, 1e6)
        self.height = self._long + 3 + self._section.height
        return aW, self.height

    def draw(self) -> None:
        self._section.drawOn(self.canv, 0, 0)
        self.canv.saveState()
        self.canv.translate((self.width + self._label.height) / 2, self._section.height + 3)
        self.canv.rotate(90)
        self._label.drawOn(self.canv, 0, 0)
        self.canv.restoreState()


def _head(checks: Sequence[Check], columns: Sequence[Column], words: Words, noted: bool) -> Row:
    room = columns[2].width - columns[2].gap if checks else 0
    standing = any(_widest_word(check.label) > room for check in checks)
    long = min(
        max((width_of(c.label, SEMIBOLD, 8.5) for c in checks), default=0) + 2, _STANDING_LABEL
    )
    heads: list[Flowable] = [para(words.number, "head", "TH"), para(words.file, "head", "TH")]
    for check in checks:
        label, section = text(check.label), text(check.section or "–")
        heads.append(_StandingLabel(label, section, long) if standing else _lying(label, section))
    if noted:
        heads.append(para(words.note, "head", "TH"))
    return Row(tuple(map(Cell, heads)), "head")


def _lying(label: Markup, section: Markup) -> Para:
    small = Markup(f'<font name="SourceSans3-Regular" size="8" color="#{style.QUIET_HEX}">')
    return para(lines([label, small + section + Markup("</font>")]), "head-center", "TH")


def _widest_word(label: str) -> float:
    return max((width_of(word, SEMIBOLD, 8.5) for word in label.split()), default=0)


def _signs(words: Words) -> Mapping[str | None, Para]:
    """One paragraph a sign, drawn in every cell that has it."""
    return {
        "yes": para(text(_CHECK), "check", "TD"),
        "not-applicable": para(words.not_applicable, "check-word", "TD"),
        "unclear": para(words.unclear, "check-word", "TD"),
        None: para(words.open, "check-word", "TD"),
        "no-filled": para(words.no, "no-filled", "TD"),
        "no-outlined": para(words.no, "no-outlined", "TD"),
    }


def _file_row(
    line: FileLine, checks: Sequence[Check], signs: Mapping[str | None, Para], noted: bool
) -> Row:
    cells = [
        Cell(para(text(str(line.number)), "sample-right", "TH")),
        Cell(para(text(line.file), "sample", "TD")),
        *(_sign(result, check, signs) for result, check in zip(line.results, checks, strict=True)),
    ]
    if noted:
        cells.append(Cell(para(text(line.note), "sample-quiet", "TD")))
    return Row(tuple(cells), rule=style.HAIR if line.number % 5 else _GUIDE)


def _sign(result: str | None, check: Check, signs: Mapping[str | None, Para]) -> Cell:
    if result != "no":
        return Cell(signs[result])
    look = LOOKS[check.class_]
    if look.fill and not look.bar:
        return Cell(signs["no-filled"], fill=look.fill)
    return Cell(signs["no-outlined"], outline=look.color)


def _count_row(checks: Sequence[Check], words: Words, noted: bool) -> Row:
    counts = [para(_count(check, noted), "sample-center", "TD") for check in checks]
    return _last_row(words.not_met, counts, noted)


def _count(check: Check, noted: bool) -> Markup:
    """“7 of 20”, those applicable and determinable; on two lines where columns are narrow."""
    number = text(str(check.no))
    of = text(f"of {check.of}" if not noted else f"\u00a0of\u00a0{check.of}")
    parts = [strong(number) if check.no else number, of]
    return parts[0] + parts[1] if noted else lines(parts)


def _finding_row(checks: Sequence[Check], words: Words, noted: bool) -> Row:
    numbers = [para(text(check.finding), "sample-finding", "TD") for check in checks]
    return _last_row(words.finding, numbers, noted)


def _last_row(label: Markup, cells: Sequence[Para], noted: bool) -> Row:
    """The label goes over the first two columns: the second cell is empty."""
    empty = para(Markup(""), "sample", "TD")
    row = [Cell(_Over(label)), Cell(empty), *map(Cell, cells), *([Cell(empty)] if noted else [])]
    return Row(tuple(row), "total")


class _Over(Flowable):  # type: ignore[misc]
    """A row's label that runs over the number and the file column."""

    role = "TH"

    def __init__(self, label: Markup) -> None:
        super().__init__()
        self._label = para(label, "sample-strong", "TH")
        self.said = (self._label,)

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803
        self.width, self.height = self._label.wrap(_NUMBER + _FILE - 4, 1e6)
        return aW, self.height

    def draw(self) -> None:
        self._label.drawOn(self.canv, 0, 0)
