"""The checklist: one item at a time with all that belongs to it, or all items of a section."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from inspector_app.ui.agreement_beside import KEY, AgreementBeside
from inspector_app.ui.buttons import Chips, button
from inspector_app.ui.checklist_side import item_panel
from inspector_app.ui.choices import ResultButtons
from inspector_app.ui.conflict_card import ConflictCard
from inspector_app.ui.earlier_answers import earlier_part
from inspector_app.ui.editors import TextEditor
from inspector_app.ui.kit import (
    ElidedLabel,
    column,
    emptied,
    field_row,
    holding,
    label,
    reading,
    row,
    section,
)
from inspector_app.ui.page import Page, RecordFields, Slots
from inspector_app.ui.rows import RowData, RowList
from inspector_app.ui.theme import px

if TYPE_CHECKING:
    from inspector_app.forms import Item
    from inspector_app.workspace import Workspace

EVIDENCE_WORDS = {"saw": "Seen on the tour", "read": "Read in records", "told": "Told by people"}


class ChecklistPage(Page):
    """Card and list over the same answers; F4 changes between them, F8 goes on."""

    title = "Checklist"
    keys = (
        ("F8", "next unanswered"),
        ("F4", "card or list"),
        ("Ctrl+F", "find"),
        (KEY, "agreement"),
    )

    def __init__(self, workspace: "Workspace", inspection: str) -> None:
        super().__init__(workspace, inspection)
        self._item = self.inspection.form.items[0]
        self._fields: RecordFields | None = None
        self._results: ResultButtons | None = None
        self._note: TextEditor | None = None
        self._card = column(gap=14)
        self._list = column(gap=10)
        self._views = QStackedWidget()
        self._views.addWidget(reading(self._card))
        self._views.addWidget(reading(self._list, wide=True))
        self._title = label("", "heading", wrap=False)
        self._place = ElidedLabel("", "muted")
        self._find = QLineEdit()
        self._find.setPlaceholderText("Find in the checklist")
        self._find.setAccessibleName("Find in the checklist")
        self._find.textChanged.connect(lambda _: self._look())
        QShortcut(QKeySequence("Ctrl+F"), self).activated.connect(self._find.setFocus)
        self._mode = Chips([("card", "Card"), ("list", "List")], name="View")
        self._mode.set_value("card")
        self._mode.chosen.connect(self._show_mode)
        QShortcut(QKeySequence("F4"), self).activated.connect(self._toggle)
        for key in "12340":
            made = QShortcut(QKeySequence(key), self)
            made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made.activated.connect(lambda key=key: self._press(key))
        self.agreement = AgreementBeside(self, self._views)
        self.fill(self._head(), self.agreement)
        self._build()

    def _press(self, key: str) -> None:
        if self._results is not None:
            self._results.press(key)

    def _head(self) -> QWidget:
        head = row(self._title, self._place, gap=8)
        head.setStretch(1, 1)
        head.addWidget(self._find)
        head.addWidget(button("Next unanswered", self.next_unanswered, key="F8"))
        head.addWidget(self._mode)
        head.setContentsMargins(px(24), px(12), px(24), px(4))
        return holding(head)

    # -- where one is ------------------------------------------------------------------------

    def show_record(self, record: str) -> None:
        """An item (`answer:j-70`), a section (`section:interpretation`), or where one was."""
        kind, _, name = record.partition(":")
        form = self.inspection.form
        found = [i for i in form.items if kind == "answer" and i.id == name]
        found += [s.items[0] for s in form.sections if kind == "section" and s.id == name]
        self._item = found[0] if found else self._item
        self._build()
        if self._results is not None:
            self._results.button("met").setFocus()  # so that 1 to 4 answer at once
        self.placed.emit()

    def current_record(self) -> str:
        return f"answer:{self._item.id}"

    def trail(self) -> list[str]:
        return [self._item.id.upper()]

    def section_entry(self) -> str:
        """The line under the page in the left list that is open."""
        return f"section:{self.inspection.form.section_of(self._item.id).id}"

    def next_unanswered(self) -> None:
        """The next item without an answer after this one, round the whole checklist."""
        shown = self.inspection.shown_items()
        at = next((n for n, item in enumerate(shown) if item.id == self._item.id), 0)
        order = [*shown[at + 1 :], *shown[: at + 1]]
        found = next((i for i in order if self.inspection.answer(i.id).result is None), None)
        if found is None:
            self.navigate.emit("what-is-left", "")
        else:
            self.show_record(f"answer:{found.id}")

    def _neighbor(self, step: int) -> None:
        shown = [i.id for i in self.inspection.shown_items()]
        at = shown.index(self._item.id) if self._item.id in shown else 0
        self.show_record(f"answer:{shown[(at + step) % len(shown)]}")

    def _toggle(self) -> None:
        self._mode.set_value("list" if self._mode.value() == "card" else "card")
        self._show_mode(self._mode.value())

    def _show_mode(self, mode: str) -> None:
        self._views.setCurrentIndex(1 if mode == "list" else 0)
        if mode == "list":
            self._build_list()

    # -- card --------------------------------------------------------------------------------

    def _build(self) -> None:
        if self._fields is not None:
            self._fields.release()
        emptied(self._card)
        form, item = self.inspection.form, self._item
        self.agreement.follow(item)
        part = form.section_of(item.id)
        shown = [i for i in part.items if self.inspection.shown(i)]
        place = shown.index(item) + 1 if item in shown else 0
        self._title.setText(part.title)
        self._place.set_text(f"item {place} of {len(shown)}" if place else "not asked now")
        self._fields = RecordFields(self, f"answer:{item.id}")
        for widget in self._card_parts(item, self._fields):
            self._card.addWidget(widget)
        self._card.addStretch(1)
        if self._mode.value() == "list":
            self._build_list()

    def _card_parts(self, item: "Item", fields: RecordFields) -> list[QWidget]:
        cite = item.citations[0]
        kinds = ", ".join(EVIDENCE_WORDS[kind].lower() for kind in item.evidence)
        head = row(
            label(item.id.upper(), "strong", wrap=False),
            label(
                _cited(self.inspection.form.document(cite.document).number, cite),
                "small",
                wrap=False,
            ),
            ElidedLabel(kinds, "muted"),
            gap=12,
        )
        head.setStretch(2, 1)
        parts = [holding(head), label(item.question, "question")]
        self._results = None
        if ConflictCard.needed(self, fields.record):
            return [*parts, ConflictCard(self, fields.record)]
        results = self._results = ResultButtons()
        note = self._note = TextEditor(4, "What was seen, read or told")
        fields.bind("result", results)
        fields.bind("note", note)
        results.chosen.connect(self._to_note)
        parts += [results, field_row("Note", note)]
        if self.inspection.answer(item.id).result in ("not-applicable", "could-not-assess"):
            reason = TextEditor(2, "Why it does not apply or could not be assessed")
            fields.bind("reason", reason)
            parts.append(field_row("Reason", reason))
        return [*parts, *self._evidence(item), *earlier_part(self, item), self._acts(item)]

    def _to_note(self, result: object) -> None:
        """What is not simply met wants a word: the caret goes to the note, made anew meanwhile."""
        if self._note is not None and result not in (None, "met"):
            self._note.setFocus()

    def _evidence(self, item: "Item") -> list[QWidget]:
        """What in this inspection speaks to the item: observations, samples, findings."""
        rows = evidence_rows(self, item)
        listed = RowList(rows, name="Evidence")
        listed.activated.connect(self._go)
        hint = "" if rows else "nothing linked yet"
        return [section("Evidence", hint), listed] if rows else [section("Evidence", hint)]

    def _acts(self, item: "Item") -> QWidget:
        findings = [f for f in self.inspection.findings() if f.item == item.id]
        acts: list[QWidget] = []
        if self.inspection.answer(item.id).result == "not-met" and not findings:
            acts.append(button("Start a finding", self._start_finding, style="primary"))
        acts.append(button("Previous", lambda: self._neighbor(-1), key="Alt+Up"))
        acts.append(button("Next", lambda: self._neighbor(1), key="Alt+Down"))
        return holding(row(*acts, 1))

    def _start_finding(self) -> None:
        item = self._item
        cite = next((c for c in item.citations if c.quotation), item.citations[0])
        made: list[str] = []

        def write() -> None:
            commit = self.workspace.new(
                self.inspection_id,
                "finding",
                item=item.id,
                type=item.types[0] if item.types else None,
                document=cite.document,
                section=cite.section,
                quotation=cite.quotation,
                verify=item.verify,
            )
            made.append(commit.record)
            self.workspace.link(self.inspection_id, commit.record, f"answer:{item.id}")

        if self.attempt(write):
            self.navigate.emit("findings", made[0])

    def _go(self, record: str) -> None:
        from inspector_app.ui.pages import page_of

        self.navigate.emit(page_of(record), record)

    # -- list --------------------------------------------------------------------------------

    def _look(self) -> None:
        """What is found stands in the list; without words the list is the section again."""
        self._mode.set_value("list" if self._find.text().strip() else "card")
        self._show_mode(self._mode.value())

    def _found(self) -> list["Item"]:
        """The items with all the words in number, question or note; without words the section."""
        words = self._find.text().casefold().split()
        if not words:
            part = self.inspection.form.section_of(self._item.id)
            return [item for item in part.items if self.inspection.shown(item)]
        return [item for item in self.inspection.shown_items() if self._holds(item, words)]

    def _holds(self, item: "Item", words: list[str]) -> bool:
        text = f"{item.id} {item.question} {self.inspection.answer(item.id).note}".casefold()
        return all(word in text for word in words)

    def _build_list(self) -> None:
        emptied(self._list)
        part = self.inspection.form.section_of(self._item.id)
        rows = [self._row(item) for item in self._found()]
        title = f"{len(rows)} found" if self._find.text().strip() else part.title
        listed = RowList(rows, name="Items", title_width=560)
        listed.activated.connect(self._open_card)
        self._list.addWidget(label(title, "heading"))
        self._list.addWidget(listed)
        self._list.addStretch(1)

    def _row(self, item: "Item") -> RowData:
        answer = self.inspection.answer(item.id)
        disputed = "result" in self.inspection.log.disputed(answer.id)
        mark = "conflict" if disputed else answer.result or "unanswered"
        return RowData(answer.id, item.question, answer.note, item.id.upper(), mark)

    def _open_card(self, record: str) -> None:
        self._mode.set_value("card")
        self._views.setCurrentIndex(0)
        self.show_record(record)

    # -- following changes -------------------------------------------------------------------

    def leave(self) -> None:
        super().leave()
        self.agreement.leave()

    def changed(self, slots: Slots) -> None:
        self.agreement.changed(slots)
        record = f"answer:{self._item.id}"
        rebuild = {(record, "result"), (record, "removed")} & slots
        touches = {r.partition(":")[0] for r, _ in slots} & {"finding", "observation", "link"}
        if rebuild or touches or ConflictCard.needed(self, record):
            focused = self.focusWidget()
            had_note = isinstance(focused, TextEditor) and not rebuild
            if not had_note:
                self._build()
                return
        super().changed(slots)

    def side_panel(self) -> QWidget | None:
        narrow = self.agreement.needs_room()
        return None if narrow else item_panel(self, self._item, self.agreement.act)


def _cited(number: str, cite: object) -> str:
    section = getattr(cite, "section", "")
    page = getattr(cite, "page", None)
    named = " ".join(p for p in (number or "MOA", section) if p)
    return f"{named}, page {page}" if page else named


def evidence_rows(page: Page, item: "Item") -> list[RowData]:
    """Observations, samples and findings that belong to an item."""
    from inspector_app.records import DocumentReview, Observation

    inspection = page.inspection
    numbers: Callable[[str], str] = inspection.record_numbers().get  # type: ignore[assignment]
    rows = [
        RowData(o.id, numbers(o.id), o.text, "Tour", o.result or "seen")
        for o in inspection.all(Observation)
        if o.item == item.id
    ]
    for review in inspection.all(DocumentReview):
        kinds = [k for k in inspection.form.sample_kinds if k.id == review.sample_kind]
        for attribute in (a for kind in kinds for a in kind.attributes):
            if attribute.item == item.id:
                count = inspection.sample_count(review.id, attribute.id)
                words = f"{count.text} files lack it: {attribute.question}"
                rows.append(RowData(review.id, review.title, words, "Documents", "documents"))
    finding_numbers = inspection.finding_numbers()
    rows += [
        RowData(
            f.id,
            finding_numbers[f.id],
            inspection.numbers(f.title) or "Finding without a title",
            "Finding",
            f.class_ or "findings",
        )
        for f in inspection.findings()
        if f.item == item.id
    ]
    return rows
