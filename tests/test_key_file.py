"""Another passphrase and an escrow key: the keys stay, a wrong word or secret changes nothing."""

from pathlib import Path

import pytest

from inspector_app.errors import BadInput, InUse, StoreTrouble, WrongSecret
from inspector_app.workspace import Workspace, key_file
from inspector_app.workspace.backup import back_up
from inspector_app.workspace.restoring import restore
from tests.test_workspace import PASSPHRASE, _start

NEW = "quite another passphrase"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made, recovery = Workspace.create(
        tmp_path / "w", "Ana Sample", "opr-inspector", "Unit", PASSPHRASE
    )
    _start(made)
    made.close()
    (tmp_path / "paper").write_text(recovery)
    return tmp_path / "w"


def test_another_passphrase_opens_and_the_old_one_does_not(folder: Path) -> None:
    store = (folder / "workspace.db").read_bytes()
    key_file.change_passphrase(folder, PASSPHRASE, NEW)
    assert (folder / "workspace.db").read_bytes() == store
    with pytest.raises(WrongSecret):
        Workspace.open(folder, passphrase=PASSPHRASE)
    Workspace.open(folder, passphrase=NEW).close()
    recovery = (folder.parent / "paper").read_text()
    Workspace.open(folder, recovery_key=recovery).close()


def test_what_is_refused_leaves_the_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = (folder / "keys.json").read_bytes()
    made = key_file.new_escrow_key("Escrow", "Headquarters")
    words = " ".join(made.words)
    for act, error in (
        (lambda: key_file.change_passphrase(folder, NEW, "a third passphrase"), WrongSecret),
        (lambda: key_file.change_passphrase(folder, PASSPHRASE, "short"), BadInput),
        (lambda: key_file.add_escrow(folder, NEW, made.card, words), WrongSecret),
        (lambda: key_file.add_escrow(folder, PASSPHRASE, made.card, words[:-1] + "x"), BadInput),
    ):
        with pytest.raises(error):
            act()
    held = Workspace.open(folder, passphrase=PASSPHRASE)
    with pytest.raises(InUse):
        key_file.change_passphrase(folder, PASSPHRASE, NEW)
    held.close()
    monkeypatch.setattr("pathlib.Path.replace", _full)
    with pytest.raises(StoreTrouble):
        key_file.change_passphrase(folder, PASSPHRASE, NEW)
    assert (folder / "keys.json").read_bytes() == before
    assert not [p for p in folder.iterdir() if p.name.endswith(".part")]


def _full(*_: object) -> None:
    raise OSError("no space left")


def test_the_escrow_key_opens_the_workspace_and_its_backups(folder: Path, tmp_path: Path) -> None:
    made = key_file.new_escrow_key("Escrow", "Headquarters")
    assert len(made.words) == 6 and key_file.escrow_keys(folder) == 0
    card = key_file.add_escrow(folder, PASSPHRASE, made.card, " ".join(made.words).upper())
    assert card.name == "Escrow" and key_file.escrow_keys(folder) == 1
    opened = Workspace.open(folder, recovery_key=made.text)
    back_up(opened, tmp_path / "stick")
    digest = opened.digest()
    opened.close()
    restored = restore(tmp_path / "stick", tmp_path / "new", passphrase=NEW, recovery_key=made.text)
    assert restored.digest == digest
    key_file.change_passphrase(folder, PASSPHRASE, NEW)
    assert key_file.escrow_keys(folder) == 1
    with pytest.raises(BadInput, match="already"):
        key_file.add_escrow(folder, NEW, made.card, " ".join(made.words))
