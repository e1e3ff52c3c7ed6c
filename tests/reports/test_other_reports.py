"""The sheets beside the report: exit briefing, requests, notes, evidence, custody."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from inspector_app import forms
from inspector_app.checks import problems
from inspector_app.cli import run
from inspector_app.forms import InterviewRole, Topic
from inspector_app.identity import read_card
from inspector_app.reports import REPORTS, reports_for, texts
from inspector_app.reports.keeping import Keeping, Transfer, keeping
from inspector_app.ui.report_page import ReportPage
from inspector_app.workspace import Workspace
from tests.reports.inspections import (
    ANA,
    MARCUS,
    PALM_BEACH,
    Case,
    deficiency,
    interviewed,
    moment,
    sampled,
    small_form,
    toured,
    visited,
    whole,
)
from tests.reports.reading import drawn_photo, pages, squeezed, whole_text
from tests.reports.test_tagged import faults
from tests.test_workspace import _start
from tests.ui.open_pages import named, new_workspace, open_page

MEMO = "closeout-memo"  # it exists only for a closed inspection: test_following_reports.py
SHEETS = [name for name, made in REPORTS.items() if made.sheet and name != MEMO]
SEALED = "q7-sealed-name-of-a-person"
FILE = "5e" * 32
KEEPING = Keeping(
    keeper="Ana Sample (able-acid-amber-arch-arena-army)",
    transfers=(
        Transfer("made", moment(11, 16), FILE, ("Marcus Example (cat-cup-cube-cue-cyan-cab)",), 80),
        Transfer("made", moment(11, 17), "6f" * 32, (), 81),
        Transfer("merged", moment(12, 8), "70" * 32, ("Marcus Example (cat-cup-cube)",), 3),
    ),
    arrivals={},
)


def everything(disputed: bool = True) -> Case:
    """Whatever an inspector may write, with earlier wordings and a conflict."""
    roles = (
        InterviewRole("officer", "Designated immigration officers", "lea", (_TOPIC,)),
        InterviewRole("detainee", "People detained", "detainee", ()),
    )
    case = whole(Case(form=small_form(interview_roles=roles)))
    case.put(
        "conference:c1", type="exit", held=moment(12, 14, 30), place="Conference room",
        present="Agency: the sheriff. OPR: the team of two.", notes="The agency took notes.",
    )  # fmt: skip
    case.put(
        "no-camera:room-1", area="room-1", reason="A screen was on.", held=moment(10, 9, 30),
        refused="The control room.",
    )  # fmt: skip
    case.put("interview:i1", answers={"t1": "The poster came down."}, name={"sealed": SEALED})
    case.put("observation:t1", text="English poster only. The Spanish one is missing.")
    case.put("observation:t2", poster={"en": "Call 1-800", "es": "Llame al 1-800"})
    if disputed:
        case.dispute("observation:t3", text="Both posters are there.")
    case.put("photo:p9", sha256="e" * 64, media_type="image/jpeg", width=900, height=600,
             caption="A gate.", alt="A closed gate.")  # fmt: skip
    case.put(
        f"agreement:{'a' * 64}", sha256="a" * 64, part="signed-copy",
        title="Agreement of March 2025", pages=19, size=900_000, has_text=True,
    )  # fmt: skip
    case.put("roster:officers", sha256="c" * 64, title="roster.xlsx", rows=11)
    case.put("observation:gone", area="room-1", text="Entered by mistake.")
    return case


_TOPIC = Topic("t1", "What became of the poster?", None)


def made(case: Case, name: str, keeping: Keeping | None = None) -> bytes:
    inspection = case.inspection
    return REPORTS[name].build(inspection, problems(inspection), drawn_photo, keeping=keeping)


# -- all of them ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SHEETS)
@pytest.mark.parametrize(
    "case",
    [
        lambda: Case(form=small_form(released=False), practice=False),
        lambda: visited(Case(agency=PALM_BEACH, purpose="oversight-review")),
    ],
    ids=["unreleased", "review"],
)
def test_each_is_accessible_and_fit_for_the_archive(name: str, case: Callable[[], Case]) -> None:
    """Of samples, of nothing and of very much: test_conformance.py."""
    assert faults(made(case(), name, KEEPING)) == []


@pytest.mark.parametrize("name", SHEETS)
def test_practice_is_marked_on_every_page_and_said_once_in_the_text(name: str) -> None:
    for page in pages(made(everything(), name)):
        assert page.count("PRACTICE: FICTIONAL DATA, NOT A FEDERAL RECORD") == 2
    assert "Practice: fictional data" in whole_text(made(Case(), name))
    assert "FICTIONAL" not in whole_text(made(Case(practice=False), name)).upper()


@pytest.mark.parametrize("name", SHEETS)
def test_no_name_of_a_person_interviewed_is_in_it(name: str) -> None:
    text = whole_text(made(everything(), name))
    assert SEALED not in text
    assert "sealed" not in text


@pytest.mark.parametrize("name", sorted(set(SHEETS) - {"exit-briefing", "document-request"}))
def test_it_is_a_draft_as_long_as_the_report_is(name: str) -> None:
    case = everything()
    assert all("DRAFT" in page for page in pages(made(case, name)))
    signed = Case()
    signed.sign(ANA, "opr-inspector")
    build = REPORTS[name].build
    text = whole_text(build(signed.inspection, [], drawn_photo))
    assert "DRAFT" not in text
    assert "Made from the record of the signed report." in text


def test_the_request_list_is_sent_before_anything_is_signed_and_says_what_is_open() -> None:
    asked = whole_text(made(Case(), "document-request"))
    assert "DRAFT" not in asked and "A list to work with, as the record stood then." in asked
    assert " open " in asked and " examined " not in asked
    assert " examined " in whole_text(made(everything(), "document-request"))


@pytest.mark.parametrize("name", SHEETS)
def test_the_same_record_gives_the_same_bytes(name: str) -> None:
    assert made(everything(), name, KEEPING) == made(everything(), name, KEEPING)


@pytest.mark.parametrize("name", SHEETS)
def test_hostile_text_is_printed_as_typed(name: str) -> None:
    case = visited(Case())
    hostile = "<b>&amp;</para> {n} %s"
    deficiency(case, "f1", "complaints-1", hostile, "D02")
    case.put("observation:x", area="room-1", text=hostile, held=moment(10, 9))
    case.put("conference:c", type="exit", held=moment(12, 9), present=hostile)
    case.link("finding:f1", "observation:x")
    pdf = made(case, name)
    assert faults(pdf) == []
    if name in ("exit-briefing", "field-notes", "evidence-index"):
        assert hostile in whole_text(pdf)


def test_every_report_says_what_it_is_for_in_one_line() -> None:
    for made_ in REPORTS.values():
        assert made_.purpose.strip().endswith(".")
        assert "\n" not in made_.purpose
    assert [r.name for r in reports_for("inspection")] == ["inspection", *SHEETS, MEMO]
    names = [r.name for r in reports_for("oversight-review")]
    assert names == ["oversight-review", *SHEETS, MEMO]


# -- exit briefing --------------------------------------------------------------------------------


def test_the_exit_briefing_is_one_sheet_marked_preliminary_even_when_signed() -> None:
    case = everything(disputed=False)
    case.sign(ANA, "opr-inspector")
    found = pages(REPORTS["exit-briefing"].build(case.inspection, [], drawn_photo))
    assert len(found) == 1
    assert "PRELIMINARY" in found[0]
    assert "DRAFT" not in found[0]
    assert "March 12, 2026, 2:30 p.m. EDT" in found[0]
    assert "Agency: the sheriff." in found[0]
    assert "Nothing here is a conclusion of OPR." in found[0]
    assert "For the agency (received, not agreed)" in found[0]


def test_the_exit_briefing_tells_no_class_neither_in_words_nor_by_its_order() -> None:
    case = visited(Case())
    deficiency(case, "late", "supervision-7", "The later one is a breach", "D02")
    case.put("finding:early", **{"class": "area-of-concern"}, title="The earlier one is not",
             item="officers-1", effect="Delay.", verify="site")  # fmt: skip
    text = whole_text(made(case, "exit-briefing"))
    assert text.index("The earlier one") < text.index("The later one")
    assert not re.search(r"deficienc|area of concern", text, re.IGNORECASE)


def test_what_follows_names_who_gets_the_report() -> None:
    text = whole_text(made(visited(Case()), "exit-briefing"))
    sent = "to the ERO 287(g) Unit, headquarters and to the Field Office Director, Chicago"
    assert f"OPR sends its report {sent}" in text
    review = visited(Case(agency=PALM_BEACH, purpose="oversight-review"))
    assert "ERO sends its report to the ERO 287(g) Unit, headquarters. ERO decides" in whole_text(
        made(review, "exit-briefing")
    )


def test_policy_may_show_the_class(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(texts._texts()["policy"], "exit-briefing-shows-class", True)
    pdf = made(everything(), "exit-briefing")
    assert "Deficiency" in whole_text(pdf)
    assert len(pages(pdf)) == 1
    assert faults(pdf) == []


def test_what_is_still_needed_names_open_requests_by_number() -> None:
    assert "every request of the list was examined" in whole_text(made(whole(), "exit-briefing"))
    case = whole()
    case.put("answer:officers-2", result=None)
    text = whole_text(made(case, "exit-briefing"))
    assert "Still needed R-3: Question 2 of officers" in text
    assert "R-1 to R-4, R-6 to" in whole_text(made(Case(), "exit-briefing"))


# -- document request list ------------------------------------------------------------------------


def test_a_request_a_kind_of_sample_and_an_item_that_is_read_each_with_a_box() -> None:
    for form in [small_form(), *forms.shipped()]:
        agency = PALM_BEACH | {"model": form.model}
        pdf = made(visited(Case(form=form, agency=agency)), "document-request")
        text = whole_text(pdf)
        read = [item for item in form.items if "read" in item.evidence]
        wanted = len(form.sample_kinds) + len(read)
        assert {int(n) for n in re.findall(r"R-(\d+)\b", text)} == set(range(1, wanted + 1))
        assert pdf.count(b"/S /Figure") == wanted
        for item in read:
            assert item.question.split(",")[0][:24] in text
        assert faults(pdf) == []


def test_requests_keep_their_numbers_and_say_period_and_section() -> None:
    before = whole_text(made(visited(Case()), "document-request"))
    after = whole_text(made(everything(), "document-request"))
    for text in (before, after):
        assert re.search(r"R-2 Question 1 of officers.*? IV.C Agency As of March 10, 2026", text)
    assert "Named by the team" in before
    assert "Oct 1, 2025, to Feb 28, 2026" in after
    assert "March 10, 2026, the first day on site" in before
    assert "hand them to Ana Sample (OPR)" in before


# -- field notes ----------------------------------------------------------------------------------


def test_field_notes_stand_in_the_order_of_time_with_photos() -> None:
    pdf = made(everything(), "field-notes")
    text = whole_text(pdf)
    order = ["March 9, 2026 S-1", "March 10, 2026 T-01", "T-04", "No camera allowed", "I-01",
             "I-02", "I-03", "March 12, 2026 2:30", "Without a time"]  # fmt: skip
    places = [text.index(part) for part in order]
    assert places == sorted(places)
    assert pdf.count(b"/S /Figure") == 5
    assert "Shift supervisor (Officer A-1)" in text
    assert "What became of the poster? The poster came down. “It came down for painting" in text
    assert "Did not wish to speak without counsel." in text


def test_field_notes_tell_earlier_wordings_and_the_other_side_of_a_conflict() -> None:
    text = whole_text(made(everything(), "field-notes"))
    assert "Ana Sample: “English poster only; the frame beside it is empty.”" in text
    assert "English poster only. The Spanish one is missing." in text
    assert "Two inspectors recorded different values." in text
    assert "Marcus Example: “Both posters are there.”" in text
    assert text.count("Ana Sample: “English poster only; the frame beside it is empty.”") == 2


# -- evidence index -------------------------------------------------------------------------------


def test_every_piece_of_evidence_has_its_number_and_its_findings() -> None:
    text = whole_text(made(everything(), "evidence-index"))
    for number in ("T-01", "T-05", "S-1", "I-03", "Photo 1", "Photo 5", "A-1", "O-1"):
        assert number in text
    assert re.search(r"Photo 1 Processing room 2, north wall.*?0000 0000 0000 COM-1", text)
    assert re.search(r"I-02 Detained person 1: Interviewed .*? – no finding", text)
    assert re.search(r"A-1 Agreement of March 2025, 19 pages .*? INT-1, COM-1 and USC-1", text)


def test_photos_agreement_and_roster_stand_with_their_whole_digest() -> None:
    text = whole_text(made(everything(), "evidence-index")).replace(" ", "")
    for digest in (f"{1:064x}", "e" * 64, "a" * 64, "c" * 64):
        assert digest in text


# -- custody --------------------------------------------------------------------------------------


def test_custody_lists_every_change_and_no_value() -> None:
    case = everything()
    text = whole_text(made(case, "custody", KEEPING))
    squeezed = text.replace(" ", "")
    log = case.inspection.log
    assert all(id[:12] in squeezed for id in log.changes)
    for author, heads in log.heads().items():
        assert author[:16] in squeezed
        assert all(head[:24] in squeezed for head in heads)
    assert "English poster only" not in text
    assert "link COM-1 – T-01" in text
    assert "item officers-1: result" in text


def test_custody_names_bundles_with_their_digest_and_who_holds_what_since_when() -> None:
    text = whole_text(made(everything(), "custody", KEEPING))
    assert FILE in text.replace(" ", "")
    assert "The first 80 changes, in bundle 5e5e 5e5e 5e5e Mar 11, 2026, 4:00 p.m. EDT" in text
    assert "Whoever has its passphrase" in text
    assert "cat-cup-cube-cue-cyan-cab" in text
    assert f"Ana Sample ({KEEPING.keeper.split('(')[1]}" in text
    assert "without the workspace’s own record of bundles" in whole_text(made(Case(), "custody"))


def test_a_change_that_came_with_a_bundle_bears_the_day_it_came() -> None:
    case = everything()
    change = next(c for c in case.inspection.log.changes.values() if c.author == MARCUS)
    came = replace(KEEPING, arrivals={change.id: moment(12, 8)})
    pdf = made(case, "custody", came)
    assert re.search(r"Came here .*Mar 12, 2026, 8:00 a.m. EDT", whole_text(pdf))
    assert faults(pdf) == []


def test_a_long_history_is_told_in_tables_of_five_hundred() -> None:
    case = Case()
    for n in range(520):
        case.put("answer:officers-1", note=f"Note {n}.")
    pdf = made(case, "custody")
    text = whole_text(pdf)
    assert "changes 1 to 500 of 521" in text
    assert "changes 501 to 521 of 521" in text
    assert faults(pdf) == []


def test_a_workspace_s_own_log_tells_its_bundles(tmp_path: Path) -> None:
    ana, marcus = (
        Workspace.create(tmp_path / name, name, "opr-inspector", "Unit", "a passphrase for tests")[
            0
        ]
        for name in ("Ana Sample", "Marcus Example")
    )
    for one, other in ((ana, marcus), (marcus, ana)):
        one.accept(other.card())
    id = _start(ana)
    ana.bundle([id], tmp_path / "to-marcus", to=[read_card(marcus.card())])
    marcus.merge(tmp_path / "to-marcus")
    sent, came = (keeping(one.desk.own, id, one.desk.store.arrivals()) for one in (ana, marcus))
    words = "-".join(marcus.words)
    (made_,), (merged,) = sent.transfers, came.transfers
    assert (made_.act, made_.people) == ("made", (f"Marcus Example ({words})",))
    assert made_.changes == len(ana.inspection(id).log.changes)
    assert merged.act == "merged"
    assert merged.people == (f"Ana Sample ({'-'.join(ana.words)})",)
    assert made_.file and merged.file
    assert set(came.arrivals) == set(ana.inspection(id).log.changes)
    assert not sent.arrivals
    assert keeping(ana.desk.own, "0" * 64, {}).transfers == ()
    for one in (ana, marcus):
        one.close()


# -- where they are offered -----------------------------------------------------------------------


def test_the_command_line_lists_them_without_a_workspace(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["report", "--list"]) == 0
    listed = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["name"] for line in listed] == [*REPORTS, "fiscal-year"]
    assert all(line["for"] and line["title"] for line in listed)


def test_the_command_line_writes_each_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace, id = new_workspace(tmp_path)
    workspace.close()
    monkeypatch.setenv("INSPECTOR_PASSPHRASE", "a passphrase for tests only")
    for name in SHEETS:
        out = tmp_path / f"{name}.pdf"
        assert run(["report", str(tmp_path / "desk"), id, name, "-o", str(out)]) == 0
        assert faults(out.read_bytes()) == []


def test_the_window_offers_each_with_what_it_is_for(qtbot: QtBot, tmp_path: Path) -> None:
    workspace, id = new_workspace(tmp_path)
    page, _ = open_page(qtbot, ReportPage, workspace, id)
    assert page.report_name == "inspection"
    for made_ in reports_for("inspection"):
        chip = named(page, made_.title)
        assert isinstance(chip, QAbstractButton)
        chip.click()
        assert page.report_name == made_.name
        assert chip.accessibleDescription() == made_.purpose
        assert any(label.text() == made_.purpose for label in page.findChildren(QLabel))
    page.choose("exit-briefing")
    page.preview()
    qtbot.waitUntil(lambda: page.is_painted, timeout=30_000)
    page.choose("custody")
    assert not page.is_painted
    page.leave()
    workspace.close()


# -- what evidence cannot show, and whether its bytes are still the same ---------------------------


@pytest.mark.parametrize(
    ("kept", "words"), [(True, "same"), (False, "differs"), (None, "not here")]
)
def test_the_custody_says_of_each_piece_whether_its_bytes_are_the_same(
    kept: bool | None, words: str
) -> None:
    case = toured(visited(Case()), 1)
    known = Keeping("Ana Sample", (), {}, lambda digest: kept)
    said = squeezed(whole_text(made(case, "custody", known)))
    assert "Kept bytes" in said
    assert words in said.partition("Kept bytes")[2][:160]


def test_the_index_says_what_a_piece_cannot_show() -> None:
    case = interviewed(sampled(toured(visited(Case()), 1)))
    case.put("photo:p1", taken_from="laptop")
    case.put("document-review:s1", method="judgmental")
    said = squeezed(whole_text(made(case, "evidence-index")))
    for limit in ("time is when it was added", "chosen by judgment", "through an interpreter"):
        assert limit in said
