"""Preparing an assignment: the inspection, what goes along, the team and its sections, one file."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from inspector_app.errors import BadInput, UserError
from inspector_app.ui import choosing
from inspector_app.ui.buttons import Chips, button
from inspector_app.ui.choices import ChoiceEditor
from inspector_app.ui.editors import TextEditor
from inspector_app.ui.kit import (
    column,
    emptied,
    empty_state,
    field_row,
    holding,
    label,
    page_head,
    reading,
    section,
    state_line,
)
from inspector_app.ui.page import Page, Slots, Told
from inspector_app.ui.work_line import WorkLine
from inspector_app.workspace import assigned, assigning, handing
from inspector_app.workspace.assigning import Post
from inspector_app.workspace.summary import counted

if TYPE_CHECKING:
    from inspector_app.workspace import Workspace
    from inspector_app.workspace.parcels import Written
    from inspector_app.workspace.people import Person

_ABOUT = "One sealed file that starts the inspection on each laptop of the team, with all you have."
_NOBODY = "Accept the cards of those who are sent first, on the page Open a bundle under People."
_NONE = (
    "An assignment is an inspection that you started and nobody else has written in. Start it, put "
    "in the signed agreement and the roster, and come back here."
)


class AssignPage(Page):
    """Nothing is written before the file is; then the inspection says who is on its team."""

    title = "Prepare an assignment"
    keys = (("Ctrl+N", "new inspection"), ("Alt+Left", "back"))

    def __init__(self, workspace: "Workspace", inspection: str) -> None:
        super().__init__(workspace, inspection)
        self._out = Path()
        self._chosen = ""
        self._box = column(gap=16)
        self.team = Chips(several=True, name="Team")
        self.lead = Chips(name="Lead")
        self.sections: dict[str, Chips] = {}
        self.work = WorkLine()
        self.fill(self.work, reading(self._box))

    def show_record(self, record: str) -> None:
        self._build()
        self.which.setFocus()

    def changed(self, slots: Slots) -> None:
        """What goes along may have changed."""

    # -- what is shown -----------------------------------------------------------------------

    def _build(self) -> None:
        emptied(self._box)
        self._rest, self._posts = column(gap=16), column(gap=8)
        self.which = ChoiceEditor([], none="Choose an inspection")
        self.which.on_commit = self._choose
        self.make = button("Write the assignment", self.write_file, style="primary")
        mine = self._startable()
        self._box.addWidget(page_head("Prepare an assignment", _ABOUT, self.make))
        if not mine:
            start = button("New inspection", lambda: self.navigate.emit("start", ""), symbol="plus")
            self._box.addWidget(empty_state("Nothing to assign yet", _NONE, start))
        else:
            self.which.set_choices(mine)
            self._box.addWidget(field_row("Inspection", self.which))
            self._box.addWidget(holding(self._rest))
        self._box.addStretch(1)
        self._choose(self._chosen if self._chosen in dict(mine) else "")

    def _startable(self) -> list[tuple[str, str]]:
        """Inspections that nobody else has written in, newest first."""
        return [
            (row.id, row.agency)
            for row in self.workspace.inspections()
            if {c.author for c in self.workspace.desk.log(row.id).changes.values()}
            == {self.workspace.key}
        ]

    def _choose(self, value: object) -> bool:
        self._chosen = str(value or "")
        self.which.set_value(self._chosen)
        emptied(self._rest)
        self.make.setEnabled(bool(self._chosen) and bool(self.workspace.contacts()))
        if self._chosen:
            for part in self._parts():
                self._rest.addWidget(part)
            self._show_posts()
        return True

    def _parts(self) -> list[QWidget]:
        people = self.workspace.contacts()
        self._posts = column(gap=8)
        self.team = Chips(
            [(p.card.fingerprint, p.card.name) for p in people], several=True, name="Team"
        )
        self.team.chosen.connect(lambda _: self._show_posts())
        said = assigned.of(self.workspace.desk.log(self._chosen))
        self.instructions = TextEditor(3, "What the team should know before it goes")
        self.documents = TextEditor(2, "Papers to ask for beyond the list, one a line")
        self.instructions.setPlainText(said.instructions if said else "")
        self.documents.setPlainText(said.documents if said else "")
        none = [] if people else [label(_NOBODY, "muted")]
        return [
            section("What goes along"),
            *self._contents(),
            section("Team"),
            *none,
            self.team,
            holding(self._posts),
            field_row("Instructions", self.instructions),
            field_row("More documents to request", self.documents),
        ]

    def _contents(self) -> list[QWidget]:
        found = assigning.contents(self.workspace, self._chosen)
        lines = (
            (found.agreements, "the signed agreement", "No signed agreement is attached"),
            (found.roster, "the roster of officers", "No roster is taken in"),
            (found.earlier, _earlier(len(found.earlier), found.findings), "No earlier inspection"),
            (found.files, "the agency’s file", "There is no file of the agency here"),
            (True, "the checklist, and with it the document request list", ""),
        )
        shown: list[QWidget] = [
            state_line("check", f"{have[:1].upper()}{have[1:]}")
            if there
            else state_line("unanswered", lacks)
            for there, have, lacks in lines
        ]
        open_it = button("Open the inspection", self._open, style="link")
        return [holding(column(*shown, open_it, gap=4))]

    def _open(self) -> None:
        self.opened.emit(self._chosen)

    # -- the team ----------------------------------------------------------------------------

    def _people(self) -> "list[Person]":
        chosen = self.team.values()
        return [p for p in self.workspace.contacts() if p.card.fingerprint in chosen]

    def _show_posts(self) -> None:
        """Who leads, and the sections of each; what was chosen already stays."""
        kept = {print_: chips.values() for print_, chips in self.sections.items()}
        lead, people = self.lead.value(), self._people()
        emptied(self._posts)
        names = [(p.card.fingerprint, p.card.name) for p in people]
        self.lead, self.sections = Chips(names, name="Lead"), {}
        if not people:
            return
        self.lead.set_value(lead if lead in dict(names) else names[0][0])
        self._posts.addWidget(field_row("Lead", self.lead))
        parts = [(p.id, p.title) for p in self.workspace.inspection(self._chosen).form.sections]
        for print_, name in names:
            chips = Chips(parts, several=True, name=f"Sections of {name}")
            chips.set_values(kept.get(print_, []))
            self.sections[print_] = chips
            self._posts.addWidget(field_row(f"Sections of {name}", chips))

    def _team(self) -> list[Post]:
        return [
            Post(
                person.card,
                tuple(self.sections[person.card.fingerprint].values()),
                person.card.fingerprint == self.lead.value(),
            )
            for person in self._people()
        ]

    # -- the file ----------------------------------------------------------------------------

    def write_file(self) -> None:
        """Put the team in, and write the bundle beside the window."""
        if self.work.is_busy:
            return
        team = self._team()
        if not team:
            self.told.emit(Told(BadInput("Choose who is on the team first.")))
            return
        agency = self.workspace.inspection(self._chosen).agency
        name = f"assignment-{agency.state.lower()}-{self._chosen[:6]}.inspection"
        path = choosing.save_file(self, "Write the assignment", name, choosing.BUNDLES)
        if path is not None and self.attempt(lambda: self._prepare(team)):
            self._out = path
            self._run(team)

    def _prepare(self, team: list[Post]) -> None:
        assigning.prepare(
            self.workspace,
            self._chosen,
            team,
            instructions=self.instructions.toPlainText(),
            documents=self.documents.toPlainText(),
        )

    def _run(self, team: list[Post]) -> None:
        ids = [self._chosen, *assigning.contents(self.workspace, self._chosen).logs]
        to = [post.card for post in team]
        self.work.run(
            "Writing the assignment …",
            handing.bundle_job(self.workspace, ids, self._out, to, None),
            self,
            done=self._made,
            failed=self._failed,
            stopped=lambda: self.message.emit("Cancelled. No file was written."),
        )

    def _made(self, written: "Written") -> None:
        if self.attempt(lambda: self.workspace.note_bundle(written)):
            self.message.emit(f"Assignment written: {self._out.name}")

    def _failed(self, error: UserError) -> None:
        self.told.emit(Told(error))


def _earlier(visits: int, findings: int) -> str:
    """How much of the agency's past goes along."""
    what = counted(visits, "earlier inspection", "earlier inspections")
    return f"{what} of this agency, with {counted(findings, 'finding', 'findings')}"
