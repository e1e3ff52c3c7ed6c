"""Workspace: one person's open folder. The window and the command line use nothing below it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from inspector_app import forms
from inspector_app.agencies import AgencyRow, WorkbookRead
from inspector_app.canonical import Value
from inspector_app.change import Change, Edit, new_record
from inspector_app.checks import Problem, problems
from inspector_app.errors import BadInput, NotAllowed
from inspector_app.inspection import Inspection
from inspector_app.inspection.basis import check_together
from inspector_app.inspection.book import Book
from inspector_app.inspection.reviewing import AMENDMENT
from inspector_app.locking import lock_folder
from inspector_app.moments import Moment, now
from inspector_app.records import Interview, Member
from inspector_app.store import Draft, Store
from inspector_app.undo import Step, inverse, redo_step, undo_step
from inspector_app.workspace import (
    agency_list,
    books,
    following,
    people,
    pictures,
    recovering,
    reporting,
    signed_copy,
    starting,
)
from inspector_app.workspace.desk import (
    STORE_FILE,
    Changed,
    Desk,
    clear_what_a_kill_left,
    create_desk_folder,
    open_desk_keys,
    read_keys_file,
)
from inspector_app.workspace.exchange import Exchange
from inspector_app.workspace.starting import Plan
from inspector_app.workspace.summary import InspectionSummary, summarize

__all__ = ["Changed", "Commit", "Entry", "InspectionSummary", "Plan", "Workspace"]

_LABEL_WORDS = {"lea": "Officer", "ice": "ICE official", "detainee": "Detainee", "other": "Person"}


@dataclass(frozen=True, slots=True)
class Commit:
    """What came of one act: the change, or None where everything was so already; the record."""

    change: str | None
    record: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One change in the history, readable."""

    change: str
    at: str
    author: str
    name: str
    label: str
    edits: tuple[Edit, ...]


