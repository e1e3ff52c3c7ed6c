"""Searching: all that was typed inside one inspection; across them only what is no one's own."""

import shutil
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector_app import agencies, bundle, forms, searching
from inspector_app.errors import BadInput
from inspector_app.records import INSPECTION_RECORDS
from inspector_app.store import CLOSE, OPEN
from inspector_app.workspace import Plan, Workspace, agency_file, sampling
from inspector_app.workspace.searching import Hit, behind, find, find_across, marked, unmarked
from tests import agency_files
from tests.functional.terminal import PASSPHRASE, Terminal


def start(workspace: Workspace) -> str:
    row = agencies.find(workspace.agencies(), "IN", "Hamilton County Sheriff's Office", "JEM")
    day = date(2026, 3, 10)
    found = agencies.resolve(row, forms.shipped())
    plan = Plan(
        row, found, "inspection", day, day + timedelta(2), "jem-2025", "test", practice=True
    )
    return workspace.start(plan)


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("search") / "desk"
    made, _ = Workspace.create(folder, "Ana Sample", "opr-inspector", "Unit", PASSPHRASE)
    start(made)
    made.close()
    return folder


@pytest.fixture
def folder(made_once: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made_once, tmp_path / "desk"))


@pytest.fixture
def workspace(folder: Path) -> Iterator[Workspace]:
    opened = Workspace.open(folder, passphrase=PASSPHRASE)
    yield opened
    opened.close()


@pytest.fixture
def id(workspace: Workspace) -> str:
    return workspace.inspection_ids()[0]


def records(hits: list[Hit]) -> list[str]:
    return [hit.record for hit in hits]


def words_of(hit: Hit) -> list[str]:
    return [said for said, found in (*hit.title, *hit.body) if found]


def fill(workspace: Workspace, id: str, word: str) -> dict[str, str]:
    """One of everything that an inspector writes, each with a word of its own."""
    review = workspace.new(id, "document-review", sample_kind="case-file", title=f"Files {word}r")
    inspection = workspace.inspection(id)
    role = inspection.form.interview_roles[0]
    attribute = next(k for k in inspection.form.sample_kinds if k.id == "case-file").attributes[0]
    made = {
        "note": workspace.put(id, "answer:j-70", note=f"seen {word}n"),
        "observation": workspace.new(id, "observation", text=f"the door {word}o"),
        "file": workspace.new(
            id, "sampled-file", review=review.record, position=1, file=f"{word}-4711"
        ),
        "interview": workspace.new(
            id,
            "interview",
            role=role.id,
            answers={role.topics[0].id: f"said {word}i"},
            quotes={role.topics[0].id: f"“{word}q”"},
        ),
        "finding": workspace.new(
            id, "finding", title=f"Posters {word}f", condition=f"No poster in room {word}c"
        ),
        "photo": workspace.put(id, "photo:p", caption=f"wall {word}p", alt=f"a {word}a"),
        "visit": workspace.put(id, "visit:self", limits=f"no {word}v"),
    }
    workspace.put(id, made["file"].record, notes={attribute.id: f"blank {word}x"})
    return {name: commit.record for name, commit in made.items()} | {"review": review.record}


@pytest.mark.parametrize(
    ("letter", "where"),
    [
        ("n", "note"),
        ("o", "observation"),
        ("x", "file"),
        ("i", "interview"),
        ("q", "interview"),
        ("c", "finding"),
        ("p", "photo"),
        ("a", "photo"),
        ("v", "visit"),
        ("r", "review"),
        ("-4711", "file"),
    ],
)
def test_everything_typed_is_found_in_its_inspection(
    workspace: Workspace, id: str, letter: str, where: str
) -> None:
    made = fill(workspace, id, "zebra")
    assert records(find(workspace, id, f"zebra{letter}")) == [made[where]]


