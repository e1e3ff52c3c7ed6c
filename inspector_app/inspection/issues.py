"""The versions of the report that left the house, and the numbers that they fixed."""

from inspector_app.inspection import parts
from inspector_app.inspection.reading import Reading
from inspector_app.records import Issue, SignedFile


def issues(reading: Reading) -> list[Issue]:
    """Every issued version, oldest first."""
    return sorted(reading.all(Issue), key=lambda issue: (issue.version or 0, issue.id))


def newest_issue(reading: Reading) -> Issue | None:
    """The version that counts now."""
    found = issues(reading)
    return found[-1] if found else None


def stands_as_issued(reading: Reading) -> Issue | None:
    """The newest version, while the report says the same as it did when it was issued."""
    newest = newest_issue(reading)
    same = newest is not None and newest.part == parts.part_digest(reading, parts.REPORT)
    return newest if same else None


def newest_signed(reading: Reading, issue: Issue) -> SignedFile | None:
    """The newest signed copy of an issued version that is kept with the record."""
    found = [file for file in reading.all(SignedFile) if file.issue == issue.id]
    return found[-1] if found else None


def next_version(reading: Reading) -> int:
    """The number of the version that would be issued next."""
    newest = newest_issue(reading)
    return (newest.version or 0) + 1 if newest else 1


def replaced(reading: Reading) -> Issue | None:
    """The version that the report, as it now stands, takes the place of."""
    found = issues(reading)
    if stands_as_issued(reading):
        return found[-2] if len(found) > 1 else None
    return found[-1] if found else None


def fixed_numbers(reading: Reading) -> dict[str, str]:
    """The number under which each record was first issued."""
    numbers: dict[str, str] = {}
    for issue in issues(reading):
        for line in issue.numbers.split("\n"):
            record, tab, number = line.partition("\t")
            if tab:
                numbers.setdefault(record, number)
    return numbers


def listed(numbers: dict[str, str]) -> str:
    """Numbers as an issue keeps them: a line each, record, tab, number."""
    return "\n".join(f"{record}\t{number}" for record, number in sorted(numbers.items()))
