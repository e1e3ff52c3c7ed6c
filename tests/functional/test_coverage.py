"""Systems of the catalogue that other tests do not name: what each "works when" says, done once."""

import csv
import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from inspector_app import agencies, forms
from inspector_app.agencies import tally
from inspector_app.derived import TABLES, Rows, rows_of
from inspector_app.derived.figures import Figures
from inspector_app.errors import NotAllowed
from inspector_app.inspection import Inspection
from inspector_app.records import Observation
from inspector_app.records.agency_file import HeldAgreement
from inspector_app.rules.roster import Act, standings, with_termination
from inspector_app.rules.roster_findings import candidates
from inspector_app.rules.spans import NOTHING, Span
from inspector_app.workspace import Workspace, agency_file, posters
from inspector_app.workspace.program import write_sheets
from tests.agency_files import row, start
from tests.reports.inspections import whole
from tests.synthetic_program import program
from tests.test_roster import (
    JEM,
    LIST,
    NO,
    ON,
    SUSPENDED,
    WSO,
    d,
    found,
    keys,
    officer,
    on,
    one,
)
from tests.test_workspace import CITE, PASSPHRASE, _start

WHEN = "2026-03-10T10:00:00-04:00[America/Indiana/Indianapolis]"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder = tmp_path_factory.mktemp("coverage") / "w"
    made, _ = Workspace.create(folder, "Ana Sample", "opr-inspector", "Unit", PASSPHRASE)
    yield made
    made.close()


@pytest.fixture(scope="module")
def full() -> Inspection:
    """An inspection with something of everything: two deficiencies, a concern, a practice."""
    return whole().inspection


# -- agreements and officers ---------------------------------------------------------------------


def test_s05_an_agency_holds_up_to_two_agreements_and_they_are_no_agencies(
    workspace: Workspace,
) -> None:
    rows = [row("JEM", "2020-05-01"), row("WSO", "2025-03-01")]
    counted = tally([*rows, replace(rows[0], name="Another County Sheriff")], forms.shipped())
    assert (counted.agreements, counted.agencies, counted.several_models) == (3, 2, 1)
    id = start(workspace, *rows)
    file = agency_file.read(workspace, id)
    jem, wso = file.all(HeldAgreement)
    assert (jem.form, wso.form) == ("jem-2020", "wso-2025")
    workspace.put(
        id,
        jem.id,
        addendum=date(2020, 6, 1),
        suspended=date(2023, 1, 1),
        reinstated=date(2023, 3, 1),
        ended=date(2024, 1, 1),
    )
    held = file.record_of(HeldAgreement, jem.id)
    days = ("2020-04-30", "2020-05-01", "2023-01-15", "2023-03-01", "2024-01-01")
    stood = [file.in_force(held, date.fromisoformat(day)) for day in days]
    assert stood == [False, True, False, True, False]
    assert held.addendum == date(2020, 6, 1)


def test_s06_the_roster_answers_whether_somebody_was_authorized_on_a_day() -> None:
    row = officer(revoked=on("2025-06-01"))
    judged = {act.act.day: act.verdict for act in one(row, "2024-03-10", "2025-01-01").acts}
    assert judged == {d("2024-03-10"): "before the letter", d("2025-01-01"): "authorized"}
    assert one(row).authorized == (Span(d("2024-03-11"), d("2025-06-01")),)
    assert row.background.days and row.certified.days and row.form_70_006.days


def test_s07_a_credential_that_is_not_back_is_on_the_list_of_mismatches() -> None:
    gone = {"left": on("2025-12-01")}
    assert keys(officer(**gone, credential_returned=NO)) == {"credential-kept/hard"}
    assert keys(officer(**gone, credential_returned=on("2025-12-01"))) == set()
    assert "credential-suspended/question" in keys(officer(**SUSPENDED))  # not taken back
    back = officer(**SUSPENDED, credential_returned=on("2025-01-12"))
    assert "credential-suspended/question" not in keys(back)


