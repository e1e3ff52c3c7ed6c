"""Records of the workspace's own log, which never leaves: contacts, bundles, the kept list."""

from typing import ClassVar

from pydantic import Field

from inspector_app.records.fields import Count, Hash, MomentText, Record


class Contact(Record):
    """In the workspace's own log: a card that its owner accepted, with the role granted here.

    Where its key was revoked: when, why, and by log the newest changes of the key that were held
    here then, apart by spaces; what stands under these stays. `successor`: the fingerprint of the
    card that was accepted in its place.
    """

    kind: ClassVar[str] = "contact"
    card: str = ""
    role: str = ""
    revoked: bool = False
    revoked_at: MomentText | None = None
    reason: str = ""
    heads: dict[str, str] = Field(default_factory=dict)
    successor: Hash | None = None


class Admitted(Record):
    """In the workspace's own log: a change of a revoked key that a reviewer lets in, and why.

    The record's id is `admitted:` and the change's; `log` is the change's log.
    """

    kind: ClassVar[str] = "admitted"
    log: Hash | None = None
    reason: str = ""
    admitted: MomentText | None = None


class BundleMade(Record):
    """In the workspace's own log: how many changes of each log a bundle held.

    `file` is the SHA-256 of the bundle's store, which the sender's signature covers: the same for
    whoever makes, opens or keeps it (docs/format.md, "Bundle"). `heads`: the newest change of each
    author in each log, apart by spaces. `names`: how many names keys of each log its letter had.
    """

    kind: ClassVar[str] = "bundle-made"
    file: Hash | None = None
    made: MomentText | None = None
    recipients: str = ""
    held: dict[str, Count] = Field(default_factory=dict)
    heads: dict[str, str] = Field(default_factory=dict)
    names: dict[str, Count] = Field(default_factory=dict)


class BundleMerged(Record):
    """In the workspace's own log: which bundle of whom was merged, and how much came with it.

    `file` as in `BundleMade`. `names`: how many names keys of each log came in its letter.
    """

    kind: ClassVar[str] = "bundle-merged"
    file: Hash | None = None
    merged: MomentText | None = None
    sender: str = ""
    changes: Count | None = None
    names: dict[str, Count] = Field(default_factory=dict)


class BackupMade(Record):
    """In the workspace's own log: a backup that was verified, and how much of each log it held.

    `file` as in `BundleMade`. `held` counts changes, `files` pictures and forms, `names` the names
    keys that went along.
    """

    kind: ClassVar[str] = "backup-made"
    file: Hash | None = None
    made: MomentText | None = None
    held: dict[str, Count] = Field(default_factory=dict)
    files: dict[str, Count] = Field(default_factory=dict)
    names: dict[str, Count] = Field(default_factory=dict)


class BackupPlan(Record):
    """In the workspace's own log, `backup-plan:self`: where backups go, and after how many days.

    `folder` as the system writes it; `days` is 0 or missing where none is made by itself. `found`:
    a backup was made there, so an empty folder is a stick that is not plugged in.
    """

    kind: ClassVar[str] = "backup-plan"
    folder: str = ""
    days: Count | None = None
    found: bool = False


class InspectionRemoved(Record):
    """In the workspace's own log: which inspection left this laptop, and what else holds it.

    The record's id is that of the log; `file` as in `BundleMade`.
    """

    kind: ClassVar[str] = "inspection-removed"
    at: MomentText | None = None
    file: str = ""


class AgencyList(Record):
    """In the workspace's own log: which published workbook of agreements is kept."""

    kind: ClassVar[str] = "agency-list"
    file: Hash | None = None
    imported: MomentText | None = None
    agreements: Count | None = None


WORKSPACE_RECORDS: tuple[type[Record], ...] = (
    Contact,
    Admitted,
    BundleMade,
    BundleMerged,
    BackupMade,
    BackupPlan,
    InspectionRemoved,
    AgencyList,
)
