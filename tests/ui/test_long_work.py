"""Long work beside the window: how far it is, Cancel where that is safe, and what is left then."""

import threading
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from inspector_app.ui.hand_over_page import HandOverPage
from inspector_app.ui.import_page import ImportPage
from inspector_app.ui.report_page import ReportPage
from inspector_app.ui.work import Work
from inspector_app.workspace import Workspace
from inspector_app.workspace.handing import bundle_job, merge_job
from tests.ui.open_pages import named, new_workspace, open_page

OTHER = "another passphrase for tests"
PHOTOS = 5


@pytest.fixture
def ana(tmp_path: Path) -> Iterator[tuple[Workspace, str]]:
    """Ana's workspace with an inspection of a few photos, and Marcus's card accepted there."""
    from PIL import Image

    workspace, id = new_workspace(tmp_path)
    for number in range(PHOTOS):
        data = BytesIO()
        Image.new("RGB", (60, 40), (number * 40, 90, 90)).save(data, "PNG")
        workspace.add_photo(id, data.getvalue(), caption=f"Wall {number}", alt="A wall")
    yield workspace, id
    workspace.close()


@pytest.fixture
def marcus(ana: tuple[Workspace, str], tmp_path: Path) -> Iterator[Workspace]:
    workspace, _ = Workspace.create(
        tmp_path / "marcus", "Marcus Example", "opr-inspector", "Chicago", OTHER
    )
    workspace.accept(ana[0].card())
    ana[0].accept(workspace.card())
    yield workspace
    workspace.close()


def press(page: HandOverPage, name: str) -> None:
    button = named(page, name)
    assert isinstance(button, QPushButton)
    button.click()


def messages(page: HandOverPage) -> list[str]:
    said: list[str] = []
    page.message.connect(said.append)
    return said


