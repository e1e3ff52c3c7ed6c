"""Editions: one inspection as the team, the agency or the public may read it.

An edition is a view: the same records under the same ids and numbers, with other values. Reports
read nothing but the view, so what is withheld never comes near a page. What happens to which field
is data (resources/editions.toml); a field that the data does not name is withheld.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from inspector_app.canonical import Value
from inspector_app.change import Change, Edit
from inspector_app.errors import BadInput
from inspector_app.inspection import Counts, Inspection
from inspector_app.log import REMOVED, Log
from inspector_app.moments import Moment
from inspector_app.paths import resource
from inspector_app.records import BY_KIND, Hash, Interview, MomentText, SignOff
from inspector_app.rules import identifiers, passages

OPEN, CLOSE = "\ufdd0", "\ufdd1"
"""Around text that was put in the place of other text. Noncharacters: nobody types them."""

NO_CLOCK = "withheld"
"""In the place of a moment's zone: only its day is told."""

INTERNAL = "internal"
_DRAWN = ("annotation",)
"""Kinds of records whose texts are drawn into pictures, where nothing has a ground."""
_MARKS = dict.fromkeys(map(ord, OPEN + CLOSE), "\ufffd")
_ALIKE = {Hash: "digest", MomentText: "moment", str: "text", dict[str, str]: "text"}


@cache
def _data() -> dict[str, Any]:
    with resource("editions.toml").open("rb") as file:
        return tomllib.load(file)


def editions() -> tuple[str, ...]:
    """The names of all editions, the fullest first."""
    return tuple(_data()["edition"])


def exemptions() -> tuple[str, ...]:
    """The codes of all exemptions."""
    return tuple(_data()["exemption"])


def words(key: str) -> str:
    """A standing text of all editions."""
    return str(_data()["words"][key])


def releases() -> list[tuple[str, str]]:
    """What may be decided on a photo for the public, with its words."""
    return list(_data()["release"].items())


def leak_words(kind: str) -> str:
    """What a leak of this kind is called; `{where}` is the page."""
    return str(_data()["leak"][kind])


@cache
def secret_fields() -> Mapping[tuple[str, str], str]:
    """By kind of record and field: what a leak scan calls its values."""
    return {
        (kind, name): secret
        for secret, fields in _data()["secret"].items()
        for kind, _, name in (field.partition(".") for field in fields)
    }


def note(codes: Iterable[str]) -> str:
    """The sentence under a page on which these exemptions stand; `**` around each code."""
    meant = [f"**{code}** {of}" for code, of in _data()["exemption"].items() if code in set(codes)]
    return words("note").format(codes="; ".join(meant))


def codes_in(text: str) -> Iterator[str]:
    """The exemptions named in brackets in a text."""
    known = _data()["exemption"]
    for code in re.findall(r"[,(] ?(b\w+)[\])]", text.replace("\u00a0", " ")):
        if code in known:
            yield code


def withheld(what: str, code: str) -> str:
    """`[name, b6]`, marked as put in the place of other text."""
    return f"{OPEN}{words('named').format(what=what, code=code)}{CLOSE}"


def bracketed(text: str) -> str:
    """A text of the data itself with its `{b6=name}` as `[name, b6]`."""
    return passages.filled(text, lambda code, what: withheld(what, code))


def counted(text: str, code: str) -> str:
    """`[11 words, b7E]` for these words."""
    n = len(text.split())
    one, many = _data()["words"]["word"]
    said = words("withheld").format(n=n, words=one if n == 1 else many, code=code)
    return f"{OPEN}{said}{CLOSE}"


def bare(text: str) -> str:
    """The text without the marks around what was put in the place of other text."""
    return text.translate(dict.fromkeys(map(ord, OPEN + CLOSE)))


@dataclass(frozen=True)
class Edition:
    """One edition: what it withholds, field by field, and what stands on its pages."""

    name: str
    title: str
    purpose: str
    exemptions: bool
    unnamed: str
    digests: bool
    clock: bool
    earlier_wordings: bool
    numbers: str
    photos: str
    scan: tuple[str, ...]
    version: str
    foot: str
    file_numbers: str
    last_of_file_number: int
    photo_code: str = ""
    author: str = ""
    people: Mapping[str, str] | None = None
    field: Mapping[str, Mapping[str, str]] | None = None

    @cached_property
    def treatments(self) -> Mapping[tuple[str, str], str]:
        """By kind of record and field, what is done with it."""
        return {
            (kind, name): treatment
            for kind, named in (self.field or {}).items()
            for treatment, names in named.items()
            for name in names.split()
        }

    # -- texts -------------------------------------------------------------------------------

    def text(self, typed: str) -> str:
        """Typed text with its marked passages opened or withheld, and no person's number."""
        shown = typed.translate(_MARKS) if OPEN in typed or CLOSE in typed else typed
        shown = passages.filled(shown, self._passage) if "{" in shown else shown
        if self.numbers == "withheld":
            shown = identifiers.replaced(shown, bracketed(words("number")))
        return shown

    def _passage(self, code: str, text: str) -> str:
        return counted(text, code) if self.exemptions else text

    # -- values ------------------------------------------------------------------------------

    def value(self, kind: str, field: str, value: Value) -> Value:
        """One value of a field as this edition has it. What is not known is withheld."""
        if value is None or field == REMOVED:
            return value
        field = field.partition(".")[0]
        treatment = self.treatments.get((kind, field)) or self._by_type(kind, field, value)
        shown = self._treated(treatment, value)
        return bare(shown) if kind in _DRAWN and isinstance(shown, str) else shown

    def _by_type(self, kind: str, field: str, value: Value) -> str:
        alike = _types(kind.removesuffix("-detained")).get(field)
        if alike == "digest":
            return "kept" if self.digests else "removed"
        if alike == "moment":
            return "kept" if self.clock else "day"
        if alike == "other" or (kind == "about" and not isinstance(value, str)):
            return "kept"
        return self.unnamed

    def _treated(self, treatment: str, value: Value) -> Value:
        if treatment == "kept":
            return value
        if treatment == "removed":
            return None
        if not isinstance(value, str):
            return value if treatment == "text" else None
        if treatment == "text":
            return self.text(value)
        if treatment in _TREATED:
            return _TREATED[treatment](value)
        code, _, what = treatment.partition("=")
        return withheld(what, code) if what else counted(value, code)

    def moment(self, at: str) -> str:
        """A moment; in an edition without a clock only its day, at the start of that day."""
        return at if self.clock else _day(at)


