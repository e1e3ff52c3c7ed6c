"""The office prepares one file; whoever of the team opens it begins, with everything in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from inspector_app.errors import BadInput, NotAllowed
from inspector_app.inspection.assignment import members_of
from inspector_app.records import Member
from inspector_app.workspace import Workspace, assigned, assigning, earlier, rosters
from inspector_app.workspace.assigning import Post
from tests.test_rosters import ROSTER
from tests.test_workspace import PASSPHRASE, _start


@dataclass
class Office:
    """An office, two inspectors who are sent, and an inspection that the office started."""

    at: Path
    office: Workspace
    ana: Workspace
    marcus: Workspace
    id: str

    def team(self, *sections: str) -> list[Post]:
        return [Post(self.ana.desk.card, sections, True), Post(self.marcus.desk.card)]

    def sections(self) -> list[str]:
        return [part.id for part in self.office.inspection(self.id).form.sections]


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Office]:
    people = ("R. Placeholder", "Ana Sample", "Marcus Example")
    made = [
        Workspace.create(tmp_path / name[:3], name, "opr-inspector", "Unit", PASSPHRASE)[0]
        for name in people
    ]
    office, ana, marcus = made
    for one in made:
        for other in made:
            if one is not other:
                one.accept(other.card())
    yield Office(tmp_path, office, ana, marcus, _start(office))
    for one in made:
        one.close()


def test_whoever_opens_it_is_on_the_team_with_his_sections(case: Office) -> None:
    first, second = case.sections()[:2]
    out = case.at / "there.inspection"
    team = [Post(case.ana.desk.card, (first,), True), Post(case.marcus.desk.card, (second,))]
    assigning.assign(case.office, case.id, out, team, instructions="Begin with intake.")
    preview = case.marcus.preview(out)
    (log,) = preview.logs
    assert log.assignment and log.assignment.instructions == "Begin with intake."
    assert case.marcus.merge(out).assigned == (case.id,)
    inspection = case.marcus.inspection(case.id)
    places = {m.name: (m.place, m.lead) for m in inspection.all(Member)}
    assert places == {"Ana Sample": ("A", True), "Marcus Example": ("B", False)}
    assert [m.name for m in members_of(inspection, second)] == ["Marcus Example"]
    assert case.marcus.next_label(case.id, inspection.form.interview_roles[0].id).count(" B-")
    assert len(inspection.all(Member)) == 2


def test_everything_the_office_has_goes_along(case: Office) -> None:
    later = _start(case.office)
    case.office.put(case.id, "visit:self", last_day="2026-03-05", first_day="2026-03-04")
    case.office.put(case.id, "answer:j-70", result="not-met", note="an open door")
    rosters.take_in(case.office, later, ROSTER.encode(), title="roster.csv")
    out = case.at / "there.inspection"
    assigning.assign(case.office, later, out, case.team())
    found = assigning.contents(case.office, later)
    assert found.roster and found.earlier == (case.id,)
    case.ana.merge(out)
    assert rosters.file_of(case.ana.inspection(later), "officers")
    assert [visit.id for visit in earlier.earlier_visits(case.ana, later)] == [case.id]
    assert case.ana.digest() == case.office.digest()


def test_it_may_be_prepared_again_but_not_once_it_is_under_way(case: Office) -> None:
    first = case.sections()[0]
    assigning.prepare(case.office, case.id, case.team())
    out = case.at / "there.inspection"
    assigning.assign(case.office, case.id, out, case.team(first), instructions="Anew.")
    case.ana.merge(out)
    said = assigned.of(case.ana.desk.log(case.id))
    assert said and (said.instructions, said.by) == ("Anew.", case.office.key)
    case.ana.put(case.id, "answer:j-70", result="met")
    back = case.at / "back.inspection"
    case.ana.bundle([case.id], back, to=[case.office.desk.card])
    assert case.office.merge(back).assigned == ()
    with pytest.raises(NotAllowed, match="under way"):
        assigning.prepare(case.office, case.id, case.team())


def test_a_team_that_is_none_is_refused_and_nothing_written(case: Office) -> None:
    before = case.office.digest()
    card = case.ana.desk.card
    for team in ([], [Post(card)], [Post(card, (), True), Post(card)]):
        with pytest.raises(BadInput):
            assigning.assign(case.office, case.id, case.at / "no", team)
    with pytest.raises(BadInput, match="section"):
        assigning.assign(case.office, case.id, case.at / "no", [Post(card, ("nowhere",), True)])
    assert case.office.digest() == before and not (case.at / "no").exists()


def test_what_the_office_says_is_no_part_of_what_is_signed(case: Office) -> None:
    assigning.prepare(case.office, case.id, case.team())
    digest = case.office.inspection(case.id).part_digest("report")
    assigning.prepare(case.office, case.id, case.team(), instructions="One more thing.")
    assert case.office.inspection(case.id).part_digest("report") == digest
