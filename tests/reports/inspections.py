"""Inspections for report tests: real logs and records over a small form, without a store."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from inspector_app.canonical import Value
from inspector_app.change import ABOUT, Change, Edit, compose
from inspector_app.forms import (
    Area,
    Attribute,
    Citation,
    Condition,
    Document,
    Form,
    InterviewRole,
    Item,
    SampleKind,
    Section,
    TrainingRule,
)
from inspector_app.inspection import Inspection
from inspector_app.log import Log
from inspector_app.moments import Moment

ZONE = "America/Indiana/Indianapolis"
START = datetime(2026, 3, 9, 13, 0, tzinfo=UTC)
ANA, MARCUS, REVIEWER = "a1" * 32, "b2" * 32, "c3" * 32
POSTERS = "Posters will be displayed in English and Spanish."
"""MOA, JEM, revised 02/15/2025, Appendix B."""

_SECTIONS = {
    "officers": ("Officers and training", "TRA", "IV.C", 9),
    "interpreters": ("Interpreters", "INT", "IV.G", 6),
    "complaints": ("Complaints", "COM", "Appendix B", 8),
    "citizenship": ("Claims of U.S. citizenship", "USC", "Appendix A", 4),
    "supervision": ("Supervision and records", "PRO", "V.B", 7),
}


def small_form(attributes: int = 9, released: bool = True, **more: Any) -> Form:
    """A form of 34 items with one sample kind of that many attributes."""
    labels = (
        "Need for interpreter", "Language", "Record checks", "ICE signed first",
        "Signed, no stamp", "Notice to ICE", "U.S. cit. claim", "48-hour limit",
        "Complaint process told", "Rights read", "Consular notice", "Detainer served",
        "Warrant in file", "Photo on file", "Fingerprints taken",
    )  # fmt: skip
    kind = SampleKind(
        "case-file",
        "Case files of processed persons",
        tuple(
            Attribute(
                f"check-{n}", label, f"Does the file show this: {label.lower()}?",
                "interpreters-1" if n == 1 else f"supervision-{n}" if n < 7 else "", "IV.G",
            )
            for n, label in enumerate(labels[:attributes], 1)
        ),
    )  # fmt: skip
    fields: dict[str, Any] = {
        "id": "small-2025", "title": "Small form for tests", "model": "JEM",
        "revision": "Revised 02/15/2025",
        "recognized_by": (), "seen_from": date(2025, 2, 15), "seen_to": date(2025, 12, 31),
        "documents": (
            Document(
                id="moa", kind="agreement", title="Memorandum of Agreement", number="",
                text_held=True, in_force_from=None, in_force_to=None,
            ),
        ),
        "sections": tuple(_section(id, *about) for id, about in _SECTIONS.items()),
        "sample_kinds": (kind,),
        "areas": (Area("room-1", "Processing room 1", ()), Area("room-2", "Processing room 2", ())),
        "interview_roles": (
            InterviewRole("officer", "Designated immigration officers", "lea", ()),
            InterviewRole("detainee", "People detained", "detainee", ()),
        ),
        "clauses": (), "points": (), "training": TrainingRule(None, None, None, None, None),
        "not_asked": (), "digest": "f" * 64, "released": released,
    }  # fmt: skip
    return Form(**fields | more)


def _section(id: str, title: str, topic: str, cited: str, items: int) -> Section:
    return Section(id, title, tuple(_item(id, n, topic, cited) for n in range(1, items + 1)))


def _item(section: str, n: int, topic: str, cited: str) -> Item:
    depends = Condition(f"{section}-1", ("met", "not-met")) if n == 4 else None
    return Item(
        id=f"{section}-{n}", was=(),
        question=f"Question {n} of {section}: is the duty kept as the agreement words it?",
        look_at=("Look at the papers and ask who keeps them.",),
        citations=(Citation("moa", cited, None, ""),),
        evidence=("saw", "read"), types=("D02",), parties=("lea-management",),
        topic=topic, verify="desk", certainty="seen", shown_when=depends, digest="d" * 64,
    )  # fmt: skip


class Case:
    """An inspection that grows by real edits; each call is one change."""

    def __init__(
        self,
        form: Form | None = None,
        purpose: str = "inspection",
        agency: Mapping[str, Any] | None = None,
        practice: bool = True,
    ) -> None:
        self._at = START
        self._made = 0
        about: dict[str, Value] = {
            "kind": "inspection",
            "purpose": purpose,
            "practice": practice,
            "agency": dict(agency or HAMILTON),
        }
        edits = [Edit(ABOUT, name, value) for name, value in about.items()]
        first = self._change(None, None, ANA, edits)
        self.inspection = Inspection(Log(first), form or small_form())

    def put(self, record: str, author: str = ANA, **fields: Any) -> str:
        """Write fields of a record as one person."""
        return self._write(self.inspection.setting(record, fields), author, record)

    def link(self, one: str, *others: str) -> None:
        """Link a record to others."""
        for other in others:
            self._write(self.inspection.linking(one, other), ANA, one)

    def remove(self, record: str) -> None:
        """Take a record out of view."""
        self._write(self.inspection.log.removing(record), ANA, record)

    def dispute(self, record: str, **fields: Any) -> None:
        """Write what another person wrote without seeing what stands there."""
        edits = [Edit(record, name, value) for name, value in fields.items()]
        self._write(edits, MARCUS, record)

    def sign(self, author: str, role: str) -> None:
        """Sign the report as it now stands."""
        moment = str(Moment.at(self._at, ZONE))
        self._write(self.inspection.signing(author, "report", role, moment), author, "")

    def _write(self, edits: list[Edit], author: str, record: str) -> str:
        log = self.inspection.log
        heads = log.heads().get(author, set())
        previous = next((id for id in reversed(log.changes) if id in heads), None)
        if edits:
            self.inspection.apply(self._change(log.id, previous, author, edits))
        return record

    def _change(
        self, log: str | None, previous: str | None, author: str, edits: list[Edit]
    ) -> Change:
        self._at += timedelta(seconds=70)
        self._made += 1
        return compose(
            log=log, author=author, previous=previous, at=Moment.at(self._at, ZONE),
            gesture=f"gesture-{self._made}", label="", edits=edits,
        )  # fmt: skip


HAMILTON = {
    "state": "IN", "name": "Hamilton County Sheriff's Office", "type": "County",
    "county": "Hamilton", "model": "JEM", "signed": "2025-03-03",
}  # fmt: skip
PALM_BEACH = {
    "state": "FL", "name": "Palm Beach County Sheriff's Office", "type": "County",
    "county": "Palm Beach", "model": "WSO", "signed": "2025-02-26",
}  # fmt: skip


def visited(case: Case) -> Case:
    """Days, place and team."""
    case.put(
        "visit:self", first_day=date(2026, 3, 10), last_day=date(2026, 3, 12), zone=ZONE,
        facility="Hamilton County Jail", field_office="Chicago Field Office",
        limits="The control room could be seen only through the window.",
    )  # fmt: skip
    team = [
        (ANA, "Ana Sample", "A", True), (MARCUS, "Marcus Example", "B", False),
    ]  # fmt: skip
    for key, name, place, lead in team:
        case.put(
            f"member:{key}", key, name=name, role="opr-inspector", office="OPR", place=place,
            lead=lead, independence="No tie to the agency.",
        )  # fmt: skip
    return case


def answered(case: Case) -> Case:
    """Every item answered: mostly met."""
    odd = {"interpreters-1": "not-met", "complaints-1": "not-met", "officers-3": "not-met",
           "citizenship-2": "not-applicable", "supervision-3": "could-not-assess"}  # fmt: skip
    for item in case.inspection.form.items:
        result = odd.get(item.id, "met")
        more = (
            {"note": "Seven files hold no question and no answer."} if result == "not-met" else {}
        )
        if result == "could-not-assess":
            more = {"reason": "The office that keeps the records was closed."}
        if case.inspection.shown(item):
            case.put(f"answer:{item.id}", result=result, **more)
    return case


def sampled(case: Case, files: int = 20, frame: int = 212, review: str = "s1") -> Case:
    """A sample of that many files; the first check is missed by every third of them."""
    id = f"document-review:{review}"
    attributes = case.inspection.form.sample_kinds[0].attributes
    case.put(
        id, sample_kind="case-file", population="all processed persons",
        period="Oct 1, 2025, to Feb 28, 2026", frame=frame, method="random",
        drawn="seed 40917", item="interpreters-1",
    )  # fmt: skip
    for n in range(1, files + 1):
        results = {a.id: _result(n, place) for place, a in enumerate(attributes)}
        note = {"note": "Spanish, per I-213"} if n % 6 == 0 else {}
        case.put(
            f"sampled-file:{review}-{n}", review=id, position=n, file=f"A-{2000_0000 + 7919 * n}",
            results=results, **note,
        )  # fmt: skip
    return case


def _result(n: int, place: int) -> str:
    if place == 0:
        return "no" if n % 3 == 0 else "yes"
    if place == 4 and n % 5 == 0:
        return "no"
    if place > 5 and n % 2:
        return "not-applicable"
    return "unclear" if place == 8 and n % 4 == 0 else "yes"


def moment(day: int, hour: int, minute: int = 0) -> str:
    """A stored moment in March 2026 at the facility."""
    at = datetime(2026, 3, day, hour + 4, tzinfo=UTC) + timedelta(minutes=minute)
    return str(Moment.at(at, ZONE))


def toured(case: Case, points: int = 4) -> Case:
    """Observations with photos."""
    for n in range(1, points + 1):
        room = 2 if n % 2 else 1
        case.put(
            f"observation:t{n}", area=f"room-{room}", item="complaints-1", held=moment(10, 9, n),
            result="not-met" if room == 2 else "met",
            text="English poster only; the frame beside it is empty." if room == 2
            else "Both posters, readable, contacts current.",
        )  # fmt: skip
        case.put(
            f"photo:p{n}", sha256=f"{n:064x}", media_type="image/jpeg", width=1200, height=800,
            taken=moment(10, 9, n), area=f"room-{room}",
            caption=f"Processing room {room}, north wall: English poster at left.",
            alt="Wall of a processing room: an English complaint poster; beside it an empty frame.",
        )  # fmt: skip
        case.link(f"observation:t{n}", f"photo:p{n}")
    return case


def interviewed(case: Case) -> Case:
    """An officer, a detainee through an interpreter, and one who refused."""
    case.put(
        "interview:i1", role="officer", label="Officer A-1", title="Shift supervisor",
        language="English", interpreter="none", consent=True, held=moment(11, 10),
        place="Interview room", quotes={"t1": "It came down for painting in January."},
    )  # fmt: skip
    case.put(
        "interview:i2", role="detainee", label="Detainee B-1", language="Spanish",
        interpreter="telephone", interpreter_note="two calls", consent=True, held=moment(11, 14),
        read_spanish=True,
    )  # fmt: skip
    case.put(
        "interview:i3", role="officer", label="Officer B-2", refused=True,
        refused_reason="Did not wish to speak without counsel.", held=moment(11, 15),
    )  # fmt: skip
    return case


def found(case: Case) -> Case:
    """Two deficiencies, an area of concern and a best practice, with their evidence."""
    deficiency(
        case,
        "f1",
        "complaints-1",
        "Spanish complaint poster missing in 1 of 2 processing areas",
        "D02",
    )
    case.link(
        "finding:f1", "observation:t1", "observation:t2", "interview:i1", "party:lea-management"
    )
    deficiency(
        case, "f2", "interpreters-1",
        "Need for an interpreter not recorded in {count:document-review:s1:check-1} files", "D03",
        condition="{count:document-review:s1:check-1} files examined"
        " (frame {frame:document-review:s1}) hold no question and no answer on the need.",
    )  # fmt: skip
    case.link(
        "finding:f2", "document-review:s1", "party:lea-officers", "party:ice-field-supervisor"
    )
    case.put(
        "finding:f3", **{"class": "area-of-concern"}, title="One-hour report on claims of U.S."
        " citizenship unknown to 2 of 5 officers", type="A03", item="citizenship-1",
        document="moa", section="Appendix A", verify="site",
        condition="2 of 5 officers interviewed did not know that a claim goes to ICE at once.",
        effect="A U.S. citizen may stay in custody longer before ICE is asked.",
    )  # fmt: skip
    case.link("finding:f3", "interview:i1", "party:ice-field-office")
    case.put(
        "finding:f4", **{"class": "best-practice"},
        title="Weekly check of the intake log against ICE encounters", item="supervision-2",
        condition="Each Monday a sergeant compares the week’s intake log with the encounters.",
    )  # fmt: skip
    case.link("finding:f4", "interview:i1")
    return case


def deficiency(case: Case, id: str, item: str, title: str, type: str, **more: Any) -> str:
    """A deficiency that the guard allows."""
    fields = {
        "title": title, "type": type, "item": item, "document": "moa", "section": "Appendix B",
        "quotation": POSTERS, "violated": POSTERS, "verify": "site", "class": "deficiency",
        "condition": "1 of 2 processing areas toured had no Spanish poster. The other had both."
        " Room 2 is used when room 1 is closed, from 6 p.m. to 6 a.m., with one officer on post.",
        "effect": "A person who reads only Spanish may not learn how to complain.",
    }  # fmt: skip
    return case.put(f"finding:{id}", **fields | more)


def whole(case: Case | None = None) -> Case:
    """An inspection with something of everything."""
    return found(interviewed(toured(sampled(answered(visited(case or Case()))))))
