"""How the fiscal-year report opens: its cover, its contents, and what stands on every page."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from inspector_app.derived.figures import Figures
from inspector_app.reports import style
from inspector_app.reports.blocks import Strip, StripCell, fact_lines
from inspector_app.reports.edition import INTERNAL, edition, exemptions, note
from inspector_app.reports.flow import Para, Rule, balanced, fresh_page, heading, para, prose, space
from inspector_app.reports.page import Places, Running, Story
from inspector_app.reports.subject import on_day
from inspector_app.reports.tables import Column, Grid, row
from inspector_app.reports.texts import entry, fill
from inspector_app.reports.typed import Markup, join, lines, strong, text, unbroken
from inspector_app.reports.year_texts import label, say, title, word
from inspector_app.rules.fiscal_year import FiscalYear


@dataclass(frozen=True, slots=True)
class About:
    """Who has the report made, of practice data or not, as of which day, in which edition."""

    name: str
    practice: bool
    on: date
    edition: str = INTERNAL


def cover(figures: Figures, about: About, statement: str) -> Story:
    """Issuer, title, facts, and the year in four numbers."""
    year = figures.last
    return [
        para(lines(_issuer()), "issuer", in_text=True),
        space(60),
        Rule(4, style.NAVY, x=style.TEXT_X, width=62, after=12),
        para(say("kind"), "cover-kind", in_text=True, after=6),
        _big_title(say("title", year=str(year.year))),
        space(26),
        *fact_lines([(name, [prose(said)]) for name, said in _facts(figures, about)]),
        space(22),
        Strip(_numbers(figures), before=14),
        prose(say(statement)),
    ]


def _issuer() -> list[Markup]:
    first, *others = map(text, word("text", "issuer").splitlines())
    return [strong(first), *others]


def _big_title(markup: Markup) -> Para:
    width = balanced(markup, "cover-title", style.TEXT)
    return para(markup, "cover-title", "H1", in_text=True, right=style.TEXT - width)


def _facts(figures: Figures, about: About) -> list[tuple[Markup, Markup]]:
    period = FiscalYear(figures.last.year)
    days = text(f"{on_day(period.first_day)} to {on_day(period.last_day)}")
    under = edition(about.edition)
    status = [say("status"), *([say("practice")] if about.practice else [])]
    status += [fill(note(exemptions()))] if under.exemptions else []
    return [
        (label("report"), join([text(number_of(figures)), text(_name_of(about))], ", ")),
        (label("period"), days),
        (label("counted-on"), text(on_day(about.on))),
        (label("made-by"), text(under.author or about.name)),
        (label("status"), lines(status)),
    ]


def number_of(figures: Figures) -> str:
    """`26-FYR-0B97`: fiscal year, kind, and the beginning of the data's digest."""
    return f"{figures.last.year % 100:02}-FYR-{figures.digest[:4].upper()}"


def _numbers(figures: Figures) -> list[StripCell]:
    year = figures.last
    n, found = len(year.inspected), year.with_findings
    d, c = len(year.of_class("deficiency")), len(year.of_class("area-of-concern"))
    return [
        StripCell(f"{n:,}", say("strip-inspected")),
        StripCell(unbroken(f"{len(found):,} of {n:,}"), say("strip-with")),
        StripCell(unbroken(f"{len(year.four_or_more):,} of {n:,}"), say("strip-four")),
        StripCell(f"{d + c:,}", say("strip-findings", d=d, c=c)),
    ]


def contents(places: Places) -> Story:
    """The sections with their pages."""
    columns = [Column(style.TEXT - 40), Column(40, 0, "head-right")]
    rows = [
        row(
            para(_linked(placed.key, placed.title), f"contents-{placed.level - 1}"),
            para(text(str(placed.page)), f"contents-page-{placed.level - 1}"),
        )
        for placed in places.headings
        if placed.key != "contents"
    ]
    head = heading(title("contents"), "contents", 2, name="h1", after=8)
    grid = [Grid(columns, rows, x=style.TEXT_X, pad=2.2)] if rows else []
    return [fresh_page(), head, space(4), *grid]


def _linked(key: str, words: str) -> Markup:
    return Markup(f'<a href="#{key}">{strong(text(words))}</a>')


def section(key: str, words: Markup, fresh: bool = True) -> Story:
    """The heading of a section, over the whole width."""
    made = heading(words, key, 2, name="h1", in_text=False, after=8, before=0 if fresh else 18)
    return [fresh_page(), made] if fresh else [made]


def running(head: str, about: About, digest: str, marking: str = "") -> Running:
    """What stands on every page; the same records on the same day give the same bytes."""
    under, banner = edition(about.edition), entry("edition", about.edition)["banner"]
    practice = entry("marking", "practice") if about.practice else banner
    short = f"{digest[:4]} {digest[4:8]} {digest[8:12]}"
    return Running(
        title=f"{head}, {on_day(about.on)}",
        issuer=entry("report", "inspection")["author"],
        agency=word("text", "program"),
        head=head,
        version=under.version.format(edition=_name_of(about), version=on_day(about.on)),
        foot="  ·  ".join([_name_of(about), *([f"data digest {short}"] if under.digests else [])]),
        warning="",
        marking=marking or practice,
        boxed=about.practice,
        edge=(),
        instant=datetime.combine(about.on, time(), UTC),
        has_cover=True,
        notes=under.exemptions,
    )


def _name_of(about: About) -> str:
    return str(entry("edition", about.edition)["name"])
