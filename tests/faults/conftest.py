"""A shim, a machine under it, and two workspaces as they were before anything failed."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from inspector_app.workspace import Workspace
from tests.faults.machine import Machine, build_shim, lines_to
from tests.functional.terminal import PASSPHRASE


@dataclass(frozen=True)
class Before:
    """Ana's and Ben's workspaces, an inspection of Ana's, a bundle of it for Ben, and Ana's backup.

    `older` is a workspace like Ana's as an older program leaves it when it is killed.
    """

    root: Path
    inspection: str
    bundle: Path
    card: Path
    backup: Path
    digests: dict[str, str]


@pytest.fixture(scope="session")
def shim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_shim(tmp_path_factory.mktemp("shim"))


@pytest.fixture(scope="session")
def machine(shim: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    started = Machine(shim, tmp_path_factory.mktemp("machine") / "here")
    yield started
    started.close()


@pytest.fixture(scope="session")
def second(shim: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """Another one, for what two processes do at once."""
    started = Machine(shim, tmp_path_factory.mktemp("second") / "here")
    yield started
    started.close()


@pytest.fixture(scope="session")
def before(machine: Machine, tmp_path_factory: pytest.TempPathFactory) -> Before:
    root = tmp_path_factory.mktemp("before")
    for name in ("ana", "ben"):
        who = ("--name", f"{name.title()} Sample", "--role", "opr-inspector", "--office", "Unit")
        machine.done("init", root / name, *who)
        machine.done("card", root / name, "-o", root / f"{name}.card")
    machine.done("accept", root / "ana", root / "ben.card")
    machine.done("accept", root / "ben", root / "ana.card")
    inspection = machine.done(
        *("start", root / "ana", "--state", "IN", "--agency", "Hamilton County Sheriff's Office"),
        *("--model", "JEM", "--kind", "inspection", "--first-day", "2026-03-10"),
        *("--last-day", "2026-03-12", "--zone", "America/Indiana/Indianapolis"),
    )["inspection"]
    bundle, card = root / "hand-over.inspection", root / "ben.card"
    notes = [{"verb": "answer", "item": "j-70", "note": f"note {n}"} for n in range(3)]
    given = lines_to(root / "notes", notes)
    machine.done("record", root / "ana", inspection, stdin=given)
    machine.done("bundle", root / "ana", "-o", bundle, "--to", card)
    apart = Path(shutil.copytree(root / "ana", root / "apart"))
    machine.done("backup", apart, "-o", root / "backup")
    _make_older(apart, root / "older")
    digests = {name: machine.done("digest", root / name)["digest"] for name in ("ana", "ben")}
    return Before(root, inspection, bundle, card, root / "backup", digests)


_AT_FIRST = {"change", "blob", "draft", "arrival", "names_key", "_sqlite_migrations"}
"""The tables of the first program that kept a workspace."""


def _make_older(apart: Path, target: Path) -> None:
    """The same store without what later programs added, all of it in the write-ahead log."""
    workspace = Workspace.open(apart, passphrase=PASSPHRASE)
    database = workspace.desk.store._db
    database.execute("DELETE FROM _sqlite_migrations WHERE id > 1")
    later = [table for table in database.tables if table.name not in _AT_FIRST]
    for table in sorted(later, key=lambda table: not table.virtual_table_using):
        database.execute(f"DROP TABLE IF EXISTS [{table.name}]")
    shutil.copytree(apart, target)
    workspace.close()
