"""A book: a log that is no inspection, such as an agency's file. It proposes edits, like one."""

from collections.abc import Container, Mapping
from typing import Any, ClassVar

from inspector_app.canonical import Value
from inspector_app.change import ABOUT, Edit
from inspector_app.conflicts import choosing, deciding, disputed_fields
from inspector_app.errors import BadInput, NotAllowed
from inspector_app.inspection.log_reading import LogReading
from inspector_app.records import Record, stored_values


class Book(LogReading):
    """What may be written in a log of its kind. Nothing in it is signed off.

    A subclass names the kinds of its records and refuses, in `check`, what they do not allow.
    """

    records: ClassVar[tuple[type[Record], ...]] = ()

    @property
    def title(self) -> str:
        """What a list calls it."""
        raise NotImplementedError

    @property
    def zone(self) -> str:
        """The time zone of the place."""
        return "UTC"

    def numbers(self) -> dict[str, str]:
        """What people call a record, where it has a number."""
        return {}

    def word(self, field: str, value: str) -> str:
        """What people call a value of a closed list, or its key; empty where it is none."""
        return ""

    def check(self, record: str, values: Mapping[str, Value]) -> None:
        """Refuse what refers to something that is not there. BadInput; nothing was changed."""

    def class_of(self, record: str) -> type[Record]:
        """The class of a record that may be written here; BadInput for any other."""
        kind, _, name = record.partition(":")
        classes = {cls.kind: cls for cls in self.records}
        if kind not in classes or not name:
            raise BadInput(f"There is no kind of record named “{kind[:40]}” in {self.title}.")
        return classes[kind]

    # -- what a person may write; the signatures are those of an inspection ------------------

    def setting(self, record: str, given: Mapping[str, Any], *, amends: bool = False) -> list[Edit]:
        """The edits that set these fields; BadInput or NotAllowed, and then nothing is so."""
        values = stored_values(self.class_of(record), given)
        self.check(record, values)
        if set(disputed_fields(self.log, record)) & set(values):
            raise NotAllowed(
                "Two people wrote different things here. Both are kept; decide which one stands "
                "before writing further."
            )
        return self.log.setting(record, values)

    def removing(self, record: str, *, amends: bool = False) -> list[Edit]:
        """The edits that take a record out of view."""
        if not self.log.in_view(record) or record == ABOUT:
            raise BadInput("There is no such record to remove.")
        self.class_of(record)
        return self.log.removing(record)

    def linking(
        self, one: str, other: str, *, amends: bool = False, fresh: Container[str] = ()
    ) -> list[Edit]:
        """Nothing is linked here: what belongs together names it in a field."""
        raise BadInput("Records of this log are not linked.")

    def unlinking(self, one: str, other: str, *, amends: bool = False) -> list[Edit]:
        raise BadInput("Records of this log are not linked.")

    def deciding(self, record: str, values: Mapping[str, Value]) -> list[Edit]:
        """The edits that end a conflict with other values than either side's."""
        stored = stored_values(self.class_of(record), values)
        self.check(record, stored)
        return deciding(self.log, record, stored)

    def choosing(self, record: str, change: str) -> list[Edit]:
        """The edits that let one side of a conflict stand."""
        return choosing(self.log, record, change)

    def check_unsigned(self, edits: list[Edit]) -> None:
        """Nothing here is signed off, so nothing is refused."""
