"""What goes out and comes in: cards, bundles, merges, digests, reports."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from inspector_app import bundle, canonical
from inspector_app.admission import Admission, admit
from inspector_app.bundle import Blob, Made, Outside, Sealed
from inspector_app.change import Change, new_record
from inspector_app.checks import Problem
from inspector_app.conflicts import conflicts
from inspector_app.errors import BadInput, NotAllowed
from inspector_app.files import need_room, write_whole
from inspector_app.identity import Card
from inspector_app.log import Log
from inspector_app.moments import now
from inspector_app.records import BundleMade, BundleMerged, stored_values
from inspector_app.store import BundleStore
from inspector_app.workspace import (
    assigned,
    books,
    contact,
    difference,
    names,
    people,
    reporting,
    revoking,
)
from inspector_app.workspace.carried import going_along, known_to_all, named_blobs, size_of
from inspector_app.workspace.desk import STORE_FILE, Changed, Desk
from inspector_app.workspace.field_changes import field_changes
from inspector_app.workspace.parcels import Fetched, LogPreview, Merged, Preview, Written
from inspector_app.workspace.people import Person
from inspector_app.workspace.reporting import INTERNAL, Step

if TYPE_CHECKING:
    from inspector_app.inspection import Inspection


class Exchange:
    """The part of a workspace that deals with other people. `Workspace` adds the rest."""

    def step(self, done: int, of: int) -> None:
        """Between two photos that go out or come in; a worker tells it, and may end here."""

    desk: Desk
    inspection: Callable[[str], "Inspection"]
    kept: Callable[[str], "books.Kept"]
    inspection_ids: Callable[[], list[str]]
    problems: Callable[[str], list[Problem]]

    # -- who ---------------------------------------------------------------------------------

    @property
    def folder(self) -> Path:
        return self.desk.folder

    @property
    def key(self) -> str:
        return self.desk.key

    @property
    def name(self) -> str:
        return self.desk.card.name

    @property
    def role(self) -> str:
        return self.desk.card.role

    @property
    def office(self) -> str:
        return self.desk.card.office

    @property
    def words(self) -> tuple[str, ...]:
        """Six words that another person compares before accepting this card."""
        return self.desk.card.words

    def card(self) -> bytes:
        """This person's card, for a `*.card` file."""
        return self.desk.card_file

    def accept(self, card_file: bytes, role: str | None = None) -> Person:
        """Accept a card after comparing its words, and grant a role."""
        return people.accept(self.desk, card_file, role)

    def revoke(self, key: str, reason: str) -> Person:
        """Refuse from now on what this key signs, but for what is held here already."""
        return revoking.revoke(self.desk, key, reason)

    def replace(self, key: str, card_file: bytes, reason: str, role: str | None = None) -> Person:
        """Accept the new card of a person and revoke his old key, in one act."""
        return revoking.replace(self.desk, key, card_file, reason, role)

    def admit(self, path: Path, changes: Sequence[str], reason: str, passphrase: str | None) -> int:
        """Let refused changes of a bundle in by hand; the next merge takes them."""
        refused = {r.id: r for log in self.preview(path, passphrase).logs for r in log.left}
        return revoking.admit_by_hand(self.desk, refused, changes, reason)

    def contacts(self) -> list[Person]:
        return people.contacts(self.desk)

    def person(self, author: str) -> str:
        """The name behind a key, as far as this workspace knows it."""
        return people.name_of(self.desk, author)

    def listen(self, listener: Callable[[Changed], None]) -> None:
        """Be told once after each change what is different now."""
        self.desk.listen(listener)

    # -- digests -----------------------------------------------------------------------------

    def digest(self, *logs: str) -> str:
        """SHA-256 over the logical state of these logs; without any, of all that is shared."""
        chosen = sorted(logs or books.shared_ids(self.desk))
        lines = [canonical.encode([log, self.desk.log(log).digest()]) for log in chosen]
        return canonical.sha256(b"\n".join(lines))

    # -- bundles -----------------------------------------------------------------------------

    def not_handed_over(self, id: str) -> int:
        """How many of one's own changes no bundle has carried yet."""
        return len(difference.waiting(self.desk, self.desk.log(id)))

    def bundle(
        self,
        ids: Sequence[str],
        out: Path,
        *,
        to: Sequence[Card] = (),
        passphrase: str | None = None,
        without_known_photos: bool = False,
        with_names: bool = False,
    ) -> Made:
        """Write a bundle of whole inspections; afterwards what it held counts as handed over.

        `with_names`: whoever opens it can read the sealed names (`names`).
        """
        chosen = [self.kept(id).id for id in ids or books.shared_ids(self.desk)]
        written = self.write_bundle(chosen, out, to, passphrase, without_known_photos, with_names)
        self.note_bundle(written)
        return written.made

    def write_bundle(
        self,
        ids: Sequence[str],
        out: Path,
        to: Sequence[Card],
        passphrase: str | None,
        without_known_photos: bool = False,
        with_names: bool = False,
    ) -> Written:
        """The file alone, whole or not at all; `note_bundle` then says what it held."""
        if bool(to) == (passphrase is not None):
            raise BadInput("Seal the bundle either to cards or to a passphrase.")
        if {card.signing for card in to} & people.revoked_keys(self.desk):
            raise NotAllowed("A card that was revoked here gets no bundle. Nothing was written.")
        logs = [self.desk.log(id) for id in ids]
        if not logs:
            raise BadInput("There is no inspection to hand over.")
        left = [b for log in logs for b in known_to_all(log, to)] if without_known_photos else []
        going = going_along(logs, left)
        need_room(out.parent, 2 * size_of(self.desk.store, going))  # the store, then the whole file
        sent = names.keys_to_send(self.desk, logs) if with_names else {}
        made = bundle.write(
            out,
            logs,
            self._blobs(going),
            left,
            self.desk.keys,
            self.desk.card_file,
            to=to,
            passphrase=passphrase,
            names=sent,
        )
        held = {log.id: len(log.changes) for log in logs}
        recipients = " ".join(card.fingerprint for card in to) or names.TO_A_PASSPHRASE
        heads = {log.id: difference.heads_of(log) for log in logs}
        counted = {log: len(keys) for log, keys in sent.items()}
        return Written(made, held, heads, recipients, counted)

    def _blobs(self, going: Sequence[Blob]) -> Iterator[tuple[str, str, bytes]]:
        for number, (log, digest) in enumerate(going):
            self.step(number, len(going))
            data = self.desk.store.blob(log, digest)
            if data is not None:
                yield log, digest, data

    def note_bundle(self, written: Written) -> None:
        """What a bundle held counts as handed over from now on."""
        values = {
            "file": written.made.sha256,
            "made": str(now("UTC")),
            "recipients": written.recipients,
            "held": written.held,
            "heads": written.heads,
            "names": written.names,
        }
        edits = self.desk.own.setting(new_record("bundle-made"), stored_values(BundleMade, values))
        self.desk.commit(self.desk.own, edits, "made a bundle")

    def preview(self, path: Path, passphrase: str | None = None) -> Preview:
        """What a bundle would change. Changes nothing."""
        outside, sealed = self._letter(path, passphrase)
        if sealed.sender.signing not in self._senders():
            return Preview(sealed.sender, False, sealed.sha256)
        with bundle.opened_store(path, outside, sealed, self.folder) as store:
            admissions = self._admissions(store)
            named = {(a.log, d) for a in admissions if a.after for d in named_blobs(a.taken)}
            absent = named - store.blob_sizes().keys() - self._blobs_here(named)
        previews = [self._log_preview(admission) for admission in admissions]
        brought = len(sealed.names.keys() & {a.log for a in admissions if a.after})
        revoked = sealed.sender.signing in people.revoked_keys(self.desk)
        return Preview(
            sealed.sender,
            not revoked,
            sealed.sha256,
            previews,
            len(absent),
            0 if revoked else brought,
            revoked,
        )

    def _senders(self) -> set[str]:
        """Whose bundles are opened; a merge decides about each change by itself."""
        return people.accepted_keys(self.desk) | people.revoked_keys(self.desk)

    def merge(self, path: Path, passphrase: str | None = None) -> Merged:
        """Take in what a bundle has and this workspace lacks. Photos first, changes last."""
        return self.enter(self.fetch(path, passphrase))

    def fetch(self, path: Path, passphrase: str | None = None) -> Fetched:
        """Check a bundle and keep its photos, which nobody sees before a change names them."""
        outside, sealed = self._letter(path, passphrase)
        if sealed.sender.signing not in self._senders():
            raise NotAllowed(
                "The sender's card is not accepted here, so nothing was merged. Compare the six "
                "words with the sender and accept the card first."
            )
        with bundle.opened_store(path, outside, sealed, self.folder) as store:
            admissions = self._admissions(store)
            return Fetched(sealed, admissions, self._take_blobs(store, admissions))

    def enter(self, fetched: Fetched) -> Merged:
        """Let the changes in, in one transaction: all of them, with names and note, or none."""
        sealed, admissions = fetched.sealed, fetched.admissions
        copied = contact.newly_copied(self.desk, admissions)
        new = [change for admission in admissions for change in admission.taken]
        is_revoked = sealed.sender.signing in people.revoked_keys(self.desk)
        before = self.desk.store.newest()
        with self.desk.store.many_at_once(), self.desk.store.transaction():
            self.desk.store.append(new)
            self.desk.store.note_arrival(before, str(now("UTC")), sealed.sha256)
            ended = names.obey(self.desk, new)
            after = {a.log: a.after for a in admissions if a.after}
            taken = names.take_in(self.desk, {} if is_revoked else sealed.names, after)
            noted = self._note_merged(sealed, len(new), taken)
        if ended:
            self.desk.store.forget_deleted()
        for admission in admissions:
            if admission.taken:
                self.desk.take_in(admission.log, admission.taken, admission.after)
        self.desk.take_in(self.desk.own.id, [noted])
        return Merged(
            sender=sealed.sender,
            file=sealed.sha256,
            new=len(new),
            refused=sum(len(admission.refused) for admission in admissions),
            conflicts=sum(len(conflicts(a.after)) for a in admissions if a.after),
            photos=fetched.photos,
            assigned=tuple(a.log for a in admissions if assigned.comes_with(a.taken)),
            copied=copied,
            clocks=contact.worst(c for a in admissions for c in contact.far_off(a)),
        )

    def _letter(self, path: Path, passphrase: str | None) -> tuple[Outside, Sealed]:
        outside = bundle.look(path)
        return outside, bundle.open_letter(outside, keys=self.desk.keys, passphrase=passphrase)

    def _admissions(self, store: BundleStore) -> list[Admission]:
        changes = sorted(store.changes_to_take_in(), key=lambda change: change.log)
        accepted, revoked = people.accepted_keys(self.desk), revoking.revoked(self.desk)
        here = set(self.desk.store.logs())
        return [
            admit(log, list(group), self.desk.log(log) if log in here else None, accepted, revoked)
            for log, group in groupby(changes, key=lambda change: change.log)
        ]

    def _take_blobs(self, store: BundleStore, admissions: list[Admission]) -> int:
        named = {(a.log, d) for a in admissions if a.after for d in named_blobs(a.taken)}
        sizes = store.blob_sizes()
        wanted = sorted((named & sizes.keys()) - self._blobs_here(named))
        need_room(self.folder, sum(sizes[blob] for blob in wanted))
        for admission in admissions:
            form = admission.after and (admission.log, str(admission.after.about.get("form")))
            if form and form in named and form not in wanted and not self._blobs_here({form}):
                raise BadInput("The bundle lacks the checklist of an inspection. Nothing changed.")
        self.desk.store.put_blobs(self._counting(store.blobs(wanted), len(wanted)))
        return len(wanted)

    def _counting(
        self, blobs: Iterable[tuple[str, str, bytes]], of: int
    ) -> Iterator[tuple[str, str, bytes]]:
        for number, blob in enumerate(blobs):
            self.step(number, of)
            yield blob

    def _blobs_here(self, named: set[Blob]) -> set[Blob]:
        logs = {log for log, _ in named}
        return {(log, digest) for log in logs for digest in self.desk.store.blob_sizes(log)}

    def _note_merged(self, sealed: Sealed, changes: int, names_taken: list[str]) -> Change:
        """Say in the own log what came; memory follows when all of it is on the disk."""
        values = {
            "file": sealed.sha256,
            "merged": str(now("UTC")),
            "sender": sealed.sender.fingerprint,
            "changes": changes,
            "names": {log: len(sealed.names[log]) for log in names_taken},
        }
        record = new_record(BundleMerged.kind)
        edits = self.desk.own.setting(record, stored_values(BundleMerged, values))
        noted = self.desk.composed(self.desk.own, edits, "merged a bundle")
        self.desk.store.append([noted])
        return noted

    def _log_preview(self, admission: Admission) -> LogPreview:
        here = self.desk.log(admission.log) if admission.log in self.desk.store.logs() else None
        records = {edit.record for change in admission.taken for edit in change.edits}
        changed = {record for record in records if here and here.in_view(record)}
        before = {c.record for c in conflicts(here)} if here else set()
        after = {c.record for c in conflicts(admission.after)} if admission.after else set()
        disputed = after - before
        return LogPreview(
            log=admission.log,
            title=_title(admission.after),
            new=len(admission.taken),
            changed=len(changed),
            known=admission.known,
            conflicting=len(disputed),
            refused=admission.refused,
            left=tuple(admission.left.values()),
            copied=contact.newly_copied(self.desk, [admission]),
            clocks=contact.worst(contact.far_off(admission)),
            changes=tuple(admission.taken),
            fields=field_changes(here, admission, disputed),
            assignment=assigned.of(admission.after)
            if assigned.comes_with(admission.taken)
            else None,
        )

    # -- reports -----------------------------------------------------------------------------

    def report_bytes(self, id: str, name: str, edition: str = INTERNAL) -> bytes:
        """One report as PDF, without writing it; NotAllowed when the leak scan finds something."""
        return reporting.build(self.desk.store, self.inspection(id), name, edition=edition)

    def report_job(
        self, id: str, name: str, edition: str = INTERNAL
    ) -> Callable[[Step | None], bytes]:
        """The same for a worker: it has its own connection and its own fold, as of now."""
        path, key = self.folder / STORE_FILE, self.desk.keys.database
        log = self.inspection(id).id
        return lambda step: reporting.build_apart(path, key, log, name, step, edition)

    def report_file(self, id: str, name: str, edition: str = INTERNAL) -> str:
        """What the file of a report is called: its number, the report, its version, its edition."""
        return reporting.file_name(self.inspection(id), name, edition)

    def report(self, id: str, name: str, out: Path, edition: str = INTERNAL) -> int:
        """Write one report, whole or not at all; returns its size in bytes."""
        data = self.report_bytes(id, name, edition)
        write_whole(out, data)
        return len(data)


def _title(log: Log | None) -> str:
    agency = log.about.get("agency") if log else None
    title = f"{agency['name']}, {agency['state']}" if isinstance(agency, dict) else ""
    kind = log.about.get("kind") if log else None
    if kind == "program":
        return "The program’s register"
    return f"{title}: the agency’s file" if kind == "agency" else title
