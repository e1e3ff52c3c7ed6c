"""Agencies' files in the window: started by keys, complaints with their clocks, conflicts."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from inspector_app.records.agency_file import Complaint
from inspector_app.ui import choosing
from inspector_app.ui.agency_file_page import AgencyFilePage
from inspector_app.ui.agency_file_start import StartFile
from inspector_app.ui.page_stack import Place
from inspector_app.ui.rows import RowList
from inspector_app.ui.shell import Shell
from inspector_app.workspace import Workspace, agency_file
from tests.agency_files import at, complaint, start
from tests.ui.open_pages import named, press, type_into
from tests.ui.open_shell import CONTROL, opened, write_two_inspections
from tests.ui.test_accessibility import focusable, name_of

PAGE = "agency-file"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_two_inspections(tmp_path_factory.mktemp("agency-file"))


@pytest.fixture
def shell(qtbot: QtBot, made: Path, tmp_path: Path) -> Iterator[Shell]:
    with opened(qtbot, made, tmp_path) as shell:
        yield shell


@pytest.fixture
def file(shell: Shell) -> str:
    """A file with a complaint and a notification of which nothing more is known."""
    id = start(shell.workspace)
    record = complaint(shell.workspace, id, about="force")
    shell.workspace.new(id, "notification", complaint=record, received=date(2026, 4, 2))
    return id


def page_of(shell: Shell) -> AgencyFilePage:
    page = shell.stack.page
    assert isinstance(page, AgencyFilePage)
    return page


def words(widget: QWidget) -> str:
    QApplication.processEvents()
    return " | ".join(x.text() for x in widget.findChildren(QLabel) if x.isVisibleTo(widget))


def only_complaint(shell: Shell, id: str) -> Complaint:
    [found] = agency_file.read(shell.workspace, id).all(Complaint)
    return found


def test_a_file_is_started_by_keys_and_opens(qtbot: QtBot, shell: Shell) -> None:
    shell.go(Place(page=PAGE))
    assert "No file yet" in words(page_of(shell))
    [starter] = page_of(shell).findChildren(StartFile)
    type_into(qtbot, starter.search, "Hamilton IN")
    starter.results.setFocus()
    press(qtbot, Qt.Key.Key_Return)
    assert [f.title for f in agency_file.files(shell.workspace)] == [page_of(shell).file.title]
    assert "No complaint recorded." in words(page_of(shell))
    shell.back()
    assert page_of(shell).inspection_id == ""


def test_the_overview_leads_to_the_file_of_its_agency_or_offers_to_start_it(shell: Shell) -> None:
    inspection = shell.workspace.inspection_ids()[0]
    shell.go(Place(inspection, "overview"))
    shell.navigate(PAGE, f"of:{inspection}")
    [starter] = page_of(shell).findChildren(StartFile)
    assert starter.practice.value() is True and "Hamilton" in starter.search.text()
    rows = agency_file.agreements_of(shell.workspace, "IN", "Hamilton County Sheriff's Office")
    id = agency_file.start(shell.workspace, rows, practice=True)
    shell.navigate(PAGE, f"of:{inspection}")
    assert page_of(shell).inspection_id == id


def test_what_is_typed_becomes_a_change_and_the_clock_answers_beside_it(
    qtbot: QtBot, shell: Shell, file: str
) -> None:
    shell.go(Place(page=PAGE, record=f"{file}/{only_complaint(shell, file).id}"))
    told = named(page_of(shell), "ICE was told")
    type_into(qtbot, told, "March 18, 2026 9:00")
    page_of(shell).leave()
    shell.refresh()
    assert only_complaint(shell, file).told == at("2026-03-18T09:00")
    assert "Late by 16 hours" in words(shell.body.side)
    day = named(page_of(shell), "Joint Intake Center, since")
    type_into(qtbot, day, "3/20/2026")
    page_of(shell).leave()
    assert only_complaint(shell, file).sent == {"jic": date(2026, 3, 20)}
    shell.undo()
    assert only_complaint(shell, file).sent == {}


def test_what_is_no_moment_is_refused_where_it_was_typed(
    qtbot: QtBot, shell: Shell, file: str
) -> None:
    shell.go(Place(page=PAGE, record=f"{file}/{only_complaint(shell, file).id}"))
    type_into(qtbot, named(page_of(shell), "ICE was told"), "on Friday")
    page_of(shell).leave()
    assert "This has no hour." in words(page_of(shell))
    assert only_complaint(shell, file).told is None


def test_a_notification_without_a_record_says_so_until_both_are_there(
    shell: Shell, file: str
) -> None:
    shell.go(Place(page=PAGE, record=file))
    rows = {x.accessibleName(): x for x in page_of(shell).findChildren(RowList)}
    [row] = rows["Management notifications"].rows()
    assert row.right == "no record" and "1 of 1 without a record" in words(page_of(shell))
    shell.workspace.put(file, row.key, action="reviewed", outcome="no-action")
    assert "without a record" not in words(page_of(shell))


def test_a_field_shows_its_history_and_can_be_restored(
    qtbot: QtBot, shell: Shell, file: str
) -> None:
    record = only_complaint(shell, file).id
    shell.workspace.put(file, record, about="harassment")
    shell.go(Place(page=PAGE, record=f"{file}/{record}"))
    named(page_of(shell), "Concerns").setFocus()
    press(qtbot, Qt.Key.Key_H, CONTROL)
    panel = shell.past.panel
    assert panel is not None
    panel.values.setCurrentIndex(panel.values.model().index(1, 0))
    assert panel.text.toPlainText() == "Use of force"
    panel.restore()
    assert only_complaint(shell, file).about == "force"


def test_two_who_differ_are_shown_until_one_decides(
    shell: Shell, file: str, tmp_path: Path
) -> None:
    ana, record = shell.workspace, only_complaint(shell, file).id
    marcus, _ = Workspace.create(
        tmp_path / "other", "Marcus Example", "ero-headquarters", "Unit", "another passphrase"
    )
    ana.accept(marcus.card())
    marcus.accept(ana.card())
    ana.bundle([file], there := tmp_path / "there.inspection", to=[marcus.desk.card])
    marcus.merge(there)
    marcus.put(file, record, about="discrimination")
    ana.put(file, record, about="harassment")
    marcus.bundle([file], back := tmp_path / "back.inspection", to=[ana.desk.card])
    marcus.close()
    ana.merge(back)
    shell.go(Place(page=PAGE, record=f"{file}/{record}"))
    button = named(page_of(shell), "Keep what Marcus Example recorded")
    assert isinstance(button, QAbstractButton)
    button.click()
    assert only_complaint(shell, file).about == "discrimination"
    assert ana.kept(file).conflicts() == []


def test_a_file_is_handed_over_from_the_window(
    qtbot: QtBot, shell: Shell, file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "file.inspection"
    monkeypatch.setattr(choosing, "save_file", lambda *given: out)
    shell.go(Place(page=PAGE, record=file))
    shell.go(Place(page=PAGE, record=f"{file}/hand-over"))
    type_into(qtbot, named(page_of(shell), "Or for a passphrase"), "a passphrase for it")
    make = named(page_of(shell), "Make a bundle")
    assert isinstance(make, QAbstractButton)
    make.click()
    qtbot.waitUntil(lambda: shell.workspace.not_handed_over(file) == 0)
    assert [log.log for log in shell.workspace.preview(out, "a passphrase for it").logs] == [file]
    shell.back()
    assert "Use of force" in "".join(
        x.words for y in page_of(shell).findChildren(RowList) for x in y.rows()
    )


def test_every_field_has_a_name_of_its_own_and_a_way_by_keys(shell: Shell, file: str) -> None:
    workspace = shell.workspace
    workspace.new(file, "meeting", type="annual")
    kept = agency_file.read(workspace, file)
    records = [*kept.numbers(), kept.log.records("held-agreement")[0]]
    for place in ("", file, f"{file}/hand-over", *(f"{file}/{record}" for record in records)):
        shell.go(Place(page=PAGE, record=place))
        QApplication.processEvents()
        widgets = focusable(shell)
        names = Counter((id(widget.parent()), name_of(widget)) for widget in widgets)
        assert all(name for _, name in names), place
        assert [name for (_, name), times in names.items() if times > 1] == [], place
