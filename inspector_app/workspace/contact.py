"""What the first contact with others shows: keys that are in two places, and clocks far off."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from inspector_app.admission import Admission
from inspector_app.change import Change
from inspector_app.log import Log
from inspector_app.moments import Moment, now
from inspector_app.workspace.desk import Desk
from inspector_app.workspace.parcels import FarOff

TOLERANCE = timedelta(minutes=10)
"""Laptops that never meet a time server drift by minutes in a season; more is worth a question."""


def copied(log: Log) -> list[str]:
    """Keys of which two changes follow the same one: a copied workspace, or a dishonest one."""
    return [author for author, heads in log.heads().items() if len(heads) > 1]


def newly_copied(desk: Desk, admissions: Sequence[Admission]) -> tuple[str, ...]:
    """Those that a merge brings to light."""
    found: dict[str, None] = {}
    for one in (a for a in admissions if a.after and a.taken):
        here = copied(desk.log(one.log)) if one.log in desk.store.logs() else []
        found |= dict.fromkeys(key for key in copied(one.after or desk.own) if key not in here)
    return tuple(found)


def far_off(admission: Admission) -> Iterator[FarOff]:
    """Of what a merge takes, received now."""
    if admission.after:
        received = str(now("UTC"))
        arrivals = {change.id: received for change in admission.taken}
        yield from in_log(admission.after, arrivals)


def in_log(log: Log, arrivals: Mapping[str, str]) -> Iterator[FarOff]:
    """Of what came with bundles: claimed after its coming, or before what it builds on."""
    came = {at: Moment.kept_instant(at) for at in set(arrivals.values())}  # one for each bundle
    received = {id: came[at] for id, at in arrivals.items() if id in log.changes}
    for id, instant in received.items():
        change = log.changes[id]
        ahead = change.instant - instant
        behind = change.instant - _floor(log, change, received)
        for off, is_far in ((ahead, ahead > TOLERANCE), (behind, behind < -TOLERANCE)):
            if is_far:
                seconds = int(off.total_seconds())
                yield FarOff(change.author, id, change.at, arrivals[id], seconds)


def _floor(log: Log, change: Change, received: Mapping[str, datetime]) -> datetime:
    """The latest claimed time of it and what it builds on; one that was ahead counts as it came."""
    latest = change.instant
    for id in change.parents:
        claimed = log.changes[id].instant
        if claimed > latest:
            latest = max(latest, min(claimed, received.get(id, claimed)))
    return latest


def worst(found: Iterable[FarOff]) -> tuple[FarOff, ...]:
    """Of each author, and of ahead and behind, the change that is off most."""
    most: dict[tuple[str, bool], FarOff] = {}
    for one in found:
        place = one.author, one.seconds > 0
        if place not in most or abs(one.seconds) > abs(most[place].seconds):
            most[place] = one
    return tuple(sorted(most.values(), key=lambda one: (one.author, one.seconds)))
