"""After the report: focus reviews, ERO's plans, the closeout, findings that were there before.

An inspection and the focus review of it are two logs; what one says of the other is read here.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from inspector_app import forms
from inspector_app.agencies import AgencyRow, Resolution
from inspector_app.change import ABOUT, Edit
from inspector_app.checks import Problem
from inspector_app.errors import BadInput, NotAllowed
from inspector_app.inspection import Inspection, following, recurring
from inspector_app.inspection.following import CLOSEOUT, HeldReview
from inspector_app.inspection.parts import BESIDE
from inspector_app.inspection.recurring import Recurrence
from inspector_app.records import Closeout, EarlierFinding, Finding, Link, stored_values
from inspector_app.workspace import people
from inspector_app.workspace.derived_rows import visits_with
from inspector_app.workspace.desk import Desk
from inspector_app.workspace.earlier import earlier_visits
from inspector_app.workspace.starting import Plan

if TYPE_CHECKING:
    from inspector_app.workspace import Commit, Workspace

FOLLOWS, FOLLOWS_REASON = "follows", "follows_reason"
"""Fields of a focus review's first change: the inspection that it follows, and why, below four."""


# -- the focus review --------------------------------------------------------------------------


def start_focus_review(
    workspace: "Workspace", earlier: str, first_day: date, last_day: date, reason: str = ""
) -> str:
    """Start the focus review of an inspection, with its findings as the checklist; its id.

    With fewer than four findings it needs a reason (GAO-21-186: OPR "generally" holds one from
    four on). BadInput without findings, or for days before the inspection's.
    """
    before = workspace.inspection(earlier)
    copied = copies(before, following.counted(before))
    if not copied:
        raise BadInput("That inspection has no findings to review. Nothing was started.")
    if before.visit.last_day and first_day < before.visit.last_day:
        raise BadInput("A focus review comes after the inspection. Nothing was started.")
    if not before.focus_review().flagged and not reason.strip():
        raise NotAllowed(
            "Fewer than four findings call for no focus review; holding one needs a reason."
        )
    about = {FOLLOWS: before.id, FOLLOWS_REASON: reason.strip()}
    extra = [Edit(ABOUT, name, value) for name, value in about.items() if value]
    return workspace.start(_plan(before, first_day, last_day, reason), [*extra, *_edits(copied)])


def _plan(before: Inspection, first_day: date, last_day: date, reason: str) -> Plan:
    agency = before.agency
    row = AgencyRow(
        agency.state, agency.name, agency.type, agency.county, agency.model, agency.signed
    )
    form = forms.load(before.form.id)  # as it ships now: the log of the review carries it
    resolution = Resolution(form, before.presumed, before.resolution, (form,))
    days, zone = (first_day, last_day), before.visit.zone
    return Plan(row, resolution, "focus-review", *days, None, reason, before.practice, zone)


def copies(before: Inspection, findings: Iterable[Finding]) -> dict[str, dict[str, Any]]:
    """Earlier findings by record, with the fields that a later visit copies of them."""
    numbers = before.finding_numbers()
    return {copy_record(before.id, f.id): _copy(before, f, numbers[f.id]) for f in findings}


def copy_record(inspection: str, finding: str) -> str:
    """The record of an earlier finding in the log of a later visit."""
    return f"{EarlierFinding.kind}:{inspection}/{finding.partition(':')[2]}"


def _copy(before: Inspection, finding: Finding, number: str) -> dict[str, Any]:
    items = {item.id: item for item in before.form.items}
    verify = finding.verify or (items[finding.item].verify if finding.item in items else None)
    same = ("class_", "type", "item", "section", "document", "quotation")
    return {
        **{name: getattr(finding, name) for name in same},
        "inspection": before.id,
        "finding": finding.id,
        "number": number,
        "title": before.numbers(finding.title),
        "condition": before.numbers(finding.condition),
        "parties": " ".join(before.parties(finding.id)),
        "day": before.visit.last_day,
        "verify": verify if verify in ("desk", "site") else None,
    }


def _edits(records: dict[str, dict[str, Any]]) -> list[Edit]:
    return [
        Edit(record, name, value)
        for record, fields in records.items()
        for name, value in stored_values(EarlierFinding, fields).items()
        if value is not None
    ]


def followed(inspection: Inspection) -> str:
    """The id of the inspection that a focus review follows; empty for anything else."""
    return str(inspection.log.about.get(FOLLOWS) or "")


