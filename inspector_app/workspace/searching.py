"""Searching: inside one inspection, and across all of them for what is no one's own.

The index is brought in step when somebody searches, before he is answered, not when somebody
writes. So a change never waits for it and never fails with it, a search never misses what was
just written, and a program that was killed leaves nothing to repair: the stamps tell. Only the
rows that differ are written.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from inspector_app import searching
from inspector_app.inspection import Inspection
from inspector_app.inspection.agency_file import AgencyFile
from inspector_app.store import CLOSE, OPEN, Match
from inspector_app.workspace.agency_file import file_ids
from inspector_app.workspace.books import Kept

if TYPE_CHECKING:
    from inspector_app.workspace import Workspace

Marked = tuple[tuple[str, bool], ...]
"""A text in pieces; True for those that were looked for."""

MOST = 200


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that was found: where it leads to, and its words with the found ones marked.

    `kind` is the record's kind, "clause", "agency" or "agency-file"; `inspection` is the id of the
    log, `agency` names it.
    """

    inspection: str
    record: str
    kind: str
    title: Marked
    body: Marked
    agency: str
    practice: bool


def find(workspace: "Workspace", id: str, words: str, limit: int = MOST) -> list[Hit]:
    """What fits in one inspection, the best first: every word must be there, in any order."""
    log = workspace.inspection(id).id
    bring_in_step(workspace, [log])
    index = workspace.desk.store.search_index
    return _hits(workspace, index.find_inside(log, searching.expression(words), limit))


def find_across(
    workspace: "Workspace", words: str, besides: str = "", limit: int = MOST
) -> list[Hit]:
    """Agencies, their files, clauses and findings that fit, in every inspection but one.

    A clause that several checklists of one text cite is told once. What people said, rows of
    samples and people are not looked at. BadInput when `besides` names no inspection.
    """
    log = workspace.inspection(besides).id if besides else ""
    bring_in_step(workspace, behind(workspace))
    index = workspace.desk.store.search_index
    found = index.find_outside(log, searching.expression(words), limit)
    once = {_sameness(match): match for match in reversed(found)}
    return _hits(workspace, [match for match in found if once[_sameness(match)] is match])


def behind(workspace: "Workspace") -> list[str]:
    """The inspections and files that were written in since they were indexed, if they ever were."""
    stamps = workspace.desk.store.search_index.stamps()
    return [
        id
        for id in (*workspace.inspection_ids(), *file_ids(workspace))
        if stamps.get(id) != searching.stamp(workspace.kept(id).log)
    ]


def bring_in_step(workspace: "Workspace", ids: Sequence[str]) -> None:
    """Index these logs as they are now; one that is in step already costs nothing."""
    index = workspace.desk.store.search_index
    stamps = index.stamps()
    for id in ids:
        kept = workspace.kept(id)
        stamp = searching.stamp(kept.log)
        if stamps.get(id) != stamp:
            rows = [(t.record, t.kind, t.title, t.body, t.inside, t.outside) for t in _texts(kept)]
            index.replace(id, stamp, rows)


def _texts(kept: Kept) -> list[searching.Text]:
    if isinstance(kept, AgencyFile):
        return searching.texts_of_file(kept)
    return searching.texts(kept) if isinstance(kept, Inspection) else []


def _sameness(match: Match) -> tuple[str, ...]:
    own = () if match.kind == searching.CLAUSE else (match.log, match.record)
    return (match.kind, match.title, match.body, *own)


def _hits(workspace: "Workspace", found: Sequence[Match]) -> list[Hit]:
    about = {m.log: workspace.kept(m.log) for m in found}
    return [
        Hit(
            inspection=m.log,
            record=m.record,
            kind=m.kind,
            title=marked(m.title),
            body=marked(m.body),
            agency=_agency(about[m.log]),
            practice=about[m.log].log.about.get("practice") is True,
        )
        for m in found
    ]


def _agency(kept: Kept) -> str:
    return kept.agency.title if isinstance(kept, Inspection) else kept.title


def marked(text: str) -> Marked:
    """The pieces of a text in which found words stand between marks."""
    pieces = (part.split(CLOSE, 1) for part in text.split(OPEN))
    first = next(pieces)
    rest = chain.from_iterable(((p[0], True), (p[-1] if len(p) > 1 else "", False)) for p in pieces)
    return tuple((said, found) for said, found in chain([(first[0], False)], rest) if said)


def unmarked(text: Marked) -> str:
    """The whole text."""
    return "".join(said for said, _ in text)
