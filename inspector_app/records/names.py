"""What the log says for ever about the names of an inspection."""

from typing import ClassVar

from inspector_app.records.fields import MomentText, Record


class NamesDestroyed(Record):
    """The key of the names was destroyed; whoever merges this destroys his own (design.md 4).

    Each act is a record of its own, so that two people who do it do not disagree.
    """

    kind: ClassVar[str] = "names-destroyed"
    held: MomentText | None = None
