"""One published agreement as a row, and the plain CSV file that such rows are kept in."""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import date
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

from inspector_app.errors import BadInput
from inspector_app.paths import resource

_APOSTROPHES = str.maketrans(dict.fromkeys("’‘‛ʼ`´′", "'"))
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))  # pasted from pages
_MISPRINT = 0.85  # how alike a state's name must be to count as a misprint of it
_ADDENDUM = {True: "yes", False: "no"}


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """One agreement as ICE publishes it: one agency, one model, the day it was signed.

    Texts are as published, spaces trimmed and collapsed. `state` is the postal code, `model` is
    JEM, WSO or TFM, `county` is empty where the list says it does not apply. `moa` is "link",
    "pending" or "".
    """

    state: str
    name: str
    type: str
    county: str
    model: str
    signed: date
    moa: str = ""
    moa_url: str = ""
    addendum: bool = False
    addendum_url: str = ""

    @property
    def agency(self) -> tuple[str, str]:
        """What tells one agency from another: its state and its name as compared."""
        return self.state, normalized(self.name)


def collapsed(text: str) -> str:
    """The text without spaces at its ends, with single ones inside, and no signs of no width."""
    return " ".join(text.translate(_INVISIBLE).split())


def normalized(text: str) -> str:
    """A name as it is compared: one kind of space and of apostrophe, no matter of case."""
    return collapsed(text.translate(_APOSTROPHES)).casefold()


@cache
def _state_codes() -> dict[str, str]:
    """Postal codes by every way to write a state, in capitals."""
    with resource("states.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    codes = {row["code"]: row["code"] for row in rows}
    return codes | {_as_compared(row["name"]): row["code"] for row in rows}


def _as_compared(state: str) -> str:
    return collapsed(re.sub(r"[.,]", "", state.upper()))


@cache
def state_names() -> dict[str, str]:
    """The usual name of each state and territory, by its postal code."""
    with resource("states.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["name"] for row in reversed(list(csv.DictReader(file)))}


def written_as_usual(state: str) -> bool:
    """Whether this is the name or the postal code of a state or territory, without a misprint."""
    return _as_compared(state) in _state_codes()


def state_code(text: str) -> str:
    """The postal code of a state or territory, from its code or its name.

    The published list misprints a state now and then, so a name that is off by a letter counts
    where it can be one state only. BadInput when it is none.
    """
    wanted = _as_compared(text)
    known = _state_codes()
    if wanted in known:
        return known[wanted]
    names = [name for name in known if len(name) > 2 and abs(len(name) - len(wanted)) <= 2]
    near = {known[name] for name in get_close_matches(wanted, names, n=2, cutoff=_MISPRINT)}
    if len(near) != 1:
        raise BadInput("There is no such state or territory; give its name or its postal code.")
    return near.pop()


# -- the CSV file --------------------------------------------------------------------------------


def write_csv(rows: Iterable[AgencyRow], path: Path) -> None:
    """Write the rows, to be read again by `read_csv` without loss."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [f.name for f in fields(AgencyRow)], lineterminator="\n")
        writer.writeheader()
        for row in rows:
            writer.writerow({**asdict(row), "addendum": _ADDENDUM[row.addendum]})


def read_csv(data: bytes) -> list[AgencyRow]:
    """The rows of such a file. BadInput says what is wrong, and in which rows."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        raise BadInput(f"The list of agencies is not in UTF-8 (line {line}).") from None
    reader = csv.DictReader(io.StringIO(text, newline=""))
    missing = [f.name for f in fields(AgencyRow) if f.name not in (reader.fieldnames or ())]
    if missing:
        raise BadInput(f"The list of agencies lacks the column {' and '.join(missing)}.")
    return _read_rows(reader)


def _read_rows(reader: "csv.DictReader[str]") -> list[AgencyRow]:
    rows: list[AgencyRow] = []
    faults: list[str] = []
    for given in reader:
        try:
            rows.append(_from_texts(given))
        except (ValueError, TypeError, KeyError):
            faults.append(f"line {reader.line_num}: not a whole agreement")
    if faults:
        raise BadInput("The list of agencies has rows that cannot be read.", faults)
    return rows


def _from_texts(given: dict[str, Any]) -> AgencyRow:
    whether = {word: value for value, word in _ADDENDUM.items()}
    texts = {f.name: given[f.name] for f in fields(AgencyRow)}
    if None in texts.values() or not re.fullmatch("JEM|WSO|TFM", texts["model"]):
        raise ValueError
    signed = date.fromisoformat(texts["signed"])
    return AgencyRow(**texts | {"signed": signed, "addendum": whether[texts["addendum"]]})


@cache
def _shipped() -> tuple[AgencyRow, ...]:
    return tuple(read_csv(resource("agencies.csv").read_bytes()))


def published() -> list[AgencyRow]:
    """The list of May 18, 2026, which ships with the program."""
    return list(_shipped())
