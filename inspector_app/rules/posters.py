"""Complaint posters: the contacts that were in use on a day, and how a poster differs from them.

Contacts changed several times (resources/posters.toml has each as its source prints it). JEM
agreements, and WSO agreements since July 2020, ask for posters "in English and Spanish" in the
processing areas (Appendix B); no agreement says what must stand on them, and the present edition
was not found. So a difference is a question, and the two posters are looked at apart.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Literal

from inspector_app.forms import Form
from inspector_app.moments import day_in_words
from inspector_app.paths import resource

Language = Literal["en", "es"]
State = Literal["expected", "missing", "outdated", "later", "other-model", "unknown", "not-read"]
Kind = Literal["phone", "email", "mail", "text"]

LANGUAGES: dict[Language, tuple[str, ...]] = {
    "en": ("en", "english"),
    "es": ("es", "spanish", "español", "espanol"),
}
_KINDS: tuple[Kind, ...] = ("phone", "email", "mail", "text")
_POSTERS: dict[Language, str] = {"en": "English", "es": "Spanish"}
_TOPIC = "Posters in English and Spanish"  # the point of a form that tells of this duty
_KEYPAD = {
    letter: digit
    for digit, letters in zip(
        "23456789", ("ABC", "DEF", "GHI", "JKL", "MNO", "PQRS", "TUV", "WXYZ"), strict=True
    )
    for letter in letters
}


@dataclass(frozen=True, slots=True)
class Contact:
    """One contact as one source prints it; `use` is poster, complaints or notice.

    It was seen there from `first` to `last`; no `last`: in use as far as is known.
    """

    office: str
    kind: Kind
    value: str
    source: str
    models: tuple[str, ...]
    use: str
    first: date
    last: date | None
    certainty: str

    @property
    def key(self) -> str:
        """The contact as contacts are compared."""
        return next(contacts_in(self.value))[1]


@dataclass(frozen=True, slots=True)
class Expected:
    """What a poster should show; `presumed`: last seen before that day, and nothing newer known."""

    contact: Contact
    presumed: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """One contact of one poster, or one that it lacks. Every state but `expected` is a question."""

    language: Language
    state: State
    text: str
    contact: Contact | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Duty:
    """What the agreement says about posters, in a form's words; None where the form is silent."""

    posters: bool | None
    says: str
    section: str


@cache
def contacts() -> tuple[Contact, ...]:
    """Every contact that is known, as resources/posters.toml has it."""
    return tuple(
        Contact(
            office=row["office"],
            kind=row["kind"],
            value=row["value"],
            source=source["title"],
            models=tuple(source["models"]),
            use=source["use"],
            first=source["from"],
            last=source.get("to"),
            certainty=source["certainty"],
        )
        for source in _table()["source"]
        for row in source["contact"]
    )


@cache
def words(language: Language) -> Mapping[str, Any]:
    """The poster's own words (GAO-21-186, figure 4): title, question, rights_lead, rights, closing.

    Texts, and a list of texts under `rights`. The Spanish is ICE's own.
    """
    found: Mapping[str, Any] = _table()["text"][language]
    return found


@cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads(resource("posters.toml").read_text("utf-8"))


def duty(form: Form) -> Duty:
    """Whether this revision asks for posters."""
    for point in form.points:
        if point.topic == _TOPIC:
            says = point.says
            asked = True if says.startswith("yes") else False if says.startswith("no") else None
            return Duty(asked, says, point.section)
    return Duty(None, "", "")


def expected(day: date, model: str) -> list[Expected]:
    """For each office and way to reach it, the newest contact of this model seen by that day."""
    newest: dict[tuple[str, str], Contact] = {}
    for contact in sorted(contacts(), key=lambda each: each.first):
        if model in contact.models and contact.first <= day:
            newest[contact.office, contact.kind] = contact
    return [
        Expected(contact, contact.last is not None and contact.last < day)
        for contact in sorted(
            newest.values(), key=lambda each: (each.office, _KINDS.index(each.kind))
        )
    ]


