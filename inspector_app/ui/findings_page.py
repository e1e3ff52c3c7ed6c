"""Findings: what was found, under which authority, on what evidence."""

from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from inspector_app.records import PARTIES, Finding
from inspector_app.ui.buttons import Chips, button
from inspector_app.ui.choices import ActChooser, CheckEditor, FieldChoice
from inspector_app.ui.class_chooser import ClassChooser
from inspector_app.ui.conflict_card import ConflictCard
from inspector_app.ui.editors import LineEditor, TextEditor
from inspector_app.ui.finding_provenance import position_parts
from inspector_app.ui.findings_side import evidence_choices, evidence_of, finding_panel
from inspector_app.ui.kit import (
    caution,
    column,
    emptied,
    empty_state,
    field_row,
    holding,
    label,
    page_head,
    reading,
    row,
    section,
    state_line,
)
from inspector_app.ui.live_numbers import AtRest
from inspector_app.ui.page import Page, RecordFields, Slots
from inspector_app.ui.rows import RowData, RowList, finder
from inspector_app.ui.typed import count_editor
from inspector_app.workspace.summary import findings_in_words

if TYPE_CHECKING:
    from inspector_app.workspace import Workspace

PARTY_WORDS = {
    "lea-officers": "LEA officers",
    "lea-management": "LEA management",
    "ice-field-supervisor": "ICE supervisor",
    "ice-field-office": "ICE field office",
}


