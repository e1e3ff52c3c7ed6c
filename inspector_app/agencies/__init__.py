"""The published list of 287(g) agreements, and which checklist an agreement resolves to.

Pure: it is given bytes and rows, keeps nothing and asks no network. The workbook that ICE
publishes is reference, not something a person said.
"""

from inspector_app.agencies.finding import find, in_words, match
from inspector_app.agencies.resolution import (
    Resolution,
    Revision,
    Tally,
    field_office,
    resolve,
    revisions,
    tally,
)
from inspector_app.agencies.rows import (
    AgencyRow,
    normalized,
    published,
    read_csv,
    state_code,
    state_names,
    write_csv,
)
from inspector_app.agencies.workbook import WorkbookRead, read_list, read_workbook

__all__ = [
    "AgencyRow",
    "Resolution",
    "Revision",
    "Tally",
    "WorkbookRead",
    "field_office",
    "find",
    "in_words",
    "match",
    "normalized",
    "published",
    "read_csv",
    "read_list",
    "read_workbook",
    "resolve",
    "revisions",
    "state_code",
    "state_names",
    "tally",
    "write_csv",
]
