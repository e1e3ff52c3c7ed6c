"""The tables of the fiscal-year report: counts by year, with totals that tie or say they do not."""

from collections.abc import Mapping, Sequence

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

from inspector_app.derived.figures import finding_types
from inspector_app.reports import style
from inspector_app.reports.flow import Para, para, room_for, space
from inspector_app.reports.page import Story
from inspector_app.reports.tables import Cell, Column, Grid, Row, group, head, row
from inspector_app.reports.typed import Markup, join, strong, text
from inspector_app.reports.year_texts import label, say, short, word
from inspector_app.rules.tying import Table

FLAG = HexColor("#F7EBD3")
_CODE, _YEAR, _TOTAL = 34.0, 33.0, 43.0
_GROUPS = ("lea", "ice", "both", "either")


def number(count: int, *, bold: bool = False, sign: bool = False) -> Para:
    """A count for a table: an en dash for zero, semibold where it is a sum."""
    words = f"{count:+,}" if sign and count else f"{count:,}" if count or sign else "–"
    marked = text(words)
    return para(strong(marked) if bold else marked, "cell-right", "TD")


def table_title(number_and_name: str, markup: Markup) -> Para:
    """`**Table 2.** Deficiencies by type`, as the caption of what follows."""
    named = join([strong(text(f"{number_and_name}.")), markup])
    return para(named, "table-title", "P", before=10, after=3)


# -- by type -----------------------------------------------------------------------------------


def types_table(table: Table, head_label: str) -> Grid:
    """Types in the groups of who generally answers for them, with subtotals and totals."""
    columns = _type_columns(len(table.years))
    labels = [label("code"), label(head_label), *_year_labels(table), label("total")]
    rows = [head(columns, *labels)]
    for party, codes in _by_party(table).items():
        rows += [group(text(word("party", party)))]
        rows += [_type_row(table, code) for code in codes]
        if len(_by_party(table)) > 1:
            rows.append(_subtotal(table, party, codes))
    return Grid(columns, [*rows, *_totals(table)], pad=2.4)


def _type_columns(years: int) -> list[Column]:
    rest = style.WIDE - _CODE - _TOTAL - years * _YEAR
    years_wide = [Column(_YEAR, 5, "head-right") for _ in range(years)]
    return [Column(_CODE), Column(rest, 2), *years_wide, Column(_TOTAL, 5, "head-right")]


def _year_labels(table: Table) -> list[Markup]:
    return [text(str(year)) for year in table.years]


def _by_party(table: Table) -> Mapping[str, list[str]]:
    """The codes of a table by who generally answers; what has no type stands with "either"."""
    parties = {one.code: one.party for one in finding_types()}
    found: dict[str, list[str]] = {party: [] for party in _GROUPS}
    for code in table.cells:
        found[parties.get(code, "either")].append(code)
    return {party: codes for party, codes in found.items() if codes}


def _type_row(table: Table, code: str) -> Row:
    counts = (number(count) for count in table.cells[code])
    shown = "–" if code == "none" else code.removesuffix("-other")
    return row(
        para(text(shown), "cell-quiet", "TD"),
        para(text(short(code)), "cell", "TD"),
        *counts,
        number(table.row_sum(code), bold=True),
    )


def _subtotal(table: Table, party: str, codes: Sequence[str]) -> Row:
    sums = [table.sum_of(tuple(codes), year) for year in table.years]
    words = label("subtotal", party=word("party", party))
    return _sum_row(strong(words), sums, bold=True)


def _sum_row(
    words: Markup,
    sums: Sequence[int],
    *,
    bold: bool = False,
    total: int | None = None,
    kind: bool = False,
    sign: bool = False,
    flagged: Sequence[bool] = (),
) -> Row:
    """A row of sums; those columns are on flag in which sums and printed totals differ."""
    whole = sum(sums) if total is None else total
    bodies = [number(n, bold=bold or (sign and n != 0), sign=sign) for n in (*sums, whole)]
    flags = [*flagged, *(False for _ in range(len(bodies) - len(flagged)))]
    cells = (
        Cell(para(text(""), "cell", "TD")),
        Cell(para(words, "cell", "TD")),
        *(Cell(body, FLAG if flag else None) for body, flag in zip(bodies, flags, strict=True)),
    )
    return Row(cells, "total" if kind else "body")


