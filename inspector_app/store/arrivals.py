"""Which changes came with which bundle: read from the local table that a merge fills."""

from inspector_app.store.connection import rows
from inspector_app.store.workspace_store import Store


def arrived_with(store: Store, bundle: str) -> list[tuple[str, str]]:
    """The (log, change) of what a bundle brought that was not here before, as it came.

    `bundle` is the SHA-256 that the merge noted.
    """
    sql = (
        "SELECT change.log, change.id FROM arrival JOIN change ON change.id = arrival.change"
        " WHERE arrival.bundle = ? ORDER BY change.rowid"
    )
    return [(row[0], row[1]) for row in rows(store._db, sql, bundle)]
