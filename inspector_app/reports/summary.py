"""The summary: what was found, on what basis, and what follows."""

from reportlab.platypus import Flowable

from inspector_app.records import Finding
from inspector_app.reports import style
from inspector_app.reports.blocks import Strip, StripCell
from inspector_app.reports.charts import Bar, FindingChart, ResultChart
from inspector_app.reports.flow import (
    Para,
    fresh_page,
    heading,
    labelled,
    para,
    prose,
    room_for,
    space,
)
from inspector_app.reports.opening import class_numbers, items_met, link
from inspector_app.reports.page import Story
from inspector_app.reports.subject import Subject, on_day, short_day
from inspector_app.reports.tables import Column, Grid, Row, head, row
from inspector_app.reports.texts import entry, label, say, title, word
from inspector_app.reports.typed import Markup, join, strong, text


def summary(subject: Subject) -> Story:
    """One page: what was found, on what basis, and what follows."""
    practices = subject.of_class("best-practice")
    return [
        fresh_page(),
        heading(title("summary"), "summary", 2, name="h1", after=8),
        prose(lead(subject), name="lead"),
        Strip([*class_numbers(subject), _focus_or_met(subject)]),
        *labelled(label("basis"), *_basis(subject), before=0),
        *by_party(subject),
        *findings_table(subject),
        *labelled(label("best-practice"), *_practices(subject, practices)),
        *follows(subject),
    ]


def lead(subject: Subject) -> Markup:
    """How many findings, and with whom they rest."""
    counts, office = subject.counts, subject.spec.office
    if not counts.findings:
        parts = [say("lead-none", office=office)]
    else:
        party = {name: counts.by_party[name] for name in ("lea", "ice", "both")}
        classes = {"deficiencies": counts.deficiencies, "concerns": counts.concerns}
        parts = [say("lead", office=office, **classes, **party)]
    if counts.by_party["none"]:
        parts.append(say("lead-unassigned", n=counts.by_party["none"]))
    if counts.unclassified:
        parts.append(say("lead-unclassed", n=counts.unclassified))
    return join(parts)


def _focus_or_met(subject: Subject) -> StripCell:
    due = subject.inspection.focus_review().due
    if due and subject.spec.focus_review and not _not_planned(subject):
        return StripCell(short_day(due), label("focus-due"))
    return items_met(subject)


def _basis(subject: Subject) -> list[Para]:
    counts = subject.counts
    results = {name.replace("-", "_"): n for name, n in counts.results.items()}
    left = counts.in_scope - counts.answered
    numbers = {"answered": counts.answered, "in_scope": counts.in_scope, "open": left}
    basis = say("basis-open" if left else "basis", **numbers, **results)
    done = say(
        "streams-done",
        observations=counts.observations,
        files_examined=counts.files_examined,
        interviews_held=counts.interviews_held,
        interviews_refused=counts.interviews_refused,
        photos=counts.photos,
    )
    return [prose(join([basis, done]), after=12)]


def by_party(subject: Subject) -> Story:
    """The chart in which each box is one finding, a row for each responsible party."""
    if not subject.counted_findings:
        return labelled(label("by-party"), prose(say("none")), before=0)
    parties = [
        p for p in ("lea", "ice", "both", "none") if p != "none" or subject.counts.by_party[p]
    ]
    bars = [
        Bar(
            text(word("party", party)),
            subject.boxes(f for f in subject.counted_findings if subject.party(f) == party),
        )
        for party in parties
    ]
    for party, bar in zip(parties, bars, strict=True):
        assert len(bar.boxes) == subject.counts.by_party[party], "the chart ties with the counts"
    return labelled(label("by-party"), finding_chart(label("each-box"), bars), before=0)


def finding_chart(heading_: Markup, bars: list[Bar], name_width: float = 62) -> FindingChart:
    """A chart of findings with its legend and its words for those who do not see it."""
    legend = [
        ("deficiency", label("deficiency-legend")),
        ("area-of-concern", label("concern-legend")),
    ]
    alt = "; ".join(
        f"{para(bar.name).getPlainText(identify=True)} {len(bar.boxes)}: "
        + (", ".join(number for _, number in bar.boxes) or "none")
        for bar in bars
    )
    return FindingChart(heading_, bars, legend, f"Findings, one box each. {alt}.", name_width)


def findings_table(subject: Subject) -> Story:
    """All findings with class, party and page, over the whole width."""
    before = [room_for(90), para(label("the-findings"), "h2", "P", before=8, after=3)]
    if not subject.counted_findings:
        return [*before, para(say("none"), "body")]
    columns = [Column(56), Column(280, 14), Column(84), Column(54), Column(30, 0, "head-right")]
    return [*before, Grid(columns, _findings_rows(subject, columns), after=2)]


