"""Backups by themselves: where to and how often, whether one is due, and what a person is told.

The window's worker writes one when it is due; it is read back before it counts. A stick that is
not plugged in is no fault: it is said, and tried again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from inspector_app.errors import BadInput
from inspector_app.moments import Moment, now
from inspector_app.records import BackupMade, read_record, stored_values
from inspector_app.records.own import BackupPlan
from inspector_app.workspace import handing
from inspector_app.workspace.backup import (
    BUNDLE_FILE,
    Step,
    WrittenBackup,
    note_backup,
    write_backup,
)

if TYPE_CHECKING:
    from inspector_app.workspace import Workspace

RECORD = f"{BackupPlan.kind}:self"
AWAY = (
    "The folder for backups is not there; if it is on a stick, plug it in. Everything is kept on "
    "this laptop, and the backup is made as soon as the folder is there."
)


@dataclass(frozen=True, slots=True)
class State:
    """Where backups go and when the last one was verified; `away` says why none can be made now."""

    folder: str
    days: int
    last: str | None
    due: bool
    away: str


def plan_of(workspace: "Workspace") -> BackupPlan:
    """Where backups go, and how often."""
    own = workspace.desk.own
    return read_record(BackupPlan, RECORD, own.fields(RECORD))[0]


def set_plan(workspace: "Workspace", folder: Path, days: int) -> None:
    """Backups go to `folder` every `days` days; 0: only when somebody asks. BadInput says why not.

    The folder has to be there, since one that is made where a stick should be fills this disk.
    """
    if not 0 <= days <= 365:
        raise BadInput("Between two backups there are at most 365 days.")
    if not folder.is_dir():
        raise BadInput("There is no such folder. Nothing was changed; make it or choose another.")
    if folder.resolve().is_relative_to(workspace.folder.resolve()):
        raise BadInput("This folder is in the workspace itself. Choose one on another disk.")
    same = str(folder.resolve()) == plan_of(workspace).folder
    values = {"folder": str(folder.resolve()), "days": days}
    _put(workspace, values if same else {**values, "found": False}, "planned backups")


def state(workspace: "Workspace", at: Moment | None = None) -> State:
    """All that there is to tell about backups. `at`: as of that moment, else now."""
    plan, last = plan_of(workspace), last_made(workspace)
    days = plan.days or 0
    due = bool(plan.folder and days) and _is_old(last, days, at or now("UTC"))
    return State(plan.folder, days, last, due, _away(plan))


def last_made(workspace: "Workspace") -> str | None:
    """The moment at which the newest backup was verified, by this laptop's clock."""
    own = workspace.desk.own
    made = [
        read_record(BackupMade, record, own.fields(record))[0].made
        for record in own.records(BackupMade.kind)
    ]
    return max((m for m in made if m), key=lambda m: Moment.parse(m).instant, default=None)


def _is_old(last: str | None, days: int, at: Moment) -> bool:
    """A backup from the future, after a clock was set back, does not count as a new one."""
    if last is None:
        return True
    age = at.instant - Moment.parse(last).instant
    return age >= timedelta(days=days) or age < timedelta(0)


def _away(plan: BackupPlan) -> str:
    """An empty folder where a backup was is the place of a stick that is not plugged in."""
    folder = Path(plan.folder)
    there = folder.is_dir() and (not plan.found or (folder / BUNDLE_FILE).exists())
    return "" if not plan.folder or there else AWAY


def job(workspace: "Workspace") -> Callable[[Step], WrittenBackup]:
    """Write and verify a backup in a worker; afterwards `note` in the window's thread."""
    desk, at = workspace.desk, state(workspace)
    if not at.folder:
        raise BadInput("Choose a folder for backups first.")

    def work(step: Step) -> WrittenBackup:
        if at.away:
            raise BadInput(at.away)
        with handing.beside(desk, step) as apart:
            return write_backup(apart.desk, Path(at.folder), step=step)

    return work


def note(workspace: "Workspace", written: WrittenBackup) -> None:
    """A backup was made where the plan says: the folder is known by it from now on."""
    note_backup(workspace.desk, written)
    _put(workspace, {"found": True}, "a backup is in its folder")


def _put(workspace: "Workspace", values: dict[str, object], words: str) -> None:
    own = workspace.desk.own
    workspace.desk.commit(own, own.setting(RECORD, stored_values(BackupPlan, values)), words)
