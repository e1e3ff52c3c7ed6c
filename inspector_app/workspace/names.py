"""Names of people: sealed under a key of their inspection that leaves only when somebody says so.

A person bears a label; the name, where one is taken down at all, is a sealed value beside it
(design.md 4, "Names"). Its key is a local row, outside of every bundle, digest and index, and
leaves in the letter of a bundle that is made with names, which only its readers can open. Two
inspectors who had no key of each other's have two keys, and each of them opens what it can.
Destroying the key is a change that everybody who merges it obeys; afterwards no name of the
inspection is kept any more, whatever older bundle brings it back.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from inspector_app import identity
from inspector_app.change import Change, new_record
from inspector_app.errors import BadInput, NotAllowed, WrongSecret
from inspector_app.log import Log
from inspector_app.moments import Moment, day_in_words
from inspector_app.records import (
    BackupMade,
    BundleMade,
    BundleMerged,
    Interview,
    NamesDestroyed,
    R,
    read_record,
)
from inspector_app.workspace import people, retention
from inspector_app.workspace.desk import Desk

if TYPE_CHECKING:
    from inspector_app.canonical import Value
    from inspector_app.inspection import Inspection
    from inspector_app.store import Store
    from inspector_app.workspace import Commit, Workspace

State = Literal["none", "here", "no-key", "destroyed"]
_MOST_KEYS = 16
TO_A_PASSPHRASE = "a passphrase"
"""What a record of a bundle says in the place of its readers' cards."""
_PREFIX = f"{NamesDestroyed.kind}:"
_HOLDS = {
    "made": "A bundle made here for {}",
    "merged": "A bundle that came from {}",
    "backup": "The backup made",
}


@dataclass(frozen=True, slots=True)
class Name:
    """What this workspace can tell of a name. `text` is empty unless its state is `here`."""

    state: State
    text: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Holder:
    """A bundle or backup that has the key: when it was made or came (a moment), for whom, if any.

    `kind`: a bundle `made` here or `merged`, or a `backup`.
    """

    at: str
    who: str
    kind: Literal["made", "merged", "backup"]


# -- one name ----------------------------------------------------------------------------------


def name_of(workspace: "Workspace", id: str, record: str) -> Name:
    """The name of an interview's person, as far as it can be told here."""
    return opened(workspace, id, workspace.inspection(id).log.value(record, "name"))


def opened(workspace: "Workspace", id: str, value: "Value") -> Name:
    """A sealed value, such as the name in a draft, as far as it can be told here."""
    if value is None:
        return Name("none", "", "")
    gone = destroyed_at(workspace.inspection(id).log)
    if gone:
        return Name("destroyed", "", f"Name destroyed on {_day(gone)}.")
    for key in _keys(workspace.desk, workspace.inspection(id).log):
        try:
            return Name("here", identity.open_value(key, value), "")
        except WrongSecret:
            continue
    return Name("no-key", "", "A name is sealed here; this workspace lacks the key to it.")


def sealed(workspace: "Workspace", id: str, text: str) -> dict[str, Any]:
    """A name as it may be stored. Where the inspection has no key yet, it is made.

    NotAllowed after the key was destroyed: no name of this inspection is kept any more.
    """
    log = workspace.inspection(id).log
    if gone := destroyed_at(log):
        raise NotAllowed(
            f"The names of this inspection were destroyed on {_day(gone)}, so none is kept any "
            "more. Nothing was written; the label stays."
        )
    keys = _keys(workspace.desk, log)
    if not keys:
        keys = [identity.new_value_key()]
        workspace.desk.store.put_names_keys(log.id, keys)
    return identity.seal_value(keys[0], text)


def put_name(
    workspace: "Workspace", id: str, record: str, text: str, amends: str = ""
) -> "Commit | None":
    """Seal the name of an interview's person, or take it away; None where it is so already."""
    if workspace.inspection(id).get(Interview, record) is None:
        raise BadInput("A name belongs to an interview; there is no such interview.")
    if text and name_of(workspace, id, record) == Name("here", text, ""):
        return None
    value = sealed(workspace, id, text) if text.strip() else None
    return workspace.put(id, record, words="name of interview", amends=amends, name=value)


# -- the key -----------------------------------------------------------------------------------


def count(workspace: "Workspace", id: str) -> int:
    """How many interviews of this inspection hold a sealed name."""
    return sum(each.name is not None for each in workspace.inspection(id).all(Interview))


def has_key(workspace: "Workspace", id: str) -> bool:
    """Whether this workspace can read names of the inspection."""
    return bool(_keys(workspace.desk, workspace.inspection(id).log))


def destroyed_at(log: Log) -> str:
    """The moment at which the key of a log's names was destroyed, by its author's clock, or "".

    What was said once stands for ever: a later removal of the record brings no key back.
    """
    found = (r for r in log.in_order() if r.startswith(_PREFIX))
    return min((_said(log, record) for record in found), default="")


def _said(log: Log, record: str) -> str:
    values = log.current(record, "held").values()
    texts = [value for value in values if isinstance(value, str)]
    born = log.born(record)
    return min(texts, default=str(Moment.at(born[0], "UTC")) if born else "")


