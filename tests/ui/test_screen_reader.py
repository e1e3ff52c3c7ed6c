"""A whole page as a screen reader of Linux has it: over AT-SPI, on a screen and a bus of its own.

Section 508, 502.3; WCAG 2.2, 4.1.2 and 4.1.3. Nothing is heard here: what the reader would say is
made of what is read.
"""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from inspector_app.ui.pages import DESK_PAGES, PAGES, PageKind
from inspector_app.workspace import Workspace
from inspector_app.workspace import place as kept_place
from tests.harness import TORTURE
from tests.ui.open_shell import SECRET, write_two_inspections
from tests.ui.screen_reader import (
    CONTROL,
    ENABLED,
    FOCUSABLE,
    LETTER_A,
    LETTER_Z,
    SELECTABLE,
    SELECTED,
    TAB,
    Node,
    Reader,
    read_aloud,
)

NOTE = "The Muñoz file opens with the oath"
RESULTS = ("Met", "Not met", "Not applicable", "Could not assess")
READ = (*PAGES, *DESK_PAGES) if TORTURE else PAGES[:1]
NAMED = ("push button", "check box", "radio button", "text", "combo box", "list", "tree", "table")


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """A reader in front of the card of J-70."""
    if sys.platform != "linux":
        pytest.skip("AT-SPI is the way of Linux")
    home = tmp_path_factory.mktemp("read")
    folder = write_two_inspections(home)
    workspace = Workspace.open(folder, passphrase=SECRET)
    inspection = next(i for i in workspace.inspection_ids() if workspace.inspection(i).findings())
    workspace.sign_off(inspection, "section:interpretation")
    spot = {"inspection": inspection, "page": "checklist", "record": "answer:j-70"}
    kept_place.keep(workspace, spot)
    workspace.close()
    with read_aloud(folder, SECRET, home) as reader:
        yield reader
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def page(reader: Reader) -> list[Node]:
    return reader.tree()


def test_a_whole_page_can_be_read(page: list[Node]) -> None:
    """Where one is, the question, its four answers, the note, the clause, what is saved."""
    said = [node.name for node in page if node.name]
    assert len(page) > 80
    assert {"Hamilton County", "Checklist", "J-70", "Note", *RESULTS} <= set(said)
    question = (
        "Does every record show the question and the answer about the need for an interpreter?"
    )
    assert said.index("Checklist") < said.index(question) < said.index("Met")
    assert any("Whether or not an interpreter is used" in name for name in said)


def test_whatever_the_focus_reaches_has_a_name_and_a_role(page: list[Node]) -> None:
    reached = reached_by_focus(page)
    assert len(reached) > 20
    assert nameless(reached) == []


def test_no_name_is_a_word_of_the_program(page: list[Node]) -> None:
    inner = [n.name for n in page if n.name.startswith("Q") and n.name[1:2].isupper()]
    assert inner == []
    assert not {"sidepanel", "topbar", "statusline", "plain"} & {node.name for node in page}


def test_no_layout_is_told_and_the_open_page_is_not_called_not_selected(page: list[Node]) -> None:
    """Orca says "layered pane" of Qt's own stack, and "not selected" of what could be."""
    assert "layered pane" not in [node.role for node in page]
    lines = [node for node in page if node.role == "tree item"]
    (checklist,) = (node for node in lines if node.name.startswith("Checklist"))
    assert not checklist.has(SELECTABLE)
    assert [node.name[:14] for node in lines if node.has(SELECTED)] == ["Interpretation"]


def test_errors_acts_and_what_is_saved_are_said(reader: Reader) -> None:
    """WCAG 2.2, 4.1.3: none of them takes the focus."""
    reader.press(there(reader, "Met"))
    assert "signed" in reader.heard("Interpretation")
    reader.keys(CONTROL, LETTER_Z)
    assert reader.heard("Undone: ")
    reader.click(there(reader, "Note", "text"))
    reader.keys(LETTER_A)
    reader.keys(TAB)
    assert reader.heard("Saved ")


@pytest.mark.parametrize("kind", READ, ids=lambda kind: kind.name)
def test_each_page_can_be_read(kind: PageKind, tmp_path: Path) -> None:
    if sys.platform != "linux":
        pytest.skip("AT-SPI is the way of Linux")
    folder = write_two_inspections(tmp_path)
    workspace = Workspace.open(folder, passphrase=SECRET)
    inspection = "" if kind in DESK_PAGES else workspace.inspection_ids()[0]
    kept_place.keep(workspace, {"inspection": inspection, "page": kind.name, "record": ""})
    workspace.close()
    with read_aloud(folder, SECRET, tmp_path, kind.title) as reader:
        page = reader.tree()
    reached = reached_by_focus(page)
    assert reached and nameless(reached) == []
    test_no_name_is_a_word_of_the_program(page)


def reached_by_focus(page: list[Node]) -> list[Node]:
    return [node for node in page if node.has(FOCUSABLE) and node.has(ENABLED)]


def nameless(nodes: list[Node]) -> list[Node]:
    return [node for node in nodes if not node.name and node.role in NAMED]


def there(reader: Reader, name: str, role: str = "") -> Node:
    """The one thing to be seen with this name."""
    (found,) = (n for n in reader.tree() if n.name == name and role in (n.role, ""))
    return found
