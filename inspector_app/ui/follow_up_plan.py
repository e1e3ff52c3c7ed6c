"""One finding in follow-up: what was found, was it there before, ERO's plan, its acceptance."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from inspector_app.identity import roles
from inspector_app.inspection import following as rules
from inspector_app.inspection.recurring import Before
from inspector_app.moments import day_in_words
from inspector_app.records import CorrectiveAction, Finding
from inspector_app.ui.buttons import Chips, button
from inspector_app.ui.choices import ActChooser
from inspector_app.ui.editors import LineEditor, TextEditor
from inspector_app.ui.findings_side import evidence_choices, evidence_of
from inspector_app.ui.kit import caution, facts, field_row, holding, label, row, section, state_line
from inspector_app.ui.page import RecordFields, Slots
from inspector_app.ui.rows import RowList
from inspector_app.ui.typed import day_editor
from inspector_app.workspace import following

if TYPE_CHECKING:
    from inspector_app.ui.page import Page

STATES = {
    "accepted": "done and accepted",
    "done": "done, not accepted yet",
    "open": "open",
    "late": "late",
    "none": "no plan yet",
    "conflict": "two plans: decide",
}
AGREES = (("yes", "Yes"), ("partly", "Partly"), ("no", "No"))
_TEXTS = {
    "reason": ("Why not, or only partly", "What ERO holds against the finding"),
    "cause": ("Cause", "Why it came to this"),
    "action": ("Action", "What is done about it"),
}


class PlanView:
    """The widgets of one finding's plan; ERO alone may write in them."""

    def __init__(self, page: "Page", finding: str) -> None:
        self._page, self._finding = page, finding
        found = page.inspection.get(Finding, finding) or Finding(id=finding)
        self.title = page.inspection.finding_numbers().get(finding, "")
        self.subtitle = page.inspection.numbers(found.title)
        self.record = rules.action_record(finding)
        self._may = "corrective-action" in roles()[page.workspace.role].may
        self._fields = RecordFields(page, self.record) if self._may else None
        action = rules.action_of(page.inspection, finding)
        self._status = action.status if action else None
        self.widgets: list[QWidget] = [
            label(page.inspection.numbers(found.condition) or "No condition is recorded.", "body"),
            *self._before(found),
            *self._result(),
            section("ERO’s corrective action", "OPR recommends nothing"),
            *self._disputed(),
            *(self._editors() if self._fields else self._shown(action)),
            *self._acceptance(action),
        ]

    def shows(self, slots: Slots) -> bool:
        """Whether a commit altered only what the editors here show already."""
        action = rules.action_of(self._page.inspection, self._finding)
        typed = {record for record, _ in slots} <= {self.record}
        return self._may and typed and self._status == (action.status if action else None)

    # -- what is known of it -------------------------------------------------------------------

    def _before(self, finding: Finding) -> list[QWidget]:
        """The same duty on earlier visits; a person says whether the finding is the same."""
        page = self._page
        found = following.recurrences(page.workspace, page.inspection_id).get(finding.id)
        if found is None:
            return []
        times = "more than once" if found.kind == "recurring" else "once"
        rows = [self._earlier(finding, one) for one in found.before]
        return [section("On earlier visits", f"The same duty, {times} before"), *rows]

    def _earlier(self, finding: Finding, one: Before) -> QWidget:
        page = self._page
        day = f", {day_in_words(one.day)}" if one.day else ""
        why = "same question" if one.why == "item" else "same clause"
        words = f"{one.number} {one.title}{day} ({why})"
        if finding.repeats == following.copy_record(one.inspection, one.finding):
            return state_line("check", f"Repeats {words}")
        act = button(f"It repeats {one.number}", lambda: self._repeat(one))
        may = page.workspace.role.startswith("opr-") or page.inspection.kind == "oversight-review"
        return holding(row(state_line("history", words), 1, *([act] if may else [])))

    def _repeat(self, one: Before) -> None:
        page, finding = self._page, self._finding

        def act() -> None:
            following.repeats(
                page.workspace, page.inspection_id, finding, one.inspection, one.finding
            )

        page.attempt(act)

    def _result(self) -> list[QWidget]:
        page = self._page
        reviews = following.held_reviews(page.workspace, page.inspection_id)
        said = rules.result_of(reviews, self._finding)
        if said is None:
            return []
        words = {"resolved": "Resolved", "unresolved": "Unresolved", None: "Not tested"}
        mark = {"resolved": "check", "unresolved": "problem", None: "unanswered"}[said.result]
        now = f": {said.now}" if said.now.strip() else ""
        return [section("Focus review"), state_line(mark, words[said.result] + now, "body")]

    def _disputed(self) -> list[QWidget]:
        if not self._page.inspection.log.disputed(self.record):
            return []
        told = "Two people wrote different plans. Both are kept; decide which one stands."
        show = button("Decide", lambda: self._page.navigate.emit("what-is-left", self.record))
        return [caution(told), holding(row(show, 1))]

    # -- the plan ------------------------------------------------------------------------------

    def _editors(self) -> list[QWidget]:
        fields = self._fields
        assert fields is not None
        agrees = fields.bind("agrees", Chips(AGREES, may_be_none=True, name="ERO agrees"))
        texts = [
            field_row(words, fields.bind(field, TextEditor(2, hint)))
            for field, (words, hint) in _TEXTS.items()
        ]
        owner = field_row("Owner", fields.bind("owner", LineEditor("Who does it, by role")))
        target = field_row("Target", fields.bind("target", day_editor()))
        done = field_row("Done on", fields.bind("done", day_editor()))
        papers = TextEditor(2, "What shows that it is done, one paper a line")
        return [
            field_row("ERO agrees", agrees),
            *texts,
            owner,
            holding(row(target, done, gap=16)),
            field_row("Papers", fields.bind("papers", papers)),
            *self._linked(may=True),
        ]

    def _linked(self, *, may: bool) -> list[QWidget]:
        """What is recorded in this inspection and shows that it is done."""
        page, plan = self._page, Finding(id=self.record)
        listed = RowList(evidence_of(page, plan), name="Evidence")
        if not may:
            return [section("Evidence"), listed] if listed.rows() else []
        choose = ActChooser(evidence_choices(page, plan), none="Add evidence")
        choose.setAccessibleName("Add evidence")
        choose.on_commit = self._link
        listed.removal.connect(self._unlink)
        return [section("Evidence", "Delete takes one away"), listed, choose]

    def _link(self, end: object) -> bool:
        """A link hangs on the plan, so where there is none yet, an open one is begun."""
        page, id = self._page, self._page.inspection_id

        def act(why: str) -> None:
            if page.inspection.record(self.record) is None:
                following.plan(page.workspace, id, self._finding, status="open")
            page.workspace.link(id, self.record, str(end), why)

        return bool(end) and page.write(self.record, act)

    def _unlink(self, end: str) -> None:
        page = self._page
        act = page.workspace.unlink
        page.write(self.record, lambda why: act(page.inspection_id, self.record, end, why))

    def _shown(self, action: CorrectiveAction | None) -> list[QWidget]:
        if action is None:
            return [label("ERO has recorded no plan for this finding yet.", "muted")]
        agrees = dict(AGREES).get(action.agrees or "", "Not said yet")
        days = ((day_in_words(day) if day else "–") for day in (action.target, action.done))
        target, done = days
        pairs = (
            *(("ERO agrees", agrees), ("Reason", action.reason or "–")),
            *(("Cause", action.cause or "–"), ("Action", action.action or "–")),
            *(("Owner", action.owner or "–"), ("Target", target), ("Done on", done)),
            ("Papers", action.papers or "–"),
        )
        return [facts(pairs), *self._linked(may=False)]

    def _acceptance(self, action: CorrectiveAction | None) -> list[QWidget]:
        """ERO headquarters accepts that it is done, or takes that back."""
        may = "close-out" in roles()[self._page.workspace.role].may
        if action and action.status == "accepted":
            back = [button("Open it again", lambda: self._accept(None))] if may else []
            line = state_line("check", "Accepted by ERO headquarters as done", "strong")
            return [holding(row(line, 1, *back))]
        if not may:
            return []
        act = button("Accept as done", lambda: self._accept("accepted"), style="primary")
        return [holding(row(act, 1))]

    def _accept(self, status: str | None) -> None:
        page, finding = self._page, self._finding
        for binding in list(page.bindings):
            binding.flush()
        page.attempt(
            lambda: following.plan(page.workspace, page.inspection_id, finding, status=status)
        )
