"""The agreement beside a question: attached, opened at its clause, turned, quoted from."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from inspector_app.records import Finding
from inspector_app.ui import theme
from inspector_app.ui.agreement_view import AgreementPanel
from inspector_app.ui.checklist_page import ChecklistPage
from inspector_app.workspace import Workspace, signed_copy
from tests.pdfs import page_drawing, scan, that_never_ends, with_text
from tests.ui.open_pages import Window, go_to, named, new_workspace, open_page, press, type_into

ITEM = "j-70"
CITED = "Whether or not an interpreter is used, the record should always include questions"
CITED_END = "and answers concerning the need for an interpreter."
CLAUSE = ("G. INTERPRETATION SERVICES", "Interpreters are provided as needed. " + CITED, CITED_END)
FILLER = ("This page speaks of other things that both parties have agreed upon.",) * 3
COPY = (FILLER, FILLER, FILLER, CLAUSE, FILLER)
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Desk:
    """A checklist on the screen, at the question about interpreters."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.qtbot = qtbot
        self.workspace, self.id = new_workspace(folder)
        self.page: ChecklistPage
        self.window: Window

    def show(self, item: str = ITEM) -> None:
        make: Callable[[Workspace, str], ChecklistPage] = ChecklistPage
        self.page, self.window = open_page(self.qtbot, make, self.workspace, self.id)
        go_to(self.page, f"answer:{item}")

    def opened(self, data: bytes) -> AgreementPanel:
        """Attach a copy, and open it with the key."""
        self.workspace.add_agreement(self.id, data)
        self.show()
        press(self.qtbot, Qt.Key.Key_G, CONTROL)
        return self.settled()

    def settled(self) -> AgreementPanel:
        self.qtbot.waitUntil(lambda: self.page.agreement.is_open, timeout=20_000)
        panel = self.page.agreement.panel
        assert panel is not None
        self.qtbot.waitUntil(panel.is_settled, timeout=20_000)
        QApplication.processEvents()
        return panel

    def finding(self, **fields: object) -> str:
        return self.workspace.new(self.id, "finding", item=ITEM, **fields).record

    def said(self) -> list[str]:
        """Every word that is to be seen."""
        labels = self.window.findChildren(QLabel)
        return [label.text() for label in labels if label.isVisibleTo(self.window)]


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(qtbot, tmp_path)
    yield made
    if hasattr(made, "page"):
        made.page.leave()
    made.workspace.close()


def choose(monkeypatch: pytest.MonkeyPatch, path: Path, data: bytes) -> None:
    """Whoever asks for a file gets this one."""
    path.write_bytes(data)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))


def click(desk: Desk, name: str) -> None:
    """Press the one button to be seen with this name."""
    button = named(desk.window, name)
    assert isinstance(button, QAbstractButton) and button.isEnabled()
    button.click()
    QApplication.processEvents()


def drag(desk: Desk, panel: AgreementPanel, words: str) -> None:
    """Select words on the page with the pointer, from the first to the last."""
    layout = panel.sheet.layout_of_text
    start = layout.text.index(words)
    ends = [layout.areas((at, at + 1))[0] for at in (start, start + len(words) - 1)]
    points = [
        QPoint(
            (left + right) * panel.sheet.width() // 20_000,
            (top + bottom) * panel.sheet.height() // 20_000,
        )
        for left, top, right, bottom in ends
    ]
    desk.qtbot.mousePress(panel.sheet, Qt.MouseButton.LeftButton, pos=points[0])
    desk.qtbot.mouseMove(panel.sheet, points[1])
    desk.qtbot.mouseRelease(panel.sheet, Qt.MouseButton.LeftButton, pos=points[1])


# -- attaching ---------------------------------------------------------------------------------


def test_without_a_copy_the_clause_offers_to_attach_one_and_then_opens_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    choose(monkeypatch, tmp_path / "signed.pdf", with_text(COPY))
    desk.show()
    assert "No copy is attached that could be opened at page\u00a04." in desk.said()
    click(desk, "Attach the signed agreement…")
    assert desk.settled().number == 4
    (copy,) = signed_copy.attached(desk.workspace.inspection(desk.id))
    assert (copy.part, copy.pages) == ("signed-copy", 5)
    assert not desk.workspace.inspection(desk.id).agreement_confirmed


