"""A roster inside an inspection: taken in, held against the agreement, candidates decided.

The file's bytes are kept as they came; everything that follows from it is computed anew under the
inspection's own form, as of the last day on site. A candidate is never a violation: a person
accepts it, which starts a finding without a class, or declines it with a reason.
"""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from inspector_app import canonical, roster_file
from inspector_app.change import new_record
from inspector_app.errors import BadInput
from inspector_app.records import Decision, Finding, RosterFile
from inspector_app.rules.roster import Act, Standing, standings, unlisted
from inspector_app.rules.roster_findings import Candidate, candidates
from inspector_app.rules.roster_terms import terms_of

if TYPE_CHECKING:
    from inspector_app.inspection import Inspection
    from inspector_app.store import Store
    from inspector_app.workspace import Commit, Workspace

Part = Literal["officers", "acts"]


@dataclass(frozen=True, slots=True)
class Judged:
    """What follows from the newest roster of an inspection, as of a day."""

    on: date
    roster: RosterFile
    standings: tuple[Standing, ...]
    candidates: tuple[Candidate, ...]
    absent: tuple[str, ...]
    unread: str


def take_in(
    workspace: "Workspace", id: str, data: bytes, part: Part = "officers", title: str = ""
) -> "Commit":
    """Keep a roster or a list of acts (CSV or XLSX). BadInput says where it cannot be read."""
    if part == "officers":
        rows = len(roster_file.read_roster(data).officers)
    else:
        rows = len(roster_file.read_acts(data))
    inspection = workspace.inspection(id)
    digest = workspace.desk.store.put_blob(inspection.id, data)
    on = inspection.visit.last_day or date.today()
    fields: dict[str, Any] = {"sha256": digest, "title": title, "rows": rows, "on": on}
    words = "took in the roster" if part == "officers" else "took in the list of acts"
    return workspace.put(id, _record(part), words=words, **fields)


def _record(part: Part) -> str:
    return f"{RosterFile.kind}:{part}"


def file_of(inspection: "Inspection", part: Part) -> RosterFile | None:
    """The file of this part that was taken in last; the history keeps those before."""
    return inspection.get(RosterFile, _record(part))


def judged(workspace: "Workspace", id: str) -> Judged | None:
    """What the newest roster says; None where there is none, or its bytes have not come yet."""
    return judged_in(workspace.desk.store, workspace.inspection(id))


def judged_in(store: "Store", inspection: "Inspection") -> Judged | None:
    """The same over any connection, for a worker."""
    roster = file_of(inspection, "officers")
    data = _bytes(store, inspection, roster)
    if roster is None or data is None:
        return None
    read = roster_file.read_roster(data)
    acts = _acts(store, inspection)
    terms, on = terms_of(inspection.form), roster.on or date.today()
    found = standings(read.officers, acts, terms, (), on)
    listed = candidates(found, unlisted(read.officers, acts), terms, on)
    return Judged(on, roster, tuple(found), tuple(listed), read.absent, read.unread)


def _acts(store: "Store", inspection: "Inspection") -> tuple[Act, ...]:
    data = _bytes(store, inspection, file_of(inspection, "acts"))
    return roster_file.read_acts(data) if data else ()


def _bytes(store: "Store", inspection: "Inspection", file: RosterFile | None) -> bytes | None:
    if file is None or file.sha256 is None:
        return None
    return store.blob(inspection.id, file.sha256)


# -- what becomes of a candidate -------------------------------------------------------------------


def decision_record(candidate: Candidate) -> str:
    """The record of what was decided: the same on every laptop, so that people who disagree see it.

    It covers the cases too: with other officers or days it is another candidate.
    """
    cases: canonical.Value = [
        [case.officer, [day.isoformat() for day in case.days]] for case in candidate.cases
    ]
    digest = canonical.sha256(canonical.encode([candidate.key, cases]))
    return f"{Decision.kind}:{digest}"


def decision(inspection: "Inspection", candidate: Candidate) -> Decision | None:
    """What somebody made of it; None while it is open."""
    return inspection.get(Decision, decision_record(candidate))


def accept(workspace: "Workspace", id: str, candidate: Candidate) -> "Commit":
    """Start a finding of it, without a class: the guard asks for the rest as of any finding."""
    inspection = workspace.inspection(id)
    roster = file_of(inspection, "officers")
    finding = new_record(Finding.kind)
    fields: dict[str, Any] = {
        "title": candidate.sentence,
        "type": candidate.type,
        "item": candidate.item or None,
        "document": candidate.document,
        "section": candidate.section,
        "quotation": _quotation(inspection, candidate),
        "condition": "\n".join(f"{case.officer}: {case.words}" for case in candidate.cases),
    }
    decided = _decided(candidate, "accepted") | {"finding": finding}
    links = [(finding, roster.id)] if roster else []
    records = {finding: fields, decision_record(candidate): decided}
    return workspace.put_many(id, records, "accepted a candidate finding", links=links)


def decline(workspace: "Workspace", id: str, candidate: Candidate, reason: str) -> "Commit":
    """Say why it is no finding. BadInput without a reason."""
    if not reason.strip():
        raise BadInput("Say why this is no finding; nothing was changed.")
    fields = _decided(candidate, "declined") | {"reason": reason.strip()}
    record = decision_record(candidate)
    return workspace.put(id, record, words="declined a candidate finding", **fields)


def _decided(candidate: Candidate, verdict: str) -> dict[str, str]:
    return {"candidate": candidate.key, "verdict": verdict, "sentence": candidate.sentence}


def _quotation(inspection: "Inspection", candidate: Candidate) -> str | None:
    """The words of the item's clause in that document; cited, and confirmed by nobody yet."""
    cited = (
        citation.quotation
        for item in inspection.form.items
        if item.id == candidate.item
        for citation in item.citations
        if (citation.document, citation.section) == (candidate.document, candidate.section)
    )
    return next(cited, "") or None
