"""The digest follows every single field of every kind of record."""

from datetime import date
from typing import Any, get_args, get_origin

import pytest

from inspector_app.log import Log
from inspector_app.records import BY_KIND, Record, read_record, stored_values
from tests.making import Person, copy_of, new_log

ANA = Person("ana")
_SAMPLES: dict[str, Any] = {
    "zone": "America/Denver",
    "held": "2026-03-10T09:42:07-04:00[America/New_York]",
    "taken": "2026-03-10T09:42:07-04:00[America/New_York]",
    "made": "2026-03-10T09:42:07+00:00[UTC]",
    "merged": "2026-03-10T09:42:07+00:00[UTC]",
    "imported": "2026-03-10T09:42:07+00:00[UTC]",
    "name": "x",
}
_HASHES = {"sha256", "question", "digest", "file", "agreement_seen"}
FIELDS = [
    (cls, info.alias or name)
    for cls in BY_KIND.values()
    for name, info in cls.model_fields.items()
    if name != "id"
]


def _value(cls: type[Record], field: str) -> Any:
    """A value for a field, found from its type."""
    if field in _SAMPLES and (cls.kind, field) not in {
        ("interview", "name"),
        ("bundle-made", "held"),
    }:
        return _SAMPLES[field]
    if (cls.kind, field) == ("draw", "drawn"):
        return _SAMPLES["held"]
    if (cls.kind, field) == ("draw", "frame"):
        return "ab" * 32
    info = next(i for n, i in cls.model_fields.items() if (i.alias or n) == field)
    kinds = [a for a in get_args(info.annotation) if a is not type(None)] or [info.annotation]
    if field in _HASHES and not (cls.kind == "sampled-file" and field == "file"):
        return "ab" * 32
    text = str(info.annotation)
    if "sealed" in text:
        return {"sealed": "x"}
    if get_origin(info.annotation) is dict:
        inner = get_args(info.annotation)[1]
        return {
            "key": (get_args(inner) or (None,))[0] if "Literal" in str(inner) else _plain(inner)
        }
    if "Literal" in text:
        return get_args(kinds[0])[0] if get_origin(kinds[0]) is not None else kinds[0]
    return _plain(kinds[0])


def _plain(kind: Any) -> Any:
    return {str: "x", bool: True, date: "2026-03-10"}.get(kind, 7)


def _written(cls: type[Record], field: str) -> Log:
    log = new_log(ANA)
    values = stored_values(cls, {field: _value(cls, field)})
    log.add(ANA.change(log, log.setting(f"{cls.kind}:x", values)))
    return log


@pytest.mark.parametrize(("cls", "field"), FIELDS, ids=[f"{c.kind}.{f}" for c, f in FIELDS])
def test_one_field_alone_changes_the_digest_and_is_read_back(cls: type[Record], field: str) -> None:
    log = _written(cls, field)
    first = next(iter(log.changes.values()))
    assert log.digest() != Log(first).digest()
    assert copy_of(log).digest() == log.digest()
    record, unread = read_record(cls, f"{cls.kind}:x", log.fields(f"{cls.kind}:x"))
    assert unread == []
    assert record != cls.model_construct(id=f"{cls.kind}:x")
