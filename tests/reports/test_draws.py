"""What a report says of how its samples came about, from real draws."""

from collections.abc import Iterator
from datetime import date

import pytest

from inspector_app import agencies, forms
from inspector_app.inspection import samples
from inspector_app.records import DocumentReview
from inspector_app.workspace import Plan, Workspace, sampling
from tests.reports.reading import report, squeezed, whole_text

FRAME = tuple(f"A-2600{number:04}" for number in range(1, 213))


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder = tmp_path_factory.mktemp("office") / "ana"
    made, _ = Workspace.create(
        folder, "Ana Sample", "opr-inspector", "Unit", "a passphrase for tests"
    )
    yield made
    made.close()


@pytest.fixture
def case(office: Workspace) -> tuple[str, str]:
    """An inspection with a review and its list of 212 files."""
    row = agencies.find(office.agencies(), "IN", "Hamilton County Sheriff's Office", "JEM")
    days = (date(2026, 3, 10), date(2026, 3, 12))
    plan = Plan(row, agencies.resolve(row, forms.shipped()), "inspection", *days, practice=True)
    id = office.start(plan)
    review = office.new(id, "document-review", sample_kind="case-file", title="Case files").record
    sampling.set_frame(office, id, review, FRAME, "The jail's booking log")
    return id, review


def text_of(office: Workspace, id: str) -> str:
    return squeezed(whole_text(report(office.inspection(id))))


def test_draws_are_printed_with_seed_size_and_reason(
    office: Workspace, case: tuple[str, str]
) -> None:
    id, review = case
    sampling.draw(office, id, review, 20)
    first = office.inspection(id).files_of(review)[0]
    office.put(id, first.id, results={"oath": "yes"})
    sampling.draw(office, id, review, 25, reason="The list had left out the night shift")
    said = text_of(office, id)
    assert "At random, method sha256-1" in said
    assert "20 files of 212" in said and "25 files of 212" in said
    assert "The list had left out the night shift" in said
    plain = said.replace(" ", "").replace("-", "")
    assert f"seed“{id}1”" in plain and f"seed“{id}2”" in plain
    assert samples.frame_digest(FRAME) in plain
    gone = len(samples.files_aside(office.inspection(id), review))
    assert f"{gone} files gave way" in said
    assert "Source of the list: The jail's booking log" in said


def test_replacements_are_printed_with_their_reason(
    office: Workspace, case: tuple[str, str]
) -> None:
    id, review = case
    sampling.draw(office, id, review, 20)
    gone = office.inspection(id).files_of(review)[3]
    sampling.replace(office, id, gone.id, "Sealed by a court")
    new = office.inspection(id).files_of(review)[3]
    said = text_of(office, id)
    assert "Files that replace others" in said and "1 file, listed below" in said
    assert f"4 …{new.file[-4:]} …{gone.file[-4:]} Sealed by a court" in said
    assert gone.file not in said.replace(" ", "")


def test_files_chosen_by_judgment_are_never_extrapolated(
    office: Workspace, case: tuple[str, str]
) -> None:
    id, review = case
    sampling.choose(office, id, review, [3, 9], reason="Both were named in a complaint")
    said = text_of(office, id)
    assert "By judgment" in said and "Both were named in a complaint" in said
    assert "Counts are not extrapolated" in said
    assert "seed" not in said


def test_the_number_of_all_files_is_that_of_the_list(
    office: Workspace, case: tuple[str, str]
) -> None:
    id, review = case
    sampling.draw(office, id, review, 20)
    office.put(id, review, frame=7777)
    said = text_of(office, id)
    assert "20 of 212" in said and "7,777" not in said
    assert office.inspection(id).get(DocumentReview, review) is not None


def test_what_was_typed_of_an_older_sample_still_stands(
    office: Workspace, case: tuple[str, str]
) -> None:
    id, _ = case
    fields = {
        "sample_kind": "case-file",
        "frame": 80,
        "method": "systematic",
        "drawn": "every fourth",
    }
    review = office.new(id, "document-review", **fields).record
    office.new(id, "sampled-file", review=review, position=1, file="7", replaces_file="6")
    said = text_of(office, id)
    assert "At a fixed interval, every fourth" in said and "1 of 80" in said
