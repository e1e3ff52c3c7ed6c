"""An agency's file goes through bundle, preview, merge, undo, archive and removal like any log."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path

import pytest

from inspector_app import archive
from inspector_app.errors import BadInput, NotAllowed
from inspector_app.identity import read_card
from inspector_app.records.agency_file import Complaint
from inspector_app.workspace import Workspace, agency_file, books, program, removing, verifying
from inspector_app.workspace.backup import back_up
from inspector_app.workspace.history import History
from inspector_app.workspace.restoring import restore
from inspector_app.workspace.undo_import import preview_undo, undo_import
from inspector_app.workspace.unpacking import unpack_bundle, unpack_inspections
from tests.agency_files import complaint, row, start

PASSPHRASE = "a passphrase for tests"


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workspace, Workspace]]:
    """A field supervisor and headquarters; each test has an agency of its own."""
    tmp_path = tmp_path_factory.mktemp("travels")
    ana, _ = Workspace.create(tmp_path / "a", "Ana Sample", "field-supervisor", "Unit", PASSPHRASE)
    hq, _ = Workspace.create(
        tmp_path / "h", "Marcus Example", "ero-headquarters", "Unit", PASSPHRASE
    )
    ana.accept(hq.card())
    hq.accept(ana.card())
    yield ana, hq
    ana.close()
    hq.close()


_numbers = count()


def new_file(*workspaces: Workspace) -> str:
    """A file of an agency that has none yet, started in each of these workspaces; the last id."""
    agency = replace(row(), name=f"Example {next(_numbers)} Sheriff's Office")
    return [start(workspace, agency) for workspace in workspaces][-1]


def _send(one: Workspace, other: Workspace, id: str, out: Path) -> str:
    one.bundle([id], out, to=[read_card(other.card())])
    return other.merge(out).file


def _about(workspace: Workspace, id: str, record: str) -> str:
    return agency_file.read(workspace, id).record_of(Complaint, record).about


def test_a_file_is_previewed_merged_and_the_same_at_both_places(
    two: tuple[Workspace, Workspace], tmp_path: Path
) -> None:
    ana, hq = two
    id = new_file(ana)
    record = complaint(ana, id, about="force")
    out = tmp_path / "one.inspection"
    ana.bundle([id], out, to=[read_card(hq.card())])
    [shown] = hq.preview(out).logs
    assert shown.title.endswith("the agency’s file") and shown.new == 2
    hq.merge(out)
    assert ana.digest(id) == hq.digest(id) and _about(hq, id, record) == "force"
    assert ana.not_handed_over(id) == 0
    assert id in agency_file.file_ids(hq) and hq.inspections() == []


def test_two_who_disagree_both_stay_until_one_decides(
    two: tuple[Workspace, Workspace], tmp_path: Path
) -> None:
    ana, hq = two
    id = new_file(ana)
    record = complaint(ana, id)
    _send(ana, hq, id, tmp_path / "1.inspection")
    ana.put(id, record, about="force")
    hq.put(id, record, about="harassment")
    _send(hq, ana, id, tmp_path / "2.inspection")
    [conflict] = ana.kept(id).conflicts()
    assert agency_file.summary(ana, agency_file.read(ana, id)).conflicts == 1
    with pytest.raises(NotAllowed, match="decide which one stands"):
        ana.put(id, record, about="rights")
    ana.decide(id, record, change=conflict.alternatives[0].changes[0])
    _send(ana, hq, id, tmp_path / "3.inspection")
    assert ana.kept(id).conflicts() == hq.kept(id).conflicts() == []
    assert ana.digest(id) == hq.digest(id)


def test_a_number_that_somebody_was_told_stays_after_a_merge_and_a_removal(
    two: tuple[Workspace, Workspace], tmp_path: Path
) -> None:
    ana, hq = two
    id = new_file(ana)
    first = complaint(ana, id)
    _send(ana, hq, id, tmp_path / "1.inspection")
    mine, theirs = complaint(hq, id, about="force"), complaint(ana, id)
    told = {**_numbers_of(hq, id), **_numbers_of(ana, id)}
    _send(hq, ana, id, tmp_path / "2.inspection")
    _send(ana, hq, id, tmp_path / "3.inspection")
    assert _numbers_of(ana, id) == _numbers_of(hq, id) == told
    assert len({told[one] for one in (first, mine, theirs)}) == 3
    ana.remove(id, first)
    assert _numbers_of(ana, id) == {one: told[one] for one in (mine, theirs)}


def _numbers_of(workspace: Workspace, id: str) -> dict[str, str]:
    return dict(agency_file.read(workspace, id).numbers())


def test_two_numbers_that_begin_alike_get_a_digit_more_and_none_is_guessed(
    two: tuple[Workspace, Workspace],
) -> None:
    ana, _ = two
    id = new_file(ana)
    alike = ("complaint:7", "complaint:45")  # ids whose digests begin alike
    ana.put(id, alike[0], about="force")
    short = agency_file.read(ana, id).numbers()[alike[0]]
    ana.put(id, alike[1], about="other")
    file = agency_file.read(ana, id)
    numbers = [file.numbers()[record] for record in alike]
    assert numbers[0] != numbers[1] and all(one.startswith(short) for one in numbers)
    assert [file.numbered(number.lower()) for number in numbers] == [*alike]
    with pytest.raises(BadInput, match="Several") as refused:
        file.numbered(short)
    assert refused.value.details == tuple(sorted(numbers))
    ana.remove(id, alike[1])
    assert file.numbered(numbers[0]) == file.numbered(short) == alike[0]
    for wrong in ("", "C-", short[:-1], "C-0000"):
        with pytest.raises(BadInput, match="nothing numbered"):
            file.numbered(wrong)


def test_an_import_is_taken_back_and_what_was_there_stays(
    two: tuple[Workspace, Workspace], tmp_path: Path
) -> None:
    ana, hq = two
    id = new_file(ana)
    record = complaint(ana, id, about="force")
    _send(ana, hq, id, tmp_path / "1.inspection")
    ana.put(id, record, about="harassment")
    file = _send(ana, hq, id, tmp_path / "2.inspection")
    assert [len(taken.edits) for taken in preview_undo(hq, file)] == [1]
    undo_import(hq, file)
    assert _about(hq, id, record) == "force"
    assert len(History(hq, id).values(record, "about")) == 3


def test_two_files_of_one_agency_are_both_shown(
    two: tuple[Workspace, Workspace], tmp_path: Path
) -> None:
    ana, hq = two
    id = new_file(hq, ana)
    title = agency_file.read(ana, id).title
    _send(ana, hq, id, tmp_path / "1.inspection")
    twins = [file.id for file in agency_file.files(hq) if file.twin]
    assert len(twins) == 2 and id in twins
    assert {file.title for file in agency_file.files(hq) if file.twin} == {title}


def test_a_file_is_unpacked_verified_and_removed(
    tmp_path: Path,
) -> None:
    """Everything there is of it: without ids, all is unpacked and handed over."""
    ana, _ = Workspace.create(tmp_path / "a", "Ana Sample", "field-supervisor", "Unit", PASSPHRASE)
    id = new_file(ana)
    record = complaint(ana, id, about="force")
    agency_file.pass_on(ana, id, record, "jic", date(2026, 3, 17))
    out = tmp_path / "one.inspection"
    ana.bundle([], out, to=[read_card(ana.card())])
    for written in (tmp_path / "w", tmp_path / "b"):
        if written.name == "w":
            unpack_inspections(ana, [], written)
        else:
            unpack_bundle(out, written, keys=ana.desk.keys)
        page = (written / "index.html").read_text("utf-8")
        assert archive.check(written).digests == {id: ana.kept(id).log.digest()}
        assert "Example" in page and "checklist is not" not in page
        assert "2026-03-17" in page
    verifying.verify_workspace(ana)
    back_up(ana, tmp_path / "backup")
    assert (
        restore(tmp_path / "backup", tmp_path / "r", passphrase=PASSPHRASE).digest == ana.digest()
    )
    removing.remove(ana, id, out)
    again = Workspace.open(tmp_path / "a", passphrase=PASSPHRASE)
    assert agency_file.files(again) == []
    again.merge(out)
    assert _about(again, id, record) == "force"
    again.close()


def test_the_programs_register_travels_too(
    two: tuple[Workspace, Workspace], tmp_path: Path
) -> None:
    ana, hq = two
    record = program.put_action(hq, title="Training of field supervisors", types="D10 D11")
    program.put_action(hq, record, types="D10")
    [id] = books.ids(hq.desk, program.KIND)
    _send(hq, ana, id, tmp_path / "1.inspection")
    assert ana.digest(id) == hq.digest(id)
    assert [action.types for action in program.actions(ana)] == ["D10"]
    program.put_action(hq, record, types="D12")
    file = _send(hq, ana, id, tmp_path / "2.inspection")
    undo_import(ana, file)
    assert [action.types for action in program.actions(ana)] == ["D10"]
