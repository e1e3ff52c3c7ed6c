"""One earlier finding in a focus review: the condition then, what was found now, the result."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from inspector_app.moments import day_in_words
from inspector_app.records import EarlierFinding, Finding
from inspector_app.ui.buttons import Chips
from inspector_app.ui.choices import ActChooser
from inspector_app.ui.editors import TextEditor
from inspector_app.ui.findings_side import evidence_choices, evidence_of
from inspector_app.ui.kit import clause, facts, field_row, section
from inspector_app.ui.page import RecordFields, Slots
from inspector_app.ui.rows import RowList

if TYPE_CHECKING:
    from inspector_app.ui.page import Page

RESULTS = (("resolved", "Resolved"), ("unresolved", "Unresolved"))
VERIFY = (("desk", "At a desk"), ("site", "On site"))


class EarlierView:
    """The widgets of one earlier finding; only what this visit says of it is written."""

    def __init__(self, page: "Page", record: str) -> None:
        self._page, self.record = page, record
        one = page.inspection.get(EarlierFinding, record) or EarlierFinding(id=record)
        self._as_finding = Finding(id=record, item=one.item)
        self.title, self.subtitle = one.number or "Earlier finding", one.title
        self._fields = RecordFields(page, record)
        self.widgets: list[QWidget] = [
            section("Then", "A copy of the earlier report"),
            facts(_then(one), columns=2),
            clause(one.condition or "No condition is recorded."),
            section("Now", "Nothing stands between resolved and unresolved"),
            *self._editors(),
            *self._evidence(),
        ]

    def shows(self, slots: Slots) -> bool:
        """Whether a commit altered only what the editors here show already."""
        return {record for record, _ in slots} <= {self.record}

    def _editors(self) -> list[QWidget]:
        fields = self._fields
        verify = fields.bind("verify", Chips(VERIFY, may_be_none=True, name="Verified"))
        result = fields.bind("result", Chips(RESULTS, may_be_none=True, name="Result"))
        now = fields.bind("now", TextEditor(3, "0 of 15 later files lack it"))
        return [
            field_row("Verified", verify),
            field_row("Result", result, "None chosen: not tested"),
            field_row("Condition now, or why it was not tested", now),
        ]

    def _evidence(self) -> list[QWidget]:
        page, id = self._page, self._page.inspection_id
        listed = RowList(evidence_of(page, self._as_finding), name="Evidence")
        choose = ActChooser(evidence_choices(page, self._as_finding), none="Add evidence")
        choose.setAccessibleName("Add evidence")

        def join(value: object) -> bool:
            act = page.workspace.link
            return page.write(self.record, lambda why: act(id, self.record, str(value), why))

        def part(end: str) -> None:
            act = page.workspace.unlink
            page.write(self.record, lambda why: act(id, self.record, end, why))

        choose.on_commit = join
        listed.removal.connect(part)
        return [section("Evidence", "Delete takes one away"), listed, choose]


def _then(one: EarlierFinding) -> list[tuple[str, str]]:
    kind = (one.class_ or "no class").replace("-", " ")
    found = day_in_words(one.day) if one.day else "–"
    parties = one.parties.replace(" ", ", ").replace("-", " ") or "–"
    return [("Class", kind), ("Found on", found), ("Section", one.section or "–"), ("By", parties)]
