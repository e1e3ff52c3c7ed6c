"""Interviews: one at a time or two at once, in any order; people bear labels, not names."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QWidget

from inspector_app.moments import Moment
from inspector_app.records import Interview
from inspector_app.ui.buttons import Chips, button
from inspector_app.ui.checklist_side import answer_history
from inspector_app.ui.choices import ActChooser, CheckEditor, ChoiceEditor, FieldChoice
from inspector_app.ui.conflict_card import ConflictCard
from inspector_app.ui.editors import LineEditor, TextEditor
from inspector_app.ui.interview_ending import NamesPart
from inspector_app.ui.interview_name import NameLine
from inspector_app.ui.interview_switching import OpenInterviews
from inspector_app.ui.interview_topics import topic_block
from inspector_app.ui.kit import (
    column,
    emptied,
    empty_state,
    facts,
    field_row,
    holding,
    label,
    page_head,
    reading,
    row,
    section,
)
from inspector_app.ui.page import Page, RecordFields, Slots
from inspector_app.ui.rows import RowData, RowList
from inspector_app.ui.theme import px
from inspector_app.ui.typed import short_moment

if TYPE_CHECKING:
    from inspector_app.forms import InterviewRole
    from inspector_app.workspace import Workspace

INTERPRETERS = [
    ("none", "None"),
    ("staff", "Staff of the agency"),
    ("telephone", "By telephone"),
    ("in-person", "In person"),
]
_CONSENT = [(True, "Given"), (False, "Not given")]


class InterviewsPage(Page):
    """The list, or one interview; those opened lately stay one key away."""

    title = "Interviews"
    keys = (("Ctrl+Tab", "other open interview"), ("Ctrl+N", "new interview"))

    def __init__(self, workspace: "Workspace", inspection: str) -> None:
        super().__init__(workspace, inspection)
        self._record = ""
        self._open = OpenInterviews(self)
        self._box = column(gap=14)
        self.fill(reading(self._box))
        self._words = ""
        self._choose: ChoiceEditor | None = None
        self._why: LineEditor | None = None
        self._name: NameLine | None = None
        self._consent_chips = Chips()
        self._disputed = False
        QShortcut(QKeySequence("Ctrl+Tab"), self).activated.connect(self._switch)
        QShortcut(QKeySequence("Ctrl+N"), self).activated.connect(self._ask_role)

    def show_record(self, record: str) -> None:
        """One interview, or the list."""
        for binding in list(self.bindings):
            binding.flush()
        if self._record:
            self._open.leave(self._record)
        self._record = record if record.startswith("interview:") else ""
        if self._record:
            self._open.add(self._record)
        self._build()
        self.placed.emit()

    def current_record(self) -> str:
        return self._record

    def trail(self) -> list[str]:
        found = self._interview()
        return [found.label or "Interview"] if found else []

    def _interview(self) -> Interview | None:
        return self.inspection.get(Interview, self._record) if self._record else None

    def _switch(self) -> None:
        """To the other interview that is open, at the word where it was left."""
        others = [id for id in self._open.ids() if id != self._record]
        if others:
            self.show_record(others[0])
            self._open.take_up(others[0])

    def _build(self) -> None:
        for binding in list(self.bindings):
            binding.release()
        emptied(self._box)
        found, self._why, self._name = self._interview(), None, None
        self._disputed = ConflictCard.needed(self, self._record)
        for part in self._editor(found) if found else self._overview():
            self._box.addWidget(part)
            part.show()  # in this turn: the caret may be placed in it at once
        self._box.addStretch(1)

    # -- the list ----------------------------------------------------------------------------

    def _overview(self) -> list[QWidget]:
        counts = self.inspection.counts()
        head = page_head(
            "Interviews",
            f"{counts.interviews_held} held, {counts.interviews_refused} refused; no sound",
        )
        roles = [(role.id, role.title) for role in self.inspection.form.interview_roles]
        choose = ActChooser(roles, none="Whom do you interview?")
        choose.setAccessibleName("New interview")
        choose.on_commit = lambda value: self._new(str(value))
        self._choose = choose
        new = field_row("New interview", choose, "gets a label; a name is not needed")
        if not self.inspection.all(Interview):
            text = "Choose the role of the person. Questions come from the checklist’s form."
            return [head, new, empty_state("No interviews yet", text)]
        return [head, new, *self._found(), *self._names()]

    def _names(self) -> list[QWidget]:
        return [NamesPart(self, self._build)] if NamesPart.needed(self) else []

    def _found(self) -> list[QWidget]:
        """The line that finds, and what it finds."""
        listed = RowList(name="Interviews", title_width=150)
        listed.activated.connect(self.show_record)
        listed.removal.connect(self._remove)

        def look(words: str) -> None:
            self._words = words
            rows = [self._row(interview) for interview in self.inspection.all(Interview)]
            wanted = words.strip().casefold()
            found = [row for row in rows if wanted in row.words.casefold()]
            listed.set_rows(sorted(found, key=lambda row: row.title))

        finder = QLineEdit(self._words)
        finder.setPlaceholderText("Find an interview")
        finder.setAccessibleName("Find an interview")
        finder.setMaximumWidth(px(320))
        finder.textChanged.connect(look)
        finder.returnPressed.connect(listed.setFocus)
        QShortcut(QKeySequence("Ctrl+F"), finder).activated.connect(finder.setFocus)
        look(self._words)
        return [finder, listed]

    def _ask_role(self) -> None:
        """To the list, where a new interview begins with the role."""
        if self._record:
            self.show_record("")
        if self._choose is not None:
            self._choose.setFocus()

    def _row(self, interview: Interview) -> RowData:
        number = self.inspection.record_numbers()[interview.id]
        role = self._role(interview)
        text = interview.title or (role.title if role else "")
        disputed = ConflictCard.needed(self, interview.id)
        mark = "conflict" if disputed else "refused" if interview.refused else "interviews"
        title = f"{number}  {interview.label}"
        return RowData(interview.id, title, text, _state(interview), mark, quiet=not disputed)

    def _role(self, interview: Interview) -> "InterviewRole | None":
        roles = self.inspection.form.interview_roles
        return next((role for role in roles if role.id == interview.role), None)

    def _new(self, role: str) -> bool:
        made: list[str] = []
        held = str(self.workspace.moment(self.inspection_id))
        done = bool(role) and self.attempt(
            lambda: made.append(
                self.workspace.new(self.inspection_id, "interview", role=role, held=held).record
            )
        )
        if made:
            self.show_record(made[0])
        return done

    def _remove(self, record: str) -> None:
        id = self.inspection_id
        self.write(record, lambda amends: self.workspace.remove(id, record, amends))
        self.show_record("")

    # -- one interview -----------------------------------------------------------------------

    def _editor(self, interview: Interview) -> list[QWidget]:
        role = self._role(interview)
        remove = button("Remove", lambda: self._remove(interview.id), style="link")
        every = button("All interviews", lambda: self.show_record(""), style="link")
        head = page_head(interview.label or "Interview", role.title if role else "", every, remove)
        if ConflictCard.needed(self, interview.id):
            return [head, ConflictCard(self, interview.id)]
        fields = RecordFields(self, interview.id)
        parts = [
            head,
            *self._others(),
            *self._about(interview, fields),
            *self._refusal(interview, fields),
        ]
        if not interview.refused and role:
            parts += [section("Topics", "in any order")]
            parts += [topic_block(topic, fields) for topic in role.topics]
        notes = fields.bind("notes", TextEditor(3))
        return [*parts, field_row("Other notes", notes)]

    def _others(self) -> list[QWidget]:
        ids = self._open.ids()
        if len(ids) < 2:
            return []
        labels = {i.id: i.label or "Interview" for i in self.inspection.all(Interview)}
        chips = Chips([(id, labels[id]) for id in sorted(ids)])
        chips.set_value(self._record)
        chips.chosen.connect(self.show_record)
        chips.setAccessibleName("Open interviews")
        return [chips]

    def _about(self, interview: Interview, fields: RecordFields) -> list[QWidget]:
        title = fields.bind("title", LineEditor("Function, not the name"))
        place = fields.bind("place", LineEditor())
        language = fields.bind("language", LineEditor("English"))
        interpreter = fields.bind("interpreter", FieldChoice(INTERPRETERS, none="Not said"))
        note = fields.bind("interpreter_note", LineEditor("Who interpreted, how qualified"))
        present = fields.bind("present", LineEditor("By role"))
        self._name = NameLine(self, self._record)
        return [
            _pair(field_row("Function", title), field_row("Place", place)),
            _pair(field_row("Language", language), field_row("Interpreter", interpreter)),
            _pair(field_row("About the interpreter", note), field_row("Present", present)),
            holding(row(self._consent(), *self._all_spanish(interview, fields), 1, gap=24)),
            self._name,
        ]

    def _all_spanish(self, interview: Interview, fields: RecordFields) -> list[QWidget]:
        """For a role whose topics have no Spanish beside them, and where it was ticked before."""
        role = self._role(interview)
        if role and any(topic.spanish for topic in role.topics) and not interview.read_spanish:
            return []
        return [fields.bind("read_spanish", CheckEditor("Questions were read in Spanish"))]

    def _consent(self) -> QWidget:
        chips = Chips([(str(value), words) for value, words in _CONSENT], may_be_none=True)
        self._consent_chips = chips
        self._show_consent()
        chips.on_commit = lambda value: self._put(
            consent={"True": True, "False": False}.get(str(value))
        )
        return field_row("Consent", chips, "none chosen: not asked")

    def _show_consent(self) -> None:
        interview = self._interview()
        given = interview.consent if interview else None
        self._consent_chips.set_value("" if given is None else str(given))

    def _put(self, **values: object) -> bool:
        record, id = self._record, self.inspection_id
        return self.write(
            record,
            lambda amends: self.workspace.put_many(
                id, {record: values}, f"{next(iter(values))} of an interview", amends
            ),
        )

    def _refusal(self, interview: Interview, fields: RecordFields) -> list[QWidget]:
        refused = fields.bind("refused", CheckEditor("The person refused"))
        if not interview.refused:
            return [refused]
        self._why = fields.bind("refused_reason", LineEditor("Why, as far as the person said"))
        return [refused, field_row("Reason", self._why)]

    def changed(self, slots: Slots) -> None:
        super().changed(slots)
        mine = {field for record, field in slots if record == self._record}
        disputed = ConflictCard.needed(self, self._record)
        listed = not self._record and any(r.startswith("interview:") for r, _ in slots)
        ended = any(r.startswith("names-destroyed:") for r, _ in slots)
        if listed or ended or mine & {"refused", "removed"} or disputed != self._disputed:
            self._build()
            if "refused" in mine and self._why is not None:
                self._why.setFocus()
        elif "consent" in mine:
            self._show_consent()

    def leave(self) -> None:
        super().leave()
        if self._name is not None:
            self._name.hide_name()

    def side_panel(self) -> QWidget | None:
        interview = self._interview()
        if interview is None:
            return None
        held = f"{Moment.parse(interview.held).local:%a %H:%M}" if interview.held else "not said"
        number = self.inspection.record_numbers()[interview.id]
        about = facts([("Number", number), ("Held", held), ("Label", interview.label)])
        words = "The label stands in the report. A name is never printed, searched or listed."
        parts = [section("This interview"), about, label(words, "muted"), section("History")]
        box = column(*parts, answer_history(self, interview.id), gap=10, margins=16)
        box.addStretch(1)
        return holding(box)


def _state(interview: Interview) -> str:
    """`refused`, `held Tue 14:51`, or `in progress` until consent is recorded."""
    if interview.refused:
        return "refused"
    at = f" {short_moment(interview.held)}" if interview.held else ""
    return f"in progress{at}" if interview.consent is None else f"held{at}"


def _pair(left: QWidget, right: QWidget) -> QWidget:
    box = row(left, right, gap=16)
    box.setStretch(0, 1)
    box.setStretch(1, 1)
    return holding(box)