# -- comparing -------------------------------------------------------------------------------------


def compare(day: date, model: str, read: Mapping[Language, Sequence[str]]) -> list[Compared]:
    """Each poster's contacts against those of the day. `read` holds what stands on each, as typed.

    A language that `read` lacks was not looked at; one without contacts lacks them all.
    """
    return [each for language in LANGUAGES for each in _poster(language, day, model, read)]


def _poster(
    language: Language, day: date, model: str, read: Mapping[Language, Sequence[str]]
) -> Iterator[Compared]:
    if language not in read:
        words = f"Nothing was read from a {_POSTERS[language]} poster."
        yield Compared(language, "not-read", "", None, words)
        return
    wanted = {each.contact.key: each.contact for each in expected(day, model)}
    keys: set[str] = set()
    for text in read[language]:
        for _, key in contacts_in(text):
            keys.add(key)
            yield _judged(language, text, key, wanted, day, model)
    for key, contact in wanted.items():
        if key not in keys:
            words = (
                f"The {_POSTERS[language]} poster lacks the {contact.kind} of the {contact.office}."
            )
            yield Compared(language, "missing", "", contact, words)


def _judged(
    language: Language, text: str, key: str, wanted: Mapping[str, Contact], day: date, model: str
) -> Compared:
    poster = f"The {_POSTERS[language]} poster"
    if key in wanted:
        words = f"{poster} shows what was expected."
        return Compared(language, "expected", text, wanted[key], words)
    known = [contact for contact in contacts() if contact.key == key]
    if not known:
        words = f"{poster} shows a contact that no source known here has."
        return Compared(language, "unknown", text, None, words)
    own = [contact for contact in known if model in contact.models]
    newest = max(own or known, key=lambda contact: contact.first)
    if not own:
        words = f"{poster} shows a contact of other agreements: {newest.source}."
        return Compared(language, "other-model", text, newest, words)
    if newest.first > day:
        words = f"{poster} shows a contact first seen on {day_in_words(newest.first)}."
        return Compared(language, "later", text, newest, words)
    last = f", last seen on {day_in_words(newest.last)}" if newest.last else ""
    words = f"{poster} shows a contact of an earlier time{last}: {newest.source}."
    return Compared(language, "outdated", text, newest, words)


_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(
    r"(?<!\w)(?:\+?1[\s.–-]*)?\(?(\d{3})\)?[\s.–-]*((?:[0-9A-Z][\s.–-]*){6}[0-9A-Z])(?!\w)",
    re.IGNORECASE,
)
_BOX = re.compile(r"\bP\.?\s*O\.?\s*Box\s*(\d+)", re.IGNORECASE)
_ZIP = re.compile(r"\b(\d{5})(?:-\d{4})?\b(?!.*\b\d{5}\b)", re.DOTALL)


def contacts_in(text: str) -> Iterator[tuple[Kind, str]]:
    """The contacts that a line names, as they are compared; the whole line where it names none.

    Phone numbers are ten digits, without the 1 of the country; those that begin with 8 may have
    letters, as on a keypad (`1-833-4ICE-OPR`);
    e-mail addresses know no capitals; a mail address is its P.O. box and ZIP code, since the
    lines above them are printed in several ways.
    """
    found: list[tuple[Kind, str]] = [
        ("email", match[0].casefold()) for match in _EMAIL.finditer(text)
    ]
    rest = _EMAIL.sub(" ", text)
    for match in _PHONE.finditer(rest):
        number = "".join(sign for sign in match[1] + match[2] if sign.isalnum()).upper()
        if number.isdigit() or (number[0] == "8" and re.search(r"\d", number[3:])):
            found.append(("phone", "".join(_KEYPAD.get(sign, sign) for sign in number)))
    box, code = _BOX.search(rest), _ZIP.search(rest)
    if box and code:
        found.append(("mail", f"box {box[1]} {code[1]}"))
    if not found:
        found.append(("text", "".join(re.findall(r"\w", text.casefold()))))
    yield from found
