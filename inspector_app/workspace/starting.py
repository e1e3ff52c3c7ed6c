"""Starting an inspection: the first change of its log, which fixes for ever what it is about."""

import secrets
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from inspector_app import forms, identity
from inspector_app.agencies import AgencyRow, Resolution, field_office
from inspector_app.change import ABOUT, Edit
from inspector_app.errors import BadInput, NotAllowed
from inspector_app.forms import Form
from inspector_app.inspection import VISIT, Agency
from inspector_app.paths import resource
from inspector_app.records import Member, Visit, stored_values

PURPOSES = {
    "inspection": ("JEM", "start-inspection", "OPR inspects Jail Enforcement Model agencies"),
    "oversight-review": (
        "WSO",
        "start-oversight-review",
        "ERO reviews Warrant Service Officer agencies",
    ),
    "focus-review": ("JEM", "start-focus-review", "OPR holds focus reviews"),
}


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be started. `form` and `reason` depart from what the agreement resolves to.

    `on_file` is false when the agency's signed agreement is known not to be on file.
    """

    row: AgencyRow
    resolution: Resolution
    purpose: str
    first_day: date
    last_day: date
    form: str | None = None
    reason: str = ""
    practice: bool = False
    zone: str | None = None
    on_file: bool = True


def chosen_form(plan: Plan) -> Form:
    """The form to use. One that the day of signing does not fit needs a reason."""
    resolved = plan.resolution.form
    if plan.form is None:
        if resolved is None:
            raise BadInput(f"There is no checklist for this agreement: {plan.resolution.reason}")
        return resolved
    if plan.form in {form.id for form in plan.resolution.offered}:
        return forms.load(plan.form)
    if not plan.reason.strip():
        raise BadInput("Another form than the agreement's own needs a reason.")
    return forms.load(plan.form)


def check_purpose(plan: Plan, role: str) -> None:
    """OPR inspects JEM, ERO reviews WSO (GAO-21-186); the other way round needs a reason."""
    if plan.purpose not in PURPOSES:
        raise BadInput(f"There is no such kind; choose one of {', '.join(PURPOSES)}.")
    if plan.last_day < plan.first_day:
        raise BadInput("The last day is before the first day.")
    model, act, words = PURPOSES[plan.purpose]
    usual = plan.row.model == model and act in identity.roles()[role].may
    if not usual and not plan.reason.strip():
        raise NotAllowed(f"{words}; anything else needs a reason. Nothing was started.")


def zone_of(plan: Plan) -> str:
    """The facility's time zone: as given, else the one where most of the state's people live."""
    return plan.zone or state_zone(plan.row.state)


def state_zone(state: str) -> str:
    """The zone where most of a state's people live."""
    return _state_zones().get(state, "UTC")


@cache
def _state_zones() -> dict[str, str]:
    table: dict[str, Any] = tomllib.loads(resource("state-zones.toml").read_text("utf-8"))
    return {str(state): str(zone) for state, zone in table.get("zones", table).items()}


def first_edits(plan: Plan, form: Form, author: str, card: identity.Card) -> list[Edit]:
    """The edits of the first change: what the inspection is, its visit, its first team member."""
    row = plan.row
    agency = Agency(row.state, row.name, row.type, row.county, row.model, row.signed)
    about: dict[str, Any] = {
        "kind": "inspection",
        "purpose": plan.purpose,
        "practice": plan.practice,
        "agency": agency.stored(),
        "form": form.digest,
        "form_id": form.id,
        "form_reason": plan.reason or None,
        "resolution": plan.resolution.reason,
        "presumed": plan.resolution.presumed,
        "nonce": secrets.token_hex(16),
    }
    visit = {
        "first_day": plan.first_day,
        "last_day": plan.last_day,
        "zone": zone_of(plan),
        "field_office": field_office(row) or "",
        "agreement": None if plan.on_file else "not-on-file",
    }
    return [
        *(Edit(ABOUT, name, value) for name, value in about.items() if value is not None),
        *_edits(VISIT, stored_values(Visit, visit)),
        *_edits(f"member:{author}", member_values(card, "A", lead=True)),
    ]


def member_values(card: identity.Card, place: str, *, lead: bool = False) -> dict[str, Any]:
    """The fields of a team member from his card."""
    given = {"name": card.name, "role": card.role, "office": card.office, "place": place}
    return stored_values(Member, {**given, "lead": lead})


def next_place(taken: list[str]) -> str:
    """The next free letter of a team: A, B, … Z, AA, AB …"""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    places: list[str] = [*letters, *(a + b for a in letters for b in letters)]
    return next(place for place in places if place not in taken)


def _edits(record: str, values: dict[str, Any]) -> list[Edit]:
    return [Edit(record, name, value) for name, value in values.items() if value is not None]
