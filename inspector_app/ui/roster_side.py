"""Beside the roster: what stands behind a candidate, with its decision; an officer's days."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from inspector_app.moments import day_in_words
from inspector_app.rules.roster import SOON_DAYS
from inspector_app.ui.buttons import button
from inspector_app.ui.editors import LineEditor
from inspector_app.ui.kit import caution, clause, column, facts, field_row, holding, label, row
from inspector_app.ui.kit import section as heading
from inspector_app.ui.page import Page

if TYPE_CHECKING:
    from inspector_app.rules.roster import Standing
    from inspector_app.rules.roster_findings import Candidate
    from inspector_app.rules.spans import Span
    from inspector_app.rules.training import Lapse


def _panel(*parts: QWidget) -> QWidget:
    box = column(*parts, gap=10, margins=16)
    box.addStretch(1)
    return holding(box)


def candidate_panel(page: Page, candidate: "Candidate") -> QWidget:
    """The cases, the clause, and Accept or Decline with a reason."""
    parts: list[QWidget] = [label(candidate.sentence, "heading")]
    if candidate.weight == "question":
        parts.append(caution("Ask first: days alone do not show it under this agreement."))
    for case in candidate.cases:
        parts += [label(case.officer, "strong"), label(case.words, "small")]
    parts += _clause(page, candidate)
    return _panel(*parts, *_decision(page, candidate))


def _clause(page: Page, candidate: "Candidate") -> list[QWidget]:
    form = page.inspection.form
    document = form.document(candidate.document)
    place = " ".join(p for p in (document.number or "MOA", candidate.section) if p)
    quoted = [
        citation.quotation
        for item in form.items
        if item.id == candidate.item
        for citation in item.citations
        if citation.document == candidate.document and citation.quotation
    ]
    return [heading(place), *(clause(f"“{words}”") for words in quoted[:1])]


def _decision(page: Page, candidate: "Candidate") -> list[QWidget]:
    from inspector_app.workspace import rosters

    decided = rosters.decision(page.inspection, candidate)
    if decided is not None and decided.verdict == "accepted":
        go = button("Open the finding", lambda: page.navigate.emit("findings", decided.finding))
        return [heading("Accepted"), holding(row(go, 1))]
    if decided is not None and decided.verdict == "declined":
        return [heading("Declined"), label(decided.reason, "body")]
    reason = LineEditor("Why it is no finding")
    workspace, id = page.workspace, page.inspection_id

    def accept() -> None:
        page.attempt(lambda: rosters.accept(workspace, id, candidate))

    def decline() -> None:
        page.attempt(lambda: rosters.decline(workspace, id, candidate, reason.text()))

    acts = row(button("Accept as a finding", accept, style="primary"), 1)
    return [
        holding(acts),
        field_row("Reason to decline", reason),
        holding(row(button("Decline", decline), 1)),
    ]


def officer_panel(standing: "Standing") -> QWidget:
    """An officer's spans of authority, what was overdue when, acts, and what is not known."""
    spans = standing.authorized or ()
    parts: list[QWidget] = [label(standing.officer.number, "heading")]
    parts += [heading("Authorized"), *_lines([_span(span) for span in spans], "not known")]
    overdue = [f"{lapse.subject}: {_span(lapse.span)}" for lapse in standing.overdue]
    parts += [heading("Overdue"), *_lines(overdue, "nothing that this roster shows")]
    if standing.soon:
        soon = [_soon(lapse) for lapse in standing.soon]
        parts += [heading(f"Due within {SOON_DAYS} days"), *_lines(soon, "")]
    if standing.unverified:
        years = ", ".join(f"FY{year}" for year in standing.unverified)
        parts += [heading("No annual verification"), label(years, "body")]
    acts = [(day_in_words(one.act.day), f"{one.act.kind}: {one.verdict}") for one in standing.acts]
    if acts:
        parts += [heading("Acts"), facts(acts)]
    if standing.unknown:
        parts += [heading("Not known"), *_lines(list(standing.unknown), "")]
    return _panel(*parts)


def _soon(lapse: "Lapse") -> str:
    ask = "" if lapse.known else "; the roster does not say whether it was done"
    return f"{lapse.subject}, by {day_in_words(lapse.due)}{ask}"


def _lines(texts: list[str], otherwise: str) -> list[QWidget]:
    return [label(text, "body") for text in texts or [otherwise] if text]


def _span(span: "Span") -> str:
    last = day_in_words(span.last) if span.last else "today"
    return f"{day_in_words(span.first)} to {last}"
