"""The main job on real input, played through the same verbs as the window and the command line.

A practice inspection of Hamilton County, Indiana, by two inspectors, and a practice review of Palm
Beach County, Florida, by a field supervisor. Agencies, agreements and checklists are real; every
person, record and photo is fictional.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from inspector_app import agencies, forms
from inspector_app.demo.drawings import DRAWINGS, draw
from inspector_app.errors import BadInput, StoreTrouble
from inspector_app.paths import resource
from inspector_app.playing import perform
from inspector_app.workspace import Plan, Workspace
from inspector_app.workspace.summary import findings_in_words

PASSPHRASE = "for practice only"
PICTURES = "picture-pages"
_MARKER = ".inspector-app-demo"
_OPR, _ERO = "OPR 287(g) Inspections Unit", "ERO Miami Field Office"


def play(out: Path) -> Iterator[str]:
    """Write everything into `out`, a new folder or an earlier demo; yields what each is."""
    _prepare(out)
    yield f"Playing the practice inspection and the practice review into {out}/ …"
    photos = _drawn(out / "photos")
    with _Desk(out) as desk:
        yield from _inspection(desk, photos)
        yield from _review(desk, photos)
    yield from _pictures(out)
    yield f"The passphrase of the three practice workspaces is: {PASSPHRASE}"


class _Desk:
    """The three practice workspaces, and where their files go."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.ana = _made(out / "ana-sample", "Ana Sample", "opr-inspector", _OPR)
        self.marcus = _made(out / "marcus-example", "Marcus Example", "opr-inspector", _OPR)
        self.rita = _made(out / "rita-placeholder", "Rita Placeholder", "field-supervisor", _ERO)

    def __enter__(self) -> "_Desk":
        self.ana.accept(self.marcus.card())
        self.marcus.accept(self.ana.card())
        return self

    def __exit__(self, *_: object) -> None:
        for workspace in (self.ana, self.marcus, self.rita):
            workspace.close()

    def file(self, name: str) -> Path:
        return self.out / name


def _made(folder: Path, name: str, role: str, office: str) -> Workspace:
    return Workspace.create(folder, name, role, office, PASSPHRASE)[0]


def _prepare(out: Path) -> None:
    if out.exists() and any(out.iterdir()):
        if not (out / _MARKER).is_file():
            raise BadInput("The folder holds something else. Name a new folder with --out.")
        shutil.rmtree(out)
    try:
        out.mkdir(parents=True, exist_ok=True)
        (out / _MARKER).write_text("Written by inspector-app demo; may be deleted.\n")
    except OSError:
        raise StoreTrouble("The folder cannot be written. Name another one with --out.") from None


def _drawn(folder: Path) -> Path:
    folder.mkdir()
    for name in DRAWINGS:
        (folder / f"{name}.jpg").write_bytes(draw(name))
    return folder


def _start(
    workspace: Workspace,
    state: str,
    name: str,
    model: str,
    purpose: str,
    days: tuple[date, date],
    zone: str,
) -> str:
    row = agencies.find(workspace.agencies(), state, name, model)
    resolution = agencies.resolve(row, forms.shipped())
    plan = Plan(row, resolution, purpose, *days, practice=True, zone=zone)
    return workspace.start(plan)


def _played(workspace: Workspace, inspection: str, sample: str, photos: Path) -> int:
    """Play a file of lines as `record` would; returns how many."""
    lines = resource("sample") / f"{sample}.jsonl"
    count = 0
    for text in lines.read_text("utf-8").splitlines():
        line: dict[str, Any] = json.loads(text.replace("{me}", workspace.key))
        if "path" in line:
            line["path"] = str(photos / line["path"])
        perform(workspace, inspection, line)
        count += 1
    return count


def _inspection(desk: _Desk, photos: Path) -> Iterator[str]:
    days = (date(2026, 3, 10), date(2026, 3, 12))
    name = "Hamilton County Sheriff's Office"
    zone = "America/Indiana/Indianapolis"
    inspection = _start(desk.ana, "IN", name, "JEM", "inspection", days, zone)
    assignment = desk.file("1-assignment.inspection")
    desk.ana.bundle([inspection], assignment, to=_cards(desk.ana))
    yield f"{assignment.name}: the bundle with which Marcus Example joins the inspection"
    desk.marcus.merge(assignment)
    lines = _played(desk.marcus, inspection, "hamilton-in-second", photos)
    lines += _played(desk.ana, inspection, "hamilton-in", photos)
    back = desk.file("2-second-inspector.inspection")
    desk.marcus.bundle([inspection], back, to=_cards(desk.marcus))
    yield f"{back.name}: what Marcus Example hands over on the second evening"
    merged = desk.ana.merge(back)
    yield f"  merged: {merged.new} changes, {merged.conflicts} conflict (both answered the poster)"
    _decide(desk.ana, inspection)
    whole = desk.file("hamilton-in.inspection")
    desk.ana.bundle([inspection], whole, to=_cards(desk.ana))
    desk.marcus.merge(whole)
    same = desk.ana.digest(inspection) == desk.marcus.digest(inspection)
    yield f"{whole.name}: the whole inspection; both workspaces agree: {'yes' if same else 'NO'}"
    yield from _reported(desk, desk.ana, inspection, "inspection", "hamilton-in", lines)


def _decide(workspace: Workspace, inspection: str) -> None:
    """Ana Sample lets her own answer stand: room 2 had no Spanish poster."""
    for conflict in workspace.inspection(inspection).conflicts():
        mine = next(s for s in conflict.alternatives if s.author == workspace.key)
        workspace.decide(inspection, conflict.record, change=mine.changes[0])


def _cards(workspace: Workspace) -> list[Any]:
    return [person.card for person in workspace.contacts()]


def _review(desk: _Desk, photos: Path) -> Iterator[str]:
    days = (date(2026, 4, 14), date(2026, 4, 14))
    name = "Palm Beach County Sheriff's Office"
    zone = "America/New_York"
    review = _start(desk.rita, "FL", name, "WSO", "oversight-review", days, zone)
    lines = _played(desk.rita, review, "palm-beach-fl", photos)
    whole = desk.file("palm-beach-fl.inspection")
    desk.rita.bundle([review], whole, passphrase=f"{PASSPHRASE}, a bundle")
    yield f"{whole.name}: the whole review, sealed to a passphrase"
    yield from _reported(desk, desk.rita, review, "oversight-review", "palm-beach-fl", lines)


def _reported(
    desk: _Desk, workspace: Workspace, id: str, report: str, name: str, lines: int
) -> Iterator[str]:
    counts = workspace.inspection(id).counts()
    workspace.report(id, report, desk.file(f"{name}.pdf"))
    yield (
        f"{name}.pdf: {counts.answered} of {counts.in_scope} items answered, "
        f"{counts.files_examined} files examined, {findings_in_words(counts)} "
        f"(from {lines} recorded lines)"
    )
    public = desk.file(f"{name}-public.pdf")
    workspace.report(id, report, public, "public")
    yield f"{public.name}: the same as the public may read it, read back for leaks"


def _pictures(out: Path) -> Iterator[str]:
    """Pictures of each page of the window, painted by a process of their own."""
    command = [sys.executable, "-m", "inspector_app", PICTURES]
    if getattr(sys, "frozen", False):
        command = [sys.executable, PICTURES]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [*command, str(out / "ana-sample"), str(out / "pictures")],
        input=PASSPHRASE,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        yield "The window's pictures could not be painted (are Qt's system libraries there?):"
        yield from done.stderr.strip().splitlines()[-3:]
        return
    for line in done.stdout.splitlines():
        yield f"pictures/{line}"