def test_questions_clauses_and_labels_are_found(workspace: Workspace, id: str) -> None:
    made = fill(workspace, id, "zebra")
    label = workspace.inspection(id).record(made["interview"]).label  # type: ignore[union-attr]
    assert records(find(workspace, id, label))[0] == made["interview"]
    assert "answer:j-70" in records(find(workspace, id, "interpreter record"))
    assert records(find(workspace, id, "J-70"))[0] == "answer:j-70"
    clauses = find(workspace, id, "whether or not an interpreter is used")
    assert ("clause", "answer:j-70") in [(hit.kind, hit.record) for hit in clauses]


def test_words_may_stand_in_any_order_and_place(workspace: Workspace, id: str) -> None:
    workspace.put(id, "answer:j-70", note="Block 4 is blank on seven forms")
    for words in ("seven blank", "blank seven", "interpreter seven", "sev BLA"):
        (hit,) = [h for h in find(workspace, id, words) if h.kind == "answer"]
        assert hit.record == "answer:j-70"
        assert len(words_of(hit)) >= 2
    assert find(workspace, id, "blank eight seven") == []


@pytest.mark.parametrize("typed", ["Muñoz room", "MUNOZ ROOM", "Mun\u0303oz room"])
@pytest.mark.parametrize("asked", ["muñoz", "Munoz", "mun\u0303oz", "MUÑOZ"])
def test_accents_case_and_spelling_of_letters_do_not_matter(
    workspace: Workspace, id: str, typed: str, asked: str
) -> None:
    made = workspace.new(id, "observation", text=typed)
    assert records(find(workspace, id, asked)) == [made.record]


def test_what_was_just_written_is_found_and_what_was_taken_away_is_not(
    workspace: Workspace, id: str
) -> None:
    made = workspace.new(id, "observation", text="a green door")
    assert records(find(workspace, id, "green")) == [made.record]
    workspace.put(id, made.record, text="a blue door")
    assert find(workspace, id, "green") == []
    assert records(find(workspace, id, "blue")) == [made.record]
    workspace.undo(id)
    assert records(find(workspace, id, "green")) == [made.record]
    workspace.remove(id, made.record)
    assert find(workspace, id, "door green") == []


def test_a_number_that_is_computed_is_found_as_it_now_is(workspace: Workspace, id: str) -> None:
    made = fill(workspace, id, "zebra")
    title = f"Checked {{files:{made['review']}}} quaggas"
    workspace.put(id, made["finding"], title=title)
    (hit,) = find(workspace, id, "quaggas")
    assert "Checked 1 quaggas" in unmarked(hit.title)
    workspace.new(id, "sampled-file", review=made["review"], position=2, file="26-2")
    (hit,) = find(workspace, id, "quaggas")
    assert "Checked 2 quaggas" in unmarked(hit.title)


# -- across inspections --------------------------------------------------------------------------


def test_across_inspections_only_agencies_clauses_and_findings_are_found(
    workspace: Workspace, id: str
) -> None:
    made = fill(workspace, id, "zebra")
    other = start(workspace)
    assert records(find_across(workspace, "zebra", other)) == [made["finding"]]
    assert [h.kind for h in find_across(workspace, "hamilton county", other)] == ["agency"]
    kinds = {h.kind for h in find_across(workspace, "interpreter is used", other)}
    assert kinds == {"clause"}
    assert find_across(workspace, "zebra", id) == []


def test_an_agencys_file_is_found_by_its_agency_and_field_office_alone(
    workspace: Workspace,
) -> None:
    file = agency_files.start(workspace, agency_files.row())
    complaint = agency_files.complaint(workspace, file, about="force")
    number = agency_file.read(workspace, file).numbers()[complaint]
    workspace.put(file, "agency-file:self", field_office="Zebraville")
    for words in ("example county", "zebraville", "jem file example"):
        found = [h for h in find_across(workspace, words) if h.kind == "agency-file"]
        assert [(h.inspection, h.record) for h in found] == [(file, "agency-file:self")]
        assert found[0].agency == "Example County Sheriff’s Office, OH"
    assert not any(find_across(workspace, words) for words in ("force", number))
    workspace.put(file, "agency-file:self", field_office="Quaggatown")
    assert find_across(workspace, "zebraville") == []
    assert [h.inspection for h in find_across(workspace, "quaggatown")] == [file]


