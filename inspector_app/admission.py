"""Which changes of a bundle a merge takes.

It takes the largest set of changes by accepted keys that holds the log's first change and is
closed under `previous` and `replaces`. The rest is listed with a reason and stays in the bundle.
Of a revoked key it takes what stands under the changes that the revocation names, and what a
reviewer admitted by hand; no date that a change claims is looked at.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from inspector_app.change import Change
from inspector_app.errors import UserError
from inspector_app.identity.changes import is_signed
from inspector_app.log import Log

NOT_ACCEPTED = "by a person whose card is not accepted here"
REVOKED = "by a key that was revoked here"
NOT_SIGNED = "not signed by its author"
PARENTS_MISSING = "builds on changes that are missing or refused"
PRIVATE = "belongs to a workspace's own log, which never travels"


@dataclass(frozen=True, slots=True)
class Revoked:
    """Revoked keys, the changes under which theirs stand, and those that a reviewer admitted."""

    keys: frozenset[str] = frozenset()
    heads: frozenset[str] = frozenset()
    by_hand: frozenset[str] = frozenset()


NOBODY = Revoked()


@dataclass(slots=True)
class Admission:
    """What a merge would take of one log, in causal order; `after` is the log as it would be.

    `refused` says why, `left` has the changes.
    """

    log: str
    known: int = 0
    taken: list[Change] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    left: dict[str, Change] = field(default_factory=dict)
    after: Log | None = None


def admit(
    log: str,
    changes: Sequence[Change],
    here: Log | None,
    accepted: set[str],
    revoked: Revoked = NOBODY,
) -> Admission:
    """Decide about every change that a bundle holds of one log. `here` is not altered."""
    trial = here.copy() if here else None
    present = here.changes if here else {}
    new = {change.id: change for change in changes if change.id not in present}
    admission = Admission(log, known=len(changes) - len(new), after=trial)
    _refuse(admission, new, _after_revocation(new, revoked), REVOKED)
    known = accepted | revoked.keys
    _refuse(admission, new, (c for c in new.values() if c.author not in known), NOT_ACCEPTED)
    _refuse(admission, new, unsigned(new.values()), NOT_SIGNED)
    for change in causal_order(new, present):
        _try(admission, change)
    taken = {change.id for change in admission.taken}
    left = (new[id] for id in new.keys() - taken - admission.refused.keys())
    _refuse(admission, new, left, PARENTS_MISSING)
    return admission


def _after_revocation(new: dict[str, Change], revoked: Revoked) -> list[Change]:
    """What revoked keys wrote and nobody here held when they were revoked, or admitted since."""
    standing: set[str] = set()
    waiting = [id for id in revoked.heads if id in new]
    while waiting:
        change = new[waiting.pop()]
        if change.author in revoked.keys and change.id not in standing:
            standing.add(change.id)
            waiting += [change.previous] if change.previous in new else []
    stays = standing | revoked.by_hand
    return [c for c in new.values() if c.author in revoked.keys and c.id not in stays]


def _refuse(
    admission: Admission, new: dict[str, Change], changes: Iterable[Change], why: str
) -> None:
    for change in list(changes):
        admission.refused[change.id] = why
        admission.left[change.id] = new.pop(change.id)


def _try(admission: Admission, change: Change) -> None:
    try:
        if admission.after is None:
            admission.after = Log(change)
            if admission.after.about.get("kind") == "workspace":
                admission.after = None
                admission.refused[change.id] = PRIVATE
                admission.left[change.id] = change
                return
        else:
            admission.after.add(change)
    except UserError as error:
        admission.refused[change.id] = error.message
        admission.left[change.id] = change
    else:
        admission.taken.append(change)


def unsigned(changes: Iterable[Change]) -> list[Change]:
    """Changes that neither their own signature nor a later one of their chain vouches for."""
    by_id = {change.id: change for change in changes}
    followed = {change.previous for change in by_id.values()}
    waiting = [id for id in by_id if id not in followed]
    looked_at: set[str] = set()
    vouched: set[str] = set()
    while waiting:
        id = waiting.pop()
        if id in looked_at or id in vouched or id not in by_id:
            continue
        looked_at.add(id)
        change = by_id[id]
        if is_signed(change):
            _vouch(change, by_id, vouched)
        elif change.previous:
            waiting.append(change.previous)
    return [change for id, change in by_id.items() if id not in vouched]


def _vouch(change: Change, by_id: dict[str, Change], vouched: set[str]) -> None:
    """A signature covers what lies under it in the same author's chain."""
    under: Change | None = change
    while under and under.id not in vouched:
        vouched.add(under.id)
        below = by_id.get(under.previous or "")
        under = below if below and below.author == change.author else None


def causal_order(candidates: Mapping[str, Change], present: Collection[str]) -> list[Change]:
    """The candidates whose parents are all here or among them, parents first.

    In the order given, as a bundle is written, but for those given before a parent of theirs.
    """
    order: dict[str, Change] = {}
    waiting: dict[str, list[tuple[str, Iterator[str]]]] = {}
    for first, change in candidates.items():
        ready = [(first, iter(change.parents))]
        while ready:
            id, parents = ready.pop()
            for parent in parents:
                if parent not in order and parent not in present:
                    waiting.setdefault(parent, []).append((id, parents))
                    break  # its other parents are looked at when this one is in its place
            else:
                order[id] = candidates[id]
                ready += waiting.pop(id, ())
    return list(order.values())
