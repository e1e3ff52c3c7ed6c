"""Signing the issued file in the window: which key, a wrong passphrase, a second signature."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from inspector_app.signatures import signatures_in
from inspector_app.ui.report_page import ReportPage
from inspector_app.workspace.issuing import issue, issued_bytes
from inspector_app.workspace.sealing import kept_signed
from tests.signing_keys import SECRET, key_file
from tests.test_issuing import TO, Pair, _complete
from tests.ui.open_pages import Window, named, new_workspace, open_page, press, type_into

PASSPHRASE = "Passphrase of the key, or PIN"


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    made = Pair(tmp_path_factory.mktemp("issued"))
    _complete(made.ana, made.id)
    made.signed_and_accepted()
    issue(made.rita, made.id, *TO)
    yield made
    made.ana.close()
    made.rita.close()


@pytest.fixture
def shown(qtbot: QtBot, issued: Pair) -> tuple[ReportPage, Window]:
    return open_page(qtbot, ReportPage, issued.rita, issued.id)


class Files:
    """What somebody chooses where the window asks for a file."""

    def __init__(self, patch: pytest.MonkeyPatch, folder: Path) -> None:
        self.key, self.begun = folder / "key.p12", folder / "begun.pdf"
        self.target = folder / "signed.pdf"
        patch.setattr(QFileDialog, "getOpenFileName", self._open)
        patch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(self.target), ""))

    def _open(self, _: QWidget, title: str, *__: str) -> tuple[str, str]:
        return str(self.key if "key" in title else self.begun), ""


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Files:
    made = Files(monkeypatch, tmp_path)
    made.key.write_bytes(key_file("R. Placeholder")[0])
    return made


def click(page: QWidget, words: str) -> None:
    buttons = [b for b in page.findChildren(QAbstractButton) if b.isVisibleTo(page)]
    (found,) = [button for button in buttons if button.text() == words]
    found.click()


def open_panel(page: ReportPage) -> QLineEdit:
    """Open it and choose the key file; the line of the passphrase."""
    click(page, "Sign the issued file…")
    click(page, "Choose the key file…")
    line = named(page, PASSPHRASE)
    assert isinstance(line, QLineEdit) and line.hasFocus()
    return line


def test_there_is_nothing_to_sign_before_a_report_is_issued(qtbot: QtBot, tmp_path: Path) -> None:
    workspace, id = new_workspace(tmp_path)
    page, window = open_page(qtbot, ReportPage, workspace, id)
    words = [b.text() for b in page.findChildren(QAbstractButton) if b.isVisibleTo(page)]
    assert "Sign the issued file…" not in words
    click(page, "Review and sign-off")
    assert window.went == [("review", "report")], "signing off has one place"
    workspace.close()


def test_the_issued_file_is_signed_by_keyboard_and_saved(
    qtbot: QtBot, issued: Pair, shown: tuple[ReportPage, Window], files: Files
) -> None:
    page, window = shown
    line = open_panel(page)
    type_into(qtbot, line, "not this one")
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "passphrase" in line.accessibleDescription(), timeout=20_000)
    assert not files.target.exists() and window.refusals() == []
    line.selectAll()
    type_into(qtbot, line, SECRET)
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(files.target.exists, timeout=20_000)
    qtbot.waitUntil(lambda: not line.isVisibleTo(page))
    assert line.text() == "", "the passphrase does not stay"
    data = files.target.read_bytes()
    assert data.startswith(issued_bytes(issued.rita, issued.id))
    assert [each.holds for each in signatures_in(data).signatures] == [True]
    assert kept_signed(issued.rita, issued.id) == data, "a copy stays with the record"


def test_a_signature_is_added_to_a_signed_file_but_to_no_other(
    qtbot: QtBot, issued: Pair, shown: tuple[ReportPage, Window], files: Files
) -> None:
    from inspector_app.signatures import key_from_file, sign

    page, window = shown
    once = sign(
        issued_bytes(issued.rita, issued.id), key_from_file(key_file("Ana Sample")[0], SECRET)
    )
    files.begun.write_bytes(once.replace(b"/Lang", b"/Lxng", 1))
    line = open_panel(page)
    click(page, "A file that is signed already…")
    type_into(qtbot, line, SECRET)
    click(page, "Sign and save…")
    qtbot.waitUntil(lambda: bool(window.refusals()), timeout=20_000)
    assert "Nothing was signed." in window.refusals()[0] and not files.target.exists()
    files.begun.write_bytes(once)
    click(page, "Sign and save…")
    qtbot.waitUntil(files.target.exists, timeout=20_000)
    data = files.target.read_bytes()
    assert data.startswith(once)
    found = signatures_in(data).signatures
    assert [(each.subject, each.holds) for each in found] == [
        ("Ana Sample", True),
        ("R. Placeholder", True),
    ]


def test_a_token_asks_for_its_module_and_label(
    qtbot: QtBot, shown: tuple[ReportPage, Window], files: Files
) -> None:
    page, window = shown
    line = open_panel(page)
    click(page, "Token or smart card")
    for name in ("PKCS#11 module", "Label of the token", "Certificate, if it has several"):
        named(page, name)
    type_into(qtbot, line, "246813")
    click(page, "Sign and save…")
    qtbot.waitUntil(lambda: bool(window.refusals()), timeout=20_000)
    assert "PKCS#11" in window.refusals()[0] and not files.target.exists()
    click(page, "Close")
    assert not line.isVisibleTo(page) and line.text() == ""
