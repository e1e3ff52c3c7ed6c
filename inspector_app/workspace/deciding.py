"""Ending conflicts: both texts together, or one person's side for all of a kind at once."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from inspector_app.change import new_gesture
from inspector_app.conflicts import Conflict, conflict_on, value_before
from inspector_app.errors import BadInput, NotAllowed
from inspector_app.log import REMOVED, Log

if TYPE_CHECKING:
    from inspector_app.canonical import Value
    from inspector_app.workspace import Commit, Workspace

PROSE = frozenset(
    {"note", "notes", "text", "condition", "effect", "cause", "reason", "limits", "ground_rules"}
    | {"present", "instructions", "documents", "answers", "quotes", "now", "action"}
)
"""Fields with sentences, of which two may stand one after the other."""
_AT_ONCE = 100


def before(log: Log, conflict: Conflict) -> dict[str, "Value"]:
    """What the disputed fields held before anybody of these wrote, as far as that is one thing."""
    found: dict[str, Value] = {}
    for name in conflict.fields:
        if name != REMOVED:
            setters = log.current(conflict.record, name)
            values = [value_before(log, id, conflict.record, name) for id in sorted(setters)]
            one = all(value == values[0] for value in values)
            found |= {name: values[0]} if values and one and values[0] is not None else {}
    return found


def may_keep_both(conflict: Conflict) -> bool:
    """Whether all that is disputed is sentences: then no side need be given up."""
    sides = conflict.alternatives
    return all(
        name.partition(".")[0] in PROSE and all(_is_text(s.values.get(name)) for s in sides)
        for name in conflict.fields
    )


def _is_text(value: "Value") -> bool:
    return isinstance(value, str) and bool(value.strip())


def keep_both(workspace: "Workspace", id: str, record: str) -> "Commit":
    """Let every side's sentences stand, one after the other, each in a paragraph of its own."""
    conflict = conflict_on(workspace.kept(id).log, record)
    if conflict is None:
        raise NotAllowed("There is no conflict here any more. Nothing was changed.")
    if not may_keep_both(conflict):
        raise BadInput("Only sentences can both stand. Choose one side. Nothing was changed.")
    values: dict[str, Value] = {}
    for name in conflict.fields:
        texts = [str(side.values[name]) for side in conflict.alternatives]
        values[name] = "\n\n".join(dict.fromkeys(texts))
    return workspace.decide(id, record, values=values)


def of_kind(conflicts: Sequence[Conflict], kind: str, author: str) -> dict[str, str]:
    """The conflicts of a kind that have one side of this person: that side's change by record."""
    found = {}
    for conflict in conflicts:
        his = [side for side in conflict.alternatives if side.author == author]
        if conflict.record.startswith(f"{kind}:") and len(his) == 1:
            found[conflict.record] = his[0].changes[0]
    return found


def keep_all(workspace: "Workspace", id: str, kind: str, author: str) -> int:
    """Let one person's side stand in all conflicts of a kind; returns how many that were.

    One gesture; conflicts that he has no side in stay.
    """
    inspection = workspace.kept(id)
    chosen = list(of_kind(inspection.conflicts(), kind, author).items())
    gesture = new_gesture()
    for start in range(0, len(chosen), _AT_ONCE):
        some = chosen[start : start + _AT_ONCE]
        edits = [edit for record, side in some for edit in inspection.choosing(record, side)]
        words = f"decided {len(chosen)} of kind {kind.replace('-', ' ')}"
        workspace.write(inspection, edits, words, some[0][0], gesture=gesture)
    return len(chosen)