def test_s08_training_is_held_against_its_due_days() -> None:
    late = {lapse.subject for lapse in one(officer(courses={"security": NO}), lists=[LIST]).overdue}
    assert any("nformation security" in subject for subject in late)
    done = officer(courses={"security": on("2025-05-31")})
    assert one(done, lists=[LIST]).overdue == ()
    stale = officer(refreshers=NO, trained_to=on("2023-01-10"))
    assert "refresher/question" in keys(stale)
    assert "initial-training/hard" in keys(officer(trained_to=NO))
    assert "exam-failed-twice/hard" in keys(officer(exams=(60.0, 80.0, 65.0, 90.0)))


def test_s08_what_falls_due_soon_is_listed_before_it_is_late() -> None:
    row = officer(trained_to=on("2024-03-01"), refreshers=NO)
    dues = {
        day: [(lapse.subject, lapse.due) for lapse in standings([row], [], JEM, (), d(day))[0].soon]
        for day in ("2025-12-30", "2025-12-31", "2026-03-01", "2026-03-02")
    }
    refresher = [("Refresher training", d("2026-03-01"))]
    assert dues == {
        "2025-12-30": [], "2025-12-31": refresher, "2026-03-01": refresher, "2026-03-02": []
    }  # fmt: skip
    assert one(replace(row, refreshers=on("2026-02-28"))).soon == ()
    asked = replace(row, courses={"security": NOTHING})
    [course] = standings([asked], [], JEM, [LIST], d("2025-05-01"))[0].soon
    assert (course.due, course.known) == (d("2025-05-31"), False)


def test_s09_each_officer_has_one_verification_a_year_and_the_missing_ones_are_listed() -> None:
    row = officer(letter=on("2022-09-01"), verified=on("2023-05-02", "2025-09-30"))
    assert one(row).unverified == (2024,)  # 2022 was no whole year, 2026 is not over
    [candidate] = [c for c in found(row) if c.rule == "verification"]
    assert (candidate.key, candidate.item) == ("verification/2024/question", "j-40")
    assert one(replace(row, verified=NOTHING)).unverified == ()  # not said is not missing
    assert one(replace(row, verified=NO)).unverified == (2023, 2024, 2025)
    assert one(replace(row, left=on("2024-05-01"))).unverified == ()
    assert "verification/2024/question" not in keys(row, terms=WSO)  # of JEM officers only


def test_s10_a_revocation_that_leaves_nobody_and_a_short_notice_are_asked_about() -> None:
    last = officer(revoked=on("2025-06-01"))
    [candidate] = [c for c in found(last) if c.rule == "last-officer"]
    assert (candidate.item, candidate.weight) == ("j-53", "question")
    both = [last, replace(officer(), number="8")]
    told = candidates(standings(both, [], JEM, (), ON), [], JEM, ON)
    assert "last-officer" not in {c.rule for c in told}
    gone = {"left": on("2025-06-01"), "credential_returned": on("2025-06-01")}
    for notice, asked in (
        (on("2025-03-03"), False), (on("2025-03-04"), True), (NO, True), (NOTHING, False)
    ):  # fmt: skip
        told = found(officer(**gone, notice=notice), terms=WSO)
        assert ("leaving-notice" in {c.rule for c in told}) is asked


def test_s10_a_termination_ends_every_authority() -> None:
    officers = with_termination([officer(), replace(officer(), number="8")], d("2025-06-01"))
    acts = [Act(d("2025-06-01"), "7"), Act(d("2025-06-02"), "7"), Act(d("2025-06-02"), "8")]
    found = standings(officers, acts, JEM, [], ON)
    assert [each.authorized for each in found] == [(Span(d("2024-03-11"), d("2025-06-01")),)] * 2
    verdicts = [act.verdict for each in found for act in each.acts]
    assert verdicts == ["authorized", "after the end", "after the end"]
    told = {c.rule: c.officers for c in candidates(found, [], JEM, ON)}
    assert told["act-unauthorized"] == told["credential-not-recorded"] == ("7", "8")
    assert "last-officer" not in told  # nobody was revoked


def test_s10_acts_while_suspended_or_revoked_are_found() -> None:
    suspended, revoked = officer(**SUSPENDED), officer(revoked=on("2025-06-01"))
    assert one(suspended, "2025-01-20").acts[0].verdict == "suspended"
    assert one(revoked, "2025-06-02").acts[0].verdict == "after the end"
    told = keys(suspended, "2025-01-20") | keys(revoked, "2025-06-02")
    assert {"act-suspended", "act-unauthorized"} <= {key.partition("/")[0] for key in told}


