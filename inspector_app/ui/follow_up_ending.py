"""The lower part of the follow-up page: the focus review and the closeout memo."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from inspector_app.identity import roles
from inspector_app.inspection import VISIT
from inspector_app.inspection import following as rules
from inspector_app.moments import day_in_words
from inspector_app.records import Closeout
from inspector_app.ui.buttons import button
from inspector_app.ui.document_unsent import Unsent
from inspector_app.ui.editors import LineEditor, TextEditor
from inspector_app.ui.kit import (
    bullets,
    caution,
    column,
    facts,
    field_row,
    holding,
    label,
    row,
    section,
)
from inspector_app.ui.page import RecordFields
from inspector_app.ui.rows import RowData, RowList
from inspector_app.ui.typed import day_editor, read_day
from inspector_app.workspace import following
from inspector_app.workspace.summary import counted

if TYPE_CHECKING:
    from inspector_app.ui.page import Page


def focus_parts(page: "Page", reviews: list[rules.HeldReview]) -> list[QWidget]:
    """Whether a focus review follows, how, those held, and starting one."""
    if page.inspection.kind != "inspection":
        return []
    focus = page.inspection.focus_review()
    how = rules.mode(finding.verify for finding in rules.counted(page.inspection))
    where = "on site" if how == "site" else "at a desk"
    found: list[QWidget] = [section("Focus review"), label(_focus_words(page, where), "body")]
    if reviews:
        found.append(_held(page, reviews))
    elif "start-focus-review" in roles()[page.workspace.role].may:
        found += [*([_override(page)] if focus.flagged else []), _start(page)]
    return found


def _focus_words(page: "Page", where: str) -> str:
    focus, waived = page.inspection.focus_review(), page.inspection.visit.no_focus_review_reason
    findings = counted(focus.findings, "finding", "findings")
    if not focus.flagged:
        return f"{findings}, fewer than four: none is called for."
    if waived.strip():
        return f"{findings}, but none is planned. The reason is kept and printed."
    due = f", due by {day_in_words(focus.due)}" if focus.due else ""
    return f"{findings}: OPR generally holds one{due}, here {where}."


def _held(page: "Page", reviews: list[rules.HeldReview]) -> QWidget:
    rows = []
    for review in reviews:
        day = day_in_words(review.first_day) if review.first_day else "no day"
        said = [one.result for one in review.results.values()]
        words = f"{said.count('resolved')} of {len(said)} resolved"
        rows.append(RowData(review.id, day, words, "open it", "review", quiet=True))
    listed = RowList(rows, name="Focus reviews", title_width=170)
    listed.activated.connect(page.opened.emit)
    return listed


def _override(page: "Page") -> QWidget:
    fields = RecordFields(page, VISIT)
    editor = LineEditor("For instance: the agreement was ended")
    fields.bind("no_focus_review_reason", editor)
    return field_row("Reason, if none is planned", editor)


def _start(page: "Page") -> QWidget:
    first, last, reason = day_editor(), day_editor(), LineEditor("Needed below four findings")

    def act() -> None:
        begins = read_day(first.text_here())
        ends = read_day(last.text_here()) if last.text_here().strip() else begins
        id = following.start_focus_review(
            page.workspace, page.inspection_id, begins, ends, reason.text_here()
        )
        page.opened.emit(id)

    fields = (field_row("First day", first), field_row("Last day", last))
    start = button("Start the focus review", lambda: page.attempt(act))
    why = [] if page.inspection.focus_review().flagged else [field_row("Reason", reason)]
    return holding(column(row(*fields, gap=16), *why, row(start, 1)))


# -- the memo ----------------------------------------------------------------------------------


def ending(page: "Page") -> list[QWidget]:
    """The memo, or that there is none and what is open."""
    memo = page.inspection.get(Closeout, rules.CLOSEOUT)
    faults = following.in_the_way(page.workspace, page.inspection_id)
    found: list[QWidget] = [section("Closeout")]
    if memo:
        day = day_in_words(memo.day) if memo.day else "–"
        found.append(facts((("Memo of", day), ("From", memo.from_), ("To", memo.to))))
        if faults:
            found.append(caution("Closed, but something is open again:"))
    else:
        found.append(label("There is no closeout memo.", "strong"))
    if faults:
        return [*found, bullets(faults)]
    may = "close-out" in roles()[page.workspace.role].may
    return [*found, *([_memo(page)] if may and not memo else [])]


def _memo(page: "Page") -> QWidget:
    to, from_ = LineEditor("OPR; the field office"), LineEditor("287(g) Unit, ERO headquarters")
    text = TextEditor(2, "What else the memo says")
    unsent = Unsent(page, "part:closeout", to=to, from_=from_, text=text)

    def act() -> None:
        unsent.keep()
        id = page.inspection_id
        said = (from_.text_here(), to.text_here(), text.text_here())
        if page.attempt(lambda: following.close_out(page.workspace, id, *said)):
            for field in ("to", "from_", "text"):
                page.workspace.drop_draft(id, unsent.record, field)

    rows = (field_row("From", from_), field_row("To", to))
    more = field_row("Text", text)
    return holding(column(row(*rows, gap=16), more, row(button("Write the memo", act), 1)))
