"""The published list of agreements: reference, not something a person said.

The workbook's bytes are kept and its rows read anew at need; without one, the list that ships with
the program serves.
"""

from inspector_app import agencies, canonical
from inspector_app.agencies import AgencyRow, WorkbookRead
from inspector_app.moments import now
from inspector_app.records import AgencyList, read_record, stored_values
from inspector_app.workspace.desk import Desk

RECORD = "agency-list:self"


def keep_workbook(desk: Desk, data: bytes) -> WorkbookRead:
    """Keep a published workbook. Rows that cannot be read are named in what comes back."""
    read = agencies.read_list(data)
    keep_read(desk, data, read)
    return read


def keep_read(desk: Desk, data: bytes, read: WorkbookRead) -> None:
    """Keep a workbook that a worker has read; only this writes."""
    desk.store.put_blob(desk.own.id, data)
    count = len(read.rows)
    values = {"file": canonical.sha256(data), "imported": str(now("UTC")), "agreements": count}
    edits = desk.own.setting(RECORD, stored_values(AgencyList, values))
    desk.commit(desk.own, edits, "imported the published list of agreements")


def rows(desk: Desk) -> list[AgencyRow]:
    """The newest list this workspace has."""
    kept, _ = read_record(AgencyList, RECORD, desk.own.fields(RECORD))
    data = desk.store.blob(desk.own.id, kept.file) if kept.file else None
    return list(agencies.read_list(data).rows) if data else agencies.published()
