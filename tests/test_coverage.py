"""The table of what is covered says nothing that no test shows, and names all 39 systems."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
STATES = {"works", "in part", "no"}
_ROW = re.compile(r"^\| (S\d\d) ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.M)
_TEST = re.compile(r"^def test_(s\d\d)_\w+\(", re.M)


@pytest.fixture(scope="module")
def table() -> dict[str, tuple[str, str]]:
    text = (ROOT / "docs" / "coverage.md").read_text("utf-8")
    return {row[1]: (row[3], row[4]) for row in _ROW.finditer(text)}


@pytest.fixture(scope="module")
def shown() -> set[str]:
    found: set[str] = set()
    for path in (ROOT / "tests").rglob("test_*.py"):
        found |= {name.upper() for name in _TEST.findall(path.read_text("utf-8"))}
    return found


def test_every_system_has_one_row_and_a_state(table: dict[str, tuple[str, str]]) -> None:
    assert list(table) == [f"S{n:02}" for n in range(1, 40)]
    assert {state for state, _ in table.values()} <= STATES
    assert all(where.strip().endswith(".") for _, where in table.values())


def test_what_works_is_shown_by_a_test_and_what_does_not_by_none(
    table: dict[str, tuple[str, str]], shown: set[str]
) -> None:
    works = {system for system, (state, _) in table.items() if state != "no"}
    assert works - shown == set()
    assert shown - works == set()


def test_the_commands_and_pages_that_it_names_are_there(table: dict[str, tuple[str, str]]) -> None:
    from inspector_app.cli.loading import HOLDS
    from inspector_app.ui.pages import DESK_PAGES, PAGES

    commands = {name for names in HOLDS.values() for name in names}
    pages = {kind.title for kind in (*PAGES, *DESK_PAGES)}
    for _, where in table.values():
        for command in re.findall(r"`([a-z-]+)", where):
            assert command in commands, command
        for page in re.findall(r"\*([A-Z][A-Za-z-]+)\*", where):
            assert page in pages, page
