"""Whose office answered about itself: GAO-21-186 notes that in a review of WSO agreements the
field office that supervises the officers assesses its own duties."""

from inspector_app.forms import Item
from inspector_app.inspection.reading import Reading
from inspector_app.records import Member

OVERSIGHT = "oversight-review"
_PLAIN = ("ero", "ice", "field", "office", "of", "the")


def self_assessed(reading: Reading, item: Item) -> bool:
    """Whether the supervising office assesses itself here, as far as the records show.

    So it is with every item of an oversight review that asks about ICE's own duties, unless
    somebody of another office gave the result that now stands. An office that nobody stated is
    not another one.
    """
    if reading.kind != OVERSIGHT or not any(party.startswith("ice-") for party in item.parties):
        return False
    given = reading.log.current(f"answer:{item.id}", "result")
    authors = {reading.log.changes[change].author for change in given if given[change] is not None}
    return not authors or not all(of_another_office(reading, author) for author in authors)


def self_assessed_items(reading: Reading) -> list[Item]:
    """The items that are asked and bear the mark."""
    return [item for item in reading.shown_items() if self_assessed(reading, item)]


def of_another_office(reading: Reading, author: str) -> bool:
    """Whether a member of the team states an office that is not the one under review.

    The office under review is the field office of the visit; while that is not stated, the office
    of whoever leads the review.
    """
    member = reading.get(Member, f"member:{author}")
    own, reviewed = _plain(member.office if member else ""), _plain(_supervising(reading))
    return bool(own and reviewed) and not (own <= reviewed or reviewed <= own)


def _supervising(reading: Reading) -> str:
    leads = (member.office for member in reading.all(Member) if member.lead)
    return reading.visit.field_office or next(leads, "")


def _plain(office: str) -> frozenset[str]:
    """The words that tell offices apart: “ERO Miami Field Office” is “Miami”."""
    words = "".join(c if c.isalnum() else " " for c in office.casefold()).split()
    return frozenset(word for word in words if word not in _PLAIN)
