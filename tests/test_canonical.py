"""Canonical JSON: a decoder that refuses and a look at brackets agree with the plain rule."""

import json
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from inspector_app import canonical
from inspector_app.errors import BadInput
from tests.harness import count

NUMBERS = st.integers(-(2**54), 2**54) | st.floats() | st.sampled_from([2**53 - 1, 2**53, -(2**53)])
TEXTS = st.text(st.characters(codec=None), max_size=6) | st.sampled_from(
    ["[{" * 9, '"\\', "\ud800"]
)
PLAIN = st.none() | st.booleans() | NUMBERS | TEXTS


def _nested(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3)


def _towers(floors: int) -> st.SearchStrategy[Any]:
    def tower(names: list[str | None]) -> Any:
        value: Any = 1
        for name in names:
            value = [value] if name is None else {name: value}
        return value

    return st.lists(st.none() | st.just("a"), max_size=floors).map(tower)


VALUES = st.recursive(PLAIN, _nested, max_leaves=12) | _towers(canonical.MAX_DEPTH + 3)
ONE_SPELLING = {"ensure_ascii": False, "sort_keys": True, "separators": (",", ":")}
SPELLINGS = [
    {"ensure_ascii": ascii, "sort_keys": sort, "separators": (comma, ":")}
    for ascii in (False, True)
    for sort in (False, True)
    for comma in (",", ", ")
]


def _may_be_kept(value: Any, depth: int = 1) -> bool:
    """The rule as docs/format.md says it, over a value as any JSON reader gives it."""
    if isinstance(value, dict | list):
        parts = list(value.values()) if isinstance(value, dict) else value
        return depth <= canonical.MAX_DEPTH and all(_may_be_kept(p, depth + 1) for p in parts)
    if isinstance(value, float):
        return False
    return isinstance(value, bool) or not isinstance(value, int) or abs(value) < 2**53


def _canonical(value: Any) -> bytes | None:
    try:
        spelled = json.dumps(value, **ONE_SPELLING).encode()
    except UnicodeEncodeError:
        return None
    return spelled if _may_be_kept(value) else None


@given(VALUES, st.sampled_from([ONE_SPELLING, *SPELLINGS]), st.sampled_from([b"", b" ", b"]"]))
@example([[[[[[[[1]]]]]]]], ONE_SPELLING, b"")
@example([[[[[[[[[1]]]]]]]]], ONE_SPELLING, b"")
@example(["[[[[[[[[["], ONE_SPELLING, b"")
@example(2**53, ONE_SPELLING, b"")
@settings(max_examples=count(400, 20_000), deadline=None)
def test_it_reads_what_the_rule_allows_in_its_one_spelling(
    value: Any, spelling: dict[str, Any], behind: bytes
) -> None:
    data = json.dumps(value, **spelling).encode("utf-8", "surrogatepass") + behind
    if data == _canonical(value):
        assert canonical.decode(data) == value
        assert canonical.encode(value) == data
    else:
        with pytest.raises(BadInput):
            canonical.decode(data)
