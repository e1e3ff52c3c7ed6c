"""A newer published list is taken in where an inspection is started."""

import io
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from inspector_app.ui.start_page import StartPage
from tests.ui.open_pages import named, new_workspace, open_page

HEAD = ("STATE", "LAW ENFORCEMENT AGENCY", "TYPE", "COUNTY", "SUPPORT TYPE", "SIGNED")
AGENCY = "Sample County Sheriff's Office"
SAMPLE = ("INDIANA", AGENCY, "County", "Sample County", "Jail Enforcement Model", "3/3/2025")


def workbook() -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in (HEAD, SAMPLE):
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def test_a_newer_list_is_taken_in_and_another_file_is_refused(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana, _ = new_workspace(tmp_path)
    chosen = tmp_path / "list.xlsx"
    monkeypatch.setattr("inspector_app.ui.choosing.open_file", lambda *_: chosen)
    page, window = open_page(qtbot, StartPage, ana, "")
    act = named(page, "Take in a newer list")
    before = len(ana.agencies())
    chosen.write_bytes(b"<html>no workbook</html>")
    qtbot.keyClick(act, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: len(window.refusals()) == 1)
    assert len(ana.agencies()) == before > 1
    chosen.write_bytes(workbook())
    qtbot.keyClick(act, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: [row.name for row in ana.agencies()] == [AGENCY])
    page.search.setText("sample county")
    assert len(page.results.rows()) == 1
    ana.close()
