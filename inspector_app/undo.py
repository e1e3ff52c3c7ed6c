"""Undo and redo: the inverse of one's own last gesture, appended as a further change.

Nothing is taken out of the log, so undo works across restarts and travels with a bundle. The
n-th inverse of gesture `g` bears the gesture id `g~n`: `g~1` undoes, `g~2` redoes, and so on.
"""

from dataclasses import dataclass
from itertools import takewhile

from inspector_app import canonical
from inspector_app.change import Change, Edit, Slot
from inspector_app.errors import NotAllowed
from inspector_app.log import Log

_FOR_EVER = "names-destroyed:"
"""The kind of record that says what nobody can take back."""


@dataclass(frozen=True, slots=True)
class Step:
    """A gesture that can be undone or redone: its newest form, the id of its inverse, its words."""

    gesture: str
    inverse: str
    label: str


def undo_step(log: Log, author: str) -> Step | None:
    """What the author's next undo would take back."""
    return _last(_stacks(log, author)[0])


def redo_step(log: Log, author: str) -> Step | None:
    """What the author's next redo would bring back."""
    return _last(_stacks(log, author)[1])


def inverse(log: Log, author: str, step: Step) -> list[Edit]:
    """The edits that take `step` back; NotAllowed, with the reason, when others built on it."""
    made = [c for c in log.changes.values() if c.author == author and c.gesture == step.gesture]
    slots = dict.fromkeys(edit.slot for change in made for edit in change.edits)
    older = set(takewhile(lambda id: id != made[0].id, log.changes)) if made else set()
    return [edit for slot in slots if (edit := _restoring(log, made, older, slot))]


_Gestures = dict[str, tuple[str, str]]
"""Gestures in order, by the id of what they go back to: their own id and their words."""


def _stacks(log: Log, author: str) -> tuple[_Gestures, _Gestures]:
    """What can be undone and what can be redone, the next one last.

    One pass: the foot of the window asks after each change of thousands. The founding of a log
    and the destruction of a key cannot be undone.
    """
    done: _Gestures = {}
    undone: _Gestures = {}
    changes = (c for c in log.changes.values() if c.author == author and c.id != log.id)
    own = {c.gesture: c.label for c in changes if not c.edits[0].record.startswith(_FOR_EVER)}
    for gesture, label in own.items():
        if "~" not in gesture:
            undone.clear()
            done[gesture] = gesture, label
            continue
        root, turn = _parse(gesture)
        done.pop(root, None)
        undone.pop(root, None)
        if turn == 0:
            undone.clear()
        (undone if turn % 2 else done)[root] = gesture, label
    return done, undone


def _last(gestures: _Gestures) -> Step | None:
    if not gestures:
        return None
    root, (gesture, label) = next(reversed(gestures.items()))
    return Step(gesture, f"{root}~{_parse(gesture)[1] + 1}", label)


def _parse(gesture: str) -> tuple[str, int]:
    root, _, turn = gesture.partition("~")
    return root, int(turn) if turn.isdecimal() and len(turn) < 9 else 0


def _restoring(log: Log, made: list[Change], older: set[str], slot: Slot) -> Edit | None:
    """The edit for one field. What the gesture itself left standing stays as it is."""
    ids = {change.id for change in made}
    edits = [edit for change in made if (edit := change.edit_of(slot))]
    before = {id for edit in edits for id in edit.replaces} - ids
    after = ids - {id for edit in edits for id in edit.replaces}
    last = {change.id for change in made if change.id in after and change.edit_of(slot)}
    now = log.current(*slot).keys() - older
    if _origins(log, now, slot) != _origins(log, last, slot):
        raise NotAllowed(
            "This cannot be undone: somebody has since changed or disputed the same field. "
            "Its history shows every value and can restore one."
        )
    values = _values(log, before, slot)
    if len(values) > 1:
        raise NotAllowed("A decided conflict is not undone. Decide it again instead.")
    value = values[0] if values else None
    return None if log.holds(*slot, value) else Edit(*slot, value, tuple(sorted(now)))


def _values(log: Log, ids: set[str], slot: Slot) -> list[canonical.Value]:
    edits = [log.changes[id].edit_of(slot) for id in ids]
    return list({canonical.encode(e.value): e.value for e in edits if e}.values())


def _origins(log: Log, ids: set[str], slot: Slot) -> set[str]:
    """The changes for whose values these stand: an inverse stands for what it brought back."""
    found: set[str] = set()
    waiting = set(ids)
    seen: set[str] = set()
    while waiting:
        id = waiting.pop()
        if id in seen:
            continue
        seen.add(id)
        stands_for = _stands_for(log, log.changes[id], slot)
        found |= {id} if stands_for is None else set()
        waiting |= stands_for or set()
    return found


def _stands_for(log: Log, change: Change, slot: Slot) -> set[str] | None:
    root, turn = _parse(change.gesture)
    if turn == 0:
        return None
    taken_back = f"{root}~{turn - 1}" if turn > 1 else root
    made = [
        c
        for c in log.changes.values()
        if c.author == change.author and c.gesture == taken_back and c.edit_of(slot)
    ]
    replaced = {id for c in made if (edit := c.edit_of(slot)) for id in edit.replaces}
    return replaced - {c.id for c in made}
