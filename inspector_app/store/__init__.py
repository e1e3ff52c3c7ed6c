"""The encrypted files: the only package that knows SQLite."""

from inspector_app.store.bundle_store import BundleStore, write_bundle_store
from inspector_app.store.derived_tables import Made
from inspector_app.store.picture_copies import KeptCopy
from inspector_app.store.search_index import CLOSE, OPEN, Match, SearchIndex
from inspector_app.store.workspace_store import Draft, Store

__all__ = [
    "CLOSE",
    "OPEN",
    "BundleStore",
    "Draft",
    "KeptCopy",
    "Made",
    "Match",
    "SearchIndex",
    "Store",
    "write_bundle_store",
]