@pytest.mark.parametrize("letter", [*"noiqpavxr", "-4711"])
def test_what_people_said_and_rows_of_samples_are_not_found_from_outside(
    workspace: Workspace, id: str, letter: str
) -> None:
    fill(workspace, id, "zebra")
    other = start(workspace)
    assert find_across(workspace, f"zebra{letter}", other) == []
    assert find_across(workspace, f"zebra{letter}") == []
    assert find(workspace, other, f"zebra{letter}") == []


def test_a_finding_that_names_a_person_or_a_file_is_not_found_by_it_from_outside(
    workspace: Workspace, id: str
) -> None:
    made = fill(workspace, id, "zebra")
    label = workspace.inspection(id).record(made["interview"]).label  # type: ignore[union-attr]
    said = f"{label.upper()} kept the poster in file (zebra-4711), says Ana Sample."
    workspace.put(id, made["finding"], condition=said)
    for words in ("zebra-4711", "4711", label, "Ana Sample"):
        assert find_across(workspace, words) == []
        assert made["finding"] in records(find(workspace, id, words))
    (hit,) = find_across(workspace, "kept the poster")
    assert unmarked(hit.body) == "… kept the poster in file … says …"


def test_the_list_of_files_leads_to_its_review_and_its_numbers_are_not_found_from_outside(
    workspace: Workspace, id: str
) -> None:
    made = fill(workspace, id, "zebra")
    sampling.set_frame(workspace, id, made["review"], ["Q-100", "Q-200", "Q-300"], "a log")
    workspace.put(id, made["finding"], condition="Not in file Q-200, which was not drawn")
    assert made["review"] in records(find(workspace, id, "Q-200"))
    assert find_across(workspace, "Q-200") == []
    assert records(find_across(workspace, "which was not drawn")) == [made["finding"]]


def test_words_on_a_photo_lead_to_the_photo(workspace: Workspace, id: str) -> None:
    fill(workspace, id, "zebra")
    workspace.put(id, "annotation:m", photo="photo:p", shape="text", text="empty frame here")
    assert records(find(workspace, id, "empty frame here")) == ["photo:p"]


def test_a_sealed_name_is_in_no_text(workspace: Workspace, id: str) -> None:
    made = workspace.new(id, "interview", name={"sealed": "Zxqv"}, answers={"zeal": "plain"})
    assert find(workspace, id, "plain") and find(workspace, id, "Zxqv") == []
    named = [t for t in searching.texts(workspace.inspection(id)) if t.record == made.record]
    assert named and not any("Zxqv" in t.title + t.body for t in named)


def test_a_clause_that_several_checklists_quote_is_told_once(workspace: Workspace) -> None:
    alone = find_across(workspace, "interpreter is used")
    start(workspace)
    both = find_across(workspace, "interpreter is used")
    assert [unmarked(h.body) for h in both] == [unmarked(h.body) for h in alone] != []


# -- the index itself ----------------------------------------------------------------------------


def bundled(workspace: Workspace, id: str, path: Path) -> tuple[object, ...]:
    """Everything that a bundle holds, and how long it is."""
    workspace.bundle([id], path, passphrase=PASSPHRASE)
    outside = bundle.look(path)
    sealed = bundle.open_letter(outside, keys=None, passphrase=PASSPHRASE)
    with bundle.opened_store(path, outside, sealed, path.parent) as store:
        changes = [(c.id, c.signature, c.body) for c in store.changes()]
        return changes, list(store.blobs(store.blob_sizes())), path.stat().st_size


def test_neither_digest_nor_bundle_depends_on_the_index(
    workspace: Workspace, id: str, tmp_path: Path
) -> None:
    fill(workspace, id, "zebra")
    before = workspace.digest(), bundled(workspace, id, tmp_path / "before.inspection")
    assert find(workspace, id, "zebra") and workspace.desk.store.search_index.stamps()
    assert (workspace.digest(), bundled(workspace, id, tmp_path / "after.inspection")) == before


