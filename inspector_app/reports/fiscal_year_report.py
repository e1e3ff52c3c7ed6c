"""The fiscal-year report: OPR's inspections of a year, their findings, and what became of them.

OPR publishes one for each fiscal year (GAO-21-186). The order of its parts is that of
reports.md 6.8; behind every number stands the list that it counts.
"""

from collections.abc import Callable, Mapping, Sequence

from inspector_app.derived import FindingRow, InspectionRow
from inspector_app.derived.figures import CLASSES, Figures
from inspector_app.records.program import ProgramAction
from inspector_app.reports import style, year_lists
from inspector_app.reports.edition import Edition, edition
from inspector_app.reports.flow import Para, para, prose, space
from inspector_app.reports.page import Places, Story, render
from inspector_app.reports.subject import short_day
from inspector_app.reports.tables import Column, Grid, Row, head, row
from inspector_app.reports.typed import Markup, strong, text
from inspector_app.reports.year_chart import YearBar, YearChart
from inspector_app.reports.year_opening import (
    About,
    contents,
    cover,
    number_of,
    running,
    section,
)
from inspector_app.reports.year_tables import (
    keeping,
    number,
    split_table,
    table_title,
    tie_note,
    types_table,
    years_table,
)
from inspector_app.reports.year_texts import label, say, short, title, word
from inspector_app.rules.tying import Table

__all__ = ["About", "build"]


def build(
    figures: Figures,
    actions: Sequence[ProgramAction],
    about: About,
    on_page: Callable[[int], None] | None = None,
) -> bytes:
    """The report as a tagged PDF. `on_page` hears each page; what it raises ends the work."""
    head_words = f"{word('text', 'kind')} {number_of(figures)}"
    under = edition(about.edition)
    lists = year_lists.build(figures, under)
    known = [a.model_copy(update={"title": under.text(a.title)}) for a in actions]
    splits = [figures.split(key) for key in _SPLITS]

    def story(places: Places) -> Story:
        return [
            *cover(figures, about, "statement"),
            *contents(places),
            *_types(figures),
            *_where(splits),
            *_recurring(figures, known),
            *_focus(figures),
            *_closeouts(figures),
            *_practices(figures, under),
            *_reviews(figures),
            *lists(),
            *_method(figures),
        ]

    return render(running(head_words, about, figures.digest), story, on_page)


# -- by type -----------------------------------------------------------------------------------


def _types(figures: Figures) -> Story:
    years = {"first": figures.years[0], "last": figures.years[-1]}
    deficiencies, concerns = (figures.table(class_) for class_ in CLASSES)
    return [
        *section("types", title("types", **years)),
        year_chart(deficiencies, concerns, say("chart-line")),
        *keeping(_caption(1, "years"), _figure_3(figures)),
        *keeping(_caption(2, "deficiency"), types_table(deficiencies, "type-deficiency")),
        *tie_note(deficiencies),
        *keeping(_caption(3, "area-of-concern"), types_table(concerns, "type-concern")),
        *tie_note(concerns),
    ]


def _caption(number: int, name: str) -> Para:
    return table_title(f"Table {number}", text(word("table", name)))


def year_chart(deficiencies: Table, concerns: Table, line: Markup) -> YearChart:
    """Findings by year, from the sums of the rows."""
    bars = [
        YearBar(*values)
        for values in zip(deficiencies.years, deficiencies.sums, concerns.sums, strict=True)
    ]
    values = "; ".join(f"{bar.year} {bar.deficiencies} and {bar.concerns}" for bar in bars)
    peak = max(bars, key=lambda bar: (bar.total, -bar.year))
    said = say("peak", n=peak.total, year=str(peak.year)) if peak.total else say("no-peak")
    legend = [(class_, text(word("noun", class_))) for class_ in CLASSES]
    return YearChart(said, line, bars, legend, str(say("alt", values=values)))


def _figure_3(figures: Figures) -> Grid:
    years = [figures.by_year[year] for year in figures.years]
    return years_table(
        figures.years,
        [
            (label("inspected"), [len(year.inspected) for year in years]),
            (label("with-findings"), [len(year.with_findings) for year in years]),
            (label("four"), [len(year.four_or_more) for year in years]),
            (label("deficiencies"), [len(year.of_class("deficiency")) for year in years]),
            (label("concerns"), [len(year.of_class("area-of-concern")) for year in years]),
            (label("practices"), [len(year.practices) for year in years]),
        ],
    )


# -- by party, model and office ----------------------------------------------------------------


_SPLITS: tuple[Callable[[InspectionRow, FindingRow], str], ...] = (
    lambda _, finding: finding.party,
    lambda visit, _: visit.model,
    lambda visit, _: visit.field_office,
)


