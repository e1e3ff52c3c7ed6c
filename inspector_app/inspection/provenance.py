"""What each sentence of a finding rests on, what uses a record, and what moved since.

A sentence names what is behind it: a live number its sample and files, "T-01", "photo 1" or
"J-70" a record, quoted words the record that holds them. A sentence that names nothing rests on
the finding's evidence as a whole; nothing is guessed from similar words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from inspector_app import canonical
from inspector_app.inspection.counting import NUMBER, files_of
from inspector_app.inspection.reading import Reading
from inspector_app.log import REMOVED
from inspector_app.records import Finding, Observation, Photo

FIELDS = ("title", "condition", "effect", "cause")
"""The fields of a finding that say something in sentences."""
KIND = {
    "observation": "saw",
    "photo": "saw",
    "document-review": "read",
    "sampled-file": "read",
    "answer": "read",
    "interview": "told",
}
"""How a record is known: the team saw it, read it, or was told."""
KINDS = ("saw", "read", "told")
_BESIDE = {"photo": ("alt", "decorative"), "interview": ("name",)}
"""Fields that describe a record and prove nothing: no finding moves with them."""
_ABBREVIATION = re.compile(r"(?:\b[ap]\.m|\bU\.S|\bNo|\bMr|\bMs|\bDr|\bSgt|\bLt|\bSt|\b[A-Z])\.$")
_END = re.compile(r"(?<=[.!?])[\"”’)]*\s+|\n+")
_QUOTED = re.compile(r"[“\"]([^“”\"]{8,})[”\"]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a finding with the records that it names; none: all the evidence together."""

    field: str
    text: str
    names: tuple[str, ...]


def sentences(text: str) -> list[str]:
    """The text in sentences, all its words kept; abbreviations end none."""
    found: list[str] = []
    start = 0
    for end in _END.finditer(text):
        sentence = text[start : end.start()].strip()
        if sentence and not ("\n" not in end.group() and _ABBREVIATION.search(sentence)):
            found.append(text[start : end.end()].strip())
            start = end.end()
    return [*found, *([text[start:].strip()] if text[start:].strip() else [])]


def behind(reading: Reading, finding: Finding, numbers: dict[str, str]) -> list[Sentence]:
    """Every sentence of a finding with what it names. `numbers`: how records are called."""
    by_name = {number.casefold(): record for record, number in numbers.items()}
    by_name |= {item.id.casefold(): f"answer:{item.id}" for item in reading.form.items}
    pattern = _names_pattern(by_name)
    return [
        Sentence(field, sentence, tuple(_named(reading, finding, sentence, pattern, by_name)))
        for field in FIELDS
        for sentence in sentences(getattr(finding, field))
    ]


def _names_pattern(by_name: dict[str, str]) -> re.Pattern[str]:
    """Any of the names as a word of its own; the longest first, so that T-1 is not T-12."""
    ordered = sorted(by_name, key=len, reverse=True)
    parts = (re.escape(name).replace(r"\ ", r"\s") for name in ordered)
    return re.compile(rf"(?<![\w-])({'|'.join(parts)})(?![\w-])", re.IGNORECASE)


def _named(
    reading: Reading,
    finding: Finding,
    sentence: str,
    pattern: re.Pattern[str],
    by_name: dict[str, str],
) -> list[str]:
    found: list[str] = []
    for _, review, attribute in NUMBER.findall(sentence):
        found += [review, *_rows(reading, review, attribute)]
    plain = NUMBER.sub(" ", sentence)
    words = (re.sub(r"\s", " ", name).casefold() for name in pattern.findall(plain))
    found += [by_name[name] for name in words]
    for quoted in _QUOTED.findall(plain):
        found += _holding(reading, finding, quoted)
    return [record for record in dict.fromkeys(found) if record != finding.id]


def _rows(reading: Reading, review: str, attribute: str) -> list[str]:
    """The files that a count counts: those that lack the attribute."""
    return [f.id for f in files_of(reading, review) if f.results.get(attribute) == "no"]


def _holding(reading: Reading, finding: Finding, quoted: str) -> list[str]:
    """The evidence in which somebody typed these very words."""
    wanted = quoted.strip(" .,;").casefold()
    return [
        record
        for record in rests_on(reading, finding)
        if any(wanted in value.casefold() for value in _texts(reading, record))
    ]


