"""The first page, cover or head, and the contents."""

from collections import Counter

from inspector_app.checks import KINDS
from inspector_app.inspection.issues import replaced
from inspector_app.moments import Moment
from inspector_app.records import SignOff
from inspector_app.reports import footnote, style
from inspector_app.reports.blocks import Strip, StripCell, fact_lines, facts
from inspector_app.reports.flow import (
    Para,
    Rule,
    balanced,
    fresh_page,
    heading,
    para,
    prose,
    space,
)
from inspector_app.reports.page import Story
from inspector_app.reports.subject import Subject, on_day
from inspector_app.reports.tables import Column, Grid, row
from inspector_app.reports.texts import label, listed, noun, say, title, word
from inspector_app.reports.typed import Markup, join, lines, strong, text

_MANY_PROBLEMS = 3
_SHARES = (1.0, 0.75, 0.5, 0.25)
_FIRST_PAGE = style.FIRST_TOP - style.BOTTOM


def cover(subject: Subject) -> Story:
    """The first page of an inspection report; its gaps give way when its facts need the room."""
    stories = (_cover(subject, share) for share in _SHARES)
    room = _FIRST_PAGE - (footnote.ROOM if subject.under.exemptions else 0)
    return next((s for s in stories if _height(s) < room), _cover(subject, _SHARES[-1]))


def _cover(subject: Subject, share: float) -> Story:
    model = text(f"287(g) {subject.model_words()}")
    return [
        *_issuer(subject),
        space(60 * share),
        Rule(4, style.NAVY, x=style.TEXT_X, width=62, after=12),
        para(text(subject.spec.title), "cover-kind", in_text=True, after=6),
        _cover_title(subject),
        space(4),
        para(model, "cover-model", in_text=True, after=26 * share),
        *fact_lines(_cover_facts(subject)),
        space(22 * share),
        Strip(_cover_numbers(subject), before=14 * share),
        prose(say(subject.spec.statement)),
    ]


def _height(story: Story) -> float:
    """What the flowables take, laid out on one page."""
    heights = (part.wrap(style.WIDE, 1e6)[1] for part in story)
    spaces = (part.getSpaceBefore() + part.getSpaceAfter() for part in story)
    return float(sum(heights) + sum(spaces))


def review_head(subject: Subject) -> Story:
    """The head of a report without a cover: issuer, title, facts and the result in numbers."""
    return [
        *_issuer(subject),
        space(16),
        para(text(subject.spec.title), "cover-kind", in_text=True, after=4),
        _cover_title(subject, "cover-title-long"),
        space(6),
        prose(strong(say(subject.spec.statement)), after=10),
        facts(_head_facts(subject), across=2),
        Strip([*class_numbers(subject), items_met(subject)], before=16, after=14),
    ]


def focus_head(subject: Subject) -> Story:
    """The head of a focus-review report; its numbers stand with the results."""
    return review_head(subject)[:-1]


def contents(subject: Subject) -> Story:
    """Sections and findings with their pages."""
    columns = [Column(style.TEXT - 40), Column(40, 0, "head-right")]
    rows = []
    for placed in subject.places.headings:
        if placed.key != "contents":
            level = placed.level - 1
            name = link(subject, placed.key, text(placed.title))
            page = para(text(str(placed.page)), f"contents-page-{level}")
            rows.append(row(para(name, f"contents-{level}"), page))
    grid = Grid(columns, rows, x=style.TEXT_X, pad=2.2)
    return [
        fresh_page(),
        heading(title("contents"), "contents", 2, name="h1", after=8),
        space(4),
        grid,
    ]


# -- the cover -------------------------------------------------------------------------------


def _issuer(subject: Subject) -> Story:
    return [para(lines(subject.issuer()), "issuer", in_text=True)]


def _cover_title(subject: Subject, name: str = "cover-title") -> Para:
    """The agency; titles of three lines or more are set smaller."""
    markup = text(subject.agency)
    if name == "cover-title" and _line_count(markup, name) > 2:
        name = "cover-title-long"
    width = balanced(markup, name, style.TEXT)
    return para(markup, name, "H1", in_text=True, right=style.TEXT - width)


def _line_count(markup: Markup, name: str) -> int:
    trial = para(markup, name)
    trial.wrap(style.TEXT, 1e6)
    return len(trial.blPara.lines)


def _cover_facts(subject: Subject) -> list[tuple[Markup, list[Para]]]:
    before = _replaces(subject)
    return [
        (label("report"), [prose(_number_of(subject)), *(prose(r, name="quiet") for r in before)]),
        (text(subject.spec.done), [prose(_inspected(subject))]),
        (label("agreement"), [prose(subject.agreement_line())]),
        (label("field-office"), [prose(text(subject.field_office))]),
        (label("status"), [prose(line) for line in status(subject)]),
        (
            label("sent-to" if subject.is_final else "to-be-sent-to"),
            [prose(lines(subject.recipients()))],
        ),
    ]


