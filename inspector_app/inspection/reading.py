"""What an inspection says: its records, read from the log under the form it carries."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from inspector_app.errors import BadInput
from inspector_app.forms import Form, Item
from inspector_app.inspection.log_reading import LogReading
from inspector_app.log import Log
from inspector_app.records import (
    Agreement,
    Answer,
    Link,
    Member,
    R,
    Visit,
)

VISIT = "visit:self"


@dataclass(frozen=True, slots=True)
class Agency:
    """The agency and its agreement, as they were when the inspection was started."""

    state: str
    name: str
    type: str
    county: str
    model: str
    signed: date

    @classmethod
    def read(cls, stored: Any) -> "Agency":
        """From the log's first change; BadInput when it is not there whole."""
        try:
            texts = {n: str(stored[n]) for n in ("state", "name", "type", "county", "model")}
            return cls(**texts, signed=date.fromisoformat(stored["signed"]))
        except (TypeError, KeyError, ValueError):
            raise BadInput("The inspection does not say which agreement it is about.") from None

    def stored(self) -> dict[str, Any]:
        """As it stands in the log's first change."""
        return {
            "state": self.state,
            "name": self.name,
            "type": self.type,
            "county": self.county,
            "model": self.model,
            "signed": self.signed.isoformat(),
        }

    @property
    def title(self) -> str:
        """`Hamilton County Sheriff’s Office, IN`."""
        return f"{self.name.replace(chr(39), '’')}, {self.state}"


class Reading(LogReading):
    """Form and log of one inspection. Reads are computed anew after each change, and only then."""

    def __init__(self, log: Log, form: Form) -> None:
        super().__init__(log)
        about: Mapping[str, Any] = log.about
        self.form = form
        self.kind = str(about.get("purpose", ""))
        self.practice = about.get("practice") is True
        self.agency = Agency.read(about.get("agency"))
        self.form_reason = str(about.get("form_reason") or "")
        self.resolution = str(about.get("resolution") or "")
        self._presumed_by_day = about.get("presumed") is True

    @property
    def model(self) -> str:
        """JEM, WSO or TFM."""
        return self.agency.model

    @property
    def form_released(self) -> bool:
        """Whether this program's makers released the form; if not, every page says so."""
        return self.form.released

    @property
    def agreement_confirmed(self) -> bool:
        """Whether a person has compared an attached signed copy with the checklist."""
        seen = self.visit.agreement_seen
        return bool(seen and self.get(Agreement, f"agreement:{seen}"))

    @property
    def agreement_state(self) -> str:
        """`confirmed`, `not-on-file`, `presumed`, or `by-day`: other copies of that day have it."""
        if self.agreement_confirmed:
            return "confirmed"
        if self.visit.agreement == "not-on-file":
            return "not-on-file"
        return "presumed" if self._presumed_by_day else "by-day"

    @property
    def presumed(self) -> bool:
        """Whether nobody has seen that the agency signed the text which is asked about.

        A deficiency that rests on such an agreement is marked as resting on a presumption.
        """
        return self._presumed_by_day and not self.agreement_confirmed

    # -- records -----------------------------------------------------------------------------

    @property
    def visit(self) -> Visit:
        """Dates, facility and limits of the visit."""
        return self.get(Visit, VISIT) or Visit(id=VISIT)

    @property
    def zone(self) -> str:
        """The facility's time zone; UTC where nobody said."""
        return self.visit.zone or "UTC"

    def answer(self, item: str) -> Answer:
        """The answer to an item; an empty one when nobody has answered."""
        record = f"answer:{item}"
        return self.get(Answer, record) or Answer(id=record)

    def person(self, author: str) -> str:
        """The name of a member of the team by the key he signs with."""
        member = self.get(Member, f"member:{author}")
        return member.name if member and member.name else f"Unknown person ({author[:8]})"

    # -- which questions are asked -----------------------------------------------------------

    def shown(self, item: Item) -> bool:
        """Whether the item is asked, given the answers that it depends on."""
        condition = item.shown_when
        if condition is None:
            return True
        parent = self.form.item(condition.item)
        return self.shown(parent) and self.answer(parent.id).result in condition.result

    def shown_items(self) -> list[Item]:
        return [item for item in self.form.items if self.shown(item)]

    def asked(self) -> set[str]:
        """The records of the answers to all items of the form, whether there is one yet or not."""
        return {f"answer:{item.id}" for item in self.form.items}

    def set_aside(self) -> list[Answer]:
        """Answers that are kept but not counted, because an earlier answer changed."""
        shown = {f"answer:{item.id}" for item in self.shown_items()}
        return [answer for answer in self.all(Answer) if answer.id not in shown]

    # -- links -------------------------------------------------------------------------------

    def ends_from(self, record: str) -> list[str]:
        """What this record is linked to, in the order in which the links were made."""
        return [link.to for link in self.all(Link) if link.from_ == record]

    def ends_to(self, record: str) -> list[str]:
        """What is linked to this record."""
        return [link.from_ for link in self.all(Link) if link.to == record]

    def linked(self, record: str, cls: type[R]) -> list[R]:
        """The records of one kind that this record is linked to and that are in view."""
        prefix = cls.kind + ":"
        found = (self.get(cls, end) for end in self.ends_from(record) if end.startswith(prefix))
        return [linked for linked in found if linked]

    def parties(self, finding: str) -> list[str]:
        """Who answers for a finding: `lea-officers`, `ice-field-office` and so on."""
        ends = self.ends_from(finding)
        return [end.removeprefix("party:") for end in ends if end.startswith("party:")]
