"""Records of the workspace's own log, which never leaves: contacts, bundles, the kept list."""

from typing import ClassVar

from pydantic import Field

from inspector_app.records.fields import Count, Hash, MomentText, Record


class Contact(Record):
    """In the workspace's own log: a card that its owner accepted, with the role granted here."""

    kind: ClassVar[str] = "contact"
    card: str = ""
    role: str = ""
    revoked: bool = False


class BundleMade(Record):
    """In the workspace's own log: how many changes of each log a bundle held.

    `names`: how many names keys of each log its letter had.
    """

    kind: ClassVar[str] = "bundle-made"
    file: Hash | None = None
    made: MomentText | None = None
    recipients: str = ""
    held: dict[str, Count] = Field(default_factory=dict)
    names: dict[str, Count] = Field(default_factory=dict)


class BundleMerged(Record):
    """In the workspace's own log: which bundle of whom was merged, and how much came with it.

    `names`: how many names keys of each log came in its letter.
    """

    kind: ClassVar[str] = "bundle-merged"
    file: Hash | None = None
    merged: MomentText | None = None
    sender: str = ""
    changes: Count | None = None
    names: dict[str, Count] = Field(default_factory=dict)


class AgencyList(Record):
    """In the workspace's own log: which published workbook of agreements is kept."""

    kind: ClassVar[str] = "agency-list"
    file: Hash | None = None
    imported: MomentText | None = None
    agreements: Count | None = None
