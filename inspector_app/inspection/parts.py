"""The parts that a person signs or reviews: the report, a section, an item, a finding.

A signature names the part's digest and holds exactly while the part says the same; that is
computed, never stored.
"""

import hashlib
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from inspector_app import canonical
from inspector_app.canonical import Value
from inspector_app.errors import BadInput
from inspector_app.inspection.reading import Reading
from inspector_app.log import Log
from inspector_app.records import Link, Review, SignOff

if TYPE_CHECKING:
    from hashlib import _Hash as Hasher

_DIGESTS: WeakKeyDictionary[Reading, tuple[int, dict[str, str]]] = WeakKeyDictionary()
REPORT = "report"
BESIDE = ("corrective-action", "closeout")
"""What ERO writes after the report: it leaves what OPR signed as it is."""
APART = (
    *BESIDE,
    "sign-off",
    "review",
    "issue",
    "signed-file",
    "names-destroyed",
    "retention",
    "assignment",
)
"""What is said about parts and belongs to none: it alters no digest."""


def part_title(reading: Reading, part: str) -> str:
    """The part in words; BadInput when there is no such part."""
    kind, _, name = part.partition(":")
    sections = {section.id: section.title for section in reading.form.sections}
    if part == REPORT:
        return "the report"
    if kind == "section" and name in sections:
        return f"section {sections[name]}"
    if kind == "item" and any(item.id == name for item in reading.form.items):
        return f"item {name.upper()}"
    if kind == "finding" and reading.record(part):
        return "the finding"
    raise BadInput("There is no such part: the report, a section, an item or a finding.")


def parts_of(reading: Reading, record: str) -> list[str]:
    """The parts that a record belongs to; what is said about parts belongs to none."""
    kind, _, name = record.partition(":")
    if kind in APART:
        return []
    if kind == "answer":
        sections = [s.id for s in reading.form.sections if any(i.id == name for i in s.items)]
        return [f"item:{name}", *(f"section:{section}" for section in sections), REPORT]
    if kind == "finding":
        return [record, REPORT]
    link = reading.get(Link, record) if kind == "link" else None
    if link and link.from_.partition(":")[0] in BESIDE:
        return []
    return [link.from_, REPORT] if link and link.from_.startswith("finding:") else [REPORT]


def part_digest(reading: Reading, part: str) -> str:
    """SHA-256 over what the part says (docs/format.md, "Digest of a part")."""
    known, digests = _DIGESTS.get(reading, (0, {}))
    if known != len(reading.log.changes):  # a log only grows, so its length says which state it is
        known, digests = len(reading.log.changes), _digests(reading)
        _DIGESTS[reading] = known, digests
    return digests.get(part) or _begun(reading, part).hexdigest()


def _digests(reading: Reading) -> dict[str, str]:
    """The digest of every part that says something, in one pass: `checks` asks for all of them."""
    begun: dict[str, Hasher] = {}
    for row in reading.log.state():
        line = b"\n" + canonical.encode(row)
        for part in parts_of(reading, _record(row)):
            if part not in begun:
                begun[part] = _begun(reading, part)
            begun[part].update(line)
    return {part: hasher.hexdigest() for part, hasher in begun.items()}


def _begun(reading: Reading, part: str) -> "Hasher":
    return hashlib.sha256(canonical.encode(reading.id) + b"\n" + canonical.encode(part))


def signatures_of(reading: Reading, part: str) -> list[SignOff]:
    """The signatures of a part, also those that no longer hold.

    A signature counts as the act of the author it names only where that author wrote it, and of
    nobody who has written two changes after the same one: his key is in two places.
    """
    found = [sign_off for sign_off in reading.all(SignOff) if sign_off.part == part]
    return [sign_off for sign_off in found if _is_own(reading.log, sign_off)]


def signer(sign_off: SignOff) -> str:
    """The key of the person who signed."""
    return sign_off.id.removeprefix("sign-off:").partition("/")[0]


def _is_own(log: Log, sign_off: SignOff) -> bool:
    author = signer(sign_off)
    return author_of(log, sign_off.id, "digest") == author and not is_forked(log, author)


def is_forked(log: Log, author: str) -> bool:
    """Whether two changes of an author follow the same one: a copied workspace, or worse."""
    return len(log.heads().get(author, ())) > 1


def signed(reading: Reading, part: str) -> list[SignOff]:
    """The signatures of a part that hold now; none while people or reviewers disagree in it."""
    found = signatures_of(reading, part)
    if not found or disputed(reading, part):
        return []
    digest = part_digest(reading, part)
    if _opposed(reading, part, digest):
        return []
    return [sign_off for sign_off in found if sign_off.digest == digest]


def _opposed(reading: Reading, part: str, digest: str) -> bool:
    """Whether one reviewer accepted and another returned the part as it stands."""
    return len({review.verdict for review in verdicts(reading, part, digest)}) > 1


def verdicts(reading: Reading, part: str, digest: str) -> list[Review]:
    """Of each reviewer the last verdict in his own chain, where it is about this digest.

    One whose chain forked counts for nothing.
    """
    log = reading.log
    newest: dict[str, tuple[int, Review]] = {}
    found = [r for r in reading.all(Review) if r.part == part and r.verdict]
    places = {id: place for place, id in enumerate(log.changes)} if found else {}
    for review in found:
        author = author_of(log, review.id, "verdict")
        place = max(places[id] for id in log.current(review.id, "verdict"))
        if author and not is_forked(log, author) and place >= newest.get(author, (0,))[0]:
            newest[author] = place, review
    return [review for _, review in newest.values() if review.digest == digest]


def author_of(log: Log, record: str, field: str) -> str:
    """Who wrote what a field says now; empty where nobody did, or several."""
    authors = {log.changes[id].author for id in log.current(record, field)}
    return next(iter(authors)) if len(authors) == 1 else ""


def signed_parts(reading: Reading, record: str) -> list[str]:
    """The signed parts that an edit of this record would alter."""
    return [part for part in parts_of(reading, record) if signed(reading, part)]


def disputed(reading: Reading, part: str) -> bool:
    """Whether people disagree in a part."""
    return any(part in parts_of(reading, conflict.record) for conflict in reading.conflicts())


def _record(row: Value) -> str:
    return str(row[0]) if isinstance(row, list) else ""
