"""Checking in the window what `verify` checks: the workspace, a bundle, an archive, a report.

A worker reads; whatever fails first is told as a Difference, and nothing is ever changed.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from inspector_app import archive
from inspector_app.errors import BadInput, WrongSecret
from inspector_app.files import bytes_of
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
    kind = kind_of(path)
    if kind == "archive":
        found = archive.check(path)
        return Checked(f"The archive {path.name}", found.checked, found.not_checked)
    if kind == "workspace":
        raise BadInput("This folder is no archive. Choose an archive’s own folder, or a file.")
    return _report(desk, path) if kind == "report" else _bundle(desk, path)


def kind_of(path: Path) -> Literal["archive", "workspace", "report", "bundle"]:
    """What a file or folder is to be checked as. BadInput where the file cannot be read."""
    if archive.is_archive(path):
        return "archive"
    if path.is_dir():
        return "workspace"
    with suppress(OSError):
        if path.is_file():  # a pipe would wait, a device never end
            with path.open("rb") as file:
                return "report" if b"%PDF-" in file.read(1024) else "bundle"
    raise BadInput("The file cannot be read. Nothing was changed; choose it again.")


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

    read = read_report(bytes_of(path))
    logs = [desk.log(id) for id in desk.store.logs() if desk.kind(id) == "inspection"]
    printed = [head.change for head in read.printed.heads]
    known = any(id.startswith(each) for log in logs for id in log.changes for each in printed)
    found = verify_report(read, logs if known or not printed else None)
    missing = () if known or not printed else ("the record it was made of, which is not here",)
    what, unseen = f"The report {path.name}", missing or tuple(found.not_checked)
    return Checked(what, tuple(found.checked), unseen, tuple(found.said))
