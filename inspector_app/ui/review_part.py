"""One part under review: who signed it, what ended a signature, what reviewers said, the acts."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from inspector_app.identity import roles
from inspector_app.inspection import parts, reviewing
from inspector_app.inspection.reviewing import AMENDMENT, Lapse
from inspector_app.moments import Moment, day_in_words
from inspector_app.records import Review
from inspector_app.ui.buttons import button
from inspector_app.ui.document_unsent import Unsent
from inspector_app.ui.editors import TextEditor
from inspector_app.ui.kit import caution, field_row, holding, label, row, section, state_line
from inspector_app.ui.naming import name_of
from inspector_app.workspace import reviewing as verbs

if TYPE_CHECKING:
    from inspector_app.ui.page import Page

STATES = {
    "draft": "Not signed",
    "lapsed": "Signed once; it has changed since",
    "signed": "Signed",
    "returned": "Returned by a reviewer",
    "accepted": "Accepted by a reviewer",
    "opposed": "Reviewers disagree: not signed",
    "conflict": "People disagree: not signed",
}
MARKS = {
    "draft": "unanswered",
    "lapsed": "changed",
    "signed": "partly",
    "returned": "problem",
    "accepted": "check",
    "opposed": "conflict",
    "conflict": "conflict",
}


class PartView:
    """The widgets of one part; what is typed as a reason is kept like a draft until it is used."""

    def __init__(self, page: "Page", part: str) -> None:
        self._page, self._part = page, part
        self._reason = TextEditor(3, "What is to be changed, or what you looked at")
        self._reason.setAccessibleName("Comment or reason")
        self._unsent = Unsent(page, part if ":" in part else f"part:{part}", reason=self._reason)
        inspection = page.inspection
        state = reviewing.state_of(inspection, part)
        self.widgets: list[QWidget] = [
            state_line(MARKS[state], STATES[state], "strong"),
            *self._signatures(),
            *self._said(),
            *self._acts(),
        ]

    def keep(self) -> None:
        """Keep what is typed and not used yet."""
        self._unsent.keep()

    def _signatures(self) -> list[QWidget]:
        inspection, part = self._page.inspection, self._part
        held = inspection.signed(part)
        lines: list[QWidget] = [
            state_line("check", f"{_name(self._page, s.id, s.name)}, {day_of(s.held)}")
            for s in held
        ]
        for lapse in reviewing.lapses(inspection, part):
            lines += self._lapse(lapse)
        return [section("Signatures"), *(lines or [label("Nobody has signed this.", "muted")])]

    def _lapse(self, lapse: Lapse) -> list[QWidget]:
        said, page = lapse.sign_off, self._page
        name = _name(page, said.id, said.name)
        found: list[QWidget] = [
            state_line("changed", f"{name}, {day_of(said.held)}: holds no more")
        ]
        for change in lapse.same_time:
            where = name_of(page.inspection, change.edits[0].record)
            by = page.workspace.person(change.author)
            found.append(caution(f"Made at the same time: {where}, {change.label}, by {by}."))
        for change in lapse.amended:
            words = change.label.removeprefix(AMENDMENT)
            where = name_of(page.inspection, change.edits[0].record)
            found.append(state_line("changed", f"Amended: {where}, {words}"))
        return found

    def _said(self) -> list[QWidget]:
        inspection = self._page.inspection
        found = reviewing.reviews_of(inspection, self._part)
        digest = inspection.part_digest(self._part) if found else ""
        lines = [self._remark(review, review.digest == digest) for review in found]
        return [section("Review"), *(lines or [label("Nothing was said yet.", "muted")])]

    def _remark(self, review: Review, holds: bool) -> QWidget:
        mark = {"accepted": "check", "returned": "problem"}.get(review.verdict or "", "note")
        verdict = {"accepted": "accepted: ", "returned": "returned: "}.get(review.verdict or "", "")
        who = review.name or "A reviewer"
        old = "" if holds else " (it has changed since)"
        words = f"{who}, {day_of(review.held)}, {verdict}{review.reason}".rstrip(": ,") + old
        return state_line(mark, words, "body")

    # -- acts ----------------------------------------------------------------------------------

    def _acts(self) -> list[QWidget]:
        page = self._page
        may = roles()[page.workspace.role].may
        found: list[QWidget] = []
        if "review" in may and reviewing.is_reviewer(page.inspection, page.workspace.role):
            accept = button("Accept", lambda: self._review("accepted"), style="primary")
            back = button("Return", lambda: self._review("returned"))
            comment = button("Comment", lambda: self._review(None))
            acts = holding(row(accept, back, comment, 1))
            found += [field_row("Comment or reason", self._reason), acts]
        elif "sign-off" in may and not self._part.startswith("item:"):
            sign = button(f"Sign {parts.part_title(page.inspection, self._part)}", self._sign)
            found.append(holding(row(sign, 1)))
        return found

    def _sign(self) -> None:
        page = self._page
        page.attempt(lambda: page.workspace.sign_off(page.inspection_id, self._part))

    def _review(self, verdict: "verbs.Verdict | None") -> None:
        page, reason = self._page, self._reason.text_here()

        def act() -> None:
            verbs.review(page.workspace, page.inspection_id, self._part, verdict, reason)

        self.keep()
        if page.attempt(act):
            page.workspace.drop_draft(page.inspection_id, self._unsent.record, "reason")
            page.show_record(self._part)


def _name(page: "Page", record: str, name: str) -> str:
    return name or page.workspace.person(record.removeprefix("sign-off:").partition("/")[0])


def day_of(held: str | None) -> str:
    """The day of a stored moment in words."""
    return day_in_words(Moment.parse(held).day) if held else "no day"
