"""The digest follows every single field of every kind of record."""

from collections.abc import Iterator
from typing import Any, Literal, get_args, get_origin

import pytest

from inspector_app.errors import BadInput
from inspector_app.log import Log
from inspector_app.records import BY_KIND, Record, agency_file, read_record, stored_values
from tests.making import Person, copy_of, new_log

ANA = Person("ana")
CHOICES = dict.fromkeys(word for words in agency_file.WORDS.values() for word in words)
_MOMENT = "2026-03-10T09:42:07-04:00[America/New_York]"
_SAMPLES: tuple[Any, ...] = (
    *CHOICES,
    *({"oig": value} for value in ("2026-03-10", "received")),
    *("x", _MOMENT, "ab" * 32, "America/Denver", "2026-03-10", True, 7),
    *({"sealed": "x"}, {"key": "x"}, {"key": 7}, {"key": True}, {"key": "ab" * 32}),
)
FIELDS = [
    (cls, info.alias or name)
    for cls in BY_KIND.values()
    for name, info in cls.model_fields.items()
    if name != "id"
]


def _value(cls: type[Record], field: str) -> Any:
    """A value that the field takes: one of the samples, or a word that its type names."""
    info = next(i for n, i in cls.model_fields.items() if (i.alias or n) == field)
    words = list(_words(info.annotation))
    for value in (*words, *({"key": word} for word in words), *_SAMPLES):
        try:
            stored_values(cls, {field: value})
        except BadInput:
            continue
        if value != info.default:
            return value
    raise AssertionError(f"no sample for {cls.kind}.{field}")


def _words(kind: Any) -> Iterator[str]:
    """The words that a type allows, wherever they stand in it."""
    if get_origin(kind) is Literal:
        yield from get_args(kind)
    else:
        for inner in get_args(kind):
            yield from _words(inner)


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