def _where(splits: Sequence[Mapping[str, Table]]) -> Story:
    parties = {key: word("party", key) for key in ("lea", "ice", "both", "none")}
    by_party, by_model, by_office = splits
    return [
        *section("where", title("where")),
        *keeping(_caption(4, "party"), split_table(by_party, label("party"), parties)),
        *keeping(_caption(5, "model"), split_table(by_model, label("model"))),
        *keeping(_caption(6, "office"), split_table(by_office, label("office"))),
    ]


# -- what comes back ---------------------------------------------------------------------------


def _recurring(figures: Figures, actions: Sequence[ProgramAction]) -> Story:
    codes = figures.recurring()
    if not codes:
        return [*section("recurring", title("recurring")), para(say("no-recurring"))]
    count = len(figures.years)
    columns = [Column(32), Column(132), *(Column(34, 12, "head-right") for _ in range(count))]
    columns += [Column(style.WIDE - 164 - 34 * count - 66), Column(66, 0)]
    labels = [label("code"), label("found"), *(text(str(year)) for year in figures.years)]
    rows = [head(columns, *labels, label("action"), label("judged"))]
    for code in codes:
        rows.append(_recurring_row(figures, code, [a for a in actions if code in a.types.split()]))
    table = Grid(columns, rows, pad=3)
    return [*section("recurring", title("recurring")), para(say("recurring"), after=8), table]


def _recurring_row(figures: Figures, code: str, done: Sequence[ProgramAction]) -> Row:
    said = [_action_words(action) for action in done] or [say("no-action")]
    judged = [word("judged", action.judged or "too-soon") for action in done]
    return row(
        para(text(code.removesuffix("-other")), "cell-quiet", "TD"),
        para(text(short(code)), "cell", "TD"),
        *(number(n) for n in figures.counts_of(code)),
        para(Markup("<br/>".join(said)), "cell", "TD"),
        para(Markup("<br/>".join(map(text, judged))) or text("–"), "cell", "TD"),
    )


def _action_words(action: ProgramAction) -> Markup:
    day = text(f" ({short_day(action.day)})") if action.day else text("")
    return text(action.title) + day


# -- follow-up and closeout --------------------------------------------------------------------


def _focus(figures: Figures) -> Story:
    names = ("year", "planned", "held", "d-resolved", "c-resolved", "untested")
    columns = [Column(60), *(Column(88.8, 6, "head-right") for _ in names[1:])]
    rows = [head(columns, *(label(name) for name in names))]
    rows += [_focus_row(figures, year) for year in figures.years]
    caption = _caption(7, "focus")
    intro = para(say("focus"), after=4)
    return [*section("focus", title("focus")), intro, caption, Grid(columns, rows, pad=3)]


def _focus_row(figures: Figures, year: int) -> Row:
    found = figures.follow_up(year)
    outcomes = (found.deficiencies, found.concerns)
    return row(
        para(text(str(year)), "cell", "TD"),
        number(len(found.planned)),
        number(len(found.held)),
        *(_n_of(one.resolved, one.of) for one in outcomes),
        number(sum(one.untested for one in outcomes)),
    )


def _n_of(part: int, whole: int) -> Para:
    words = text("–") if not whole else strong(text(f"{part:,}\u00a0of\u00a0{whole:,}"))
    return para(words, "cell-right", "TD")


def _closeouts(figures: Figures) -> Story:
    columns = [Column(60), *(Column(111, 6, "head-right") for _ in range(3))]
    columns.append(Column(111, 0, "head-right"))
    names = ("year", "with-findings", "closed", "missing", "open-again")
    rows = [head(columns, *(label(name) for name in names))]
    for year in figures.years:
        about = figures.by_year[year]
        again = figures.open_again(year)
        counts = (about.with_findings, about.closed, about.without_memo, again)
        cells = (number(len(found)) for found in counts)
        rows.append(row(para(text(str(year)), "cell", "TD"), *cells))
    return [
        *section("closeout", title("closeout"), fresh=False),
        para(say("closeout"), after=4),
        _caption(8, "closeout"),
        Grid(columns, rows, pad=3),
        *year_lists.missing_memos(figures),
        *year_lists.opened_again(figures),
    ]


def _practices(figures: Figures, under: Edition) -> Story:
    found = figures.last.practices
    made = [para(say("none"))] if not found else year_lists.practices(figures, under)
    return [*section("practices", title("practices"), fresh=False), *made]


def _reviews(figures: Figures) -> Story:
    said = say("reviews", n=len(figures.last.reviews))
    return [*section("reviews", title("reviews"), fresh=False), para(said)]


def _method(figures: Figures) -> Story:
    year = figures.last
    final = say("method-final", n=len(year.not_final), of=len(year.inspected))
    said = [say("method-year"), say("method-counts"), final, say("method-ties")]
    kept: Story = [*section("method", title("method"))]
    for one in said:
        kept += [prose(one), space(6)]
    return kept