def missing(workspace: "Workspace", id: str) -> list[Finding]:
    """Findings of the inspection that this focus review follows and that are not in its list.

    A merge may bring one after the review was started.
    """
    review = workspace.inspection(id)
    earlier = followed(review)
    if not earlier or (before := _here(workspace, earlier)) is None:
        return []
    known = {one.id for one in review.all(EarlierFinding)}
    found = following.counted(before)
    return [finding for finding in found if copy_record(earlier, finding.id) not in known]


def _here(workspace: "Workspace", id: str) -> Inspection | None:
    """The inspection, where this workspace has it; one that is open already costs no query."""
    try:
        return workspace.inspection(id)
    except BadInput:
        return None


def take_missing(workspace: "Workspace", id: str) -> "Commit":
    """Add the findings that the list of a focus review lacks."""
    before = workspace.inspection(followed(workspace.inspection(id)))
    records = copies(before, missing(workspace, id))
    return workspace.put_many(id, records, "earlier findings added")


def gone(workspace: "Workspace", id: str) -> list[EarlierFinding]:
    """Earlier findings that their inspection no longer holds: kept here, and said."""
    here = workspace.inspection_ids()
    return [
        one
        for one in workspace.inspection(id).all(EarlierFinding)
        if one.inspection in here
        and workspace.inspection(one.inspection).get(Finding, one.finding) is None
    ]


def reviews_of(workspace: "Workspace", id: str) -> list[HeldReview]:
    """The focus reviews here that follow an inspection, the oldest first."""
    whole = workspace.inspection(id).id
    return _sorted(_held(workspace.inspection(one), whole) for one in _following(workspace, whole))


def all_reviews(workspace: "Workspace") -> dict[str, list[HeldReview]]:
    """The focus reviews here, by the inspection that they follow."""
    found: dict[str, list[HeldReview]] = {}
    for id in _following(workspace):
        review = workspace.inspection(id)
        if earlier := followed(review):
            found.setdefault(earlier, []).append(_held(review, earlier))
    return {earlier: _sorted(reviews) for earlier, reviews in found.items()}


def _following(workspace: "Workspace", earlier: str = "") -> list[str]:
    """The focus reviews here, of one inspection or of any."""
    told = {FOLLOWS: earlier} if earlier else {"purpose": "focus-review"}
    return list(visits_with(workspace, **told))


def _sorted(reviews: Iterable[HeldReview]) -> list[HeldReview]:
    return sorted(reviews, key=lambda one: one.last_day or date.max)


def _held(review: Inspection, earlier: str) -> HeldReview:
    results = {o.finding: o for o in review.all(EarlierFinding) if o.inspection == earlier}
    return HeldReview(review.id, review.visit.first_day, review.visit.last_day, results)


def problems(workspace: "Workspace", id: str) -> list[Problem]:
    """What only both logs together show: a checklist of findings that lacks one."""
    count = len(missing(workspace, id))
    if not count:
        return []
    words = "One earlier finding is" if count == 1 else f"{count} earlier findings are"
    told = f"{words} not on this list yet: the inspection gained them after the review began."
    return [Problem("incomplete", told, "earlier-finding:")]


# -- ERO's plan and memo -----------------------------------------------------------------------


def plan(workspace: "Workspace", id: str, finding: str, **fields: Any) -> "Commit":
    """Set fields of ERO's plan for a finding. NotAllowed for whoever is not ERO."""
    inspection = workspace.inspection(id)
    number = inspection.finding_numbers().get(finding, "a finding")
    record = following.action_record(finding)
    return workspace.put(id, record, words=f"corrective action for {number}", **fields)


def close_out(workspace: "Workspace", id: str, from_: str, to: str, text: str = "") -> "Commit":
    """Write the closeout memo. NotAllowed, with every reason, while anything is open."""
    inspection = workspace.inspection(id)
    people.require(workspace.desk, "close-out", "close inspections")
    if not following.counted(inspection):
        raise BadInput("The inspection has no findings, so there is nothing to close.")
    if not from_.strip() or not to.strip():
        raise BadInput("A memo says whom it is from and to whom it goes. Nothing was written.")
    if faults := in_the_way(workspace, id):
        raise NotAllowed("The inspection cannot be closed yet; nothing was written.", faults)
    given = {"from": from_.strip(), "to": to.strip(), "text": text.strip()}
    values = {**given, "day": workspace.moment(id).day, **_rests_on(workspace, id)}
    edits = inspection.log.setting(CLOSEOUT, stored_values(Closeout, values))
    return workspace.write(inspection, edits, "closeout memo", CLOSEOUT)


def in_the_way(workspace: "Workspace", id: str) -> list[str]:
    """What of an inspection is open, a sentence each."""
    today = workspace.moment(id).day
    return following.still_open(workspace.inspection(id), held_reviews(workspace, id), today)


