"""The checklist: one item at a time with all that belongs to it, or all items of a section."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QWidget

from inspector_app.ui.agreement_beside import KEY, AgreementBeside
from inspector_app.ui.buttons import Chips, button
from inspector_app.ui.checklist_card import card_head, named_in, note_row, owner_words
from inspector_app.ui.checklist_evidence import evidence
from inspector_app.ui.checklist_list import ItemList, holds, item_row
from inspector_app.ui.checklist_not_met import NotMet
from inspector_app.ui.checklist_scope import (
    EVERYTHING,
    SCOPES,
    items_in,
    keep_scope,
    kept_scope,
    left_words,
    next_unanswered,
)
from inspector_app.ui.checklist_side import item_panel
from inspector_app.ui.checklist_together import Together
from inspector_app.ui.choices import RESULT_KEYS, ChoiceEditor, ResultButtons
from inspector_app.ui.conflict_card import ConflictCard
from inspector_app.ui.earlier_answers import earlier_part
from inspector_app.ui.editors import TextEditor
from inspector_app.ui.flow import flowing
from inspector_app.ui.focus import focus_in_sight
from inspector_app.ui.kit import (
    ElidedLabel,
    column,
    emptied,
    field_row,
    headed,
    holding,
    label,
    reading,
    row,
)
from inspector_app.ui.page import Page, RecordFields, Slots
from inspector_app.ui.rows import finder
from inspector_app.ui.theme import px
from inspector_app.ui.views import Views

if TYPE_CHECKING:
    from inspector_app.forms import Item
    from inspector_app.workspace import Workspace

_SHOWN_WITH = {"finding", "observation", "link", "photo", "document-review", "member", "basis"}
"""Kinds of records that show on a card or in the list beside the answers themselves."""


class ChecklistPage(Page):
    """Card and list over the same answers; F4 changes between them, F8 goes on."""

    title = "Checklist"
    keys = (
        ("F8", "next unanswered"),
        ("F4", "card or list"),
        ("Ctrl+Enter", "done, next unanswered"),
        ("Space", "select in the list"),
        ("Ctrl+F", "find"),
        ("Ctrl+V", "paste a photo"),
        (KEY, "agreement"),
    )

    def __init__(self, workspace: "Workspace", inspection: str) -> None:
        super().__init__(workspace, inspection)
        self._item = self.inspection.form.items[0]
        self._fields: RecordFields | None = None
        self._results: ResultButtons | None = None
        self._note: TextEditor | None = None
        self._put_away: set[str] = set()
        self._card = column(gap=14)
        self.together = Together(self)
        self.list = ItemList(name="Items")
        self._views = Views(reading(self._card), self._list_view())
        self._title = label("", "heading", wrap=False)
        self._place = ElidedLabel("", "muted")
        self._left = label("", "muted", wrap=False)
        self._mode = Chips([("card", "Card"), ("list", "List")], name="View")
        self._mode.set_value("card")
        self._mode.chosen.connect(self._show_mode)
        self.scope = self._scope_chooser()
        acts = {"F4": self._toggle, "Ctrl+F": self._to_find, "Ctrl+Return": self.next_unanswered}
        for key, act in acts.items():
            QShortcut(QKeySequence(key), self).activated.connect(act)
        for key in [*RESULT_KEYS.values(), "0"]:
            made = QShortcut(QKeySequence(key), self)
            made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made.activated.connect(lambda key=key: self._press(key))
        self.agreement = AgreementBeside(self, self._views)
        self.accept_pictures()
        self._views.currentChanged.connect(lambda at: self.setAcceptDrops(at == 0))  # not on rows
        self.fill(self._head(), self.agreement)

    def _list_view(self) -> QWidget:
        self._find = finder("Find in the checklist", lambda _: self._build_list())
        self._list_title = label("", "heading")
        self.list.activated.connect(self._open_card)
        self.list.selected.connect(lambda: self.together.show_items(self._selected()))
        self.together.given_up.connect(self.list.clearSelection)
        for act in (self.list.clearSelection, self.list.setFocus):
            self.together.answered.connect(act)
        hint = label("Space selects, Shift with an arrow selects on the way, Enter opens", "muted")
        self.list.selected.connect(lambda: hint.setVisible(not self.list.chosen()))
        inside = column(headed(self._list_title, self._find), hint, self.list, gap=10)
        inside.addStretch(1)
        view = column(reading(inside, wide=True), self.together, gap=0)
        view.setStretch(0, 1)
        return holding(view)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a small window the panel of the selected items scrolls, so that the list is seen."""
        super().resizeEvent(event)
        self.together.setMaximumHeight(self.height() * 2 // 5)

    def _scope_chooser(self) -> ChoiceEditor:
        words = [(name, said) for name, (said, _) in SCOPES.items() if name != EVERYTHING]
        chooser = ChoiceEditor(words, none=SCOPES[EVERYTHING][0])
        chooser.set_value(kept_scope(self.workspace))
        chooser.on_commit = self._scope_chosen
        return chooser

    def _head(self) -> QWidget:
        first = row(self._title, self._place, self._mode, gap=8)
        first.setStretch(1, 1)
        words = label("Go on in", "muted", wrap=False)
        words.setBuddy(self.scope)
        self.scope.setAccessibleName("Go on in")
        scope = holding(row(words, self.scope, gap=8))
        onward = holding(row(button("Next unanswered", self.next_unanswered, key="F8"), self._left))
        head = column(first, holding(flowing(scope, onward, gap=16)), gap=8)
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
        self.build_once(self.current_record(), self._build)
        self._take_focus()
        self.placed.emit()

    def _take_focus(self) -> None:
        """On the result or the list, so that 1 to 4 answer at once."""
        if self._mode.value() == "list":
            self.list.setFocus()
        elif self._results is not None:
            self._results.button(self._results.value() or "met").setFocus()

    def current_record(self) -> str:
        return f"answer:{self._item.id}"

    def photo_owner(self) -> str:
        """The item that is open; in the list, that of the row."""
        return self.list.current_key() if self._views.currentIndex() else self.current_record()

    def trail(self) -> list[str]:
        return [self._item.id.upper()]

    def section_entry(self) -> str:
        """The line under the page in the left list that is open."""
        return f"section:{self._section}"

    @property
    def _section(self) -> str:
        return self.inspection.form.section_of(self._item.id).id

    def next_unanswered(self) -> None:
        """The next item of the scope without an answer after this one, round the scope."""
        found = next_unanswered(self.workspace, self.inspection_id, self._item.id)
        if found is not None:
            self._open_card(f"answer:{found.id}")
        elif self._scope() == EVERYTHING:
            self.navigate.emit("what-is-left", "")
        else:
            words = SCOPES[self._scope()][0]
            self.message.emit(f"{words}: every item is answered. Choose another scope to go on")

    def _scope(self) -> str:
        return self.scope.value() or EVERYTHING

    def _scope_chosen(self, value: object) -> bool:
        taken = self.attempt(lambda: keep_scope(self.workspace, str(value or EVERYTHING)))
        if taken:
            self.scope.set_value(value)
            self._show_around()
        return taken

    def _neighbor(self, step: int) -> None:
        shown = [i.id for i in self.inspection.shown_items()]
        at = shown.index(self._item.id) if self._item.id in shown else 0
        self.show_record(f"answer:{shown[(at + step) % len(shown)]}")

    def _toggle(self) -> None:
        self._mode.set_value("list" if self._mode.value() == "card" else "card")
        self._show_mode(self._mode.value())
        self._take_focus()

    def _show_mode(self, mode: str) -> None:
        self._views.setCurrentIndex(1 if mode == "list" else 0)
        if mode == "list":
            self._build_list()
            self.list.select(self.current_record())
        elif self._fields is None:
            self._build_card()

    def _press(self, key: str) -> None:
        """A result key: for the card, for the selected items, or for the row one is on."""
        if self._mode.value() == "card":
            if self._results is not None:
                self._results.press(key)
        elif self.list.chosen():
            self.together.press(key)
        elif self.list.hasFocus() and self.list.current_key():
            self._answer_row(self.list.current_key(), key)

    # -- card --------------------------------------------------------------------------------

    def _build(self) -> None:
        """The card, unless the list is seen, and what is around both."""
        self.built_anew()
        if self._fields is not None:
            self._fields.release()
        emptied(self._card)
        self._fields = self._results = self._note = None
        self.agreement.follow(self._item)
        if self._mode.value() == "card":
            self._build_card()
        self._show_around()

    def _build_card(self) -> None:
        self._fields = RecordFields(self, self.current_record())
        for widget in self._card_parts(self._item, self._fields):
            self._card.addWidget(widget)
        self._card.addStretch(1)

    def _show_around(self) -> None:
        """The head of the page, and the list when it is to be seen."""
        inspection, item = self.inspection, self._item
        part = inspection.form.section_of(item.id)
        shown = [i for i in part.items if inspection.shown(i)]
        at = f"item {shown.index(item) + 1} of {len(shown)}" if item in shown else "not asked now"
        owner = owner_words(self.workspace, inspection, part.id)
        self._title.setText(part.title)
        self._place.set_text(f"{at} · {owner}" if owner else at)
        self._left.setText(left_words(self.workspace, inspection.id, self._scope(), part.id))
        if self._mode.value() == "list":
            self._build_list()

    def _card_parts(self, item: "Item", fields: RecordFields) -> list[QWidget]:
        parts = card_head(self.inspection, item)
        if ConflictCard.needed(self, fields.record):
            return [*parts, ConflictCard(self, fields.record)]
        results = self._results = fields.bind("result", ResultButtons())
        results.chosen.connect(self._to_note)
        note = self._note = fields.bind("note", TextEditor(4, "What was seen, read or told"))
        body = [note_row(note), *evidence(self, item, self._go)]
        answer = self.inspection.answer(item.id)
        if answer.result in ("not-applicable", "could-not-assess"):
            reason = TextEditor(2, "Why it does not apply or could not be assessed")
            body.insert(1, field_row("Reason", fields.bind("reason", reason)))
        if answer.result == "not-met" and item.id not in self._put_away:
            body = [self._not_met(item, body)]
        return [*parts, results, *body, *earlier_part(self, item), self._acts(item)]

    def _not_met(self, item: "Item", body: list[QWidget]) -> NotMet:
        panel = NotMet(self, item, *body)
        panel.started.connect(lambda finding: self.navigate.emit("findings", finding))
        panel.closed.connect(self._close_not_met)
        return panel

    def _close_not_met(self) -> None:
        self._put_away.add(self._item.id)
        self._build()
        self._take_focus()

    def _open_not_met(self) -> None:
        self._put_away.discard(self._item.id)
        self._build()
        self._to_note("not-met")

    def _to_note(self, result: object) -> None:
        """What is not simply met wants a word: the caret goes to the note, made anew meanwhile."""
        if result == "not-met" and self._item.id in self._put_away:
            self._put_away.discard(self._item.id)
            self._build()
        if self._note is not None and result not in (None, "met"):
            focus_in_sight(self._note)

    def _acts(self, item: "Item") -> QWidget:
        acts: list[QWidget] = []
        if item.id in self._put_away and self.inspection.answer(item.id).result == "not-met":
            acts.append(button("Finding for this item", self._open_not_met))
        acts.append(button("Previous", lambda: self._neighbor(-1), key="Alt+Up"))
        acts.append(button("Next", lambda: self._neighbor(1), key="Alt+Down"))
        return holding(row(*acts, 1))

    def _go(self, record: str) -> None:
        if record:
            self.navigate.emit("", record)

    # -- list --------------------------------------------------------------------------------

    def _to_find(self) -> None:
        """What is found stands in the list; without words the list is the section again."""
        if self._mode.value() == "card":
            self._toggle()
        self._find.setFocus()

    def _listed(self) -> tuple[str, list["Item"]]:
        """What the list shows: what is found, the items of the scope, or the section."""
        words = self._find.text().casefold().split()
        if words:
            found = [i for i in self.inspection.shown_items() if holds(self.inspection, i, words)]
            return f"{len(found)} found", found
        scope = "section" if self._scope() == EVERYTHING else self._scope()
        title = self.inspection.form.section_of(self._item.id).title
        found = items_in(self.workspace, self.inspection_id, scope, self._section)
        return (title if scope == "section" else SCOPES[scope][0]), found

    def _build_list(self) -> None:
        """The rows as they are now; what is selected and still there stays selected."""
        title, items = self._listed()
        selected = self.list.chosen()
        self._list_title.setText(title)
        self.list.set_rows([item_row(self, item) for item in items])
        if self.list.chosen() != selected:
            self.list.set_keys(selected)
        self.together.show_items(self._selected())

    def _selected(self) -> list[str]:
        return [key.removeprefix("answer:") for key in self.list.chosen()]

    def _answer_row(self, record: str, key: str) -> None:
        """Answer the row one is on and go on to the next; what is not met opens with its panel."""
        result = next((r for r, k in RESULT_KEYS.items() if k == key), None)
        id, item = self.inspection_id, record.removeprefix("answer:")
        words = f"result of {item.upper()}"

        def write(amends: str) -> None:
            self.workspace.put(id, record, words=words, amends=amends, result=result)

        if not self.write(record, write):
            return
        if result == "not-met":
            self._open_card(record)
            self._to_note(result)
        elif result and (found := next_unanswered(self.workspace, id, item)) is not None:
            self._item = found
            self._build()
            self.list.select(self.current_record())
            self.placed.emit()

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
        record = self.current_record()
        rebuild = {(record, "result"), (record, "removed")} & slots
        touches = {r.partition(":")[0] for r, _ in slots} & _SHOWN_WITH
        if rebuild or touches or ConflictCard.needed(self, record):
            is_typing = isinstance(self.focusWidget(), TextEditor)
            if rebuild or not is_typing:
                self._build_anew()
                return
        super().changed(slots)
        self._show_around()

    def _build_anew(self) -> None:
        """The card made anew under the focus, which stays on what has the same name."""
        before, card = self.focusWidget(), self._card.parentWidget()
        name = before.accessibleName() if before and card and card.isAncestorOf(before) else ""
        self._build()
        if (found := named_in(self._card, name)) is not None:
            found.setFocus()

    def side_panel(self) -> QWidget | None:
        narrow = self.agreement.needs_room()
        return None if narrow else item_panel(self, self._item, self.agreement.act)
