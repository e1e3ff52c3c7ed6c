"""Checking in the window what `verify` checks: the workspace, a bundle, an archive, a report.

A worker reads; whatever fails first is told as a Difference, and nothing is ever changed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from inspector_app.errors import BadInput, WrongSecret
from inspector_app.workspace import handing, verifying
from inspector_app.workspace.handing import Step

if TYPE_CHECKING:
    from inspector_app.workspace import Workspace
    from inspector_app.workspace.desk import Desk


@dataclass(frozen=True, slots=True)
class Checked:
    """What was looked at and holds, what could not be looked at, and sentences about a report."""

    what: str
    holds: tuple[str, ...]
    not_checked: tuple[str, ...] = ()
    said: tuple[str, ...] = ()


def job(workspace: "Workspace", path: Path | None = None) -> Callable[[Step], Checked]:
    """Check a file or folder, or without one this workspace. Bundles open with its own keys."""
    desk = workspace.desk

    def work(step: Step) -> Checked:
        with handing.beside(desk, step) as apart:
            if path is None:
                found = verifying.verify_store(apart.desk.store, step)
                return Checked("This workspace", tuple(found.checked))
            return _checked(apart.desk, path)

    return work


def _checked(desk: "Desk", path: Path) -> Checked:
    from inspector_app import archive
    from inspector_app.workspace.verifying_reports import is_pdf

    if archive.is_archive(path):
        found = archive.check(path)
        return Checked(f"The archive {path.name}", found.checked, found.not_checked)
    if path.is_dir():
        raise BadInput("This folder is no archive. Choose an archive’s own folder, or a file.")
    if is_pdf(_beginning(path)):
        return _report(desk, path)
    return _bundle(desk, path)


def _beginning(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(1024)
    except OSError:
        raise BadInput("The file cannot be read. Nothing was changed; choose it again.") from None


def _bundle(desk: "Desk", path: Path) -> Checked:
    """With the keys of this workspace; sealed for others only its outside can be looked at."""
    try:
        found = verifying.verify_bundle(path, keys=desk.keys, beside=desk.folder)
    except WrongSecret:
        found = verifying.verify_bundle(path, beside=desk.folder)
    return Checked(f"The bundle {path.name}", tuple(found.checked), tuple(found.not_checked))


def _report(desk: "Desk", path: Path) -> Checked:
    """The PDF by itself, then the heads that it prints against the logs of this workspace."""
    from inspector_app.workspace.verifying_reports import read_report, verify_report

    read = read_report(path.read_bytes())
    logs = [desk.log(id) for id in desk.store.logs() if desk.kind(id) == "inspection"]
    printed = [head.change for head in read.printed.heads]
    known = any(id.startswith(each) for log in logs for id in log.changes for each in printed)
    found = verify_report(read, logs if known or not printed else None)
    missing = () if known or not printed else ("the record it was made of, which is not here",)
    what, unseen = f"The report {path.name}", missing or tuple(found.not_checked)
    return Checked(what, tuple(found.checked), unseen, tuple(found.said))