class Workspace(Exchange):
    """Reads give live objects, verbs write one change each; all are durable when they return."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._open: dict[str, Inspection] = {}
        self.books: dict[str, Book] = {}
        self.recovered = recovering.recover_drafts(self)

    @classmethod
    def create(
        cls, folder: Path, name: str, role: str, office: str, passphrase: str
    ) -> tuple["Workspace", str]:
        """Make a workspace and open it. Also returns the recovery key, which is shown once."""
        recovery = create_desk_folder(folder, name, role, office, passphrase)
        return cls.open(folder, passphrase=passphrase), recovery

    @classmethod
    def open(
        cls, folder: Path, *, passphrase: str | None = None, recovery_key: str | None = None
    ) -> "Workspace":
        """Open a workspace. Raises WrongSecret, InUse, BadInput, NewerVersion."""
        read_keys_file(folder)  # no lock is left lying in a folder that is none
        lock = lock_folder(folder)  # first, so that a second window is told at once
        try:
            keys = open_desk_keys(folder, passphrase, recovery_key)
            clear_what_a_kill_left(folder)
            store = Store.open(folder / STORE_FILE, keys.database)
            return cls(Desk(folder, keys, store, lock))
        except BaseException:
            lock.release()
            raise

    def close(self) -> None:
        self.desk.close()

    # -- the published list ------------------------------------------------------------------

    def agencies(self) -> list[AgencyRow]:
        """The published agreements: the newest workbook imported here, else the list that ships."""
        return agency_list.rows(self.desk)

    def import_agencies(self, workbook: bytes) -> WorkbookRead:
        """Keep a newer published workbook."""
        return agency_list.keep_workbook(self.desk, workbook)

    # -- inspections -------------------------------------------------------------------------

    def start(self, plan: Plan, extra: Iterable[Edit] = ()) -> str:
        """Start an inspection or review; returns its id."""
        starting.check_purpose(plan, self.role)
        form = starting.chosen_form(plan)
        edits = [*starting.first_edits(plan, form, self.key, self.desk.card), *extra]
        first = self.desk.found(edits, "started", starting.zone_of(plan))
        with self.desk.store.transaction():
            self.desk.store.put_blob(first.log, forms.bytes_of(form.id))
            self.desk.store.append([first])
        self.desk.take_in(first.log, [first])
        return first.log

    def inspection_ids(self) -> list[str]:
        """Every inspection here, oldest first."""
        return self.desk.logs_of("inspection")

    def inspection(self, id: str) -> Inspection:
        """The live inspection; it follows every commit. BadInput when there is none of that id."""
        id = id if id in self._open else self._full_id(id)
        if id not in self._open:
            self._open[id] = reporting.with_its_form(self.desk.store, self.desk.log(id))
            self.desk.follow(self._open[id])
        return self._open[id]

    def kept(self, id: str) -> books.Kept:
        """The live inspection, or book such as an agency's file; BadInput when there is none."""
        if id in self._open:
            return self._open[id]
        return books.found(self, id) or self.inspection(id)

    def _full_id(self, id: str) -> str:
        found = self.desk.store.logs(id) if len(id) >= 4 else []
        found = [whole for whole in found if self.desk.kind(whole) == "inspection"]
        if len(found) != 1:
            raise BadInput("There is no inspection with this id in this workspace.")
        return found[0]

    def inspections(self) -> list[InspectionSummary]:
        """A row for each inspection, newest first."""
        found, after = [], following.standings(self)
        for id in reversed(self.inspection_ids()):
            left, waiting = len(self.problems(id)), self.not_handed_over(id)
            found.append(summarize(self.inspection(id), left, waiting, after.get(id, "")))
        return found

    def problems(self, id: str) -> list[Problem]:
        """What is left to do, in words."""
        return [*problems(self.inspection(id)), *following.problems(self, id)]

    # -- writing -----------------------------------------------------------------------------

    def put(
        self,
        id: str,
        record: str,
        *,
        words: str = "",
        gesture: str | None = None,
        amends: str = "",
        **fields: Any,
    ) -> Commit:
        """Set fields of one record; None takes a value away.

        `words` say what was done; `amends` is the reason for altering what is signed.
        """
        return self.put_many(id, {record: fields}, words, amends, gesture)

    def put_many(
        self,
        id: str,
        records: Mapping[str, Mapping[str, Any]],
        words: str,
        amends: str = "",
        gesture: str | None = None,
        links: Iterable[tuple[str, str]] = (),
    ) -> Commit:
        """Set fields of several records, and link them, in one change: one step of undo."""
        inspection = self.kept(id)
        edits = [
            edit
            for record, fields in records.items()
            for edit in inspection.setting(record, fields, amends=bool(amends))
        ]
        edits += [
            edit
            for one, other in dict.fromkeys(links)
            for edit in inspection.linking(one, other, amends=bool(amends), fresh=records)
        ]
        if isinstance(inspection, Inspection):
            check_together(inspection, edits, gesture)
            following.join(self, id, edits, amends)
        record = next(iter(records), "")
        return self.write(inspection, edits, words or _label(record), record, amends, gesture)

    def new(self, id: str, kind: str, **fields: Any) -> Commit:
        """A new record of a kind; an interview gets its label."""
        if kind == Interview.kind and not fields.get("label"):
            fields["label"] = self.next_label(id, str(fields.get("role", "")))
        return self.put(id, new_record(kind), words=f"new {kind.replace('-', ' ')}", **fields)

    def remove(self, id: str, record: str, amends: str = "") -> Commit:
        """Take a record out of view; the history keeps it."""
        inspection = self.kept(id)
        edits = inspection.removing(record, amends=bool(amends))
        return self.write(inspection, edits, f"removed {_label(record)}", record, amends)

    def link(self, id: str, one: str, other: str, amends: str = "") -> Commit:
        """Join two records, or a record and a party or section."""
        inspection = self.kept(id)
        edits = inspection.linking(one, other, amends=bool(amends))
        if isinstance(inspection, Inspection):
            following.join(self, id, edits, amends)
        return self.write(inspection, edits, f"linked {_label(one)}", one, amends)

    def unlink(self, id: str, one: str, other: str, amends: str = "") -> Commit:
        inspection = self.kept(id)
        edits = inspection.unlinking(one, other, amends=bool(amends))
        return self.write(inspection, edits, f"unlinked {_label(one)}", one, amends)

    def decide(
        self,
        id: str,
        record: str,
        *,
        change: str | None = None,
        values: Mapping[str, Value] | None = None,
    ) -> Commit:
        """End a conflict: with one side, named by one of its changes, or with other values."""
        inspection = self.kept(id)
        edits = (
            inspection.choosing(record, change)
            if change
            else inspection.deciding(record, values or {})
        )
        return self.write(inspection, edits, f"decided {_label(record)}", record)

    def sign_off(self, id: str, part: str) -> Commit:
        """Sign a part as it now stands."""
        inspection = self.inspection(id)
        people.require(self.desk, "sign-off", "sign off")
        people.check_may_approve(self.desk, inspection, part)
        moment = str(self.moment(id))
        edits = inspection.signing(self.key, part, self.role, moment, self.desk.card.name)
        return self.write(inspection, edits, f"signed {part.partition(':')[0]}", part)

    def write(
        self,
        inspection: books.Kept,
        edits: Iterable[Edit],
        words: str,
        record: str,
        amends: str = "",
        gesture: str | None = None,
    ) -> Commit:
        """Make one change of edits that the inspection proposed."""
        edits = list(edits)
        if isinstance(inspection, Inspection):
            following.check_may(self.desk, inspection, edits)
        words = f"{AMENDMENT}{amends}" if amends else words
        zone = inspection.zone
        change = self.desk.commit(inspection.log, edits, words, zone=zone, gesture=gesture)
        return Commit(change.id if change else None, record)

    def join(self, id: str, amends: str = "") -> None:
        """Whoever writes in an inspection belongs to its team, as signed, except a reviewer."""
        inspection = self.kept(id)
        record = f"member:{self.key}"
        if isinstance(inspection, Book) or self.role == "opr-reviewer":
            return
        if inspection.get(Member, record):
            return
        taken = [member.place for member in inspection.all(Member)]
        values = starting.member_values(self.desk.card, starting.next_place(taken))
        edits = inspection.setting(record, values, amends=bool(amends))
        self.write(inspection, edits, "joined the team", record, amends)

    def next_label(self, id: str, role: str, amends: str = "") -> str:
        """`Officer B-2`: the letter of the inspector's place, a number of his own."""
        inspection = self.inspection(id)
        party = next((r.party for r in inspection.form.interview_roles if r.id == role), "other")
        self.join(id, amends)
        member = inspection.get(Member, f"member:{self.key}")
        stem = f"{_LABEL_WORDS[party]} {member.place if member else 'R'}-"
        used = [i.label for i in inspection.all(Interview) if i.label.startswith(stem)]
        numbers = [int(label[len(stem) :]) for label in used if label[len(stem) :].isdecimal()]
        return f"{stem}{max(numbers, default=0) + 1}"

    def moment(self, id: str) -> Moment:
        """The claimed present at the facility."""
        return now(self.kept(id).zone)

    # -- photos ------------------------------------------------------------------------------

    def add_photo(
        self,
        id: str,
        data: bytes,
        *,
        record: str | None = None,
        links: Iterable[tuple[str, str]] = (),
        **fields: Any,
    ) -> Commit:
        """Keep a picture's original bytes, then the record that names them."""
        return pictures.add_photo(self, id, data, record=record, links=links, **fields)

    def photo_bytes(self, id: str, digest: str) -> bytes | None:
        """The original bytes of a picture, or None while they are not here yet."""
        return self.desk.store.blob(self.inspection(id).id, digest)

    def add_agreement(
        self, id: str, data: bytes, part: signed_copy.Part = "signed-copy", **how: Any
    ) -> Commit:
        """Keep the signed agreement's PDF, then the record that names it (`signed_copy.attach`)."""
        return signed_copy.attach(self, id, data, part, **how)

    def agreement_bytes(self, id: str, digest: str) -> bytes | None:
        """The agreement's PDF as it was attached, or None while it is not here yet."""
        return signed_copy.bytes_of(self, id, digest)

    # -- drafts ------------------------------------------------------------------------------

    def draft(self, id: str, record: str, field: str, value: Value) -> None:
        """Keep what is being typed, in case it is never finished."""
        log = self.kept(id).id
        self.desk.keep_draft(Draft(log, record, field, value, str(self.moment(id))))

    def drop_draft(self, id: str, record: str, field: str) -> None:
        """Forget a draft: its text became a change, or is as before."""
        self.desk.store.drop_draft(self.kept(id).id, record, field)

    # -- undo and history --------------------------------------------------------------------

    def undo_step(self, id: str) -> str | None:
        """What undo would take back, in words."""
        return _words(undo_step(self.kept(id).log, self.key))

    def redo_step(self, id: str) -> str | None:
        return _words(redo_step(self.kept(id).log, self.key))

    def undo(self, id: str) -> Commit:
        """Take back one's own last gesture. NotAllowed when others built on it."""
        return self._invert(id, undo_step(self.kept(id).log, self.key), "undo")

    def redo(self, id: str) -> Commit:
        return self._invert(id, redo_step(self.kept(id).log, self.key), "redo")

    def _invert(self, id: str, step: Step | None, word: str) -> Commit:
        if step is None:
            raise NotAllowed(f"There is nothing to {word}.")
        inspection = self.kept(id)
        edits = inverse(inspection.log, self.key, step)
        inspection.check_unsigned(edits)
        return self.write(inspection, edits, step.label, "", gesture=step.inverse)

    def history(
        self, id: str, record: str | None = None, field: str | None = None
    ) -> Sequence[Entry]:
        """All changes, or those of one record or field, oldest first."""
        inspection = self.kept(id)
        entries = (self._entry(change, record, field) for change in inspection.log.changes.values())
        return [entry for entry in entries if entry.edits]

    def _entry(self, change: Change, record: str | None, field: str | None) -> Entry:
        edits = tuple(
            e
            for e in change.edits
            if (record is None or e.record == record) and (field is None or e.field == field)
        )
        name = self.person(change.author) if edits else ""  # naming somebody reads cards
        return Entry(change.id, change.at, change.author, name, change.label, edits)


def _words(step: Step | None) -> str | None:
    return step.label if step else None


def _label(record: str) -> str:
    kind, _, name = record.partition(":")
    return f"answer {name.upper()}" if kind == "answer" else kind.replace("-", " ")
