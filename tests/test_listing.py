"""The home list of many: at once what is known, whole rows after that, anew when they differ."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from inspector_app.workspace import Workspace
from inspector_app.workspace.listing import Listing
from inspector_app.workspace.summary import UNKNOWN
from tests.synthetic_program import Program, play

PASSPHRASE = "a passphrase for tests"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    opened, _ = Workspace.create(tmp_path / "desk", "T. Mock", "ero-headquarters", "HQ", PASSPHRASE)
    made = Program()
    visit = made.visit(1, date(2025, 11, 3), types=["D01", "D02", "A01", "A02"])
    made.focus(visit, date(2026, 4, 6), ["resolved"] * 4)
    made.visit(2, date(2026, 3, 2))
    play(opened, made)
    yield opened
    opened.close()


def looked(listing: Listing) -> Listing:
    listing.look()
    return listing


def test_at_first_a_row_says_what_is_known_and_that_the_rest_is_not(workspace: Workspace) -> None:
    rows = looked(Listing(workspace)).rows()
    assert [row.id for row in rows] == [row.id for row in workspace.inspections()]
    assert {row.left for row in rows} == {row.not_handed_over for row in rows} == {UNKNOWN}
    assert rows[-1].findings == 4


def test_filled_rows_are_those_that_the_workspace_itself_gives(workspace: Workspace) -> None:
    listing = looked(Listing(workspace))
    listing.fill(listing.stale())
    assert listing.rows() == workspace.inspections()
    assert listing.stale() == []


def test_only_what_a_change_touches_is_made_anew(workspace: Workspace) -> None:
    listing = looked(Listing(workspace))
    listing.fill(listing.stale())
    newest = workspace.inspection_ids()[-1]
    workspace.put(newest, "visit:self", facility="Wing B")
    assert looked(listing).stale() == [newest]


def test_a_change_in_a_focus_review_touches_the_inspection_it_follows(
    workspace: Workspace,
) -> None:
    listing = looked(Listing(workspace))
    listing.fill(listing.stale())
    inspected, review, _ = workspace.inspection_ids()
    workspace.put(review, "visit:self", facility="Wing B")
    assert set(looked(listing).stale()) == {inspected, review}


def test_a_bundle_that_was_made_touches_every_row(workspace: Workspace, tmp_path: Path) -> None:
    listing = looked(Listing(workspace))
    listing.fill(listing.stale())
    workspace.bundle([], tmp_path / "all.inspection", passphrase=PASSPHRASE)
    looked(listing).fill(listing.stale())
    assert {row.not_handed_over for row in listing.rows()} == {0}
