"""Retention class and legal hold of a log: said in the log itself, obeyed where it would go.

While anybody says that there is a hold, no inspection is removed from a laptop and no key of names
is destroyed; a conflict about it counts as a hold. The program destroys nothing by a date.
"""

from typing import TYPE_CHECKING, Any

from inspector_app.errors import BadInput, NotAllowed
from inspector_app.log import Log
from inspector_app.moments import now
from inspector_app.records import Retention, read_record, stored_values

if TYPE_CHECKING:
    from inspector_app.workspace import Workspace

RECORD = f"{Retention.kind}:self"
DEFAULT = "do not destroy"


def of(log: Log) -> Retention:
    """What the log says of its keeping."""
    return read_record(Retention, RECORD, log.fields(RECORD))[0]


def class_of(log: Log) -> str:
    """The retention class; where none is given, nothing is to be destroyed."""
    return of(log).class_ or DEFAULT


def is_held(log: Log) -> bool:
    """Whether anybody says that there is a legal hold, though others may not agree."""
    return True in log.distinct(RECORD, "hold")


def set_class(workspace: "Workspace", log: str, words: str) -> str | None:
    """Give a log its retention class; an empty one takes it away. Returns the change."""
    return _put(workspace, log, {"class": words.strip()}, "set the retention class")


def hold(workspace: "Workspace", log: str, reason: str) -> str | None:
    """Put a log under legal hold, from today. BadInput without a reason."""
    if not reason.strip():
        raise BadInput("A legal hold needs a reason, such as the matter it is for.")
    values = {"hold": True, "since": now("UTC").local.date(), "reason": reason}
    return _put(workspace, log, values, "placed under legal hold")


def release(workspace: "Workspace", log: str, reason: str) -> str | None:
    """End the legal hold. BadInput without a reason; it stays in the history with the hold."""
    if not reason.strip():
        raise BadInput("Ending a legal hold needs a reason, such as who released it.")
    values = {"hold": False, "since": None, "reason": reason}
    return _put(workspace, log, values, "ended the legal hold")


def check_may_go(log: Log, what: str) -> None:
    """NotAllowed under legal hold. `what`: "Nothing was removed"."""
    if is_held(log):
        raise NotAllowed(
            f"This is under legal hold, so nothing of it may be destroyed. {what}. End the hold "
            "first, with the reason; it stays in the history."
        )


def _put(workspace: "Workspace", log: str, values: dict[str, Any], words: str) -> str | None:
    """One change; nobody joins a team by it."""
    kept = workspace.desk.log(log)
    edits = kept.setting(RECORD, stored_values(Retention, values))
    change = workspace.desk.commit(kept, edits, words)
    return change.id if change else None