def _day(at: str) -> str:
    local = Moment.parse(at).local.replace(hour=0, minute=0, second=0)
    return str(Moment(local, NO_CLOCK))


def _rows(lines: str) -> str:
    return "\n".join(str(n) for n, _ in enumerate(lines.split("\n"), 1))


_TREATED: Mapping[str, Callable[[str], str]] = {"day": _day, "rows": _rows}


@cache
def _types(kind: str) -> Mapping[str, str]:
    """By field of a kind of record: `text`, `digest`, `moment`, or `other`, which names nobody."""
    cls = BY_KIND.get(kind)
    if cls is None:
        return {}
    hints = get_type_hints(cls, include_extras=True)
    found = {}
    for name, info in cls.model_fields.items():
        kinds = [_ALIKE[one] for one in _alternatives(hints[name]) if one in _ALIKE]
        found[info.alias or name] = kinds[0] if kinds else "other"
    return found


def _alternatives(hint: Any) -> tuple[Any, ...]:
    """The types of which a value may be."""
    return get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)


@cache
def edition(name: str) -> Edition:
    """The edition of that name; BadInput when there is none."""
    known = _data()["edition"]
    if name not in known:
        raise BadInput(f"There is no edition “{name[:40]}”. Editions: {', '.join(known)}.")
    given = {key.replace("-", "_"): value for key, value in known[name].items()}
    return Edition(name=name, **given | {"scan": tuple(given["scan"])})


# -- the view ----------------------------------------------------------------------------------


class _EditionLog(Log):
    """A log as an edition has it: the same changes under the same ids, with other values.

    Its state and digest stay those of the log that was written: signatures are judged by them.
    """

    def __init__(self, log: Log, under: Edition, detained: set[str]) -> None:
        self._written, self._under, self._detained = log, under, detained
        self.id = log.id
        self.about = {name: under.value("about", name, v) for name, v in log.about.items()}
        self._current = {
            record: {
                name: {id: self._value(record, name, value) for id, value in values.items()}
                for name, values in fields.items()
            }
            for record, fields in log._current.items()
        }
        self._born, self._heads = log._born, log._heads
        self.changes = {id: self._change(change) for id, change in log.changes.items()}

    def _value(self, record: str, name: str, value: Value) -> Value:
        kind = record.partition(":")[0]
        kind = f"{kind}-detained" if record in self._detained else kind
        return self._under.value(kind, name, value)

    def _change(self, change: Change) -> Change:
        edits = tuple(self._edit(change.id, edit) for edit in change.edits)
        at, label = self._under.moment(change.at), self._under.text(change.label)
        return replace(change, at=at, label=label, edits=edits, body=b"", signature=b"")

    def _edit(self, change: str, edit: Edit) -> Edit:
        """What a change set; nothing of it once it was replaced, unless wordings are told."""
        held = self._current[edit.record][edit.field]
        if change in held:
            value = held[change]
        else:
            told = self._under.earlier_wordings
            value = self._value(edit.record, edit.field, edit.value) if told else None
        return edit if value is edit.value else replace(edit, value=value)

    def state(self) -> list[Value]:
        return self._written.state()

    def digest(self) -> str:
        return self._written.digest()


class InEdition(Inspection):
    """An inspection under one edition. Numbers, counts and signatures are the inspection's own."""

    def __init__(self, written: Inspection, under: Edition) -> None:
        self.written, self.under = written, under
        super().__init__(_EditionLog(written.log, under, _detained(written)), written.form)

    def counts(self) -> Counts:
        return self.written.counts()

    def record_numbers(self) -> dict[str, str]:
        return self.written.record_numbers()

    def finding_numbers(self) -> dict[str, str]:
        return self.written.finding_numbers()

    def signed(self, part: str) -> list[SignOff]:
        found = (self.get(SignOff, sign_off.id) for sign_off in self.written.signed(part))
        return [sign_off for sign_off in found if sign_off]

    def part_digest(self, part: str) -> str:
        return self.written.part_digest(part)

    def person(self, author: str) -> str:
        return self.under.author or super().person(author)


def in_edition(inspection: Inspection, name: str) -> InEdition:
    """The inspection as the edition of that name has it. BadInput when there is no such edition."""
    if not isinstance(inspection, InEdition):
        return InEdition(inspection, edition(name))
    return inspection if inspection.under.name == name else in_edition(inspection.written, name)


def _detained(inspection: Inspection) -> set[str]:
    return {each.id for each in inspection.all(Interview) if is_detained(inspection, each)}


def is_detained(inspection: Inspection, interview: Interview) -> bool:
    """Whether it was with a person detained: of those even day and language are withheld."""
    roles = {role.id: role.party for role in inspection.form.interview_roles}
    return roles.get(interview.role) == "detainee"
