"""A whole program that is made up: agreements, years of visits, findings, follow-up, closeouts.

Seeded, so that it is the same on every machine. It comes as derived rows at any size, and the same
rows can be played as signed logs, through the same engine as real ones.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from inspector_app import canonical, forms
from inspector_app.change import ABOUT, Change, Edit, link_record
from inspector_app.derived import ActionRow, EarlierRow, FindingRow, InspectionRow, Rows
from inspector_app.derived.figures import finding_types
from inspector_app.identity import Keys
from inspector_app.moments import Moment
from inspector_app.rules.follow_up import fiscal_year, focus_review
from inspector_app.workspace import Workspace
from inspector_app.workspace.desk import founding
from inspector_app.workspace.following import copy_record

FORM = "jem-2025"
OFFICES = [f"Field office {letter}" for letter in "ABCDEFGH"]
_PARTY_LINKS = {
    "lea": ("lea-officers",),
    "ice": ("ice-field-supervisor",),
    "both": ("lea-management", "ice-field-office"),
    "none": (),
}


@dataclass
class Program:
    """Rows as they grow."""

    seed: int = 287
    inspections: list[InspectionRow] = field(default_factory=list)
    findings: list[FindingRow] = field(default_factory=list)
    earlier: list[EarlierRow] = field(default_factory=list)
    actions: list[ActionRow] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)

    @property
    def rows(self) -> Rows:
        return Rows(self.inspections, self.findings, self.earlier, self.actions)

    def visit(
        self,
        agency: int,
        first: date,
        purpose: str = "inspection",
        model: str = "JEM",
        types: Sequence[str] = (),
        practices: int = 0,
        closed: date | None = None,
        follows: InspectionRow | None = None,
    ) -> InspectionRow:
        """A visit with a finding for each of these types; D and A say which class."""
        log = canonical.sha256(f"{self.seed} {len(self.inspections)}".encode())
        deficiencies = sum(code[0] == "D" for code in types)
        last = first + timedelta(days=2)
        due = focus_review(len(types), last).due if purpose == "inspection" else None
        row = InspectionRow(
            log=log,
            purpose=purpose,
            practice=1,
            state="ZZ",
            agency=f"Example County {agency:04} Sheriff",
            model=model,
            signed=date(2019, 5, 6),
            field_office=OFFICES[agency % len(OFFICES)],
            first_day=first,
            last_day=last,
            year=fiscal_year(first),
            deficiencies=deficiencies,
            concerns=len(types) - deficiencies,
            practices=practices,
            unclassified=0,
            final=0,
            focus_due=due,
            no_focus_reason=0,
            follows=follows.log if follows else "",
            closed=closed,
        )
        self.inspections.append(row)
        self._add_findings(row, [*types, *("P" for _ in range(practices))])
        if closed:
            self._accept(row, closed)
        return row

    def _accept(self, row: InspectionRow, day: date) -> None:
        """An accepted corrective action for each finding, as a memo needs them."""
        for number in range(1, row.findings + 1):
            id = f"{number:032x}"
            self.actions.append(ActionRow(row.log, id, "yes", None, day, "accepted"))

    def _add_findings(self, row: InspectionRow, types: Sequence[str]) -> None:
        parties = {one.code: one.party for one in finding_types()}
        classes = {"D": "deficiency", "A": "area-of-concern", "P": "best-practice"}
        for number, code in enumerate(types, 1):
            party = parties.get(code, "none")
            party = self.random.choice(["lea", "ice", "both"]) if party == "either" else party
            self.findings.append(
                FindingRow(
                    row.log,
                    f"{number:032x}",
                    f"GEN-{number}",
                    classes[code[0]],
                    code.removeprefix("P"),
                    f"What was found, {number}",
                    party,
                    "",
                    "desk",
                    "",
                )
            )

    def focus(self, row: InspectionRow, first: date, results: Sequence[str]) -> InspectionRow:
        """A focus review of a visit, with a result for each of its findings in order."""
        made = self.visit(int(row.agency.split()[2]), first, "focus-review", follows=row)
        found = [f for f in self.findings if f.log == row.log and f.class_ != "best-practice"]
        for finding, result in zip(found, results, strict=True):
            self.earlier.append(
                EarlierRow(
                    made.log,
                    row.log,
                    f"finding:{finding.finding}",
                    finding.number,
                    finding.class_,
                    finding.type,
                    result,
                )
            )
        return made


def program(agreements: int, years: int = 5, visits: int = 3, seed: int = 287) -> Program:
    """So many agreements, each with so many visits in each of so many fiscal years up to 2026."""
    made = Program(seed)
    codes = [one.code for one in finding_types()]
    for agency in range(agreements):
        model = made.random.choices(["JEM", "WSO"], [9, 1])[0]
        for year in range(2027 - years, 2027):
            _year(made, agency, year, visits, model, codes)
    return made


def _year(
    made: Program, agency: int, year: int, visits: int, model: str, codes: Sequence[str]
) -> None:
    for turn in range(visits):
        first = date(year - 1, 10, 1) + timedelta(days=turn * 90 + made.random.randrange(80))
        count = made.random.choice([0, 0, 0, 1, 1, 2, 3, 4, 5, 7])
        types = made.random.choices(codes, [_RARE.get(code, 1) for code in codes], k=count)
        purpose = "inspection" if model == "JEM" else "oversight-review"
        closed = first + timedelta(200) if made.random.random() < (0.7 if types else 0.02) else None
        before = _inspected(made, turn)
        if before and before.focus_due and made.random.random() < 0.8:
            results = made.random.choices(_RESULTS, [8, 1, 1], k=before.findings)
            _focus_fast(made, agency, before, first, _or_untested(made, results))
        else:
            row = made.visit(agency, first, purpose, model, types, made.random.randrange(2), closed)
            _make_rare(made, row)


_RESULTS = ("resolved", "unresolved", "")
_RARE = {"D07": 0.03, "A08": 0.03}
"""Types that a small program does not have in every year."""


def _inspected(made: Program, turn: int) -> InspectionRow | None:
    """The last inspection of this agency in this year, which one or two focus reviews follow."""
    before = reversed(made.inspections[-turn:] if turn else ())
    return next((row for row in before if row.purpose == "inspection"), None)


def _or_untested(made: Program, results: Sequence[str]) -> Sequence[str]:
    """Now and then a review that tested nothing."""
    return results if made.random.random() < 0.85 else [""] * len(results)


def _make_rare(made: Program, row: InspectionRow) -> None:
    """Now and then a review is called off, a finding has a wrong type, an action opens again."""
    if row.focus_due and made.random.random() < 0.2:
        made.inspections[-1] = replace(row, no_focus_reason=1)
    if row.closed and row.findings and made.random.random() < 0.05:
        made.actions[-1] = replace(made.actions[-1], status="open")
    if row.findings and made.random.random() < 0.05:
        at = len(made.findings) - row.findings - row.practices
        other = {"deficiency": "A01", "area-of-concern": "D01"}[made.findings[at].class_]
        type_ = made.random.choice(["", other])
        made.findings[at] = replace(made.findings[at], type=type_, party="none")


def _focus_fast(
    made: Program, agency: int, before: InspectionRow, first: date, results: Sequence[str]
) -> None:
    """As `Program.focus`, without looking through all findings: those of `before` are the last."""
    tail = made.findings[-(before.findings + before.practices) :][: before.findings]
    row = made.visit(agency, first, "focus-review", follows=before)
    made.earlier += [
        EarlierRow(row.log, before.log, f"finding:{f.finding}", f.number, f.class_, f.type, result)
        for f, result in zip(tail, results, strict=True)
    ]


# -- the agencies of footnote 60 ---------------------------------------------------------------


def published_program() -> Program:
    """Agency files made up so that they give what GAO-21-186 says of follow-up and closeout.

    47 agencies with findings: 12 inspected in 2018 and 35 in 2019 (with three without, 38). The
    counts per agency are ours; only their sums are published.
    """
    made = Program(186)
    flagged = _share(made, 2018, 5, "D" * 15 + "A" * 9)
    _hold(made, flagged, date(2018, 11, 5), {"D": 14, "A": 9})
    others = _share(made, 2018, 7, "D" * 11 + "A" * 5, memos=5)
    held = _share(made, 2019, 15, "D" * 64 + "A" * 21)
    _hold(made, held, date(2019, 11, 4), {"D": 53, "A": 20})
    _share(made, 2019, 3, "D" * 8 + "A" * 4)
    _share(made, 2019, 17, "D" * 14 + "A" * 13)
    for agency in range(3):
        made.visit(900 + agency, date(2019, 6, 3))
    assert len(others) == 7
    return made


def _share(
    made: Program, year: int, agencies: int, letters: str, memos: int | None = None
) -> list[InspectionRow]:
    """Deal findings out to agencies, one each in turn."""
    hands = [letters[n::agencies] for n in range(agencies)]
    memos = agencies if memos is None else memos
    return [
        made.visit(
            len(made.inspections),
            date(year, 1 + place % 9, 8),
            types=[f"{letter}01" for letter in sorted(hand, reverse=True)],
            closed=date(year + 1, 2, 3) if place < memos else None,
        )
        for place, hand in enumerate(hands)
    ]


def _hold(
    made: Program, inspected: Sequence[InspectionRow], day: date, left: dict[str, int]
) -> None:
    for row in inspected:
        results = []
        for finding in (f for f in made.findings if f.log == row.log):
            letter = finding.type[0]
            results.append("resolved" if left[letter] > 0 else "unresolved")
            left[letter] -= 1
        made.focus(row, day, results)


# -- the same as logs --------------------------------------------------------------------------


def play(workspace: Workspace, made: Program) -> dict[str, str]:
    """Every visit as a signed log with its form; returns the logs' ids by those of the rows."""
    ids: dict[str, str] = {}
    changes: list[Change] = []
    for row in made.inspections:
        change = _first(workspace.desk.keys, made, row, ids)
        ids[row.log] = change.id
        changes.append(change)
    form = forms.bytes_of(FORM)
    store = workspace.desk.store
    with store.transaction():
        store.put_blobs((c.id, canonical.sha256(form), form) for c in changes)
        store.append(changes)
    return ids


