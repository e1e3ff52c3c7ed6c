"""Finding an agreement on the list by what a person types."""

from collections.abc import Sequence
from difflib import get_close_matches
from functools import cache

from inspector_app.agencies.rows import AgencyRow, normalized, state_code, state_names
from inspector_app.errors import BadInput

_SUGGESTIONS = 6
_SHORTEST = 4  # letters; fewer are part of half the list


def match(rows: Sequence[AgencyRow], text: str) -> list[AgencyRow]:
    """The rows that hold every word of the text in their name, county, state or model.

    A postal code in capitals means that state alone; apostrophes may be left out.
    """
    codes = [word for word in text.split() if word in state_names()]
    words = [_plain(word) for word in text.split() if word not in codes]
    return [
        row
        for row in rows
        if all(row.state == code for code in codes)
        and all(word in _haystack(row) for word in words)
    ]


@cache
def _haystack(row: AgencyRow) -> str:
    state = state_names().get(row.state, "")
    return _plain(f"{row.name} {row.county} {state} {row.state} {row.model}")


def _plain(text: str) -> str:
    return normalized(text).replace("'", "")


def find(rows: Sequence[AgencyRow], state: str | None, name: str, model: str) -> AgencyRow:
    """The agreement of one agency under one model; the newest, should the list have several.

    `state` is a code or a name; without it the name must fit one state only. BadInput carries the
    agreements that fit, or what may have been meant, in its details.
    """
    code = state_code(state) if state else None
    here = [row for row in rows if code in (None, row.state)]
    named = [row for row in here if _plain(row.name) == _plain(name)]
    if not named:
        raise BadInput(
            "No agency on the published list has this name; nothing was started.",
            [f"Did you mean {line}?" for line in _suggestions(here, name)],
        )
    fitting = [row for row in named if row.model == model]
    if not fitting:
        raise BadInput(
            f"The agency has no {model} agreement on the published list; nothing was started.",
            [in_words(row) for row in named],
        )
    return _only_one(fitting)


def _only_one(rows: Sequence[AgencyRow]) -> AgencyRow:
    places = {(row.state, row.county) for row in rows}
    if len(places) > 1:
        several = len({row.state for row in rows}) > 1
        hint = "name the state as well" if several else "the list tells them apart by county alone"
        raise BadInput(
            f"The name fits {len(places)} agencies; {hint}. Nothing was started.",
            [in_words(row) for row in rows],
        )
    return max(rows, key=lambda row: row.signed)


def in_words(row: AgencyRow) -> str:
    """`Hamilton County Sheriff's Office, Indiana (IN): JEM, signed 2025-03-03`."""
    state = state_names().get(row.state, row.state)
    return f"{row.name}, {state} ({row.state}): {row.model}, signed {row.signed.isoformat()}"


def _suggestions(rows: Sequence[AgencyRow], name: str) -> list[str]:
    """Names like the one typed, the nearest first; else those that hold all its words."""
    places: dict[str, dict[str, None]] = {}
    for row in rows:
        places.setdefault(_plain(row.name), {})[f"{row.name}, {row.state}"] = None
    near = get_close_matches(_plain(name), places, n=_SUGGESTIONS, cutoff=0.8)
    if not near and len(name) >= _SHORTEST:
        near = [_plain(row.name) for row in match(rows, name)]
    meant = dict.fromkeys(place for plain in near for place in places[plain])
    return list(meant)[:_SUGGESTIONS]
