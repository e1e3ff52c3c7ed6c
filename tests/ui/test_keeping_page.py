"""Keys and keeping with real keys: passphrase, escrow, hold, archive, checks, removal."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from inspector_app.errors import WrongSecret
from inspector_app.identity import read_card
from inspector_app.ui.keeping_page import KeepingPage
from inspector_app.ui.keeping_secrets import EscrowPart, PassphrasePart
from inspector_app.ui.main_window import MainWindow
from inspector_app.ui.page_stack import Place
from inspector_app.ui.unlock_page import WHY, UnlockPage
from inspector_app.workspace import Workspace, key_file, retention
from inspector_app.workspace.backup import back_up
from tests.ui.open_pages import Window, named, new_workspace, open_page, type_into
from tests.ui.open_shell import SECRET, write_two_inspections
from tests.ui.open_shell import opened as shell_of

Desk = tuple[Workspace, str]
NEW = "another passphrase for tests"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    workspace, id = new_workspace(tmp_path)
    yield workspace, id
    workspace.close()


def opened(qtbot: QtBot, workspace: Workspace, record: str = "") -> tuple[KeepingPage, Window]:
    page, window = open_page(qtbot, lambda desk, _: KeepingPage(desk, ""), workspace, "")
    if record:
        page.show_record(record)
    return page, window


def space(qtbot: QtBot, page: QWidget, name: str) -> None:
    found = named(page, name)
    found.setFocus()
    qtbot.keyClick(found, Qt.Key.Key_Space)


def words(page: QWidget) -> str:
    QApplication.processEvents()
    return " ".join(w.text() for w in page.findChildren(QLabel) if w.isVisibleTo(page))


def done(qtbot: QtBot, page: KeepingPage) -> None:
    qtbot.waitUntil(lambda: not page.work.is_busy, timeout=20_000)


def test_the_passphrase_is_changed_while_the_window_is_open(qtbot: QtBot, desk: Desk) -> None:
    workspace, _ = desk
    page, _window = opened(qtbot, workspace)
    space(qtbot, page, "Change the passphrase")
    [part] = page.findChildren(PassphrasePart)
    for old, told in (("not this one at all", True), (SECRET, False)):
        part.old.line.clear()
        type_into(qtbot, part.old.line, old)
        part.new.forget()
        type_into(qtbot, part.new.secret.line, NEW)
        type_into(qtbot, part.new.again.line, NEW)
        qtbot.keyClick(part.new.again.line, Qt.Key.Key_Return)
        done(qtbot, page)
        if told:
            qtbot.waitUntil(lambda: bool(part.old.line.accessibleDescription()))
    qtbot.waitUntil(part.change_button.hasFocus)
    space(qtbot, page, "Change the passphrase")
    qtbot.keyClick(part.old.line, Qt.Key.Key_Escape)
    assert part.change_button.hasFocus() and not part.below.count()
    folder = workspace.folder
    workspace.close()
    with pytest.raises(WrongSecret):
        Workspace.open(folder, passphrase=SECRET)
    Workspace.open(folder, passphrase=NEW).close()


def test_an_escrow_key_is_made_and_opens_after_its_words_were_shown(
    qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace, _ = desk
    card = tmp_path / "escrow.card"
    monkeypatch.setattr("inspector_app.ui.choosing.save_file", lambda *_: card)
    monkeypatch.setattr("inspector_app.ui.choosing.open_file", lambda *_: card)
    page, window = opened(qtbot, workspace)
    [part] = page.findChildren(EscrowPart)
    space(qtbot, page, "Make an escrow key")
    type_into(qtbot, part.name, "Escrow key 2026")
    type_into(qtbot, part.office, "Headquarters")
    space(qtbot, page, "Write its card")
    key, shown = part.paper.key.text(), " · ".join(read_card(card.read_bytes()).words)
    assert shown in words(page)
    type_into(qtbot, part.paper.check, key[-4:])
    qtbot.keyClick(part.paper.check, Qt.Key.Key_Return)
    assert key not in words(page)
    space(qtbot, page, "Let an escrow key open this")
    assert shown in words(page) and key_file.escrow_keys(workspace.folder) == 0
    type_into(qtbot, part.secret.line, SECRET)
    qtbot.keyClick(part.secret.line, Qt.Key.Key_Return)
    done(qtbot, page)
    qtbot.waitUntil(lambda: "One opens this workspace." in words(page))
    card.write_bytes(b"no card")
    space(qtbot, page, "Let an escrow key open this")
    assert len(window.refusals()) == 1
    workspace.close()
    Workspace.open(workspace.folder, recovery_key=key).close()


def test_a_hold_is_placed_and_ended_with_a_reason(qtbot: QtBot, desk: Desk) -> None:
    workspace, id = desk
    page, window = opened(qtbot, workspace, id)
    page.changed(frozenset())
    type_into(qtbot, named(page, "Retention class"), "GRS 2.8")
    space(qtbot, page, "Set the class")
    page.show_record(id)
    assert retention.class_of(workspace.desk.log(id)) == "GRS 2.8"
    space(qtbot, page, "Put under legal hold")
    assert "needs a reason" in window.refusals()[0]
    type_into(qtbot, named(page, "Reason"), "a request for records")
    space(qtbot, page, "Put under legal hold")
    page.show_record(id)
    assert "Under legal hold since" in words(page)
    space(qtbot, page, "Remove from this laptop")
    space(qtbot, page, "The newest backup holds it")
    assert "under legal hold" in window.refusals()[-1]
    type_into(qtbot, named(page, "Reason"), "released")
    space(qtbot, page, "End the legal hold")
    assert not retention.is_held(workspace.desk.log(id))


def test_an_archive_is_written_and_a_flipped_byte_in_it_is_named(
    qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace, id = desk
    monkeypatch.setattr("inspector_app.ui.choosing.choose_folder", lambda *_: tmp_path)
    page, window = opened(qtbot, workspace, id)
    space(qtbot, page, "Write an archive")
    done(qtbot, page)
    [archive] = tmp_path.glob("archive-*")
    page.show_record("")
    monkeypatch.setattr("inspector_app.ui.choosing.choose_folder", lambda *_: archive)
    checks = (("Check this workspace", "This workspace"), ("Check an archive", archive.name))
    for act, what in checks:
        space(qtbot, page, act)
        qtbot.waitUntil(lambda name=what: f"{name} is as it was written" in words(page))
    [lines] = archive.rglob("changes*")
    lines.write_bytes(lines.read_bytes().replace(b"Hamilton", b"Hamiltom", 1))
    space(qtbot, page, "Check an archive")
    qtbot.waitUntil(lambda: len(window.refusals()) == 1)
    assert "is as it was written" not in words(page)


def test_an_inspection_leaves_the_laptop_and_the_window_locks(qtbot: QtBot, tmp_path: Path) -> None:
    made = write_two_inspections(tmp_path / "made")
    folder = tmp_path / "here" / "desk"
    with shell_of(qtbot, made, tmp_path / "here") as shell:
        window = shell.window()
        assert isinstance(window, MainWindow)
        gone, stays = shell.workspace.inspection_ids()
        shell.go(Place(page="keeping", record=gone))
        page = shell.stack.page
        assert isinstance(page, KeepingPage)
        space(qtbot, page, "Remove from this laptop")
        space(qtbot, page, "The newest backup holds it")
        told = "Nothing else is known to hold all of this"
        qtbot.waitUntil(lambda: told in words(shell.strip), timeout=20_000)
        back_up(shell.workspace, tmp_path / "stick")
        space(qtbot, page, "The newest backup holds it")
        qtbot.waitUntil(lambda: isinstance(window.gate, UnlockPage), timeout=20_000)
        assert WHY["removed"] in words(window)
    there = Workspace.open(folder, passphrase=SECRET)
    assert there.inspection_ids() == [stays]
    there.close()
