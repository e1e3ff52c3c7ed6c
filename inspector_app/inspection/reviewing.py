"""Who prepared a part, what reviewers made of it, and why a signature no longer holds.

All of it is computed from the changes: a review and a signature name the digest of a part, and
hold exactly while the part says the same (docs/format.md, "Digest of a part").
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from inspector_app.change import Change, Edit
from inspector_app.conflicts import disputed_fields
from inspector_app.errors import BadInput, NotAllowed
from inspector_app.inspection import parts
from inspector_app.inspection.reading import Reading
from inspector_app.log import Log
from inspector_app.records import (
    Disagreement,
    Finding,
    Member,
    Record,
    Review,
    SignOff,
    stored_values,
)

State = Literal["draft", "lapsed", "signed", "returned", "accepted", "opposed", "conflict"]
ERO_ROLES = ("ero-headquarters", "field-supervisor")
"""Who speaks for ERO when it disagrees with a finding of OPR."""
AMENDMENT = "amendment: "
"""How the label of a change begins whose author gave a reason for altering what is signed."""


def is_reviewer(reading: Reading, role: str) -> bool:
    """Whether a role reviews this: OPR's reviewer an inspection, ERO headquarters ERO's own."""
    return role == ("ero-headquarters" if reading.kind == "oversight-review" else "opr-reviewer")


def preparers(reading: Reading, part: str) -> set[str]:
    """Everybody with a current value in the part: none of them can approve it.

    Taking a value away prepares a part as much as writing one.
    """
    log = reading.log
    return {
        log.changes[id].author
        for record in log.in_order()
        if part in parts.parts_of(reading, record)
        for name in (*log.field_names(record), "removed")
        for id in log.current(record, name)
    }


# -- reviews -----------------------------------------------------------------------------------


def reviews_of(reading: Reading, part: str) -> list[Review]:
    """Everything that reviewers said of a part, oldest first, comments too."""
    return [review for review in reading.all(Review) if review.part == part]


def holding(reading: Reading, part: str) -> list[Review]:
    """The newest verdict of each reviewer that is about the part as it now stands."""
    if not any(review.verdict for review in reviews_of(reading, part)):
        return []
    return parts.verdicts(reading, part, parts.part_digest(reading, part))


@dataclass(frozen=True, slots=True)
class Approval:
    """That a reviewer stands by a part: he accepted it or signed it."""

    author: str
    role: str
    name: str
    held: str | None


def approvals(reading: Reading, part: str) -> list[Approval]:
    """Of reviewers who prepared nothing in the part and are not on the team; one of each."""
    found = [
        (parts.author_of(reading.log, review.id, "verdict"), review)
        for review in holding(reading, part)
        if review.verdict == "accepted"
    ]
    signed = [s for s in parts.signed(reading, part) if is_reviewer(reading, s.role)]
    by_author: dict[str, Review | SignOff] = dict(found)
    by_author |= {parts.signer(sign_off): sign_off for sign_off in signed}
    prepared = preparers(reading, part) if by_author else set()
    return [
        Approval(author, said.role, said.name, said.held)
        for author, said in by_author.items()
        if author not in prepared and not reading.get(Member, f"member:{author}")
    ]


def state_of(reading: Reading, part: str) -> State:
    """Where a part stands."""
    if parts.disputed(reading, part):
        return "conflict"
    verdicts = {review.verdict for review in holding(reading, part)}
    if len(verdicts) > 1:
        return "opposed"
    if "returned" in verdicts:
        return "returned"
    if approvals(reading, part):
        return "accepted"
    if parts.signed(reading, part):
        return "signed"
    return "lapsed" if parts.signatures_of(reading, part) else "draft"


# -- what a person may say ---------------------------------------------------------------------


def reviewing(
    reading: Reading, record: str, part: str, said: Mapping[str, str | None]
) -> list[Edit]:
    """The edits of a review: a comment, or a verdict on the part as it now stands."""
    parts.part_title(reading, part)
    if not (said["reason"] or "").strip() and said["verdict"] != "accepted":
        raise BadInput("Say in words what is to be changed or looked at. Nothing was recorded.")
    if said["verdict"] == "accepted" and parts.disputed(reading, part):
        raise NotAllowed("People disagree in this part. It is accepted once that is decided.")
    values = {"part": part, "digest": parts.part_digest(reading, part), **said}
    return reading.log.setting(record, stored_values(Review, values))


def disagreement_of(finding: str) -> str:
    """The record that keeps what ERO says against a finding."""
    return f"{Disagreement.kind}:{finding.partition(':')[2]}"


def disagreeing(reading: Reading, finding: str, text: str, role: str, moment: str) -> list[Edit]:
    """The edits by which ERO disagrees with a finding, which stays as it is."""
    _check_text(reading, finding, text)
    values = {"ero": text, "role": role, "held": moment}
    record = disagreement_of(finding)
    return reading.log.setting(record, stored_values(Disagreement, values))


def answering(reading: Reading, finding: str, text: str, moment: str) -> list[Edit]:
    """The edits by which OPR answers what ERO said against a finding."""
    _check_text(reading, finding, text)
    record = disagreement_of(finding)
    if reading.get(Disagreement, record) is None:
        raise BadInput("ERO has recorded no disagreement with this finding, so none is answered.")
    values = {"answer": text, "answered": moment}
    return reading.log.setting(record, stored_values(Disagreement, values))


def _check_text(reading: Reading, finding: str, text: str) -> None:
    if reading.get(Finding, finding) is None:
        raise BadInput("There is no such finding. Nothing was recorded.")
    if not text.strip():
        raise BadInput("Nothing is said in it. Nothing was recorded.")
    if disputed_fields(reading.log, disagreement_of(finding)):
        raise NotAllowed("Two people wrote different things here; decide which one stands first.")


# -- signatures that lapsed --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Lapse:
    """A signature that holds no longer: what was amended after it, and what was made unseen."""

    sign_off: SignOff
    amended: tuple[Change, ...]
    same_time: tuple[Change, ...]


def lapses(reading: Reading, part: str) -> list[Lapse]:
    """The signatures of a part that hold no longer, each with what came since."""
    hold = {sign_off.id for sign_off in parts.signed(reading, part)}
    return [
        _lapse(reading, sign_off)
        for sign_off in parts.signatures_of(reading, part)
        if sign_off.id not in hold
    ]


def altered_items(reading: Reading) -> frozenset[str]:
    """The items whose answers were altered after a signature, which so holds no longer."""
    ended = [lapse for part in all_parts(reading) for lapse in lapses(reading, part)]
    changes = [change for lapse in ended for change in (*lapse.amended, *lapse.same_time)]
    records = {edit.record for change in changes for edit in change.edits}
    return frozenset(one.removeprefix("answer:") for one in records)


def _lapse(reading: Reading, sign_off: SignOff) -> Lapse:
    log = reading.log
    signing = max(log.current(sign_off.id, "digest"), default="")
    known = _before(log, [*sign_off.seen.split(), signing]) if sign_off.seen else set()
    later = [id for id in log.changes if id not in known] if known else []
    touching = [log.changes[id] for id in later if _touches(reading, log.changes[id], sign_off)]
    aware = _aware(log, later, signing)
    return Lapse(
        sign_off,
        tuple(change for change in touching if change.id in aware),
        tuple(change for change in touching if change.id not in aware),
    )


def _touches(reading: Reading, change: Change, sign_off: SignOff) -> bool:
    return any(sign_off.part in parts.parts_of(reading, edit.record) for edit in change.edits)


def _aware(log: Log, later: Sequence[str], signing: str) -> set[str]:
    """Of the later changes those whose authors knew of the signature.

    A change knows what it builds on; whoever amends says so, and knows it from then on.
    """
    aware = {signing}
    for id in later:  # a log holds what a change builds on before the change itself
        change = log.changes[id]
        if change.label.startswith(AMENDMENT) or aware & set(_under(change)):
            aware.add(id)
    return aware


def _under(change: Change) -> list[str]:
    replaced = [id for edit in change.edits for id in edit.replaces]
    return [*([change.previous] if change.previous else []), *replaced]


def _before(log: Log, ids: Iterable[str]) -> set[str]:
    """These changes and all that they build on."""
    found: set[str] = set()
    waiting = [id for id in ids if id in log.changes]
    while waiting:
        id = waiting.pop()
        if id not in found:
            found.add(id)
            waiting += _under(log.changes[id])
    return found


def all_parts(reading: Reading) -> list[str]:
    """The report, its findings and sections, and every item that somebody commented on."""
    findings = reading.log.records("finding")
    sections = [f"section:{section.id}" for section in reading.form.sections]
    known: list[Record] = [*reading.all(Review), *reading.all(SignOff)]
    named = [str(getattr(record, "part", "")) for record in known]
    asked = {f"item:{item.id}" for item in reading.form.items}
    items = [part for part in named if part in asked]
    return list(dict.fromkeys([parts.REPORT, *findings, *sections, *items]))
