"""The parts that a person signs: the report, a section of the checklist, a finding.

A signature names the part's digest and holds exactly while the part says the same; that is
computed, never stored.
"""

from inspector_app import canonical
from inspector_app.canonical import Value
from inspector_app.errors import BadInput
from inspector_app.inspection.reading import Reading
from inspector_app.records import Link, SignOff

REPORT = "report"


def part_title(reading: Reading, part: str) -> str:
    """The part in words; BadInput when there is no such part."""
    kind, _, name = part.partition(":")
    sections = {section.id: section.title for section in reading.form.sections}
    if part == REPORT:
        return "the report"
    if kind == "section" and name in sections:
        return f"section {sections[name]}"
    if kind == "finding" and reading.record(part):
        return "the finding"
    raise BadInput("There is no such part to sign: the report, a section or a finding.")


def parts_of(reading: Reading, record: str) -> list[str]:
    """The parts that a record belongs to; everything but signatures belongs to the report."""
    kind, _, name = record.partition(":")
    if kind == "sign-off":
        return []
    if kind == "answer":
        sections = [s.id for s in reading.form.sections if any(i.id == name for i in s.items)]
        return [*(f"section:{section}" for section in sections), REPORT]
    if kind == "finding":
        return [record, REPORT]
    link = reading.get(Link, record) if kind == "link" else None
    return [link.from_, REPORT] if link and link.from_.startswith("finding:") else [REPORT]


def part_digest(reading: Reading, part: str) -> str:
    """SHA-256 over what the part says (docs/format.md, "Digest of a part")."""
    lines = [row for row in reading.log.state() if part in parts_of(reading, _record(row))]
    encoded = [canonical.encode(reading.id), canonical.encode(part), *map(canonical.encode, lines)]
    return canonical.sha256(b"\n".join(encoded))


def signed(reading: Reading, part: str) -> list[SignOff]:
    """The signatures of a part that hold now; none while people disagree in it."""
    found = [sign_off for sign_off in reading.all(SignOff) if sign_off.part == part]
    if not found or _disputed(reading, part):
        return []
    digest = part_digest(reading, part)
    return [sign_off for sign_off in found if sign_off.digest == digest]


def signed_parts(reading: Reading, record: str) -> list[str]:
    """The signed parts that an edit of this record would alter."""
    return [part for part in parts_of(reading, record) if signed(reading, part)]


def _disputed(reading: Reading, part: str) -> bool:
    return any(part in parts_of(reading, conflict.record) for conflict in reading.conflicts())


def _record(row: Value) -> str:
    return str(row[0]) if isinstance(row, list) else ""