# -- the visit -----------------------------------------------------------------------------------


def test_s15_three_streams_are_captured_without_a_network(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*given: object, **named: object) -> None:
        raise AssertionError("nothing here asks for a network")

    monkeypatch.setattr(socket, "socket", refused)
    id = _start(workspace)
    seen = workspace.new(id, "observation", text="No poster.", item="j-82", held=WHEN).record
    papers = workspace.new(id, "document-review", sample_kind="case-file").record
    talk = workspace.new(id, "interview", role="field-supervisor").record
    finding = workspace.new(id, "finding", title="Poster missing", item="j-82").record
    for evidence in (seen, papers, talk):
        workspace.link(id, finding, evidence)
    inspection = workspace.inspection(id)
    assert set(inspection.ends_from(finding)) == {seen, papers, talk}
    [observation] = inspection.all(Observation)
    assert inspection.form.item(observation.item).citations[0].section == "Appendix B"


def test_s16_the_checklist_is_that_of_the_agreements_own_text() -> None:
    asked = {}
    for day in ("2020-05-01", "2025-03-01"):
        form = agencies.resolve(row("JEM", day), forms.shipped()).form
        assert form is not None
        asked[form.id] = {item.id for item in form.items}
    assert {"j-92", "j-93"} <= asked["jem-2020"] - asked["jem-2025"]


def test_s17_a_finding_has_its_kind_type_party_and_evidence_and_the_counts_are_right(
    workspace: Workspace, full: Inspection
) -> None:
    counts = full.counts()
    assert (counts.deficiencies, counts.concerns, counts.findings) == (2, 1, 3)
    first = full.findings()[0]
    assert first.type and first.quotation and first.condition and full.parties(first.id)
    id = _start(workspace)
    record = workspace.new(id, "finding", document="moa", quotation=CITE.quotation).record
    with pytest.raises(NotAllowed):
        workspace.put(id, record, class_="deficiency")


def test_s18_best_practices_stand_apart_and_are_no_findings(full: Inspection) -> None:
    assert full.counts().practices == 1 and full.counts().findings == 3
    shared = Figures(program(6, 2, 2).rows, 2025)
    practices = [found for year in shared.by_year.values() for found in year.practices]
    assert all(found.class_ == "best-practice" for found in practices)
    counted = sum(row.findings for year in shared.by_year.values() for row in year.inspected)
    found = sum(len(year.findings) - len(year.practices) for year in shared.by_year.values())
    assert counted == found


def test_s29_a_poster_check_keeps_its_place_language_and_photo(
    workspace: Workspace, picture: Path
) -> None:
    id = _start(workspace)
    inspection = workspace.inspection(id)
    areas = inspection.form.areas
    area = next(a.id for a in areas if any(posters.is_poster_point(p.id) for p in a.points))
    record = workspace.new(id, "observation", area=area, held=WHEN).record
    photo = workspace.add_photo(id, picture.read_bytes()).record
    workspace.link(id, photo, record)
    posters.note(workspace, id, record, {"en": "800-323-8603", "es": posters.NONE_HERE})
    noted = workspace.inspection(id).get(Observation, record)
    assert noted is not None and noted.area == area and noted.poster["en"] == "800-323-8603"
    assert "No Spanish poster hangs here." in noted.text
    assert workspace.inspection(id).ends_to(record) == [photo]


# -- for others ----------------------------------------------------------------------------------


def test_s39_counts_are_exported_and_no_person_is_in_them(full: Inspection, tmp_path: Path) -> None:
    sheets = write_sheets(_rows([*rows_of(full)]), tmp_path)
    text = "\n".join(sheet.read_text("utf-8") for sheet in sheets)
    for name in ("Ana Sample", "Marcus Example", "Officer"):
        assert name not in text
    with (tmp_path / "inspection.csv").open(encoding="utf-8") as file:
        visits = list(csv.DictReader(file))
    assert [(v["deficiencies"], v["concerns"]) for v in visits] == [("2", "1")]


def _rows(made: list[Any]) -> Rows:
    tables: list[Any] = [[row for row in made if isinstance(row, cls)] for cls in TABLES]
    return Rows(*tables)