def test_a_pdf_that_cannot_be_taken_is_told_and_nothing_is_attached(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    choose(monkeypatch, tmp_path / "locked.pdf", with_text(COPY, password="the county"))
    desk.show()
    click(desk, "Attach the signed agreement…")
    desk.qtbot.waitUntil(lambda: bool(desk.window.refusals()), timeout=20_000)
    assert "password" in desk.window.refusals()[0]
    assert signed_copy.attached(desk.workspace.inspection(desk.id)) == []


def test_where_the_report_is_signed_a_reason_is_asked_for(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    desk.workspace.sign_off(desk.id, "report")
    choose(monkeypatch, tmp_path / "signed.pdf", with_text(COPY))
    desk.show()
    click(desk, "Attach the signed agreement…")
    desk.qtbot.waitUntil(lambda: bool(desk.window.refusals()), timeout=20_000)
    told = desk.window.told[-1]
    assert told is not None and told.amend is not None
    told.amend("the copy came late")
    assert desk.settled().number == 4


def test_a_copy_that_is_not_here_yet_cannot_be_opened_and_says_why(desk: Desk) -> None:
    desk.workspace.put(desk.id, f"agreement:{'ab' * 32}", sha256="ab" * 32, part="signed-copy")
    desk.show()
    opener = named(desk.window, "Open the agreement at page\u00a04")
    assert not opener.isEnabled()
    assert any("ask for a bundle" in words for words in desk.said())
    press(desk.qtbot, Qt.Key.Key_G, CONTROL)
    assert not desk.page.agreement.is_open


def test_taking_the_copy_away_closes_it(desk: Desk) -> None:
    desk.opened(with_text(COPY))
    desk.workspace.undo(desk.id)
    assert not desk.page.agreement.is_open
    assert "No copy is attached that could be opened at page\u00a04." in desk.said()


# -- opening and turning -----------------------------------------------------------------------


def test_it_opens_at_the_cited_page_with_the_sentence_marked(desk: Desk) -> None:
    panel = desk.opened(with_text(COPY))
    assert panel.sheet.accessibleName() == "Page 4 of 5 of the agreement"
    assert "The sentence cited from IV.G is marked on page 4." in desk.said()
    top = panel.sheet.mark_top()
    assert top is not None and top == pytest.approx(panel.sheet.height() * 82 / 792, abs=6)


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
def test_marked_words_are_dark_on_a_bright_mark_in_every_theme(desk: Desk, name: str) -> None:
    panel = desk.opened(with_text(COPY))
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, name, 1.0)
    picture = panel.sheet.grab().toImage()
    layout = panel.sheet.layout_of_text
    start = layout.text.index(CITED_END)
    ((left, top, right, bottom),) = layout.areas((start, start + len(CITED_END)))
    wide, high = picture.width() / 10_000, picture.height() / 10_000
    seen = [
        picture.pixelColor(x, y)
        for x in range(round(left * wide), round(right * wide))
        for y in range(round(top * high), round(bottom * high) - 2)
    ]
    theme.apply(app, "light", 1.0)
    assert theme.LIGHT.mark.lower() in {color.name() for color in seen}
    assert sum(color.lightness() < 100 for color in seen) > 50
    assert picture.pixelColor(5, 5).name() == "#ffffff"


def test_the_question_can_be_answered_while_it_is_open(desk: Desk) -> None:
    desk.opened(with_text(COPY))
    assert QApplication.activeModalWidget() is None
    press(desk.qtbot, Qt.Key.Key_2)
    assert desk.workspace.inspection(desk.id).answer(ITEM).result == "not-met"
    assert desk.page.agreement.is_open


def test_pages_are_turned_with_the_keys_up_to_both_ends(desk: Desk) -> None:
    panel = desk.opened(with_text(COPY))
    for key, number in (
        (Qt.Key.Key_PageDown, 5),
        (Qt.Key.Key_PageDown, 5),
        (Qt.Key.Key_PageUp, 4),
        (Qt.Key.Key_PageUp, 3),
    ):
        press(desk.qtbot, key)
        desk.settled()
        assert panel.sheet.accessibleName() == f"Page {number} of 5 of the agreement"
    assert panel.sheet.mark_top() is None
    place = named(desk.window, "Page number")
    assert isinstance(place, QLineEdit)
    for typed, number in (("1", 1), ("77", 5), ("four", 5)):
        place.setText(typed)
        place.setFocus()
        press(desk.qtbot, Qt.Key.Key_Return)
        desk.settled()
        assert (panel.number, place.text()) == (number, str(number))


def test_pages_turned_in_haste_end_at_the_last_one_wanted(desk: Desk) -> None:
    panel = desk.opened(with_text(COPY))
    for _ in range(3):
        press(desk.qtbot, Qt.Key.Key_PageUp)
    desk.settled()
    assert panel.sheet.accessibleName() == "Page 1 of 5 of the agreement"


def test_larger_smaller_and_never_less_than_the_room(desk: Desk) -> None:
    panel = desk.opened(with_text(COPY))
    before = panel.sheet.width()
    press(desk.qtbot, Qt.Key.Key_Plus, CONTROL)
    desk.settled()
    assert panel.sheet.width() > before * 1.2
    click(desk, "Smaller")
    click(desk, "Smaller")
    desk.settled()
    assert panel.sheet.width() == before


@pytest.mark.parametrize(
    ("pages", "number", "says"),
    [
        ((CLAUSE, FILLER), 1, "Cited from page 4; in this copy the sentence stands on 1."),
        ((FILLER,) * 5, 4, "The cited sentence was not found in this copy"),
        ((FILLER,) * 2, 2, "The cited sentence was not found in this copy"),
    ],
)
def test_another_copy_is_not_taken_for_the_one_that_was_cited(
    desk: Desk, pages: tuple[tuple[str, ...], ...], number: int, says: str
) -> None:
    panel = desk.opened(with_text(pages))
    assert panel.number == number
    assert any(says in words for words in desk.said())


def test_it_follows_to_the_next_question(desk: Desk) -> None:
    panel = desk.opened(with_text(COPY))
    item = desk.page.inspection.form.item("j-01")
    go_to(desk.page, "answer:j-01")
    desk.settled()
    assert panel.number == min(item.citations[0].page or 0, 5)


def test_escape_closes_it_and_the_way_leads_back_to_the_note(desk: Desk) -> None:
    desk.workspace.add_agreement(desk.id, with_text(COPY))
    desk.show()
    note = named(desk.window, "Note")
    note.setFocus()
    assert named(desk.window, "Open the agreement at page\u00a04")
    press(desk.qtbot, Qt.Key.Key_G, CONTROL)
    panel = desk.settled()
    assert panel.sheet.hasFocus() and desk.page.side_panel() is None
    press(desk.qtbot, Qt.Key.Key_Escape)
    assert not desk.page.agreement.is_open and note.hasFocus()
    assert named(desk.window, "Open the agreement at page\u00a04")


def test_no_child_stays_behind_and_it_goes_on_where_it_was(desk: Desk) -> None:
    panel = desk.opened(with_text(COPY))
    desk.page.leave()
    assert panel._pages is not None and not panel._pages._reader._child.is_running()
    panel.turn(1)
    desk.settled()
    assert panel.sheet.accessibleName() == "Page 5 of 5 of the agreement"


def test_a_page_built_to_do_harm_is_told_in_its_place(desk: Desk) -> None:
    digest = desk.workspace.desk.store.put_blob(desk.id, that_never_ends(9))
    values = {"sha256": digest, "part": "signed-copy", "pages": 1}
    desk.workspace.put(desk.id, f"agreement:{digest}", **values)
    desk.show()
    press(desk.qtbot, Qt.Key.Key_G, CONTROL)
    desk.settled()
    assert any("built to do harm" in words for words in desk.said())


def test_everything_in_it_has_a_name_and_can_be_reached_with_tab(desk: Desk) -> None:
    panel = desk.opened(with_text(COPY))
    panel.start_quote()
    kinds = (QAbstractButton, QLineEdit, QPlainTextEdit)
    parts = [w for w in panel.findChildren(QWidget) if isinstance(w, kinds) and w.isVisible()]
    assert len(parts) >= 10
    assert [type(part) for part in parts if not part.accessibleName()] == []
    assert all(part.focusPolicy() & Qt.FocusPolicy.TabFocus for part in [*parts, panel.sheet])


# -- quoting -----------------------------------------------------------------------------------


def quoted(desk: Desk, record: str) -> Finding:
    found = desk.workspace.inspection(desk.id).get(Finding, record)
    assert found is not None
    return found


def test_what_is_selected_goes_into_the_finding_with_its_place_as_one_step(desk: Desk) -> None:
    record = desk.finding()
    panel = desk.opened(with_text(COPY))
    drag(desk, panel, f"Whether{CITED.removeprefix('Whether')}\n{CITED_END}")
    assert panel.quote.sentence.toPlainText() == f"{CITED} {CITED_END}"
    (number,) = desk.page.inspection.finding_numbers().values()
    click(desk, f"Quote this in {number}")
    found = quoted(desk, record)
    assert (found.document, found.section, found.page) == ("moa", "IV.G", 4)
    assert found.quotation == f"{CITED} {CITED_END}" and found.own_copy
    assert not found.confirmed  # quoting is not saying that it is violated
    desk.workspace.undo(desk.id)
    assert (quoted(desk, record).quotation, quoted(desk, record).page) == ("", None)


def test_a_selection_takes_whole_words(desk: Desk) -> None:
    panel = desk.opened(with_text(COPY))
    drag(desk, panel, "terpreter is us")
    assert panel.quote.sentence.toPlainText() == "interpreter is used,"


def test_a_sentence_can_be_selected_as_text_with_the_keyboard(desk: Desk) -> None:
    panel = desk.opened(with_text(COPY))
    click(desk, "Text")
    panel.words.setFocus()
    for _ in range(3):
        press(desk.qtbot, Qt.Key.Key_Right, CONTROL | SHIFT)
    assert panel.words.accessibleName() == "Text of page 4 of 5 of the agreement"
    assert panel.quote.sentence.toPlainText() == "Whether or not"


def test_without_a_finding_it_is_copied_for_the_note_with_its_place(desk: Desk) -> None:
    panel = desk.opened(with_text(COPY))
    drag(desk, panel, CITED_END)
    names = [b.accessibleName() for b in panel.findChildren(QAbstractButton)]
    assert not any(name.startswith("Quote this in") for name in names)
    click(desk, "Copy for the note")
    told = QApplication.clipboard().text()
    place = "agreement, section IV.G, page 4, quoted from the inspector’s own copy"
    assert told == f"“{CITED_END}” ({place})"


def test_a_finding_that_is_started_meanwhile_is_offered(desk: Desk) -> None:
    desk.opened(with_text(COPY))
    desk.finding()
    click(desk, "Quote from this page")
    (number,) = desk.page.inspection.finding_numbers().values()
    assert named(desk.window, f"Quote this in {number}")


def test_a_scan_is_quoted_by_typing_what_it_shows(desk: Desk) -> None:
    record = desk.finding()
    panel = desk.opened(scan([page_drawing(number) for number in range(1, 6)]))
    assert any("type what you quote" in words for words in desk.said())
    assert panel.number == 4
    click(desk, "Quote from this page")
    assert panel.quote.sentence.hasFocus()
    desk.qtbot.keyClicks(panel.quote.sentence, "The record should include both.")
    (number,) = desk.page.inspection.finding_numbers().values()
    click(desk, f"Quote this in {number}")
    found = quoted(desk, record)
    assert (found.section, found.page, found.own_copy) == ("IV.G", 4, True)
    assert found.quotation == "The record should include both."


def test_on_another_page_the_section_is_not_guessed(desk: Desk) -> None:
    record = desk.finding()
    panel = desk.opened(with_text(COPY))
    press(desk.qtbot, Qt.Key.Key_PageDown)
    desk.settled()
    drag(desk, panel, "both parties")
    (number,) = desk.page.inspection.finding_numbers().values()
    click(desk, f"Quote this in {number}")
    assert quoted(desk, record).quotation == ""
    assert any("Say in which section" in words for words in desk.said())
    type_into(desk.qtbot, panel.quote.section, "V.B")
    click(desk, f"Quote this in {number}")
    assert (quoted(desk, record).section, quoted(desk, record).page) == ("V.B", 5)
    press(desk.qtbot, Qt.Key.Key_PageUp)
    desk.settled()
    assert panel.quote.section.text() == "V.B"  # what was typed stays


def test_nothing_is_quoted_without_a_sentence(desk: Desk) -> None:
    record = desk.finding()
    panel = desk.opened(with_text(COPY))
    QApplication.clipboard().setText("something else")
    panel.start_quote()
    (number,) = desk.page.inspection.finding_numbers().values()
    click(desk, f"Quote this in {number}")
    click(desk, "Copy for the note")
    assert quoted(desk, record).section == ""
    assert QApplication.clipboard().text() == "something else"
    assert any("Select the sentence" in words for words in desk.said())


def test_the_sentence_of_a_deficiency_is_not_replaced_in_passing(desk: Desk) -> None:
    record = desk.finding(
        document="moa", section="IV.G", quotation="Both.", violated="Both.", class_="deficiency"
    )
    panel = desk.opened(with_text(COPY))
    drag(desk, panel, CITED_END)
    (number,) = desk.page.inspection.finding_numbers().values()
    click(desk, f"Quote this in {number}")
    assert desk.window.refusals() and quoted(desk, record).quotation == "Both."
