"""What the window finds again: the place where somebody was, and texts that were never taken.

Both stand in the encrypted part of the store that is local and never leaves.
"""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from inspector_app.workspace import Workspace

_APART = "apart"


def keep(workspace: "Workspace", place: Mapping[str, Any]) -> None:
    """Keep a place instead of the one before. StoreTrouble when it cannot be written."""
    _put(workspace, place, _row(workspace).get(_APART))


def kept(workspace: "Workspace") -> dict[str, Any]:
    """The place that was kept last; empty when there is none, or none that can be read."""
    return {name: value for name, value in _row(workspace).items() if name != _APART}


def keep_apart(workspace: "Workspace", name: str, value: Any) -> None:
    """Keep something that outlasts places, such as the filters that somebody saved."""
    row = _row(workspace)
    _put(workspace, kept(workspace), {**_mapping(row.get(_APART)), name: value})


def kept_apart(workspace: "Workspace", name: str) -> Any:
    """What was kept under this name; None when nothing was."""
    return _mapping(_row(workspace).get(_APART)).get(name)


def _put(workspace: "Workspace", place: Mapping[str, Any], apart: Any) -> None:
    row = {**place, _APART: apart} if apart else dict(place)
    workspace.desk.store.place.put(json.dumps(row))


def _row(workspace: "Workspace") -> dict[str, Any]:
    try:
        return _mapping(json.loads(workspace.desk.store.place.value() or "{}"))
    except ValueError:
        return {}


def _mapping(found: Any) -> dict[str, Any]:
    return found if isinstance(found, dict) else {}


def drafts_of(workspace: "Workspace", id: str, record: str) -> dict[str, str]:
    """Texts of a record's fields that were typed and are not a change, such as half a date."""
    return {
        draft.field: str(draft.value)
        for draft in workspace.desk.store.drafts()
        if draft.record == record and draft.log == id
    }
