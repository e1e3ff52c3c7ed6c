"""Samples as records: what a draw writes, what replaces what, and that anybody draws it again."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app import agencies, forms
from inspector_app.errors import BadInput, NotAllowed
from inspector_app.inspection import Inspection, samples
from inspector_app.records import DocumentReview, Draw, SampledFile
from inspector_app.rules.sampling import sha256_order
from inspector_app.workspace import Plan, Workspace, sampling
from inspector_app.workspace.sampling import MOST_FILES
from tests.functional.terminal import Office, Terminal

PASSPHRASE = "a passphrase for tests"
FRAME = tuple(f"26-{number:04}" for number in range(1, 61))


def start(workspace: Workspace) -> tuple[str, str]:
    """An inspection with one document review; their ids."""
    row = agencies.find(workspace.agencies(), "IN", "Hamilton County Sheriff's Office", "JEM")
    days = (date(2026, 3, 10), date(2026, 3, 12))
    id = workspace.start(Plan(row, agencies.resolve(row, forms.shipped()), "inspection", *days))
    fields = {"sample_kind": "case-file", "title": "Case files", "frame": 7}
    return id, workspace.new(id, "document-review", **fields).record


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """One workspace for all tests: sealing its keys takes most of the time."""
    folder = tmp_path_factory.mktemp("office") / "ana"
    made, _ = Workspace.create(folder, "Ana Sample", "opr-inspector", "Unit", PASSPHRASE)
    yield made
    made.close()


class Case:
    """One review of its own, with a list of 60 files."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.id, self.review = start(workspace)
        sampling.set_frame(workspace, self.id, self.review, FRAME, "the jail's list")

    @property
    def inspection(self) -> Inspection:
        return self.workspace.inspection(self.id)

    def draw(self, size: int = 5, **how: Any) -> None:
        sampling.draw(self.workspace, self.id, self.review, size, **how)

    def replace(self, file: str, reason: str = "Not found at the jail") -> None:
        sampling.replace(self.workspace, self.id, file, reason)

    def files(self) -> list[SampledFile]:
        return self.inspection.files_of(self.review)

    def names(self) -> list[str]:
        return [file.file for file in self.files()]

    def draws(self) -> list[Draw]:
        return samples.draws_of(self.inspection, self.review)

    def order(self, number: int) -> list[str]:
        return [FRAME[at - 1] for at in sha256_order(FRAME, f"{self.id} {number}")]

    def faults(self) -> list[str]:
        found = samples.redraw(self.inspection, self.review)
        return [fault for one in found for fault in one.faults]

    def changes(self) -> int:
        return len(self.inspection.log.changes)


@pytest.fixture
def case(office: Workspace) -> Case:
    return Case(office)


# -- drawing -----------------------------------------------------------------------------------


def test_a_draw_is_one_change_and_one_step_of_undo(case: Case) -> None:
    before = case.changes()
    case.draw(5)
    assert case.changes() == before + 1
    assert sorted(case.names()) == sorted(case.order(1)[:5])
    (draw,) = case.draws()
    assert (draw.number, draw.method, draw.size, draw.frame_size) == (1, "sha256-1", 5, 60)
    assert draw.seed == f"{case.id} 1" and draw.drawn
    case.workspace.undo(case.id)
    assert case.files() == [] and case.draws() == []


def test_a_draw_keeps_places_and_no_identifiers(case: Case) -> None:
    case.draw(5)
    (draw,) = case.draws()
    assert len(samples.places(draw.positions)) == 5 + samples.FOLLOWING
    kept = str(case.inspection.log.fields(draw.id))
    assert not any(name in kept for name in FRAME)


def test_files_stand_in_the_order_of_the_list(case: Case) -> None:
    case.draw(8)
    assert [f.position for f in case.files()] == list(range(1, 9))
    assert [f.place for f in case.files()] == sorted(f.place or 0 for f in case.files())


def test_the_number_of_all_files_is_counted_and_never_typed(case: Case) -> None:
    assert case.inspection.numbers(f"{{frame:{case.review}}}") == "60"
    case.draw(5)
    sampling.set_frame(case.workspace, case.id, case.review, FRAME[:30])
    assert samples.frame_size(case.inspection, case.review) == 60  # of the list drawn from


