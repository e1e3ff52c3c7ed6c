"""The published list of agreements: reference, not something a person said.

The workbook's bytes are kept and its rows read anew at need; without one, the list that ships with
the program serves.
"""

from inspector_app import agencies, canonical
from inspector_app.agencies import AgencyRow
from inspector_app.moments import now
from inspector_app.records import AgencyList, read_record, stored_values
from inspector_app.workspace.desk import Desk

RECORD = "agency-list:self"


def keep_workbook(desk: Desk, data: bytes) -> list[AgencyRow]:
    """Keep a published workbook, once it has been read without loss."""
    rows = agencies.read_workbook(data)
    desk.store.put_blob(desk.own.id, data)
    values = {"file": canonical.sha256(data), "imported": str(now("UTC")), "agreements": len(rows)}
    edits = desk.own.setting(RECORD, stored_values(AgencyList, values))
    desk.commit(desk.own, edits, "imported the published list of agreements")
    return rows


def rows(desk: Desk) -> list[AgencyRow]:
    """The newest list this workspace has."""
    kept, _ = read_record(AgencyList, RECORD, desk.own.fields(RECORD))
    data = desk.store.blob(desk.own.id, kept.file) if kept.file else None
    return agencies.read_workbook(data) if data else agencies.published()
