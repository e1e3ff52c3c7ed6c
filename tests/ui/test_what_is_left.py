"""What is left: filters of kind, section and person, saved under names; all counts are true."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from inspector_app.inspection.assignment import people_of, section_of
from inspector_app.ui.what_is_left_filters import Filter, saved_filters
from inspector_app.ui.what_is_left_page import WhatIsLeftPage
from inspector_app.workspace import Workspace
from tests.ui.open_pages import Window, go_to, named, new_workspace, open_page, press, type_into

Desk = tuple[Workspace, str]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    workspace, id = new_workspace(tmp_path)
    workspace.link(id, f"member:{workspace.key}", "section:interpretation")
    workspace.put(id, "answer:j-70", result="not-met")
    workspace.put(id, "answer:j-01", result="not-met", note="No copy hangs there.")
    workspace.new(id, "observation", text="A stamp lies open.")
    yield workspace, id
    workspace.close()


@pytest.fixture
def opened(qtbot: QtBot, desk: Desk) -> tuple[WhatIsLeftPage, Window]:
    page, window = open_page(qtbot, WhatIsLeftPage, *desk)
    go_to(page, "")
    return page, window


def shown(page: WhatIsLeftPage) -> list[str]:
    return [row.key for rows in page.lists() for row in rows.rows()]


def count(words: str) -> int:
    return int(words.split()[-1])


def step_to(qtbot: QtBot, chooser: QComboBox, value: str) -> None:
    """Choose with arrow keys."""
    chooser.setFocus()
    while str(chooser.currentData() or "") != value:
        before = chooser.currentIndex()
        down = chooser.findData(value) > before
        qtbot.keyClick(chooser, Qt.Key.Key_Down if down else Qt.Key.Key_Up)
        QApplication.processEvents()
        assert chooser.currentIndex() != before


def test_each_choice_says_how_many_lines_it_leaves(opened: tuple[WhatIsLeftPage, Window]) -> None:
    page, _ = opened
    everything = shown(page)
    assert count(page.chips.chip("all").text()) == len(everything)
    for chooser, part in ((page.section, "section"), (page.person, "person")):
        for at in range(1, chooser.count()):
            said, value = count(chooser.itemText(at)), str(chooser.itemData(at))
            page._choose(Filter(**{part: value}))
            assert len(shown(page)) == said > 0
            assert count(page.chips.chip("all").text()) == said
            page._choose(Filter())
    assert shown(page) == everything


def test_filters_combine_and_their_counts_follow(
    qtbot: QtBot, desk: Desk, opened: tuple[WhatIsLeftPage, Window]
) -> None:
    page, _ = opened
    workspace, id = desk
    step_to(qtbot, page.section, "interpretation")
    step_to(qtbot, page.person, f"member:{workspace.key}")
    page.chips.chip("incomplete").setFocus()
    press(qtbot, Qt.Key.Key_Space)
    (row,) = [row for rows in page.lists() for row in rows.rows()]
    assert row.title == "J-70" and count(page.chips.chip("incomplete").text()) == 1
    workspace.put(id, "answer:j-70", note="Four files lack it.")
    assert shown(page) == []
    named(page, "Show all").setFocus()
    press(qtbot, Qt.Key.Key_Space)
    assert len(shown(page)) == len(workspace.problems(id))


def test_every_line_under_a_filter_leads_to_its_record(
    qtbot: QtBot, desk: Desk, opened: tuple[WhatIsLeftPage, Window]
) -> None:
    page, window = opened
    step_to(qtbot, page.section, "interpretation")
    problems = desk[0].problems(desk[1])
    for rows in page.lists():
        for row in rows.rows():
            rows.activated.emit(row.key)
            assert window.went[-1] == ("", problems[int(row.key)].record)


def test_a_filter_is_saved_under_a_name_and_forgotten(
    qtbot: QtBot, desk: Desk, opened: tuple[WhatIsLeftPage, Window]
) -> None:
    page, window = opened
    step_to(qtbot, page.section, "interpretation")
    named(page, "Save filter").setFocus()
    press(qtbot, Qt.Key.Key_Space)
    assert any("Name the filter" in told for told in window.refusals())
    type_into(qtbot, page.name, "Interpreters")
    press(qtbot, Qt.Key.Key_Return)
    assert saved_filters(desk[0]) == {"Interpreters": Filter(section="interpretation")}
    page._choose(Filter())
    again, _ = open_page(qtbot, WhatIsLeftPage, *desk)
    go_to(again, "")
    again.saved.chip("Interpreters").setFocus()
    press(qtbot, Qt.Key.Key_Space)
    assert again.filter == Filter(section="interpretation")
    assert 0 < len(shown(again)) < len(desk[0].problems(desk[1]))
    named(again, "Forget this filter").setFocus()
    press(qtbot, Qt.Key.Key_Space)
    assert saved_filters(desk[0]) == {} and not again.saved.isVisible()


def test_saved_filters_outlast_the_place_and_never_leave(desk: Desk, tmp_path: Path) -> None:
    from inspector_app.ui.what_is_left_filters import save_filter
    from inspector_app.workspace import place

    workspace, id = desk
    digest = workspace.inspection(id).log.digest()
    save_filter(workspace, "Mine", Filter(person=f"member:{workspace.key}"))
    place.keep(workspace, {"page": "home"})
    place.keep(workspace, {})
    assert saved_filters(workspace)["Mine"].person == f"member:{workspace.key}"
    assert place.kept(workspace) == {}
    assert workspace.inspection(id).log.digest() == digest


def test_a_filter_of_another_form_shows_what_this_one_has(
    qtbot: QtBot, opened: tuple[WhatIsLeftPage, Window]
) -> None:
    page, _ = opened
    everything = shown(page)
    page._choose(Filter(section="field-authority", person="member:nobody"))
    assert shown(page) == everything and page.filter == Filter()


def test_work_is_of_whoever_has_the_section_else_of_whoever_wrote(desk: Desk) -> None:
    workspace, id = desk
    inspection, me = workspace.inspection(id), f"member:{workspace.key}"
    assert people_of(inspection, "answer:j-68") == [me]  # the section is his, unanswered or not
    assert people_of(inspection, "answer:j-01") == [me]  # he wrote it
    assert people_of(inspection, "answer:j-02") == []
    review = workspace.new(id, "document-review", item="j-70").record
    file = workspace.new(id, "sampled-file", review=review, position=1).record
    assert section_of(inspection, file) == "interpretation"
    photo = workspace.new(id, "photo", caption="A stamp").record
    workspace.link(id, "answer:j-70", photo)
    assert section_of(inspection, photo) == "interpretation"


def test_the_row_one_is_on_is_in_sight_and_one_comes_back_to_it(
    qtbot: QtBot, opened: tuple[WhatIsLeftPage, Window]
) -> None:
    page, _ = opened

    def in_sight() -> bool:
        listed = next(rows for rows in page.lists() if rows.hasFocus())
        row = listed.visualRect(listed.currentIndex())
        return not (listed.viewport().visibleRegion() & row).isEmpty()

    for _ in range(40):  # far below the lower edge of the window
        press(qtbot, Qt.Key.Key_F8)
    qtbot.waitUntil(in_sight)
    listed = page.lists()[0]
    assert listed.currentIndex().row() == 39
    press(qtbot, Qt.Key.Key_Return)
    page.setFocus()
    go_to(page, "")
    assert page.lists()[0].hasFocus() and page.lists()[0].currentIndex().row() == 39
    qtbot.waitUntil(in_sight)
