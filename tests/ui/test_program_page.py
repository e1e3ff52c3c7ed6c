"""The program's page, by keys: a year's figures, who is due, what was done, files."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from inspector_app.rules.fiscal_year import FiscalYear
from inspector_app.ui import choosing
from inspector_app.ui.program_page import ProgramPage
from inspector_app.workspace import Workspace, program
from tests.reports.reading import whole_text
from tests.synthetic_program import Program, play
from tests.ui.open_pages import Window, named

THIS_YEAR = FiscalYear.of(date.today())
FIRST = THIS_YEAR.first_day


def made() -> Program:
    """This fiscal year and the one before: a type that comes back, and a missing memo."""
    found = Program()
    before = date(FIRST.year - 1, FIRST.month, 5)
    found.visit(1, before, types=["D10"], closed=date(FIRST.year, 2, 2))
    found.visit(2, FIRST, types=["D10", "A01"], practices=1)
    return found


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    opened, _ = Workspace.create(
        tmp_path / "desk", "T. Mock", "ero-headquarters", "HQ", "a passphrase for tests"
    )
    play(opened, made())
    yield opened
    opened.close()


@pytest.fixture
def page(qtbot: QtBot, workspace: Workspace) -> Iterator[ProgramPage]:
    made_page = ProgramPage(workspace, "")
    window = Window(made_page, workspace)
    qtbot.addWidget(window)
    window.resize(1100, 900)
    window.show()
    made_page.show_record("")
    yield made_page
    window.hide()


def test_the_year_is_told_in_numbers_and_in_words_beside_the_bars(page: ProgramPage) -> None:
    assert page.figures is not None
    assert (len(page.figures.last.inspected), len(page.figures.last.without_memo)) == (1, 1)
    year = THIS_YEAR.year
    assert f"{year}: 1 deficiencies, 1 areas of concern" in page.bars.accessibleDescription()


def test_another_year_is_a_key_away(page: ProgramPage) -> None:
    chip = page.years.chip(str(THIS_YEAR.year - 1))
    chip.setFocus()
    QTest.keyClick(chip, Qt.Key.Key_Space)
    assert page.figures is not None and page.figures.last.year == THIS_YEAR.year - 1


def test_an_inspection_without_a_memo_is_opened_from_its_row(
    page: ProgramPage, qtbot: QtBot
) -> None:
    (row,) = page.memos.rows()
    page.memos.setFocus()
    with qtbot.waitSignal(page.opened) as opened:
        QTest.keyClick(page.memos, Qt.Key.Key_Down)
        QTest.keyClick(page.memos, Qt.Key.Key_Return)
    assert opened.args == [row.key]


def test_a_long_list_is_shown_whole_when_asked(page: ProgramPage) -> None:
    assert page.plan is not None
    whole = len(page.plan.overdue)
    assert len(page.due.rows()) == 12 < whole
    page._more.click()
    assert len(page.due.rows()) == whole


def test_what_was_done_stands_under_its_type(page: ProgramPage, workspace: Workspace) -> None:
    register = page.register
    assert [row.key for row in register.rows.rows()] == ["D10"]
    register.rows.setFocus()
    register.rows.select("D10")
    QTest.keyClick(register.rows, Qt.Key.Key_Return)
    QTest.keyClicks(register.title, "Training of field supervisors")
    register._save.click()
    (action,) = program.actions(workspace)
    assert (action.types, action.judged) == ("D10", "too-soon")
    assert register.rows.rows()[1].right == "Too soon to tell"


def test_a_day_that_is_none_is_told_and_nothing_is_written(
    page: ProgramPage, workspace: Workspace
) -> None:
    page.register._choose("D10")
    page.register.title.setText("Training")
    page.register.day.setText("the day after")
    page.register.save()
    assert program.actions(workspace) == []
    assert page.register.title.text() == "Training"


@pytest.mark.parametrize(
    ("edition", "ending", "names_the_maker"), [("internal", "", True), ("public", "-public", False)]
)
def test_the_report_is_laid_out_beside_the_window(
    page: ProgramPage,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    edition: str,
    ending: str,
    names_the_maker: bool,
) -> None:
    offered: list[str] = []
    file = tmp_path / "report.pdf"
    monkeypatch.setattr(choosing, "save_file", lambda *a: offered.append(a[2]) or file)
    qtbot.mouseClick(page.edition.chip(edition), Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(page.message, timeout=30_000):
        page.write_report()
    assert offered[0].endswith(f"{ending}.pdf") and offered[0].startswith("fiscal-year-20")
    assert (page.workspace.name in whole_text(file.read_bytes())) is names_the_maker


def test_cancel_leaves_no_file(
    page: ProgramPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "report.pdf"
    monkeypatch.setattr(choosing, "save_file", lambda *_: file)
    page.write_report()
    page._cancel.click()
    assert not file.exists()


def test_whoever_is_not_headquarters_has_no_form(qtbot: QtBot, tmp_path: Path) -> None:
    other, _ = Workspace.create(
        tmp_path / "other", "Ana Sample", "opr-inspector", "Unit", "a passphrase for tests"
    )
    page = ProgramPage(other, "")
    qtbot.addWidget(page)
    page.show_record("")
    assert page.register.form.isHidden()
    other.close()


def test_the_sheets_are_written_beside_the_window(
    page: ProgramPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choosing, "choose_folder", lambda *_: tmp_path / "sheets")
    told: list[str] = []
    page.message.connect(told.append)
    named(page, "Write the sheets").click()  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: told == ["Sheets written: sheets"], timeout=20_000)
    there = {path.name: path.read_bytes() for path in (tmp_path / "sheets").iterdir()}
    program.export_sheets(page.workspace, tmp_path / "again")
    assert there == {path.name: path.read_bytes() for path in (tmp_path / "again").iterdir()}
    assert len(there) > 3