def choose(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    for name in ("getSaveFileName", "getOpenFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *_, **__: (str(path), ""))


# -- in the window -------------------------------------------------------------------------------


def test_a_bundle_is_made_beside_the_window_and_counts_as_handed_over(
    qtbot: QtBot,
    ana: tuple[Workspace, str],
    marcus: Workspace,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page, window = open_page(qtbot, HandOverPage, *ana)
    said = messages(page)
    choose(monkeypatch, tmp_path / "out.inspection")
    press(page, "Make a bundle")
    assert page.work.isVisible() and page.work.cancel_button.isVisible()
    qtbot.waitUntil(lambda: said == ["Bundle written: out.inspection"], timeout=20_000)
    assert not page.work.isVisible() and window.refusals() == []
    assert ana[0].not_handed_over(ana[1]) == 0
    assert marcus.merge(tmp_path / "out.inspection").photos == PHOTOS + 1  # and the checklist


def test_a_bundle_comes_in_beside_the_window_and_opens(
    qtbot: QtBot,
    ana: tuple[Workspace, str],
    marcus: Workspace,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    workspace, id = ana
    workspace.bundle([id], tmp_path / "in.inspection", to=[marcus.desk.card])
    page, window = open_page(qtbot, ImportPage, marcus, "")
    opened: list[str] = []
    page.opened.connect(opened.append)
    choose(monkeypatch, tmp_path / "in.inspection")
    press(page, "Choose a bundle")
    merge = f"Merge {len(workspace.history(id))} changes"
    qtbot.waitUntil(lambda: is_asked_for(page, merge), timeout=20_000)
    assert marcus.inspection_ids() == []
    press(page, merge)
    qtbot.waitUntil(lambda: opened == [id], timeout=20_000)
    assert marcus.digest(id) == workspace.digest(id) and window.refusals() == []


def test_a_wrong_secret_is_asked_for_again_and_damage_is_told(
    qtbot: QtBot, ana: tuple[Workspace, str], tmp_path: Path
) -> None:
    workspace, id = ana
    sealed = tmp_path / "sealed.inspection"
    workspace.bundle([id], sealed, passphrase="a passphrase of the bundle")
    page, window = open_page(qtbot, HandOverPage, *ana)
    page.open_bundle(sealed, "not this one")
    qtbot.waitUntil(lambda: is_asked_for(page, "Passphrase of the bundle"), timeout=20_000)
    sealed.write_bytes(sealed.read_bytes()[:-9])
    page.open_bundle(sealed, "a passphrase of the bundle")
    qtbot.waitUntil(lambda: bool(window.refusals()), timeout=20_000)
    assert "cut off" in window.refusals()[0] and not page.work.isVisible()


def is_asked_for(page: HandOverPage, name: str) -> bool:
    return any(widget.accessibleName() == name for widget in page.findChildren(QWidget))


def test_the_report_says_how_many_photos_it_has_and_stops(
    qtbot: QtBot, ana: tuple[Workspace, str]
) -> None:
    page, _ = open_page(qtbot, ReportPage, *ana)
    page.preview()
    qtbot.waitUntil(lambda: "of 5 photos" in page._state.text(), timeout=20_000)
    named(page, "Cancel")
    page._stop()
    assert "open" in page._state.text() and not page.is_painted


# -- what cancelling leaves ----------------------------------------------------------------------


class Enough(Exception):
    """As the window raises it in the worker."""


def after(steps: int) -> "tuple[list[int], object]":
    """A step that ends the work after so many."""
    taken: list[int] = []

    def step(done: int, of: int) -> None:
        if len(taken) == steps:
            raise Enough
        taken.append(of)

    return taken, step


@pytest.mark.parametrize("steps", range(PHOTOS + 1))
def test_a_cancelled_bundle_leaves_the_old_file_and_no_debris(
    ana: tuple[Workspace, str], tmp_path: Path, steps: int
) -> None:
    workspace, id = ana
    folder = tmp_path / "stick"
    folder.mkdir()
    out = folder / "out.inspection"
    out.write_bytes(b"the bundle of last week")
    taken, step = after(steps)
    job = bundle_job(workspace, [id], out, [], "a passphrase of the bundle")
    with pytest.raises(Enough):
        job(step)  # type: ignore[arg-type]
    assert taken == [PHOTOS + 1] * steps
    assert [path.name for path in folder.iterdir()] == ["out.inspection"]
    assert out.read_bytes() == b"the bundle of last week"
    workspace.bundle([id], out, passphrase="a passphrase of the bundle")


@pytest.mark.parametrize("steps", range(PHOTOS + 1))
def test_a_cancelled_merge_changes_nothing_and_can_be_done_again(
    ana: tuple[Workspace, str], marcus: Workspace, tmp_path: Path, steps: int
) -> None:
    workspace, id = ana
    path = tmp_path / "in.inspection"
    workspace.bundle([id], path, to=[marcus.desk.card])
    _, step = after(steps)
    with pytest.raises(Enough):
        merge_job(marcus, path, None)(step)  # type: ignore[arg-type]
    assert marcus.inspection_ids() == [] and not list(marcus.folder.glob(".incoming*"))
    marcus.merge(path)
    assert marcus.digest(id) == workspace.digest(id)


def test_what_is_written_meanwhile_stays_and_goes_with_the_next_bundle(
    ana: tuple[Workspace, str], marcus: Workspace, tmp_path: Path
) -> None:
    workspace, id = ana
    path = tmp_path / "out.inspection"
    job = bundle_job(workspace, [id], path, [marcus.desk.card], None)
    written = threading.Event()

    def step(done: int, of: int) -> None:
        if not written.is_set():
            written.set()
            workspace_put.set()
            assert put_done.wait(20)

    workspace_put, put_done = threading.Event(), threading.Event()
    made: list[object] = []
    worker = threading.Thread(target=lambda: made.append(job(step)))
    worker.start()
    assert workspace_put.wait(20)
    workspace.put(id, "answer:j-01", result="met")
    put_done.set()
    worker.join(20)
    workspace.note_bundle(made[0])  # type: ignore[arg-type]
    assert workspace.not_handed_over(id) == 1
    marcus.merge(path)
    assert marcus.inspection(id).answer("j-01").result is None


def test_work_that_is_asked_to_stop_says_that_it_did(qtbot: QtBot) -> None:
    owner, reached, go_on = QObject(), threading.Event(), threading.Event()
    ended: list[str] = []

    def act() -> None:
        reached.set()
        assert go_on.wait(20)
        work.step(1, 2)

    work = Work(act, owner)
    work.stopped.connect(lambda: ended.append("stopped"))
    work.done.connect(lambda _: ended.append("done"))
    work.start()
    assert reached.wait(20)
    work.stop()
    go_on.set()
    qtbot.waitUntil(lambda: ended == ["stopped"])