def test_a_further_draw_needs_a_reason_and_sets_the_earlier_files_aside(case: Case) -> None:
    case.draw(5)
    first, examined = case.names(), case.files()[0]
    case.workspace.put(case.id, examined.id, results={"oath": "no"})
    with pytest.raises(BadInput, match="reason"):
        case.draw(5)
    assert len(case.draws()) == 1
    case.draw(5, reason="The list lacked the night shift")
    second = set(case.order(2)[:5])
    assert set(case.names()) == second
    aside = samples.files_aside(case.inspection, case.review)
    assert {file.file for file in aside} == set(first) - second
    assert all(file.aside == case.draws()[1].id for file in aside)
    again = {file.file: file for file in samples.all_files(case.inspection, case.review)}
    assert again[examined.file].results == {"oath": "no"}
    assert case.inspection.counts().files == 5


def test_earlier_files_go_on_counting_where_that_is_said(case: Case) -> None:
    case.draw(5)
    first = case.names()
    case.draw(5, reason="More were asked for", keep=True)
    assert set(case.names()) == {*first, *case.order(2)[:5]}
    assert case.names()[:5] == first
    positions = [file.position for file in case.files()]
    assert positions == list(range(1, len(positions) + 1))
    assert case.faults() == []


def test_a_file_that_both_draws_have_keeps_what_was_examined(case: Case) -> None:
    case.draw(40)
    for file in case.files():
        case.workspace.put(case.id, file.id, results={"oath": "yes"})
    case.draw(40, reason="Again")
    both = [file for file in case.files() if file.file in case.order(1)[:40]]
    assert both and all(file.results == {"oath": "yes"} for file in both)
    assert case.faults() == []


def test_files_that_nobody_drew_are_not_put_aside_in_silence(case: Case) -> None:
    by_hand = {"review": case.review, "position": 1, "file": FRAME[0]}
    case.workspace.new(case.id, "sampled-file", **by_hand)
    with pytest.raises(BadInput, match="nobody drew"):
        case.draw(5)
    case.draw(5, keep=True)
    assert case.inspection.get(DocumentReview, case.review).method == "judgmental"  # type: ignore[union-attr]


def test_two_people_who_draw_the_same_make_the_same_records(case: Case) -> None:
    case.draw(5)
    files, (draw,) = [file.id for file in case.files()], case.draws()
    case.workspace.undo(case.id)
    case.draw(5)
    assert ([file.id for file in case.files()], case.draws()[0].id) == (files, draw.id)


def test_all_files_and_chosen_ones(case: Case) -> None:
    sampling.choose(case.workspace, case.id, case.review, [7, 3], reason="Two complaints")
    assert case.names() == [FRAME[2], FRAME[6]]
    assert case.inspection.get(DocumentReview, case.review).method == "judgmental"  # type: ignore[union-attr]
    with pytest.raises(BadInput, match="No file is left"):
        case.replace(case.files()[0].id)
    sampling.draw_all(case.workspace, case.id, case.review, reason="There is time for all")
    assert case.names() == list(FRAME)
    assert case.faults() == []


def test_a_file_added_to_a_drawn_sample_makes_it_judgmental(case: Case) -> None:
    case.draw(5)
    how = {"reason": "Named in a complaint", "keep": True}
    place = next(at for at, name in enumerate(FRAME, 1) if name not in case.names())
    sampling.choose(case.workspace, case.id, case.review, [place], **how)
    assert len(case.files()) == 6
    assert case.inspection.get(DocumentReview, case.review).method == "judgmental"  # type: ignore[union-attr]


def test_only_files_of_the_list_can_be_chosen() -> None:
    assert sampling.places_of(FRAME, [FRAME[4], FRAME[0]]) == [5, 1]
    with pytest.raises(BadInput) as refused:
        sampling.places_of(FRAME, [FRAME[4], "99-0001"])
    assert refused.value.details == ("Line 2 is not in the list of files.",)


# -- replacing ---------------------------------------------------------------------------------


def test_the_next_file_of_the_order_replaces_in_one_change(case: Case) -> None:
    case.draw(5)
    gone, before = case.files()[2], case.changes()
    case.replace(gone.id)
    assert case.changes() == before + 1
    assert set(case.names()) == {*case.order(1)[:6]} - {gone.file}
    new = case.files()[2]
    assert (new.file, new.position) == (case.order(1)[5], gone.position)
    assert (new.replaces_file, new.replaced_reason) == (gone.file, "Not found at the jail")
    case.replace(new.id, "Sealed by a court")
    assert case.files()[2].file == case.order(1)[6]
    assert case.inspection.counts().files == 5
    assert case.faults() == []


