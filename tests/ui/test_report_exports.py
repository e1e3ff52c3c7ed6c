"""The list of file numbers from the window: a passphrase, one file, nothing without a list."""

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from inspector_app.ui.report_page import ReportPage
from tests.ui.open_pages import named, new_workspace, open_page, press, type_into

WORDS = "four words for the agency"


def test_file_numbers_are_sealed_by_keyboard(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace, id = new_workspace(tmp_path / "ana")
    out = tmp_path / "list.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    page, window = open_page(qtbot, ReportPage, workspace, id)
    (button,) = [b for b in page.findChildren(QAbstractButton) if b.text() == "File numbers…"]
    button.click()
    line = named(page, "Passphrase of the list")
    assert isinstance(line, QLineEdit) and line.hasFocus()
    type_into(qtbot, line, WORDS)
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(window.refusals()), timeout=20_000)
    assert "No sample holds a file yet" in window.refusals()[0] and not out.exists()
    workspace.put_many(id, {"document-review:s1": {"sample_kind": "case-file"}}, "a sample")
    file = {"review": "document-review:s1", "position": 1, "file": "Case 17/2025"}
    workspace.put_many(id, {"sampled-file:f1": file}, "a file")
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(out.exists, timeout=20_000)
    qtbot.waitUntil(lambda: not line.isVisibleTo(page))
    assert line.text() == "", "the passphrase does not stay"
    document = pypdfium2.PdfDocument(out.read_bytes(), password=WORDS)
    assert "Case 17/2025" in document[0].get_textpage().get_text_bounded()
    workspace.close()
