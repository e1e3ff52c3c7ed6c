"""An agency's file, read: its agreements, complaints with what the clocks say, its meetings."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from inspector_app import forms
from inspector_app.canonical import Value, sha256
from inspector_app.errors import BadInput
from inspector_app.forms import Form
from inspector_app.inspection.book import Book
from inspector_app.log import Log
from inspector_app.moments import Moment
from inspector_app.records import R, Record
from inspector_app.records.agency_file import (
    AGENCY_RECORDS,
    STATIONS,
    WORDS,
    Complaint,
    FileFacts,
    HeldAgreement,
    Meeting,
    Notification,
)
from inspector_app.rules import complaints, meetings

FACTS = "agency-file:self"
_REFERENCES: dict[str, type[Record]] = {"agreement": HeldAgreement, "complaint": Complaint}
_LETTERS: dict[type[Record], str] = {Complaint: "C", Notification: "N", Meeting: "M"}
_DIGITS = 4


def _codes(records: Iterable[str], kind: str) -> dict[str, str]:
    """The first digits of each record's digest, as many as tell it from the others of its kind."""
    own = (record for record in records if record.startswith(f"{kind}:"))
    digests = sorted((sha256(record.encode()).upper(), record) for record in own)
    ends = [digest for digest, _ in digests]
    codes = {}
    for at, (digest, record) in enumerate(digests):
        beside = [*ends[max(at - 1, 0) : at], *ends[at + 1 : at + 2]]
        parts = (digest[:length] for length in range(_DIGITS, len(digest) + 1))
        codes[record] = next(one for one in parts if not any(o.startswith(one) for o in beside))
    return codes


def _numbers(file: "AgencyFile") -> dict[str, str]:
    return {
        record: f"{letter}-{code}"
        for cls, letter in _LETTERS.items()
        for record, code in _codes(file.log.in_order(), cls.kind).items()
        if file.log.in_view(record)
    }


class AgencyFile(Book):
    """The log of kind "agency". The agency is fixed by its first change."""

    records = AGENCY_RECORDS

    def __init__(self, log: Log) -> None:
        super().__init__(log)
        agency: Any = log.about.get("agency")
        if not isinstance(agency, dict) or not agency.get("name") or not agency.get("state"):
            raise BadInput("The file does not say which agency it is about.")
        self.name, self.state = str(agency["name"]), str(agency["state"])
        self.practice = log.about.get("practice") is True

    @property
    def title(self) -> str:
        """`Hamilton County Sheriff’s Office, IN`."""
        return f"{self.name.replace(chr(39), '’')}, {self.state}"

    @property
    def facts(self) -> FileFacts:
        return self.get(FileFacts, FACTS) or FileFacts(id=FACTS)

    @property
    def zone(self) -> str:
        return self.facts.zone or "UTC"

    def check(self, record: str, values: Mapping[str, Value]) -> None:
        for field, cls in _REFERENCES.items():
            named = values.get(field)
            if named and self.get(cls, str(named)) is None:
                what = "an agreement" if field == "agreement" else "a complaint"
                raise BadInput(f"It names {what} that is not in this file. Nothing was changed.")
        for name in values:
            field, _, station = name.partition(".")
            if field in ("sent", "status") and station not in STATIONS:
                raise BadInput(f"There is no station named “{station[:40]}”.", [*STATIONS])
        if values.get("form"):
            forms.load(str(values["form"]))

    # -- what it says ------------------------------------------------------------------------

    def numbers(self) -> dict[str, str]:
        """`C-7F3A`, `N-09B2`, `M-C410` by record, made of the record's own id.

        So a number that somebody was told means the same complaint for ever and in every copy,
        whatever was merged or removed since; where two begin alike, both get a digit more.
        """
        return self.once(_numbers)

    def numbered(self, number: str) -> str:
        """The record of this number, also of one that had a digit less. BadInput when unclear."""
        asked, found = number.strip().upper(), self.numbers()
        whole = len(asked) >= len("C-") + _DIGITS
        fitting = [record for record, known in found.items() if whole and known.startswith(asked)]
        if not fitting:
            raise BadInput(
                f"There is nothing numbered {number[:12]} in this file. Nothing was changed."
            )
        if len(fitting) > 1:
            known = sorted(found[record] for record in fitting)
            raise BadInput(f"Several numbers begin with {number[:12]}; give more of it.", known)
        return fitting[0]

    def word(self, field: str, value: str) -> str:
        return WORDS.get(field, {}).get(value, "")

    def form_of(self, record: Complaint | Meeting | HeldAgreement) -> Form | None:
        """The revision whose clocks run; None where nobody said, or none is known here."""
        held = record if isinstance(record, HeldAgreement) else self.agreement_of(record)
        try:
            return forms.load(held.form) if held and held.form else None
        except BadInput:
            return None  # a newer version's

    def in_force(self, held: HeldAgreement, day: date) -> bool | None:
        """Whether the agreement held on a day; None where the day of signing is not known."""
        if held.signed is None:
            return None
        ended = held.ended is not None and day >= held.ended
        back = held.reinstated is not None and day >= held.reinstated
        suspended = held.suspended is not None and day >= held.suspended and not back
        return day >= held.signed and not ended and not suspended

    def agreement_of(self, record: Complaint | Meeting) -> HeldAgreement | None:
        """The agreement that is named; where none is, the agency's only one."""
        held = self.all(HeldAgreement)
        if record.agreement:
            return self.get(HeldAgreement, record.agreement)
        return held[0] if len(held) == 1 else None

    def clocks(self, complaint: Complaint, now: Moment) -> list[complaints.Line]:
        """What each clock of its agreement says of a complaint."""
        return complaints.lines(complaint, self.form_of(complaint), now)

    def ice_side(self, complaint: Complaint) -> list[str]:
        """What of ICE's own duties is not recorded or took long: evidence for type D12."""
        return complaints.ice_side(complaint, self.notifications(complaint.id))

    def notifications(self, complaint: str) -> list[Notification]:
        return [n for n in self.all(Notification) if n.complaint == complaint]

    def without_record(self) -> list[Notification]:
        """Notifications of which no action or no outcome is recorded."""
        return [n for n in self.all(Notification) if not n.on_record]

    def meetings_of(self, held: HeldAgreement, today: date) -> list[meetings.Line]:
        """What the agreement asks of meetings, and what is recorded."""
        mine = [m for m in self.all(Meeting) if self.agreement_of(m) == held]
        return meetings.lines(held, mine, self.form_of(held), today)

    def record_of(self, cls: type[R], record: str) -> R:
        """One record; BadInput when it is not in view."""
        found = self.get(cls, record)
        if found is None:
            raise BadInput("There is no such record in this file.")
        return found
