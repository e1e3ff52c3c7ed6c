"""From a form file's bytes to a table that is without fault, or to all of its faults at once."""

import re
import tomllib
from datetime import date
from typing import Any

from inspector_app.errors import BadInput
from inspector_app.forms.faults import Faults, broken, quoted
from inspector_app.forms.lines import Place
from inspector_app.forms.rules import RULES
from inspector_app.forms.shapes import FORM, Key, Kind, Shape

Table = dict[str, Any]

MAX_BYTES = 1024 * 1024
_DEEP = re.compile(r"""(?:\.[ \t]*+(?:[\w-]++|"(?:\\.|[^"\\\n])*+"|'[^'\n]*+')[ \t]*+){20}""")
"""Twenty names joined by dots: TOML's reader takes the square of their number in time."""

_WHERE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


class TooDeep(ValueError):
    """A file of TOML whose tables, lists or names are nested more deeply than any needs."""


def table_of(text: str) -> Table:
    """What a file of TOML from outside says. ValueError, whatever is wrong with it."""
    if _DEEP.search(text):
        raise TooDeep("it is nested too deeply")
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise TooDeep("it is nested too deeply") from None


def checked_table(data: bytes, name: str) -> Table:
    """A form's table, or BadInput with every fault, each with file and line."""
    text = _text(data, name)
    try:
        raw = table_of(text)
    except ValueError as error:
        raise broken(name, [_not_toml(text, name, error)]) from None
    faults = Faults(name, text)
    sound = _Shapes(faults).table(raw, FORM, (), "a form")
    for rule in RULES:
        rule(sound, faults)
    faults.raise_any()
    return sound


def _text(data: bytes, name: str) -> str:
    if len(data) > MAX_BYTES:
        raise BadInput(f"The form {name} is larger than 1 MB, which no form is.")
    try:
        return data.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise broken(name, [f"{name}:{line}: This is not UTF-8 text."]) from None


def _not_toml(text: str, name: str, error: Exception) -> str:
    """What TOML's reader says, which stops at the first fault; it names the line in its words."""
    if isinstance(error, TooDeep):
        return f"{name}:1: This is nested too deeply for a form."
    where = _WHERE.search(str(error))
    line = where[1] if where and where[1] else text.count("\n") + 1 if where else 1
    return f"{name}:{line}: This is not TOML: {_WHERE.sub('', str(error))}."


class _Shapes:
    """Checks keys and kinds, and keeps what is sound, so that the rules can go on with it."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults

    def table(self, raw: Table, shape: Shape, path: Place, what: str) -> Table:
        """The sound keys of one table; every other key is a fault."""
        for name in raw:
            if name not in shape:
                sentence = f"There is no key {quoted(name)} in {what}."
                self._faults.add((*path, name), sentence, name, shape)
        sound: Table = {}
        for name, key in shape.items():
            if name not in raw:
                if key.needed:
                    self._faults.add(path, f"The key “{name}” is missing in {what}.")
            elif self._holds(raw[name], key, (*path, name)):
                sound[name] = self._inside(raw[name], key, (*path, name))
        return sound

    def _holds(self, value: Any, key: Key, path: Place) -> bool:
        """Whether the value is of its kind, is there, and is among the words allowed."""
        name = path[-1]
        if not _is(value, key.kind):
            self._faults.add(path, f"“{name}” must be {key.kind.value}.")
        elif key.some and not value:
            self._faults.add(path, f"“{name}” is empty.")
        elif _blank(value):
            self._faults.add(path, f"“{name}” is only spaces, or has a text that is empty.")
        else:
            return self._allowed(value, key, path)
        return False

    def _allowed(self, value: Any, key: Key, path: Place) -> bool:
        words = value if key.kind is Kind.TEXTS else [value]
        wrong = [word for word in words if key.one_of and word not in key.one_of]
        for word in wrong:
            sentence = f"{quoted(word)} is none of {', '.join(key.one_of)}."
            self._faults.add(path, sentence, word, key.one_of)
        return not wrong

    def _inside(self, value: Any, key: Key, path: Place) -> Any:
        what = f"“{path[-1]}”"
        if key.kind is Kind.TABLES:
            parts = enumerate(value)
            return [self.table(part, key.inside, (*path, at), what) for at, part in parts]
        return self.table(value, key.inside, path, what) if key.kind is Kind.TABLE else value


def _is(value: Any, kind: Kind) -> bool:
    """Whether a value is of the kind; true and false are no numbers, a time of day is no day."""
    match kind:
        case Kind.TEXT:
            return isinstance(value, str)
        case Kind.NUMBER:
            return type(value) is int and value > 0
        case Kind.DAY:
            return type(value) is date
        case Kind.TABLE:
            return isinstance(value, dict)
        case Kind.TEXTS:
            return isinstance(value, list) and all(isinstance(part, str) for part in value)
        case Kind.TABLES:
            return isinstance(value, list) and all(isinstance(part, dict) for part in value)


def _blank(value: Any) -> bool:
    """Whether a text is nothing but spaces, or a list of texts has one that says nothing."""
    if isinstance(value, list):
        return any(isinstance(part, str) and not part.strip() for part in value)
    return isinstance(value, str) and value.isspace()
