"""The published figures of GAO-21-186 in the shape of the fiscal-year report, tied out.

Cells, printed totals and prose stand apart. Where they differ the report says so, line by line,
and changes nothing; what only a picture shows is "not known" and never zero.
"""

from collections.abc import Sequence
from datetime import date

from inspector_app import canonical
from inspector_app.derived.figures import Figures
from inspector_app.derived.published import (
    SOURCE,
    compared,
    outcomes,
    published_table,
    said,
    supervisor_failures,
)
from inspector_app.reports import style
from inspector_app.reports.fiscal_year_report import year_chart
from inspector_app.reports.flow import Para, Rule, balanced, para, prose, space
from inspector_app.reports.page import Places, Story, render
from inspector_app.reports.tables import Column, Grid, Row, head, row
from inspector_app.reports.typed import Markup, lines, text
from inspector_app.reports.year_opening import About, contents, running, section
from inspector_app.reports.year_tables import (
    keeping,
    number,
    table_title,
    tie_note,
    types_table,
    years_table,
)
from inspector_app.reports.year_texts import label, say, title, word

PUBLISHED = date(2021, 1, 27)
"""The day of GAO-21-186: the report's own, since it is made of nothing else."""


def build(figures: Figures | None = None) -> bytes:
    """The PDF. With `figures` of records that should give the same, both stand side by side."""
    about = About(SOURCE, practice=True, on=PUBLISHED)

    def story(places: Places) -> Story:
        return [
            *_cover(),
            *contents(places),
            *_deficiencies(),
            *_concerns(),
            *_supervisors(),
            *_compared(figures),
        ]

    head_words = f"{word('text', 'published-kind')}, {SOURCE}"
    return render(running(head_words, about, _digest(), word("text", "published-marking")), story)


def _digest() -> str:
    tables = [published_table(name) for name in ("table-2", "table-3")]
    return canonical.sha256(repr([(t.cells, t.printed, t.stated) for t in tables]).encode())


def _cover() -> Story:
    words = say("published-title")
    width = balanced(words, "cover-title", style.TEXT)
    return [
        para(text(f"{SOURCE}, U.S. Government Accountability Office"), "issuer", in_text=True),
        space(60),
        Rule(4, style.NAVY, x=style.TEXT_X, width=62, after=12),
        para(say("published-kind"), "cover-kind", in_text=True, after=6),
        para(words, "cover-title", "H1", in_text=True, right=style.TEXT - width, after=20),
        prose(say("source-published")),
    ]


def _deficiencies() -> Story:
    deficiencies, concerns = published_table("table-2"), published_table("table-3")
    years = {"first": deficiencies.years[0], "last": deficiencies.years[-1]}
    return [
        *section("types", title("types", **years)),
        year_chart(deficiencies, concerns, say("chart-published")),
        *_figure_3(),
        *keeping(_caption("Table 2", "deficiency"), types_table(deficiencies, "type-deficiency")),
        *tie_note(deficiencies, say("twins"), own=False),
        para(say("source-published"), "note"),
    ]


def _concerns() -> Story:
    table = published_table("table-3")
    return [
        *keeping(_caption("Table 3", "area-of-concern"), types_table(table, "type-concern")),
        *tie_note(table, own=False),
    ]


def _caption(number_and_name: str, name: str) -> Para:
    return table_title(number_and_name, text(word("table", name)))


def _figure_3() -> Story:
    about, years = said()["figure-3"], published_table("table-2").years
    names = ("inspected", "with-findings", "four-or-more")
    labels = ("inspected", "with-findings", "four")
    counts = [
        (label(words), [about[name].get(str(year)) for year in years])
        for name, words in zip(names, labels, strict=True)
    ]
    table = years_table(years, counts)
    note = para(say("figure-3"), "note", before=4, after=8)
    return [*keeping(_caption("Figure 3", "years"), table), note]


def _supervisors() -> Story:
    names = ("year", "narrow", "wide", "of", "stated")
    columns = [Column(104), *(Column(100, 0, "head-right") for _ in names[1:])]
    stated = said()["supervisors"]["stated"]
    rows = [head(columns, *(label(name) for name in names))]
    for year, narrow, wide, of in supervisor_failures(published_table("table-2")):
        printed = stated.get(str(year))
        words = "–" if printed is None else "\u00a0of\u00a0".join(map(str, printed))
        cells = (number(narrow), number(wide), number(of), para(text(words), "cell-right", "TD"))
        rows.append(row(para(text(str(year)), "cell", "TD"), *cells))
    said_so = para(say("supervisors"), after=6)
    return [*section("supervisors", title("supervisors")), said_so, Grid(columns, rows, pad=3)]


def _compared(figures: Figures | None) -> Story:
    if figures is None:
        found = [(what, published, "") for what, published in outcomes()]
    else:
        found = [(one.what, one.published, one.computed) for one in compared(figures)]
    names = ("what", "stated", *(("computed",) if figures else ()))
    columns = [Column(264), *(Column(120, 0, "head-right") for _ in names[1:])]
    rows = [head(columns, *(label(name) for name in names))]
    rows += [_outcome(*one[: len(names)]) for one in found]
    intro: list[Markup] = [say("compared")] if figures else [say("published-only")]
    return [
        *section("compared", title("compared"), fresh=False),
        para(lines(intro), after=6),
        Grid(columns, rows, pad=3),
    ]


def _outcome(what: str, *values: str) -> Row:
    kept: Sequence[str] = [value.replace(" ", "\u00a0") for value in values]
    cells = (para(text(value), "cell-right", "TD") for value in kept)
    return row(para(text(what), "cell", "TD"), *cells)