def _head_facts(subject: Subject) -> list[tuple[Markup, Markup]]:
    return [
        (label("review"), lines([_number_of(subject), *_replaces(subject)])),
        (text(subject.spec.done), _inspected(subject)),
        (label("agreement"), subject.agreement_line()),
        (label("team"), text(listed(m.name or "–" for m in subject.team) or "–")),
        (label("status"), lines(status(subject))),
        (label("sent-to" if subject.is_final else "to-be-sent-to"), lines(subject.recipients())),
    ]


def _number_of(subject: Subject) -> Markup:
    return text(f"{subject.number}, {subject.version_line}")


def _inspected(subject: Subject) -> Markup:
    team = len(subject.team)
    by = say("team", n=team) if team else say("team-unknown")
    return join([text(subject.days()), by], ", ")


def status(subject: Subject) -> list[Markup]:
    """Draft or final; of a draft, what is open."""
    if subject.is_final:
        return [say("final", people=_signed_by(subject)), *subject.note()]
    found = [say("draft", office=subject.spec.office), _open_problems(subject)]
    if subject.counts.in_conflict:
        found.append(say("conflict"))
    if not subject.inspection.form_released:
        found.append(say("not-ours"))
    return [*found, *subject.note()]


def _replaces(subject: Subject) -> list[Markup]:
    """Which issued version this one takes the place of."""
    before = replaced(subject.inspection)
    if before is None:
        return []
    day = on_day(Moment.parse(before.at).day) if before.at else "–"
    page = subject.places.page("change-list")
    return [say("replaces", version=before.version or 0, date=day, page=page)]


def _signed_by(subject: Subject) -> str:
    """`the lead inspector, March 9, 2026, and the reviewer, March 12, 2026`."""
    named = [
        ", ".join(filter(None, (_signer(subject, s.id, s.role), _signed_on(s))))
        for s in subject.signatures
    ]
    return ", and ".join(filter(None, (", ".join(named[:-1]), *named[-1:])))


def _signed_on(sign_off: SignOff) -> str:
    return on_day(Moment.parse(sign_off.held).day) if sign_off.held else ""


def _signer(subject: Subject, record: str, role: str) -> str:
    author = record.removeprefix("sign-off:").partition("/")[0]
    leads = {member.id.removeprefix("member:") for member in subject.team if member.lead}
    return word("signature", "lead" if author in leads else role or "opr-inspector")


def _open_problems(subject: Subject) -> Markup:
    problems = subject.problems
    if not problems:
        return say("draft-no-problems")
    if len(problems) <= _MANY_PROBLEMS:
        sentences = "; ".join(_in_short(subject, p.record, p.sentence) for p in problems)
        return say("draft-problems", n=len(problems), list=sentences)
    kinds = Counter(problem.kind for problem in problems)
    listing = "; ".join(f"{KINDS.get(kind, kind)}: {n}" for kind, n in kinds.items())
    page = subject.places.page("open-problems")
    return say("draft-many-problems", n=len(problems), list=listing, page=page)


def _in_short(subject: Subject, record: str, sentence: str) -> str:
    where = subject.where(record)
    return f"{where}: {sentence}".removeprefix(": ").rstrip(".")


def _cover_numbers(subject: Subject) -> list[StripCell]:
    counts = subject.counts
    follows = subject.inspection.focus_review().flagged and subject.spec.focus_review
    first = noun(counts.findings, "finding") + (label("focus-follows") if follows else text(""))
    cells = class_numbers(subject)
    practice = StripCell(str(counts.practices), noun(counts.practices, "practice"), "best-practice")
    return [StripCell(cells[0].number, first), *cells[1:], practice]


def class_numbers(subject: Subject) -> list[StripCell]:
    counts = subject.counts
    return [
        StripCell(str(counts.findings), noun(counts.findings, "finding")),
        StripCell(str(counts.deficiencies), noun(counts.deficiencies, "deficiency"), "deficiency"),
        StripCell(str(counts.concerns), noun(counts.concerns, "concern"), "area-of-concern"),
    ]


def items_met(subject: Subject) -> StripCell:
    met, of = subject.counts.results["met"], subject.counts.in_scope
    return StripCell(f"{met}\u00a0of\u00a0{of}", noun(of, "item-met"))


def link(subject: Subject, key: str, name: Markup) -> Markup:
    return Markup(f'<a href="#{key}">{name}</a>') if subject.places.known(key) else name
