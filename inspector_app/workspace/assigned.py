"""Whether a log is an assignment that an office prepared, as its record says."""

from collections.abc import Iterable

from inspector_app.change import Change
from inspector_app.log import Log
from inspector_app.records import Assignment, read_record

RECORD = f"{Assignment.kind}:self"


def of(log: Log | None) -> Assignment | None:
    """What the office says, or None where nobody prepared this inspection for others."""
    if log is None or not log.in_view(RECORD):
        return None
    return read_record(Assignment, RECORD, log.fields(RECORD))[0]


def comes_with(changes: Iterable[Change]) -> bool:
    """Whether these changes bring an assignment."""
    return any(edit.record == RECORD for change in changes for edit in change.edits)
