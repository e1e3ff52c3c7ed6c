"""A whole document review by keys alone, and blocks that come from and go to Excel."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from inspector_app.errors import BadInput
from inspector_app.ui.document_paste import as_text, checked, read_block
from inspector_app.ui.documents_page import DocumentsPage
from inspector_app.workspace import Workspace, sampling
from tests.conftest import Told
from tests.ui.open_pages import new_workspace, open_page, press

Key, Control, Shift = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NEXT = Qt.KeyboardModifier.NoModifier
LETTERS = {"yes": Key.Key_Y, "no": Key.Key_N, "not-applicable": Key.Key_A, "unclear": Key.Key_U}


class Grid:
    """The grid of a drawn review, driven by real keys that are counted."""

    def __init__(self, qtbot: QtBot, workspace: Workspace, id: str, files: int) -> None:
        self.workspace, self.id, self.keys = workspace, id, 0
        self._qtbot = qtbot
        fields = {"sample_kind": "case-file", "title": "Case files"}
        self.review = workspace.new(id, "document-review", **fields).record
        sampling.set_frame(workspace, id, self.review, [f"26-{n:03}" for n in range(1, 213)])
        sampling.draw(workspace, id, self.review, files)
        self.page, self.window = open_page(qtbot, DocumentsPage, workspace, id)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NEXT) -> None:
        self.keys += 1
        press(self._qtbot, key, modifier)

    def open(self) -> None:
        """From the list of reviews, by Enter."""
        self.page.rows.setFocus()
        self.page.rows.select(self.review)
        self.press(Key.Key_Return)
        assert self.page.grid is not None and self.page.grid.view.hasFocus()

    def note(self, text: str) -> None:
        """A note for the current cell, and back."""
        self.press(Key.Key_F2)
        self.keys += len(text)
        self._qtbot.keyClicks(self.page.side.note, text)
        self.press(Key.Key_Escape)

    def results(self) -> list[dict[str, str]]:
        return [dict(f.results) for f in self.workspace.inspection(self.id).files_of(self.review)]

    @property
    def attributes(self) -> list[str]:
        assert self.page.grid is not None
        return [attribute.id for attribute in self.page.grid.model.attributes]

    def at(self) -> tuple[int, int]:
        assert self.page.grid is not None
        index = self.page.grid.view.currentIndex()
        return index.row(), index.column()


MakeGrid = Callable[[int], Grid]


@pytest.fixture
def make(qtbot: QtBot, tmp_path: Path) -> Iterator[MakeGrid]:
    workspace, id = new_workspace(tmp_path)

    def made(files: int) -> Grid:
        grid = Grid(qtbot, workspace, id, files)
        grid.open()
        return grid

    yield made
    workspace.close()


def found(row: int, column: int) -> str:
    """What the inspector finds in the files of the story."""
    if (row * 7 + column * 3) % 41 == 0:
        return "no"
    if column in (11, 12, 13) and row % 3 == 0:
        return "not-applicable"
    return "unclear" if (row, column) in ((4, 5), (17, 5)) else "yes"


def test_twenty_files_by_fifteen_attributes_by_keys_alone(make: MakeGrid, told: Told) -> None:
    grid = make(20)
    assert len(grid.attributes) == 15
    for row in range(20):
        for column in range(15):
            assert grid.at() == (row, column)
            if (result := found(row, column)) == "no":
                grid.note("p. 2")
            grid.press(LETTERS[result])
    expected = [
        {a: found(row, column) for column, a in enumerate(grid.attributes)} for row in range(20)
    ]
    assert grid.results() == expected
    files = grid.workspace.inspection(grid.id).files_of(grid.review)
    assert sum(len(file.notes) for file in files) == sum(
        result == "no" for row in expected for result in row.values()
    )
    assert grid.workspace.inspection(grid.id).counts().files_examined == 20
    told(f"{grid.keys} keys for 300 cells: {grid.keys / 300:.2f} a cell")
    assert grid.keys <= 1.3 * 300


def test_digits_do_what_the_letters_do(make: MakeGrid) -> None:
    grid = make(2)
    for key in (Key.Key_1, Key.Key_2, Key.Key_3, Key.Key_4):
        grid.press(key)
    said = [grid.results()[0][attribute] for attribute in grid.attributes[:4]]
    assert said == ["yes", "no", "not-applicable", "unclear"]


def test_home_end_and_arrows_move_and_never_write(make: MakeGrid) -> None:
    grid = make(5)
    grid.press(Key.Key_End)
    assert grid.at() == (0, 14)
    grid.press(Key.Key_Down)
    grid.press(Key.Key_Home)
    assert grid.at() == (1, 0)
    grid.press(Key.Key_End, Control)
    assert grid.at() == (4, 14)
    grid.press(Key.Key_Home, Control)
    assert grid.at() == (0, 0)
    assert grid.results() == [{}] * 5


# -- blocks ------------------------------------------------------------------------------------


def clip(text: str) -> None:
    QGuiApplication.clipboard().setText(text)


def test_a_block_from_excel_is_pasted_in_one_step_of_undo(make: MakeGrid) -> None:
    grid = make(4)
    grid.press(Key.Key_Down)
    clip("Yes\tn\tN/A\r\nUNCLEAR\t?\tno\r\n")
    grid.press(Key.Key_V, Control)
    first, second, third = grid.attributes[:3]
    assert grid.results() == [
        {},
        {first: "yes", second: "no", third: "not-applicable"},
        {first: "unclear", second: "unclear", third: "no"},
        {},
    ]
    assert grid.workspace.undo_step(grid.id) == "paste of 6 cells"
    grid.workspace.undo(grid.id)
    assert grid.results() == [{}] * 4


def test_what_is_not_understood_is_told_with_its_cell_and_nothing_is_pasted(
    make: MakeGrid,
) -> None:
    grid = make(4)
    clip("yes\tSECRET\nno\tno")
    grid.press(Key.Key_V, Control)
    assert grid.results() == [{}] * 4
    (told,) = [told for told in grid.window.told if told]
    assert told.error.details == ("File 01, Name",)
    assert "SECRET" not in told.error.message


def test_a_block_that_has_no_room_is_refused(make: MakeGrid) -> None:
    grid = make(2)
    grid.press(Key.Key_Down)
    clip("yes\nyes")
    grid.press(Key.Key_V, Control)
    assert grid.results() == [{}] * 2
    assert "2 × 1 cells, and from here on there are 1 × 15" in grid.window.refusals()[0]


def test_one_cell_fills_all_chosen_ones(make: MakeGrid) -> None:
    grid = make(4)
    for _ in range(2):
        grid.press(Key.Key_Down, Shift)
    clip("no")
    grid.press(Key.Key_V, Control)
    first = grid.attributes[0]
    assert grid.results() == [{first: "no"}] * 3 + [{}]


def test_a_block_that_was_copied_is_pasted_elsewhere(make: MakeGrid) -> None:
    grid = make(3)
    for key in (Key.Key_Y, Key.Key_N, Key.Key_A):
        grid.press(key)
    grid.press(Key.Key_Home)
    for _ in range(3):
        grid.press(Key.Key_Right, Shift)
    grid.press(Key.Key_C, Control)
    assert QGuiApplication.clipboard().text() == "yes\tno\tn/a\t"
    grid.press(Key.Key_Down)
    grid.press(Key.Key_Home)
    grid.press(Key.Key_V, Control)
    assert grid.results()[1] == grid.results()[0]
    assert grid.at() == (1, 0)


def test_a_paste_over_a_filter_reaches_only_what_is_shown(make: MakeGrid) -> None:
    grid = make(3)
    grid.press(Key.Key_Down)
    for _ in range(15):
        grid.press(Key.Key_Y)
    assert grid.page.grid is not None
    grid.page.grid.chips.chip("left").click()
    grid.page.grid.view.setFocus()
    clip("no\nno")
    grid.press(Key.Key_V, Control)
    first = grid.attributes[0]
    assert [row.get(first) for row in grid.results()] == ["no", "yes", "no"]


def test_blocks_are_read_as_excel_writes_them() -> None:
    assert read_block("y\t\nn\tu\n") == [["yes", ""], ["no", "unclear"]]
    assert read_block('"yes"\t"n/a"') == [["yes", "not-applicable"]]
    assert read_block("x") == [[None]]
    for text in ("", "\n", "a\tb\nc", '"open'):
        with pytest.raises(BadInput, match="nothing was pasted"):
            read_block(text)
    block = [["yes", "no"], ["unclear", ""]]
    assert checked(read_block(as_text(block)), ["1", "2"], ["a", "b"]) == block


def test_many_cells_that_say_nothing_are_counted() -> None:
    read = read_block("\n".join(["x\ty"] * 20))
    with pytest.raises(BadInput) as refused:
        checked(read, [f"File {n}" for n in range(20)], ["a", "b"])
    assert refused.value.message.startswith("20 cells are not")
    assert refused.value.details[-1] == "and 8 more"