def _totals(table: Table) -> list[Row]:
    """One row where all sums agree, else three: the rows, as published, the difference."""
    if table.ties or table.printed is None:
        return [_sum_row(strong(label("total")), table.sums, bold=True, kind=True)]
    flags = [bool(n) for n in table.differences]
    flags.append(table.total != table.printed_total)
    printed_total = table.printed_total or 0
    return [
        _sum_row(strong(label("sum")), table.sums, bold=True, kind=True, flagged=flags),
        _sum_row(label("printed"), table.printed, total=printed_total, kind=True, flagged=flags),
        _sum_row(label("difference"), table.differences, kind=True, sign=True, flagged=flags),
    ]


def tie_note(table: Table, *more: Markup, own: bool = True) -> Story:
    """That totals tie, or a flagged box that says how they do not, each difference in words."""
    if table.ties:
        said = say("ties-own" if own else "ties", n=str(table.total))
        return [para(said, "note", before=4, after=8)]
    words = join([*(text(fault) for fault in table.faults), *more, say("unchanged")])
    cells = (
        Cell(para(strong(label("does-not-tie")), "cell", "P"), FLAG),
        Cell(para(words, "cell", "P"), FLAG),
    )
    columns = [Column(82, 8), Column(style.WIDE - 82, 8)]
    return [space(6), Grid(columns, [Row(cells)], least=1, closed=False, opened=False), space(4)]


# -- other tables by year ----------------------------------------------------------------------


def years_table(years: Sequence[int], lines: Sequence[tuple[Markup, Sequence[int | None]]]) -> Grid:
    """What is counted, by year; a number that is not known says so and is never a zero."""
    columns = [Column(style.WIDE - 55.0 * len(years))]
    columns += [Column(55, 0, "head-right") for _ in years]
    labels = [label("counted"), *(text(str(year)) for year in years)]
    return Grid(columns, [head(columns, *labels), *(_line(*line) for line in lines)], pad=3)


def _line(words: Markup, counts: Sequence[int | None]) -> Row:
    unknown = para(say("unknown"), "cell-right", "TD")
    cells = (unknown if count is None else number(count) for count in counts)
    return row(para(words, "cell", "TD"), *cells)


def split_table(
    tables: Mapping[str, Table], head_words: Markup, names: Mapping[str, str] | None = None
) -> Grid:
    """Deficiencies and areas of concern by something, year by year, each with its total."""
    keys = sorted({key for table in tables.values() for key in table.cells})
    years = next(iter(tables.values())).years
    columns = [Column(style.WIDE - 50.0 * (len(years) + 1))]
    columns += [Column(50, 0, "head-right") for _ in range(len(years) + 1)]
    labels = [head_words, *(text(str(year)) for year in years), label("total")]
    rows = [head(columns, *labels)]
    for class_, words in (("deficiency", "deficiencies"), ("area-of-concern", "concerns")):
        rows.append(group(label(words)))
        rows += [_split_row(tables[class_], key, names or {}) for key in keys]
        rows.append(_split_total(tables[class_]))
    return Grid(columns, rows, pad=2.4)


def _split_row(table: Table, key: str, names: Mapping[str, str]) -> Row:
    counts = table.cells.get(key, tuple(0 for _ in table.years))
    words = para(text(names.get(key, key) or "–"), "cell", "TD")
    return row(words, *(number(n) for n in counts), number(sum(counts), bold=True))


def _split_total(table: Table) -> Row:
    words = para(strong(label("total")), "cell", "TD")
    return row(words, *(number(n, bold=True) for n in (*table.sums, table.total)))


def keeping(caption: Flowable, grid: Grid) -> Story:
    """A title with its table, on one page where they fit on one."""
    height = grid.wrap(style.WIDE, 1e6)[1] + 40
    least = 120.0 if height > style.FRAME_HEIGHT else height
    return [room_for(least), caption, grid]
