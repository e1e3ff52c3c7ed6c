"""From a workbook that came back to the form file it says, with every fault at its cell."""

import base64
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from inspector_app import canonical, forms
from inspector_app.authoring.looks import WORDS
from inspector_app.authoring.reading import Filled, Spot, filled, opened
from inspector_app.authoring.rewriting import rewritten
from inspector_app.authoring.sheets import FORM_SHEET, title_of
from inspector_app.authoring.spelling import expanded
from inspector_app.authoring.spreadsheet import ORIGINAL
from inspector_app.errors import BadInput
from inspector_app.forms.lines import Place, lines_of
from inspector_app.forms.shapes import FORM

_NAME = "workbook"
_TOLD = re.compile(rf"{_NAME}:(\d+): (.*)", re.DOTALL)
_MISSING = re.compile("The key “([a-z_]+)” is missing in (a form)?")


@dataclass(frozen=True, slots=True)
class Imported:
    """The form file that a workbook says. `ignored`: what else it holds, which nobody reads."""

    data: bytes
    form: forms.Form
    ignored: tuple[str, ...]


def imported(data: bytes) -> Imported:
    """The form file that went into the workbook, with what was changed in its cells.

    An untouched workbook gives the same bytes. BadInput where it is no workbook of a form, and
    where it has faults: all of them, each with sheet, row and column.
    """
    book = opened(data)
    original = _original(book)
    told = filled(book, (ORIGINAL, WORDS))
    faults = [*told.faults, *_rule_faults(told)]
    if faults:
        count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        details = [_sentence(spot, why) for spot, why in sorted(faults, key=_order(book))]
        raise BadInput(f"The workbook has {count}; no form was written.", details)
    text = rewritten(original.decode("utf-8"), told.form).encode("utf-8")
    form = forms.parse(text, f"{told.form['id']}.toml")
    meant = forms.parse(expanded(told.form, FORM).encode("utf-8"), _NAME)
    if replace(form, digest="", released=False) != replace(meant, digest="", released=False):
        raise AssertionError("the rewritten form does not say what the workbook says")
    return Imported(text, form, tuple(told.ignored))


def _original(book: Any) -> bytes:
    """The form file that the workbook carries."""
    if ORIGINAL not in book.sheetnames:
        raise BadInput(
            f"The workbook has no hidden sheet “{ORIGINAL}”, which holds the form file it was "
            "made from; export the form again and copy the changes into that workbook."
        )
    column = [str(row[0].value or "") for row in book[ORIGINAL].iter_rows(max_col=1)]
    try:
        data = base64.b64decode("".join(column[2:]), validate=True)
    except ValueError:
        data = b""
    if not data or canonical.sha256(data) != column[1]:
        raise BadInput(
            f"The hidden sheet “{ORIGINAL}” of the workbook was changed; export the form again "
            "and copy the changes into that workbook."
        )
    forms.parse(data, ORIGINAL)
    return data


def _rule_faults(told: Filled) -> Iterator[tuple[Spot, str]]:
    """What the rules of forms say, at the cells; silent about cells that cannot be read anyway."""
    text = expanded(told.form, FORM)
    try:
        forms.parse(text.encode("utf-8"), _NAME)
    except BadInput as error:
        if not error.details:
            raise
        places = _places(text)
        known = {spot for spot, _ in told.faults}
        for detail in error.details:
            line, sentence = _TOLD.fullmatch(detail).groups()  # type: ignore[union-attr]
            spot, why = _placed(told, places.get(int(line), ()), sentence)
            if spot not in known:
                yield spot, why


def _places(text: str) -> dict[int, Place]:
    """For each line the innermost thing that begins there."""
    found: dict[int, Place] = {}
    for place, line in lines_of(text).items():
        if len(place) > len(found.get(line, ())):
            found[line] = place
    return found


def _placed(told: Filled, place: Place, sentence: str) -> tuple[Spot, str]:
    """The cell that a fault is about; of what is missing, where it would stand."""
    missing = _MISSING.search(sentence)
    if not missing:
        return told.spot(place) or Spot(FORM_SHEET, 0), sentence
    key, whole = missing.groups()
    place = () if whole else place
    if cell := told.spots.get((*place, key)):
        return cell, "This cell is empty."
    title = title_of((*(step for step in place if isinstance(step, str)), key))
    spot = told.spot(place)
    if spot is None:
        return Spot(title, 0), "It has no rows."
    return spot, f"The sheet “{title}” has no row for it."


def _sentence(spot: Spot, why: str) -> str:
    where = str(spot)
    return f"{where[:1].upper()}{where[1:]}: {why}"


def _order(book: Any) -> Callable[[tuple[Spot, str]], tuple[int, int, int, str]]:
    """Faults in the order of the workbook: by sheet, row and column."""
    names = list(book.sheetnames)

    def key(fault: tuple[Spot, str]) -> tuple[int, int, int, str]:
        spot = fault[0]
        return names.index(spot.sheet), spot.row, len(spot.letter), spot.letter

    return key