def _findings_rows(subject: Subject, columns: list[Column]) -> list[Row]:
    heads = head(columns, *map(label, ("number", "finding", "class", "party", "page")))
    rows = [
        row(
            para(strong(text(subject.finding_numbers[finding.id])), "cell"),
            para(link(subject, subject.key_of(finding), subject.finding_title(finding)), "cell"),
            para(text(entry("class", finding.class_ or "none")["word"]), "cell"),
            para(text(word("party-short", subject.party(finding))), "cell"),
            para(text(subject.places.page(subject.key_of(finding))), "cell-right"),
            record=finding.id,
        )
        for finding in subject.counted_findings
    ]
    return [heads, *rows]


def _practices(subject: Subject, practices: list[Finding]) -> list[Para]:
    if not practices:
        return [prose(say("none"))]
    found = [
        prose(
            join(
                [
                    strong(text(f"{subject.finding_numbers[practice.id]}.")),
                    subject.finding_title(practice),
                    text(f"(page\u00a0{subject.places.page(subject.key_of(practice))})."),
                ]
            )
        )
        for practice in practices
    ]
    return [*found, prose(say("practice-not-counted"))]


def follows(subject: Subject) -> Story:
    """What comes after the report."""
    return labelled(label("follows"), prose(_what_follows(subject)))


def _what_follows(subject: Subject) -> Markup:
    focus = subject.inspection.focus_review()
    if not subject.spec.focus_review:
        return say("follows-oversight")
    if not focus.flagged:
        return say("focus-none", n=focus.findings)
    if reason := _not_planned(subject):
        return say("focus-not-planned", n=focus.findings, reason=reason)
    if focus.due is None:
        return say("focus-undated", n=focus.findings)
    return say("focus", n=focus.findings, date=on_day(focus.due))


def _not_planned(subject: Subject) -> str:
    return subject.inspection.visit.no_focus_review_reason.strip()


# -- a review's first page -------------------------------------------------------------------


def work_done(subject: Subject) -> Story:
    """Interviews, documents and tour in a table."""
    counts = subject.counts
    columns = [Column(70), Column(235), Column(70, 0)]
    heads = head(columns, *map(label, ("work", "extent", "state-of-work")))
    work = [
        (
            "interviews",
            counts.interviews_held,
            say("work-interviews", n=counts.interviews_held, refused=counts.interviews_refused),
        ),
        (
            "documents",
            counts.files,
            say("work-documents", n=counts.files_examined, files=counts.files),
        ),
        (
            "tour",
            counts.observations,
            say("work-tour", n=counts.observations)
            if counts.observations
            else say("stream-optional"),
        ),
    ]
    rows = [
        row(
            para(strong(label(name)), "cell"),
            para(extent, "cell"),
            para(label("work-made" if made else "work-not-made"), "cell"),
        )
        for name, made, extent in work
    ]
    grid = Grid(columns, [heads, *rows], x=style.TEXT_X, after=14)
    return labelled(label("work-done"), grid, before=0, first=12.5)


def checklist_chart(subject: Subject) -> Story:
    """Each square is one item, by section of the checklist."""
    results = [
        (section.title, [r for _, r in pairs]) for section, pairs in subject.results_by_section
    ]
    rows = [
        (
            text(name),
            [_square(r) for r in found],
            say("n-of-n-met", n=found.count("met"), of=len(found)),
        )
        for name, found in results
    ]
    met, not_met = subject.counts.results["met"], subject.counts.results["not-met"]
    legend = [
        ("met", label("met-legend")),
        ("deficiency", label("not-met-legend")),
        ("", label("open-legend")),
    ]
    alt = "; ".join(
        f"{name} {found.count('met')} of {len(found)} met, {found.count('not-met')} not met"
        for name, found in results
    )
    chart = ResultChart(
        say("checklist-message", met=met, of=subject.counts.in_scope, not_met=not_met),
        rows,
        legend,
        f"Items by section: {alt}.",
    )
    return labelled(label("checklist"), chart, before=0)


def _square(result: str) -> str:
    return {"met": "met", "not-met": "deficiency"}.get(result, "")


def review_findings(subject: Subject) -> Story:
    """The table of findings, the lead sentence, best practices, and on what basis."""
    columns = [Column(46), Column(173, 12), Column(76), Column(50), Column(30, 0, "head-right")]
    grid = Grid(columns, _findings_rows(subject, columns), x=style.TEXT_X, least=1)
    found = [grid, space(6)] if subject.counted_findings else []
    return [
        *labelled(label("findings"), *found, prose(lead(subject)), first=_first(found)),
        *labelled(label("best-practice"), *_practices(subject, subject.of_class("best-practice"))),
        *labelled(label("basis"), *_basis(subject)),
    ]


def _first(table: list[Flowable]) -> float:
    """How far down the first baseline is: a table's head has room over it."""
    return 13.0 if table else 10.5