def _first(keys: Keys, made: Program, row: InspectionRow, ids: dict[str, str]) -> Change:
    at = Moment.parse(f"{row.first_day}T09:00:00-05:00[America/New_York]")
    return founding(keys, list(_edits(made, row, ids)), "started", at)


def _edits(made: Program, row: InspectionRow, ids: dict[str, str]) -> Iterator[Edit]:
    form = forms.load(FORM)
    agency = {
        "state": row.state, "name": row.agency, "type": "County", "county": "",
        "model": row.model, "signed": row.signed.isoformat(),
    }  # fmt: skip
    about = {"kind": "inspection", "purpose": row.purpose, "practice": True, "agency": agency}
    about |= {"form": form.digest, "form_id": form.id, "nonce": row.log[:32]}
    about |= {"follows": ids[row.follows]} if row.follows else {}
    yield from _record(ABOUT, about)
    visit = {"first_day": str(row.first_day), "last_day": str(row.last_day)}
    visit |= {"no_focus_review_reason": "Called off."} if row.no_focus_reason else {}
    yield from _record("visit:self", {**visit, "field_office": row.field_office})
    for finding in (f for f in made.findings if f.log == row.log):
        yield from _finding(finding)
    for earlier in (e for e in made.earlier if e.log == row.log):
        yield from _earlier(earlier, ids[earlier.inspection])
    for action in (a for a in made.actions if a.log == row.log):
        yield from _action(action)
    if row.closed:
        yield from _record("closeout:self", {"day": str(row.closed)})


def _finding(row: FindingRow) -> Iterator[Edit]:
    record = f"finding:{row.finding}"
    fields = {"class": row.class_, "type": row.type or None, "title": row.title, "verify": "desk"}
    yield from _record(record, fields)
    for party in _PARTY_LINKS[row.party]:
        link = link_record(record, f"party:{party}")
        yield from _record(link, {"from": record, "to": f"party:{party}"})


def _earlier(row: EarlierRow, inspection: str) -> Iterator[Edit]:
    fields = {
        "inspection": inspection, "finding": row.finding, "number": row.number,
        "class": row.class_, "type": row.type, "result": row.result or None,
    }  # fmt: skip
    yield from _record(copy_record(inspection, row.finding), fields)


def _action(row: ActionRow) -> Iterator[Edit]:
    fields = {"agrees": row.agrees, "done": str(row.done), "status": row.status or None}
    yield from _record(f"corrective-action:{row.finding}", fields)


def _record(record: str, fields: dict[str, Any]) -> Iterator[Edit]:
    return (Edit(record, name, value) for name, value in fields.items() if value is not None)