def _texts(reading: Reading, record: str) -> Iterator[str]:
    for value in reading.log.fields(record).values():
        if isinstance(value, str):
            yield value


# -- the whole finding ---------------------------------------------------------------------------


def rests_on(reading: Reading, finding: Finding) -> list[str]:
    """Every record that a finding rests on.

    These are its item's answer, the evidence linked to it, the photos of linked observations, and
    the samples and files that its live numbers count.
    """
    linked = [
        end
        for end in reading.ends_from(finding.id)
        if not end.startswith(("party:", "section:")) and reading.record(end)
    ]
    found = [*([f"answer:{finding.item}"] if finding.item else []), *linked]
    for observation in reading.linked(finding.id, Observation):
        found += [photo.id for photo in reading.linked(observation.id, Photo)]
    counted = [
        review for field in FIELDS for _, review, _ in NUMBER.findall(getattr(finding, field))
    ]
    for review in dict.fromkeys(
        [*counted, *(e for e in linked if e.startswith("document-review:"))]
    ):
        found += [review, *(file.id for file in files_of(reading, review))]
    return list(dict.fromkeys(found))


def used_by(reading: Reading, record: str) -> list[str]:
    """The findings that rest on a record, such as an answer or a file of a sample."""
    return [f.id for f in reading.all(Finding) if record in rests_on(reading, f)]


def kinds_of_evidence(reading: Reading, finding: Finding) -> dict[str, int]:
    """How many linked pieces the team saw, read and was told."""
    linked = [e for e in reading.ends_from(finding.id) if reading.record(e)]
    held = [KIND.get(end.partition(":")[0], "") for end in linked]
    return {kind: held.count(kind) for kind in KINDS}


def one_kind(reading: Reading, finding: Finding) -> str:
    """The only kind of evidence of a finding; empty where there are several, or none."""
    held = [kind for kind, n in kinds_of_evidence(reading, finding).items() if n]
    return held[0] if len(held) == 1 else ""


# -- what moved afterwards -----------------------------------------------------------------------


def support_digest(reading: Reading, finding: Finding) -> str:
    """SHA-256 over what the finding rests on: a canonical line for each field of each record."""
    log = reading.log
    lines = [
        canonical.encode([record, name, list(log.distinct(record, name))])
        for record in sorted(rests_on(reading, finding))
        for name in log.field_names(record)
        if name not in _BESIDE.get(record.partition(":")[0], ())
        if log.distinct(record, name) != [None]
    ]
    return canonical.sha256(b"\n".join(lines))


def moved(reading: Reading) -> dict[str, list[str]]:
    """What each finding rests on and somebody changed after the finding was last written.

    Empty again once somebody edits the finding, or says that it still holds (`support`). What was
    changed without either seeing the other is compared by the authors' clocks: this is a caution
    for people, and no rule of authority hangs on it.
    """
    newest = _Newest(reading)
    return {finding.id: _moved(reading, finding, newest) for finding in reading.all(Finding)}


def moved_since(reading: Reading, finding: Finding) -> list[str]:
    """The same of one finding."""
    return _moved(reading, finding, _Newest(reading))


def _moved(reading: Reading, finding: Finding, newest: "_Newest") -> list[str]:
    written = newest.of(finding.id)
    found = [record for record in rests_on(reading, finding) if newest.of(record) > written]
    if found and finding.support == support_digest(reading, finding):
        return []
    return found


class _Newest:
    """When what a record says was last written; a sample under many findings is read once."""

    def __init__(self, reading: Reading) -> None:
        self._log = reading.log
        self._known: dict[str, datetime] = {}

    def of(self, record: str) -> datetime:
        if record not in self._known:
            log = self._log
            beside = _BESIDE.get(record.partition(":")[0], ())
            names = [n for n in (*log.field_names(record), REMOVED) if n not in beside]
            ids = {id for name in names for id in log.current(record, name)}
            instants = (log.changes[id].instant for id in ids)
            self._known[record] = max(instants, default=datetime.min.replace(tzinfo=UTC))
        return self._known[record]
