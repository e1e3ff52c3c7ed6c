"""Three inspectors with lying clocks write, undo, remove, decide, sign and exchange at random.

Whatever the order: the same changes give the same state, nothing is lost or invented, an exchange
repeated changes nothing, and a second, simple model agrees.
"""

import random
from collections.abc import Iterator
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from inspector_app import conflicts, undo
from inspector_app.admission import admit
from inspector_app.change import Change
from inspector_app.errors import NotAllowed
from inspector_app.log import Log
from tests.conftest import Told
from tests.harness import count
from tests.making import Person, copy_of, new_log
from tests.simple_model import Bag

PEOPLE = ("ana", "ben", "cal")
people = st.sampled_from(PEOPLE)
records = st.sampled_from(["answer:j-01", "answer:j-02", "photo:p", "finding:f"])
fields = st.sampled_from(["result", "note", "text"])
texts = st.sampled_from(["met", "not-met", "", "ä", "long " * 20, None])


class Team(RuleBasedStateMachine):
    histories = 0

    snapshots = Bundle("snapshots")

    def __init__(self) -> None:
        super().__init__()
        self.person = {name: Person(name) for name in PEOPLE}
        first = new_log(self.person["ana"])
        self.log: dict[str, Log] = {name: copy_of(first) for name in PEOPLE}
        self.keys = {person.key for person in self.person.values()}
        self.typed: set[tuple[str, str, str]] = set()

    def _commit(self, name: str, edits: list, gesture: str | None = None) -> None:
        if edits:
            change = self.person[name].change(self.log[name], edits, gesture=gesture)
            self.log[name].add(change)
            self.typed |= {(e.record, e.field, e.value) for e in edits if isinstance(e.value, str)}

    @rule(name=people, record=records, field=fields, value=texts)
    def write(self, name: str, record: str, field: str, value: str | None) -> None:
        log = self.log[name]
        if field not in conflicts.disputed_fields(log, record):
            self._commit(name, log.setting(record, {field: value}))

    @rule(name=people, hours=st.integers(-50_000, 50_000))
    def lie_about_the_time(self, name: str, hours: int) -> None:
        self.person[name].clock += timedelta(hours=hours)
        if not 1990 < self.person[name].clock.year < 2090:
            self.person[name].clock = Person(name).clock

    @rule(name=people, record=records)
    def remove(self, name: str, record: str) -> None:
        if self.log[name].in_view(record):
            self._commit(name, self.log[name].removing(record))

    @rule(name=people, redo=st.booleans())
    def undo_or_redo(self, name: str, redo: bool) -> None:
        log, key = self.log[name], self.person[name].key
        step = undo.redo_step(log, key) if redo else undo.undo_step(log, key)
        if step is None:
            return
        try:
            edits = undo.inverse(log, key, step)
        except NotAllowed:
            return
        self._commit(name, edits, step.inverse)

    @rule(name=people, which=st.integers(0, 9))
    def decide(self, name: str, which: int) -> None:
        log = self.log[name]
        for conflict in conflicts.conflicts(log)[:1]:
            side = conflict.alternatives[which % len(conflict.alternatives)]
            self._commit(name, conflicts.choosing(log, conflict.record, side.changes[0]))
            assert conflicts.conflict_on(log, conflict.record) is None

    @rule(name=people, part=st.sampled_from(["report", "section:a"]))
    def sign_off(self, name: str, part: str) -> None:
        log = self.log[name]
        record = f"sign-off:{self.person[name].key}/{part}"
        if not conflicts.disputed_fields(log, record):
            self._commit(name, log.setting(record, {"part": part, "digest": log.digest()}))

    @rule(target=snapshots, name=people)
    def make_bundle(self, name: str) -> list[Change]:
        return list(self.log[name].changes.values())

    @rule(name=people, bundle=snapshots, authors=st.sets(people, min_size=1), seed=st.integers())
    def merge(self, name: str, bundle: list[Change], authors: set[str], seed: int) -> None:
        """An older bundle, in any order, of some of the authors."""
        changes = list(bundle)
        random.Random(seed).shuffle(changes)
        accepted = {self.person[author].key for author in authors | {name, "ana"}}
        for _ in range(2):
            here = self.log[name]
            admission = admit(here.id, changes, here, accepted)
            for change in admission.taken:
                here.add(change)
            assert {c.id for c in changes} <= here.changes.keys() | admission.refused.keys()
        assert not admission.taken

    @invariant()
    def the_simple_model_agrees(self) -> None:
        for log in self.log.values():
            bag = Bag()
            for change in log.changes.values():
                assert bag.put(change.body) == change.id
            assert log.state() == bag.state()
            assert log.digest() == bag.digest(log.id)
            assert set(log.all_records()) == bag.in_view()
            assert {(r, f) for r in log.in_order() for f in log.disputed(r)} == bag.disputed()

    def teardown(self) -> None:
        """In the end all meet: through a relay, in another order for each."""
        everyone = {id: c for log in self.log.values() for id, c in log.changes.items()}
        states = []
        for name in PEOPLE:
            here = self.log[name]
            changes = list(everyone.values())
            random.Random(name).shuffle(changes)
            admission = admit(here.id, changes, here, self.keys)
            assert not admission.refused
            for change in admission.taken:
                here.add(change)
            assert here.changes.keys() == everyone.keys()
            states.append((here.digest(), [c.record for c in conflicts.conflicts(here)]))
        assert states[0] == states[1] == states[2]
        kept = {
            (e.record, e.field, e.value)
            for change in everyone.values()
            for e in change.edits
            if isinstance(e.value, str)
        }
        assert self.typed <= kept
        Team.histories += 1


TestTeam = Team.TestCase
TestTeam.settings = settings(
    max_examples=count(60, 5_000),
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(autouse=True)
def _how_many(told: Told) -> Iterator[None]:
    yield
    told(f"{Team.histories:,} histories of three inspectors: equal in the end, nothing lost")