def held_reviews(workspace: "Workspace", id: str) -> list[HeldReview]:
    """The reviews that count: one that was called off before it tested anything does not."""
    return _counting(workspace.inspection(id), reviews_of(workspace, id))


def _counting(inspection: Inspection, reviews: list[HeldReview]) -> list[HeldReview]:
    if not inspection.visit.no_focus_review_reason.strip():
        return reviews
    return [one for one in reviews if any(said.result for said in one.results.values())]


def standing(workspace: "Workspace", id: str) -> str:
    """How the follow-up of an inspection stands, in a few words; empty before its report."""
    today = workspace.moment(id).day
    return following.standing(workspace.inspection(id), held_reviews(workspace, id), today)


def standing_after(workspace: "Workspace", id: str, reviews: Iterable[str]) -> str:
    """The same where the focus reviews that follow the inspection are known."""
    inspection, today = workspace.inspection(id), workspace.moment(id).day
    held = _sorted(_held(workspace.inspection(one), inspection.id) for one in reviews)
    return following.standing(inspection, _counting(inspection, held), today)


def standings(workspace: "Workspace") -> dict[str, str]:
    """The same for every inspection here, with one look at the focus reviews."""
    reviews, found = all_reviews(workspace), {}
    for id in workspace.inspection_ids():
        inspection, today = workspace.inspection(id), workspace.moment(id).day
        counting = _counting(inspection, reviews.get(id, []))
        found[id] = following.standing(inspection, counting, today)
    return found


def _rests_on(workspace: "Workspace", id: str) -> dict[str, Any]:
    """What the focus reviews said, as the memo keeps it."""
    from inspector_app.workspace.issuing import report_number

    reviews = held_reviews(workspace, id)
    if not reviews:
        return {}
    last = workspace.inspection(reviews[-1].id)
    said = {f.id: following.result_of(reviews, f.id) for f in _counted(workspace, id)}
    results = {record.partition(":")[2]: one.result for record, one in said.items() if one}
    number = report_number(last)
    return {"review": number, "review_day": last.visit.last_day, "results": results}


def _counted(workspace: "Workspace", id: str) -> list[Finding]:
    return following.counted(workspace.inspection(id))


# -- who may write it --------------------------------------------------------------------------


def beside(inspection: Inspection, edits: Iterable[Edit]) -> set[str]:
    """The records, of those edited, that hold what ERO says after the report.

    A plan, the memo, and the links from them, of which a new one stands only in the edits.
    """
    starts: dict[str, str] = {}
    for edit in edits:
        if not edit.record.startswith(f"{Link.kind}:"):
            starts[edit.record] = edit.record
        elif known := inspection.get(Link, edit.record):
            starts[edit.record] = known.from_
        elif edit.field == "from":
            starts[edit.record] = str(edit.value)
    return {record for record, start in starts.items() if start.partition(":")[0] in BESIDE}


def check_may(desk: Desk, inspection: Inspection, edits: Sequence[Edit]) -> None:
    """NotAllowed for a plan by anybody but ERO, and for what ERO headquarters alone may say."""
    own = beside(inspection, edits)
    for edit in edits:
        kind = edit.record.partition(":")[0]
        if kind == Closeout.kind or (kind in BESIDE and edit.field == "status"):
            people.require(desk, "close-out", "accept corrective action or close inspections")
        elif edit.record in own:
            people.require(desk, "corrective-action", "plan corrective action; ERO does")


def join(workspace: "Workspace", id: str, edits: Sequence[Edit], amends: str) -> None:
    """Who writes in an inspection joins its team; ERO's plan beside the report joins nobody."""
    if {edit.record for edit in edits} - beside(workspace.inspection(id), edits):
        workspace.join(id, amends)


# -- findings that were there before -----------------------------------------------------------


def recurrences(workspace: "Workspace", id: str) -> dict[str, Recurrence]:
    """Findings of this visit that an earlier one had already, by record: a proposal."""
    return recurring.recurrences(workspace.inspection(id), earlier_visits(workspace, id))


def repeats(workspace: "Workspace", id: str, finding: str, earlier: str, old: str) -> "Commit":
    """Say that a finding repeats one of an earlier visit, which is copied into this log.

    BadInput when there is no such finding there.
    """
    before = workspace.inspection(earlier)
    found = before.get(Finding, old)
    if found is None:
        raise BadInput("There is no such finding on that visit. Nothing was recorded.")
    record = copy_record(before.id, old)
    known = workspace.inspection(id).get(EarlierFinding, record)
    copied = {} if known else copies(before, [found])
    fields = {finding: {"repeats": record}, **copied}
    return workspace.put_many(id, fields, f"repeats {before.finding_numbers()[old]}")