def test_a_replacement_needs_a_reason_and_a_drawn_file_that_counts(case: Case) -> None:
    case.draw(5)
    gone = case.files()[0]
    with pytest.raises(BadInput, match="reason"):
        case.replace(gone.id, " ")
    case.replace(gone.id)
    with pytest.raises(BadInput, match="Only a drawn file"):
        case.replace(gone.id)


def test_replacements_go_on_from_the_list_that_was_drawn_from(case: Case) -> None:
    case.draw(5)
    sampling.set_frame(case.workspace, case.id, case.review, [f"x{n}" for n in range(9)])
    case.replace(case.files()[0].id)
    assert case.order(1)[5] in case.names()
    assert "The list of files is not the one drawn from." in _sentences(case)


def test_a_file_that_was_set_aside_comes_back_when_it_is_drawn_again(case: Case) -> None:
    case.draw(55)
    gone = next(file for file in case.files() if file.file in case.order(2)[:55])
    case.replace(gone.id)
    case.draw(55, reason="Again")
    assert set(case.names()) == set(case.order(2)[:55])
    assert all(not file.replaces_file for file in case.files())
    assert case.faults() == []


def _sentences(case: Case) -> list[str]:
    return [problem.sentence for problem in case.workspace.problems(case.id)]


# -- drawing again -----------------------------------------------------------------------------


def test_what_somebody_altered_shows_when_it_is_drawn_again(case: Case) -> None:
    case.draw(5)
    draw, file = case.draws()[0], case.files()[1]
    other = next(name for name in FRAME if name not in case.names())
    altered: dict[str, tuple[str, dict[str, Any]]] = {
        "seed": (draw.id, {"seed": f"{case.id} 2"}),
        "should be place": (draw.id, {"positions": "1 2 3 4 5"}),
        "files in all": (draw.id, {"frame_size": 61}),
        "is not here": (draw.id, {"frame": "ab" * 32}),
        "no file of it": (file.id, {"file": other}),
        "does not say": (draw.id, {"method": None}),
        "was not drawn": (file.id, {"file": other, "place": FRAME.index(other) + 1}),
    }
    for words, (record, fields) in altered.items():
        case.workspace.put(case.id, record, **fields)
        assert any(words in fault for fault in case.faults()), words
        assert not any(name in fault for fault in case.faults() for name in FRAME)
        case.workspace.undo(case.id)
        assert case.faults() == []


def test_a_file_passed_over_when_replacing_shows(case: Case) -> None:
    case.draw(5)
    gone = case.files()[0]
    place = sha256_order(FRAME, f"{case.id} 1")[7]
    fields = {"review": case.review, "file": FRAME[place - 1], "place": place, "position": 1}
    case.workspace.new(
        case.id, "sampled-file", **fields, draw=case.draws()[0].id, replaces_file=gone.file
    )
    assert [fault for fault in case.faults() if "no file of it" in fault]


def test_a_file_that_was_never_drawn_is_named_in_what_is_left(case: Case) -> None:
    case.draw(5)
    case.workspace.new(case.id, "sampled-file", review=case.review, position=9, file=FRAME[0])
    assert "The file was added to a drawn sample and was not drawn." in _sentences(case)


# -- what is refused ---------------------------------------------------------------------------


def test_what_cannot_be_drawn_is_refused_and_nothing_is_kept(case: Case) -> None:
    with pytest.raises(BadInput, match="between 1 and 60"):
        case.draw(61)
    many = [f"f{n}" for n in range(MOST_FILES + 1)]
    sampling.set_frame(case.workspace, case.id, case.review, many)
    with pytest.raises(BadInput, match=f"at most {MOST_FILES}"):
        sampling.draw_all(case.workspace, case.id, case.review)
    assert case.files() == [] and case.draws() == []


def test_as_many_files_as_a_review_holds_fit_into_one_change(case: Case) -> None:
    many = [f"{n:0200}" for n in range(MOST_FILES * 3)]
    sampling.set_frame(case.workspace, case.id, case.review, many)
    case.draw(MOST_FILES)
    case.draw(MOST_FILES, reason="Again")
    assert len(case.files()) == MOST_FILES
    assert case.faults() == []


def test_a_list_beyond_what_a_change_holds_is_refused_in_a_sentence(case: Case) -> None:
    with pytest.raises(BadInput, match="longer than 1 MB"):
        sampling.set_frame(case.workspace, case.id, case.review, [f"{n:0100}" for n in range(9999)])
    assert samples.frame_of(case.inspection, case.review) == FRAME
    just = [f"{n:095}" for n in range(10_300)]
    sampling.set_frame(case.workspace, case.id, case.review, just)
    case.draw(20)
    assert case.faults() == []