def _keys(desk: Desk, log: Log) -> list[bytes]:
    """The keys that are here. One that a kill left behind after its end was said is deleted."""
    keys = desk.store.names_keys(log.id)
    if keys and destroyed_at(log):
        desk.store.destroy_names_keys(log.id)
        desk.store.forget_deleted()
        return []
    return keys


def known(store: "Store", inspection: "Inspection") -> set[str]:
    """Every name that the keys here open, of removed records too: what no file may hold."""
    keys = [] if destroyed_at(inspection.log) else store.names_keys(inspection.log.id)
    sealed = (
        edit.value
        for change in inspection.log.changes.values()
        for edit in change.edits
        if edit.field == "name" and isinstance(edit.value, dict)
    )
    return {name for value in sealed for key in keys for name in _tried(key, value)}


def _tried(key: bytes, value: "Value") -> list[str]:
    try:
        return [identity.open_value(key, value)]
    except (WrongSecret, BadInput):
        return []


def destroy(workspace: "Workspace", id: str) -> "Commit":
    """Say for ever that the names are gone, then delete the key of this workspace.

    It cannot be undone; NotAllowed under legal hold. Whoever merges the change deletes his own;
    bundles made with names and copies of this folder still hold the key (`holders`).
    """
    inspection = workspace.inspection(id)
    if gone := destroyed_at(inspection.log):
        raise NotAllowed(f"The names of this inspection were destroyed on {_day(gone)} already.")
    retention.check_may_go(inspection.log, "Nothing was destroyed")
    held = str(workspace.moment(id))
    words = "destroyed the key of the names"
    done = workspace.put(id, new_record(NamesDestroyed.kind), words=words, held=held)
    workspace.desk.store.destroy_names_keys(inspection.log.id)
    workspace.desk.store.forget_deleted()
    return done


def holders(workspace: "Workspace", id: str) -> list[Holder]:
    """The bundles and backups known here that hold a key of its names, oldest first."""
    log, own = workspace.inspection(id).id, workspace.desk.own
    known = people.known(workspace.desk)
    named = {person.card.fingerprint: person.card.name for person in known}
    made = [m for m in _noted(own, BundleMade) if log in m.names]
    came = [m for m in _noted(own, BundleMerged) if log in m.names]
    kept = [m for m in _noted(own, BackupMade) if log in m.names]
    found = [
        *(Holder(str(m.made), _readers(m.recipients, named), "made") for m in made),
        *(Holder(str(m.merged), _readers(m.sender, named), "merged") for m in came),
        *(Holder(str(m.made), "", "backup") for m in kept),
    ]
    return sorted(found, key=lambda holder: holder.at)


def _noted(own: Log, cls: type[R]) -> list[R]:
    return [read_record(cls, record, own.fields(record))[0] for record in own.records(cls.kind)]


def _readers(fingerprints: str, named: Mapping[str, str]) -> str:
    """People by their cards; a bundle for a passphrase says so instead."""
    if fingerprints == TO_A_PASSPHRASE:
        return fingerprints
    return " and ".join(named.get(one, "somebody not known here") for one in fingerprints.split())


def warning(workspace: "Workspace", id: str) -> list[str]:
    """What destroying the key does and where it is held still, in sentences for a person."""
    sealed_here = count(workspace, id)
    what = "1 name becomes" if sealed_here == 1 else f"{sealed_here} names become"
    found = [f"{what} unreadable, here and for everybody who merges this. It cannot be undone."]
    for each in holders(workspace, id):
        found.append(
            f"{_HOLDS[each.kind].format(each.who)} on {_day(each.at)} still holds the key."
        )
    found.append("A copy of this folder that was made before holds it too.")
    return found


def _day(moment: str) -> str:
    return day_in_words(Moment.parse(moment).local.date())


# -- bundles -----------------------------------------------------------------------------------


def keys_to_send(desk: Desk, logs: Iterable[Log]) -> dict[str, list[bytes]]:
    """The keys for the letter of a bundle that is made with names, by log."""
    found = {log.id: _keys(desk, log) for log in logs}
    return {log: keys for log, keys in found.items() if keys}


def take_in(
    desk: Desk, sent: Mapping[str, Iterable[bytes]], merged: Mapping[str, Log]
) -> list[str]:
    """Keep keys that came in a letter beside one's own; returns the logs they are for.

    Only for logs that are merged, given as they are then, and never where the names are said to
    be destroyed.
    """
    taken = []
    for id in sorted(set(sent) & set(merged)):
        if destroyed_at(merged[id]):
            continue
        keys = list(dict.fromkeys([*desk.store.names_keys(id), *sent[id]]))[:_MOST_KEYS]
        desk.store.put_names_keys(id, keys)
        taken.append(id)
    return taken


def obey(desk: Desk, changes: Iterable[Change]) -> bool:
    """Delete the keys whose end these changes say; whether there was such a change."""
    ended = {c.log for c in changes if any(e.record.startswith(_PREFIX) for e in c.edits)}
    for log in ended:
        desk.store.destroy_names_keys(log)
    return bool(ended)
