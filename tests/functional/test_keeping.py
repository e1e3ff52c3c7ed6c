"""Archives, backups, removal and taking an import back, as a person at a terminal does them."""

import json
from pathlib import Path

import pytest

from tests.functional.terminal import PASSPHRASE, Office


def test_an_archive_is_written_and_checked_without_a_key(
    office: Office, picture: Path, tmp_path: Path
) -> None:
    ana = office.person("ana")
    inspection = office.start(ana)
    office.terminal.record(
        ana, inspection, [{"verb": "photo", "path": str(picture), "alt": "a wall", "caption": "w"}]
    )
    out = tmp_path / "archive"
    written = office.terminal.done("unpack", ana, inspection, "-o", out)
    shown = office.shown(ana, inspection)["digest"]
    assert written["digests"] == {inspection: shown}
    assert office.terminal.done("verify", out)["digests"] == {inspection: shown}
    changes = out / f"data/{inspection}/changes.txt"
    data = bytearray(changes.read_bytes())
    data[200] ^= 1
    changes.write_bytes(data)
    office.terminal.run("verify", out)
    assert office.terminal.code == 8
    assert inspection in office.terminal.errors  # the first change is the id of the log


def test_a_bundle_is_unpacked_by_its_reader_or_its_passphrase(
    office: Office, tmp_path: Path
) -> None:
    ana, ben, cal = (office.person(name) for name in ("ana", "ben", "cal"))
    office.acquaint(ana, ben, cal)
    inspection = office.start(ana)
    bundle = office.bundle(ana, ben)
    office.terminal.done("unpack", bundle, "-o", tmp_path / "one", "--with", ben)
    office.terminal.run("unpack", bundle, "-o", tmp_path / "two", "--with", cal)
    assert office.terminal.code == 6
    office.terminal.run("unpack", bundle, "-o", tmp_path / "two")
    assert office.terminal.code == 2
    assert not (tmp_path / "two").exists()
    sealed = tmp_path / "sealed.inspection"
    office.terminal.done("bundle", ana, "-o", sealed, bundle="one passphrase for the team")
    office.terminal.done(
        *("unpack", sealed, "-o", tmp_path / "three"), bundle="one passphrase for the team"
    )
    for name in ("one", "three"):
        checked = office.terminal.done("verify", tmp_path / name)
        assert list(checked["digests"]) == [inspection]
    office.terminal.done("verify", bundle, "--with", ben)  # a bundle is still a bundle
    office.terminal.done("verify", ana)


def test_a_lost_laptop_is_restored_from_a_stick(office: Office, tmp_path: Path) -> None:
    said = office.terminal.done(
        *("init", tmp_path / "ana", "--name", "Ana Sample", "--role", "opr-inspector"),
        *("--office", "Test unit"),
    )
    ana = tmp_path / "ana"
    office.start(ana)
    stick = tmp_path / "stick"
    assert office.terminal.done("backup", ana, "-o", stick)["logs"] == 2
    digest = office.digest(ana)
    restored = office.terminal.done("restore", stick, "-o", tmp_path / "new")
    assert restored["digest"] == digest == office.digest(tmp_path / "new")
    printed = tmp_path / "printed"
    printed.write_text(said["recovery_key"] + "\n")
    office.terminal.done("restore", stick, "-o", tmp_path / "newer", "--recovery-key-file", printed)
    assert office.digest(tmp_path / "newer") == digest
    office.terminal.run("restore", tmp_path / "nothing", "-o", tmp_path / "newest")
    assert office.terminal.code == 2


def test_an_inspection_is_removed_only_after_a_backup(office: Office, tmp_path: Path) -> None:
    ana = office.person("ana")
    inspection = office.start(ana)
    office.terminal.run("remove", ana, inspection)
    assert office.terminal.code == 3
    office.terminal.done("backup", ana, "-o", tmp_path / "stick")
    office.terminal.done("remove", ana, inspection)
    assert office.terminal.done("show", ana)["inspections"] == []
    office.terminal.done("verify", ana)
    office.terminal.done("merge", ana, tmp_path / "stick/backup.inspection")
    assert [i["id"] for i in office.terminal.done("show", ana)["inspections"]] == [inspection]


def test_an_import_is_previewed_and_taken_back(office: Office) -> None:
    ana, ben = office.person("ana"), office.person("ben")
    office.acquaint(ana, ben)
    inspection = office.start(ana)
    office.merge(ben, office.bundle(ana, ben))
    office.terminal.record(
        ben, inspection, [{"verb": "answer", "item": "j-82", "result": "not-met", "note": "empty"}]
    )
    before = office.digest(ana)
    office.merge(ana, office.bundle(ben, ana))
    merged = office.digest(ana)
    [came] = office.terminal.run("imports", ana)
    [planned] = office.terminal.done("undo-import", ana, came["file"][:12], "--preview")
    assert office.digest(ana) == merged
    assert (planned["by"], planned["left"]) == (["Ben Sample"], [])
    assert "empty" in json.dumps(office.shown(ana, inspection)["records"])
    office.terminal.done("undo-import", ana, came["file"][:12])
    assert office.digest(ana) == before
    office.terminal.done("undo", ana, inspection)
    assert office.digest(ana) == merged


@pytest.mark.parametrize("command", ["unpack", "backup", "restore", "remove", "undo-import"])
def test_no_secret_is_an_argument(office: Office, command: str) -> None:
    office.terminal.run(command, "--passphrase", PASSPHRASE)
    assert office.terminal.code == 2
