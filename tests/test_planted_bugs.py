"""The second model is no decoration: faults planted in a copy of the fold are caught by it."""

import random
import types
from pathlib import Path

import pytest

import inspector_app.log as real
from tests.making import Person, new_log
from tests.simple_model import Bag

SOURCE = Path(real.__file__).read_text("utf-8")
FAULTS = {
    "a replaced value stays": ("            values.pop(id, None)\n", "            pass\n"),
    "a new value is dropped": (
        "        values[change.id] = edit.value",
        "        values.setdefault(change.id, None)",
    ),
    "null is a value": ("!= [None]", "!= [0]"),
    "a mark keeps a removed record in view": ("            if name != REMOVED\n", ""),
    "one of two values is shown as all": (
        "return [by_bytes[key] for key in sorted(by_bytes)]",
        "return [by_bytes[key] for key in sorted(by_bytes)[:1]]",
    ),
    "a followed change stays the newest": ('        heads.discard(change.previous or "")\n', ""),
    "equal values count as two": (
        "by_bytes = {canonical.encode(v): v for v in self.current(record, name).values()}",
        "by_bytes = {k.encode(): v for k, v in self.current(record, name).items()}",
    ),
    "the state is in the order of arrival": (
        "            for record in sorted(self._current)\n",
        "            for record in self._current\n",
    ),
    "the digest forgets the log": (
        "[canonical.encode(self.id), *map(canonical.encode, self.state())]",
        "[*map(canonical.encode, self.state())]",
    ),
}


def _planted(old: str, new: str) -> types.ModuleType:
    assert SOURCE.count(old) >= 1, "the fault no longer fits the source: plant it anew"
    module = types.ModuleType("planted")
    exec(compile(SOURCE.replace(old, new), "planted.py", "exec"), module.__dict__)
    return module


def _disagrees(module: types.ModuleType, seed: int) -> bool:
    """Whether a random history is folded otherwise than by the simple model."""
    chance = random.Random(seed)
    people = [Person("ana"), Person("ben")]
    honest = {person.name: new_log(people[0]) for person in people}
    first = next(iter(honest["ana"].changes.values()))
    honest["ben"] = real.Log(first)
    for _ in range(30):
        person = chance.choice(people)
        log, record = honest[person.name], chance.choice(["photo:a", "answer:b"])
        removes = chance.random() < 0.25 and log.in_view(record)
        value = chance.choice(["x", "y", None])
        edits = log.removing(record) if removes else log.setting(record, {"note": value})
        if edits:
            log.add(person.change(log, edits))
    changes = {**honest["ana"].changes, **honest["ben"].changes}
    planted, bag = module.Log(first), Bag()
    for change in changes.values():
        planted.add(change)
        bag.put(change.body)
    return bool(
        planted.state() != bag.state()
        or planted.digest() != bag.digest(first.id)
        or set(planted.all_records()) != bag.in_view()
        or planted.heads() != bag.heads()
    )


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_caught(fault: str) -> None:
    module = _planted(*FAULTS[fault])
    assert any(_disagrees(module, seed) for seed in range(20))


def test_the_fold_as_it_is_agrees() -> None:
    assert not any(_disagrees(real, seed) for seed in range(20))