class FindingsPage(Page):
    """The list of findings, or one of them."""

    title = "Findings"
    keys = (("Ctrl+N", "new finding"), ("Ctrl+Z", "undo"), ("F8", "next unanswered"))

    def __init__(self, workspace: "Workspace", inspection: str) -> None:
        super().__init__(workspace, inspection)
        self._record = ""
        self._fields: RecordFields | None = None
        self._box = column(gap=14)
        self.fill(reading(self._box))

    def show_record(self, record: str) -> None:
        """One finding, or the list."""
        self._record = record if record.startswith("finding:") else ""
        self._build()
        self.placed.emit()

    def current_record(self) -> str:
        return self._record

    def section_entry(self) -> str:
        return self._record

    def _finding(self) -> Finding | None:
        return self.inspection.get(Finding, self._record) if self._record else None

    def _build(self) -> None:
        if self._fields is not None:
            self._fields.release()
            self._fields = None
        emptied(self._box)
        finding = self._finding()
        for part in self._editor(finding) if finding else self._overview():
            self._box.addWidget(part)
        self._box.addStretch(1)

    # -- the list ----------------------------------------------------------------------------

    def _overview(self) -> list[QWidget]:
        new = button("New finding", self._new, style="primary", symbol="plus", key="Ctrl+N")
        counts = self.inspection.counts()
        head = page_head("Findings", findings_in_words(counts), new)
        rows = [self._row(finding) for finding in self.inspection.findings()]
        if not rows:
            text = (
                "A finding says what was found, which written rule it breaches or how it weakens "
                "the program, and on what evidence. Start one here, from an item that is not met, "
                "or from a column of a document review."
            )
            return [head, empty_state("No findings yet", text)]
        listed = RowList(rows, name="Findings", title_width=90)
        find = finder("Find a finding", lambda text: listed.set_rows(_holding(rows, text)))
        QShortcut(QKeySequence("Ctrl+F"), find).activated.connect(find.setFocus)
        listed.activated.connect(self.show_record)
        listed.removal.connect(self._remove)
        return [head, find, listed]

    def _row(self, finding: Finding) -> RowData:
        number = self.inspection.finding_numbers()[finding.id]
        title = self.inspection.numbers(finding.title) or "Without a title"
        state = "conflict" if ConflictCard.needed(self, finding.id) else finding.class_ or "problem"
        return RowData(finding.id, number, title, finding.type, state)

    def _new(self) -> None:
        made: list[str] = []
        if self.attempt(
            lambda: made.append(
                self.workspace.new(self.inspection_id, "finding", document="moa").record
            )
        ):
            self.show_record(made[0])

    def _remove(self, record: str) -> None:
        self.write(record, lambda amends: self.workspace.remove(self.inspection_id, record, amends))
        if record == self._record:
            self.show_record("")

    # -- one finding -------------------------------------------------------------------------

    def _editor(self, finding: Finding) -> list[QWidget]:
        number = self.inspection.finding_numbers()[finding.id]
        remove = button("Remove", lambda: self._remove(finding.id), style="link")
        title = self.inspection.numbers(finding.title) or "Without a title"
        head = page_head(f"{number}  {title}", "", remove)
        if ConflictCard.needed(self, finding.id):
            return [head, ConflictCard(self, finding.id)]
        fields = self._fields = RecordFields(self, finding.id)
        chooser = ClassChooser(finding.class_, self.inspection.class_problems(finding))
        chooser.chosen.connect(self._classify)
        line = fields.bind("title", LineEditor("The fault, with its count"))
        AtRest(line, self.inspection.numbers)
        return [
            head,
            chooser,
            field_row("Title", line),
            self._facts(finding, fields),
            *self._criteria(finding, fields),
            *self._prose(fields),
            *self._evidence(finding),
            *position_parts(self, finding),
        ]

    def _facts(self, finding: Finding, fields: RecordFields) -> QWidget:
        from inspector_app.forms import finding_types

        letter = {"deficiency": "D", "area-of-concern": "A"}.get(finding.class_ or "", "")
        types = [(t.code, f"{t.code} {t.title}") for t in finding_types().values()]
        kind = fields.bind("type", FieldChoice([t for t in types if t[0].startswith(letter)]))
        verify = fields.bind("verify", Chips([("desk", "Desk"), ("site", "Site")]))
        parties = Chips([(p, PARTY_WORDS[p]) for p in PARTIES], several=True)
        parties.set_values(self.inspection.parties(finding.id))
        parties.chosen.connect(lambda _: self._set_parties(parties.values()))
        first = row(field_row("Type", kind), field_row("A fix is verified at", verify), gap=16)
        first.setStretch(0, 1)
        return holding(column(first, field_row("Responsible", parties), gap=12))

    def _criteria(self, finding: Finding, fields: RecordFields) -> list[QWidget]:
        documents = [
            (d.id, f"{d.number} {d.title}".strip()) for d in self.inspection.form.documents
        ]
        document = fields.bind("document", FieldChoice(documents))
        place = fields.bind("section", LineEditor("IV.G"))
        page = fields.bind("page", count_editor("4"))
        quoted = fields.bind("quotation", TextEditor(2, "The sentence, word for word"))
        own = fields.bind("own_copy", CheckEditor("Quoted from my own copy"))
        places = (field_row("Section", place), field_row("Page", page))
        line = row(field_row("Authority", document), *places, gap=16)
        for at, share in enumerate((6, 2, 1)):
            line.setStretch(at, share)
        parts = [section("Criteria"), holding(line), field_row("Sentence", quoted), own]
        if self.inspection.rests_on_presumption(finding):
            parts.append(caution("This rests on a presumed agreement: compare the signed copy."))
        return [*parts, self._confirmation(finding)]

    def _confirmation(self, finding: Finding) -> QWidget:
        if finding.confirmed:
            back = button("Take back", lambda: self._confirm(None), style="link")
            return holding(row(state_line("check", "Confirmed as violated"), back, 1, gap=12))
        if not finding.quotation.strip():
            return label("Quote the sentence that is violated, then confirm it here.", "muted")
        act = button("Confirm that this sentence is violated", lambda: self._confirm(finding))
        return holding(row(act, label("until then it is only cited", "muted", wrap=False), 1))

    def _prose(self, fields: RecordFields) -> list[QWidget]:
        hints = {
            "condition": ("Condition", "What was found, with numbers that the program computes"),
            "effect": ("Effect", "What it means for the people or the program"),
            "cause": ("Cause", "Why, where it is known"),
        }
        made = {
            words: fields.bind(field, TextEditor(3 if field != "cause" else 2, hint))
            for field, (words, hint) in hints.items()
        }
        for editor in made.values():
            AtRest(editor, self.inspection.numbers)
        return [field_row(words, editor) for words, editor in made.items()]

    def _evidence(self, finding: Finding) -> list[QWidget]:
        listed = RowList(evidence_of(self, finding), name="Evidence")
        listed.removal.connect(self._unlink)
        choose = ActChooser(evidence_choices(self, finding), none="Add evidence")
        choose.on_commit = lambda value: self._link(str(value))
        choose.setAccessibleName("Add evidence")
        return [section("Evidence", "Delete takes one away"), listed, choose]

    # -- acts --------------------------------------------------------------------------------

    def _classify(self, chosen: str | None) -> None:
        self._put(**{"class": chosen})
        self._build()

    def _confirm(self, finding: Finding | None) -> None:
        self._put(violated=finding.quotation if finding else None)

    def _put(self, **values: Any) -> None:
        for binding in self.bindings:
            binding.flush()
        record, id = self._record, self.inspection_id
        self.write(
            record,
            lambda amends: self.workspace.put_many(
                id, {record: values}, f"{next(iter(values))} of a finding", amends
            ),
        )

    def _set_parties(self, wanted: list[str]) -> None:
        have = set(self.inspection.parties(self._record))
        for party in set(wanted) - have:
            self._link(f"party:{party}")
        for party in have - set(wanted):
            self._unlink(f"party:{party}")

    def _link(self, other: str) -> bool:
        record, id = self._record, self.inspection_id
        return bool(other) and self.write(
            record, lambda amends: self.workspace.link(id, record, other, amends)
        )

    def _unlink(self, other: str) -> None:
        record, id = self._record, self.inspection_id
        self.write(record, lambda amends: self.workspace.unlink(id, record, other, amends))

    def changed(self, slots: Slots) -> None:
        super().changed(slots)
        shape = {"class", "violated", "quotation", "from", "to", "removed", "type", "document"}
        mine = any(r == self._record or r.startswith("link:") for r, f in slots if f in shape)
        other = not self._record and any(r.startswith("finding:") for r, _ in slots)
        if mine or other:
            self._build()

    def side_panel(self) -> QWidget | None:
        finding = self._finding()
        return finding_panel(self, finding) if finding else None


def _holding(rows: list[RowData], text: str) -> list[RowData]:
    """The rows with all the words of a text."""
    words = text.casefold().split()
    return [row for row in rows if all(word in row.words.casefold() for word in words)]
