"""No sequence of edits, undo and merges hides a class that the definitions forbid.

Two inspectors write, class, confirm, undo, decide and exchange at random. The guard lets nobody
write a forbidden class alone; where a merge or an undo makes one, `checks` names that finding and
the report is a draft. A second, simple reading of GAO-21-186's definitions judges.
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from inspector_app import conflicts, undo
from inspector_app.change import Edit
from inspector_app.checks import problems
from inspector_app.errors import UserError
from inspector_app.inspection import Inspection
from inspector_app.inspection.reading import VISIT
from inspector_app.records import Finding
from inspector_app.reports.subject import Subject
from tests.conftest import Told
from tests.harness import count
from tests.making import Person, copy_of, exchange, new_log
from tests.reports.inspections import HAMILTON, POSTERS, small_form

PEOPLE = ("ana", "marcus")
FINDING = "finding:f"
OTHER = "Another sentence of the agreement."
DAYS = (date(2025, 3, 2), date(2026, 3, 10), None)
VALUES = {
    "class": ("deficiency", "area-of-concern", "best-practice", None),
    "document": ("moa", None),
    "quotation": (POSTERS, OTHER, None),
    "violated": (POSTERS, OTHER, None),
    "effect": ("Calls take longer.", None),
    "title": ("A title", None),
}
people = st.sampled_from(PEOPLE)
writings = st.sampled_from([(field, value) for field, given in VALUES.items() for value in given])


class Team(RuleBasedStateMachine):
    histories = 0

    def __init__(self) -> None:
        super().__init__()
        self.person = {name: Person(name) for name in PEOPLE}
        about = {"purpose": "inspection", "practice": True, "agency": dict(HAMILTON)}
        first = new_log(self.person["ana"], **about)
        self.held = {name: Inspection(copy_of(first), small_form()) for name in PEOPLE}

    @initialize()
    def begin(self) -> None:
        """A deficiency that stands, which both have before them."""
        self._commit("ana", self.held["ana"].setting(VISIT, {"first_day": date(2026, 3, 10)}))
        fields = {"document": "moa", "quotation": POSTERS, "violated": POSTERS}
        self._commit("ana", self.held["ana"].setting(FINDING, {**fields, "class": "deficiency"}))
        self.merge()

    def _commit(self, name: str, edits: list[Edit], gesture: str | None = None) -> None:
        if edits:
            log = self.held[name].log
            self.held[name].apply(self.person[name].change(log, edits, gesture=gesture))

    @rule(name=people, given=st.lists(writings, min_size=1, max_size=3), amends=st.booleans())
    def write(self, name: str, given: list[tuple[str, str | None]], amends: bool) -> None:
        inspection = self.held[name]
        before = _is_forbidden(inspection)
        try:
            edits = inspection.setting(FINDING, dict(given), amends=amends)
        except UserError:
            return
        self._commit(name, edits)
        assert before or not _is_forbidden(inspection), "the guard let a person write it"

    @rule(name=people, day=st.sampled_from(DAYS))
    def move_the_first_day(self, name: str, day: date | None) -> None:
        with suppress(UserError):
            self._commit(name, self.held[name].setting(VISIT, {"first_day": day}, amends=True))

    @rule(name=people, redo=st.booleans())
    def undo_or_redo(self, name: str, redo: bool) -> None:
        log, key = self.held[name].log, self.person[name].key
        step = undo.redo_step(log, key) if redo else undo.undo_step(log, key)
        try:
            edits = undo.inverse(log, key, step) if step else []
        except UserError:
            return
        self._commit(name, edits, step.inverse if step else None)

    @rule(name=people)
    def remove(self, name: str) -> None:
        if self.held[name].record(FINDING):
            self._commit(name, self.held[name].removing(FINDING, amends=True))

    @rule(name=people, which=st.integers(0, 9))
    def decide(self, name: str, which: int) -> None:
        inspection = self.held[name]
        for conflict in conflicts.conflicts(inspection.log)[:1]:
            side = conflict.alternatives[which % len(conflict.alternatives)]
            self._commit(name, inspection.choosing(conflict.record, side.changes[0]))

    @rule(name=people)
    def sign(self, name: str) -> None:
        try:
            edits = self.held[name].signing(self.person[name].key, "report", "opr-inspector", _NOW)
        except UserError:
            return
        self._commit(name, edits)

    @rule()
    def merge(self) -> None:
        logs = [copy_of(inspection.log) for inspection in self.held.values()]
        exchange(*logs)
        forms = small_form()
        pairs = zip(PEOPLE, logs, strict=True)
        self.held = {name: Inspection(log, forms) for name, log in pairs}

    @invariant()
    def what_is_forbidden_is_named_and_a_draft(self) -> None:
        for inspection in self.held.values():
            if _is_forbidden(inspection):
                found = problems(inspection)
                named = [p.record for p in found if p.kind in ("forbidden", "conflict")]
                assert FINDING in named or VISIT in named
                assert not Subject(inspection, found, lambda photo: None, "internal").is_final

    def teardown(self) -> None:
        Team.histories += 1


_NOW = "2026-03-12T16:00:00-04:00[America/Indiana/Indianapolis]"


def _is_forbidden(inspection: Inspection) -> bool:
    """The definitions once more, in the plainest words."""
    finding = inspection.get(Finding, FINDING)
    if finding is None or finding.class_ is None:
        return False
    if finding.class_ != "deficiency":
        needs_effect = finding.class_ == "area-of-concern" and not finding.effect
        return bool(finding.violated) or needs_effect
    day = inspection.visit.first_day
    in_force = finding.document == "moa" and day is not None and day >= date(2025, 3, 3)
    return not (in_force and finding.quotation and finding.violated == finding.quotation)


TestTeam = Team.TestCase
TestTeam.settings = settings(
    max_examples=count(40, 2000),
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(autouse=True)
def _how_many(told: Told) -> Iterator[None]:
    yield
    told(f"{Team.histories:,} histories of two inspectors: no class that its evidence forbids")
