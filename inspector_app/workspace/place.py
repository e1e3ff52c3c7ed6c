"""What the window finds again: the place where somebody was, and texts that were never taken.

Both stand in the encrypted part of the store that is local and never leaves.
"""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from inspector_app.workspace import Workspace


def keep(workspace: "Workspace", place: Mapping[str, Any]) -> None:
    """Keep a place instead of the one before. StoreTrouble when it cannot be written."""
    workspace.desk.store.place.put(json.dumps(place))


def kept(workspace: "Workspace") -> dict[str, Any]:
    """The place that was kept last; empty when there is none, or none that can be read."""
    try:
        found = json.loads(workspace.desk.store.place.value() or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def drafts_of(workspace: "Workspace", id: str, record: str) -> dict[str, str]:
    """Texts of a record's fields that were typed and are not a change, such as half a date."""
    return {
        draft.field: str(draft.value)
        for draft in workspace.desk.store.drafts()
        if draft.record == record and draft.log == id
    }
