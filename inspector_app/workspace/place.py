"""Where somebody was in the window, kept for the next time, in the encrypted part of the store."""

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