def test_without_a_list_nothing_is_drawn(office: Workspace) -> None:
    id, review = start(office)
    with pytest.raises(BadInput, match="no list of files"):
        sampling.draw(office, id, review, 5)
    with pytest.raises(BadInput, match="no such document review"):
        sampling.set_frame(office, id, "document-review:x", FRAME)


def test_nothing_is_drawn_while_people_disagree_about_the_list(case: Case) -> None:
    log = case.inspection.log
    record = samples.frame_record(case.review)
    edit = log.edit(record, "identifiers", "1\n2")
    case.workspace.desk.commit(log, [type(edit)(record, "identifiers", "1\n2", ())], "elsewhere")
    with pytest.raises(NotAllowed, match="Two people gave different lists"):
        case.draw(2)


def test_the_usual_size() -> None:
    assert [sampling.usual_size(n) for n in (0, 1, 20, 21, 212)] == [0, 1, 20, 20, 20]


STEPS = st.lists(
    st.tuples(st.sampled_from(("draw", "keep", "replace", "undo")), st.integers(1, 12)), max_size=9
)


@given(STEPS)
def test_whatever_was_done_it_can_be_drawn_again(office: Workspace, steps: list[Any]) -> None:
    case = Case(office)
    for act, number in steps:
        if act in ("draw", "keep"):
            case.draw(number, reason="once more", keep=act == "keep")
        elif act == "undo" and case.draws():
            case.workspace.undo(case.id)
        elif act == "replace" and case.files():
            case.replace(case.files()[number % len(case.files())].id)
        assert case.faults() == []
        assert len(set(case.names())) == len(case.names())
        assert {file.file for file in case.files()} <= set(FRAME)


# -- the command line --------------------------------------------------------------------------


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(monkeypatch, capsys)


def test_the_whole_way_on_the_command_line(terminal: Terminal, tmp_path: Path) -> None:
    office = Office(terminal, tmp_path)
    ana = office.person("ana")
    id = office.start(ana)
    terminal.record(ana, id, [{"verb": "document-review", "id": "s", "sample_kind": "case-file"}])
    review = "document-review:s"
    said = terminal.done("sample", "frame", ana, id, review, "-", stdin="\n".join(FRAME))
    assert said["files"] == 60
    drawn = terminal.done("sample", "draw", ana, id, "S-1", "--size", 4)
    assert (drawn["size"], len(drawn["positions"]), drawn["number"]) == (4, 4, 1)
    replaced = terminal.done("sample", "replace", ana, id, "S-1", 2, "--reason", "Lost")
    assert replaced["place"] == drawn["then"][0]
    terminal.run("sample", "draw", ana, id, "S-1", "--size", 4)
    assert terminal.code == 2 and "needs a reason" in terminal.errors
    terminal.done("sample", "draw", ana, id, "S-1", "--reason", "The list was cut off")
    redrawn = terminal.run("sample", "redraw", ana, id, "S-1")
    assert terminal.code == 0
    assert [(one["draw"], one["size"], one["equal"]) for one in redrawn] == [
        (1, 4, True),
        (2, 20, True),
    ]
    line = {"verb": "set", "record": "draw:s-2", "field": "positions", "value": "1 2 3"}
    terminal.record(ana, id, [line])
    said = terminal.run("sample", "redraw", ana, id, "S-1")
    assert terminal.code == 8 and [one["equal"] for one in said] == [True, False]


def test_a_workbook_needs_its_column_on_the_command_line(
    terminal: Terminal, tmp_path: Path
) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["No.", "File number"])
    book.active.append([1, "26-0001"])
    book.save(tmp_path / "list.xlsx")
    office = Office(terminal, tmp_path)
    ana = office.person("ana")
    id = office.start(ana)
    terminal.record(ana, id, [{"verb": "document-review", "id": "s", "sample_kind": "case-file"}])
    terminal.run("sample", "frame", ana, id, "S-1", tmp_path / "list.xlsx")
    assert terminal.code == 2 and "--column: A, B" in terminal.errors
    where = ("--column", "file number")
    assert (
        terminal.done("sample", "frame", ana, id, "s-1", tmp_path / "list.xlsx", *where)["files"]
        == 1
    )
