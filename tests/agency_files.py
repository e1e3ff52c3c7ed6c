"""Agencies' files for tests: an agency of the published list that holds a JEM agreement of 2025."""

from datetime import date
from typing import Any

from inspector_app.agencies import AgencyRow
from inspector_app.records.agency_file import HeldAgreement
from inspector_app.workspace import Workspace, agency_file

STATE, NAME = "IN", "Hamilton County Sheriff's Office"
ZONE = "-04:00[America/Indiana/Indianapolis]"


def at(local: str) -> str:
    """`2026-03-13T17:00` as a moment at the facility in summer time."""
    return f"{local}:00{ZONE}"


def row(model: str = "JEM", form_day: str = "2025-03-03") -> AgencyRow:
    """A made-up agreement of a model, signed on a day."""
    day = date.fromisoformat(form_day)
    return AgencyRow("OH", "Example County Sheriff's Office", "County", "Example", model, day)


def start(workspace: Workspace, *rows: AgencyRow) -> str:
    """The file of the agency of these agreements, else of the one in Indiana."""
    return agency_file.start(
        workspace, rows or agency_file.agreements_of(workspace, STATE, NAME), practice=False
    )


def complaint(workspace: Workspace, id: str, **fields: Any) -> str:
    """A complaint about a designated officer, learned of on a Friday at 17:00."""
    given = {"designated": True, "related": True, "learned": at("2026-03-13T17:00"), **fields}
    return workspace.new(id, "complaint", **given).record


def held(workspace: Workspace, id: str) -> HeldAgreement:
    return agency_file.read(workspace, id).all(HeldAgreement)[0]