def test_an_index_that_fell_behind_is_made_anew(folder: Path) -> None:
    workspace = Workspace.open(folder, passphrase=PASSPHRASE)
    (id,) = workspace.inspection_ids()
    assert behind(workspace) == [id]
    find(workspace, id, "door")
    assert behind(workspace) == []
    workspace.new(id, "observation", text="a green door")  # and the program is killed
    workspace.close()
    workspace = Workspace.open(folder, passphrase=PASSPHRASE)
    assert behind(workspace) == [id]
    assert find(workspace, id, "green door")
    workspace.close()


def test_only_what_differs_is_written_anew(workspace: Workspace, id: str) -> None:
    def ids() -> set[int]:
        find(workspace, id, "door")
        rows = workspace.desk.store._db.execute("SELECT id FROM search_text")
        return {row[0] for row in rows}

    before = ids()
    workspace.put(id, "answer:j-70", note="a green door")
    after = ids()
    assert len(before - after) <= 1 == len(after - before)
    assert len(before) > 100


def test_the_index_holds_and_the_store_is_whole(workspace: Workspace, id: str) -> None:
    fill(workspace, id, "zebra")
    find(workspace, id, "zebra")
    workspace.put(id, "answer:j-70", note=None)
    find(workspace, id, "zebra")
    check = "INSERT INTO search_word (search_word, rank) VALUES ('integrity-check', 1)"
    workspace.desk.store._db.execute(check)  # raises where words and texts differ
    assert workspace.desk.store.faults() == []


def test_a_log_can_be_taken_out_of_the_index(workspace: Workspace, id: str) -> None:
    fill(workspace, id, "zebra")
    assert find_across(workspace, "zebra")
    index = workspace.desk.store.search_index
    index.forget(id)
    assert index.stamps() == {} and index.find_outside("", '"zebra" *', 9) == []
    assert find_across(workspace, "zebra")


def test_every_kind_of_record_has_a_title(workspace: Workspace, id: str) -> None:
    inspection = workspace.inspection(id)
    for cls in INSPECTION_RECORDS:
        title = searching.Titles(inspection).of(cls(id=f"{cls.kind}:x"))
        assert isinstance(title, str) and "None" not in title


# -- what is asked -------------------------------------------------------------------------------


@given(st.text())
def test_no_text_breaks_the_question(text: str) -> None:
    asked = searching.expression(text)
    assert asked == "" or asked.count('"') % 2 == 0


@pytest.mark.parametrize(
    "words", ['"', "NEAR(", "a AND", "*", "title:x", "- -", "\0", "(", "x" * 5000, "\u202e\u200b"]
)
def test_odd_questions_are_answered(workspace: Workspace, id: str, words: str) -> None:
    assert find(workspace, id, words) == [] or words in ("a AND", "title:x")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_plain_text_has_no_marks_and_stays_plain(text: str) -> None:
    plain = searching.plain(text)
    assert OPEN not in plain and CLOSE not in plain and searching.plain(plain) == plain
    assert plain == " ".join(plain.split())
    assert unicodedata.is_normalized("NFC", plain)


@given(st.lists(st.tuples(st.text(alphabet="ab ", min_size=1), st.booleans())))
def test_marked_pieces_are_the_whole_text(pieces: list[tuple[str, bool]]) -> None:
    told = "".join(f"{OPEN}{said}{CLOSE}" if found else said for said, found in pieces)
    assert unmarked(marked(told)) == "".join(said for said, _ in pieces)
    assert [s for s, found in marked(told) if found] == [s for s, found in pieces if found]


# -- at a terminal -------------------------------------------------------------------------------


def test_the_command_finds_and_says_where(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = Workspace.open(folder, passphrase=PASSPHRASE)
    (id,) = workspace.inspection_ids()
    made = fill(workspace, id, "zebra")
    workspace.close()
    terminal = Terminal(monkeypatch, capsys)
    assert [f["record"] for f in terminal.run("search", folder, "zebra")] == [made["finding"]]
    (found,) = terminal.run("search", folder, "said", "zebrai", "--inspection", id[:8])
    assert (found["record"], found["words"]) == (made["interview"], ["said", "zebrai"])
    assert terminal.run("search", folder, "(") == [] and terminal.code == BadInput.exit_code
    assert terminal.run("search", folder, "quagga") == [] and terminal.code == 0
