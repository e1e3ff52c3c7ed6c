"""Inspection = form + log: reads give records, verbs give the edits of a change."""

from collections.abc import Container, Mapping
from typing import Any

from inspector_app.canonical import Value
from inspector_app.change import Edit, link_record
from inspector_app.conflicts import Conflict, choosing, deciding, disputed_fields
from inspector_app.errors import BadInput, NotAllowed
from inspector_app.inspection import counting, guard, numbering, parts
from inspector_app.inspection.counting import Counts, SampleCount
from inspector_app.inspection.reading import VISIT, Agency, Reading
from inspector_app.records import (
    BY_KIND,
    Finding,
    FindingClass,
    SampledFile,
    SignOff,
    stored_values,
)
from inspector_app.rules.follow_up import FocusReview

__all__ = ["VISIT", "Agency", "Conflict", "Counts", "FocusReview", "Inspection", "SampleCount"]


class Inspection(Reading):
    """One inspection or review, folded in memory. It never writes: its verbs propose edits."""

    # -- numbers -----------------------------------------------------------------------------

    def counts(self) -> Counts:
        """All numbers, computed once after each change: every page and list asks for them."""
        return self.once(counting.counts)

    def sample_count(self, review: str, attribute: str) -> SampleCount:
        return counting.sample_count(self, review, attribute)

    def files_of(self, review: str) -> list[SampledFile]:
        return counting.files_of(self, review)

    def examined(self, file: SampledFile) -> bool:
        return counting.examined(self, file)

    def numbers(self, text: str) -> str:
        """The text with its live numbers filled in."""
        return counting.numbers(self, text)

    def focus_review(self) -> FocusReview:
        return counting.focus(self)

    def findings(self) -> list[Finding]:
        """Findings as a report lists them."""
        return numbering.in_report_order(self)

    def finding_numbers(self) -> dict[str, str]:
        return numbering.finding_numbers(self)

    def record_numbers(self) -> dict[str, str]:
        """T-01, I-01, S-1 and `photo 1` by record, computed once after each change."""
        return self.once(numbering.record_numbers)

    # -- rules -------------------------------------------------------------------------------

    def rests_on_presumption(self, finding: Finding) -> bool:
        """Whether a deficiency quotes an agreement whose signed copy nobody compared."""
        return guard.rests_on_presumption(self, finding)

    def class_problems(self, finding: Finding) -> dict[FindingClass, list[str]]:
        """For each class what is missing before it is allowed."""
        return guard.class_problems(self, finding)

    def signed(self, part: str) -> list[SignOff]:
        """The signatures of a part that hold now."""
        return parts.signed(self, part)

    def part_digest(self, part: str) -> str:
        return parts.part_digest(self, part)

    # -- what a person may write -------------------------------------------------------------

    def setting(self, record: str, given: Mapping[str, Any], *, amends: bool = False) -> list[Edit]:
        """The edits that set these fields. Raises BadInput or NotAllowed, and then nothing is so.

        `amends`: the person gave a reason for altering what is signed.
        """
        cls = BY_KIND.get(record.partition(":")[0])
        if cls is None:
            raise BadInput("There is no such kind of record.")
        guard.check_own_verb(record)
        values = stored_values(cls, given)
        guard.check_values(self, record, values)
        self._check_undisputed(record, values)
        guard.check_finding(self, record, values)
        if record.startswith("answer:") and "result" in values:
            values["question"] = self.form.item(record.partition(":")[2]).digest
        edits = self.log.setting(record, values)
        self._check_unsigned(record, edits, amends)
        return edits

    def removing(self, record: str, *, amends: bool = False) -> list[Edit]:
        """The edits that take a record out of view; what belonged to it is listed as unfiled."""
        if not self.log.in_view(record) or record in (VISIT, "about:log"):
            raise BadInput("There is no such record to remove.")
        guard.check_own_verb(record)
        edits = self.log.removing(record)
        self._check_unsigned(record, edits, amends)
        return edits

    def linking(
        self, one: str, other: str, *, amends: bool = False, fresh: Container[str] = ()
    ) -> list[Edit]:
        """The edits that link two records, or a record to a party or section.

        `fresh`: the records that come into being with the same change.
        """
        guard.check_ends(self, [end for end in (one, other) if end not in fresh])
        record = link_record(one, other)
        edits = self.log.setting(record, {"from": one, "to": other})
        if edits and one.partition(":")[0] not in parts.BESIDE:
            self._check_signed_parts(record, one, amends)
        return edits

    def unlinking(self, one: str, other: str, *, amends: bool = False) -> list[Edit]:
        return self.removing(link_record(one, other), amends=amends)

    def deciding(self, record: str, values: Mapping[str, Value]) -> list[Edit]:
        """The edits that end a conflict with other values than either side's."""
        cls = BY_KIND.get(record.partition(":")[0])
        if cls is None:
            raise BadInput("There is no such kind of record.")
        stored = stored_values(cls, values)
        guard.check_values(self, record, stored)
        guard.check_finding(self, record, stored)
        return deciding(self.log, record, stored)

    def choosing(self, record: str, change: str) -> list[Edit]:
        """The edits that let one side of a conflict stand."""
        return choosing(self.log, record, change)

    def signing(self, author: str, part: str, role: str, moment: str, name: str = "") -> list[Edit]:
        """The edits by which a person signs a part as it now stands."""
        parts.part_title(self, part)
        if parts.is_forked(self.log, author):
            raise NotAllowed(
                "Your key was used in two copies of this workspace, so it signs nothing until you "
                "have replaced it. Nothing was signed."
            )
        if any(part in parts.parts_of(self, conflict.record) for conflict in self.conflicts()):
            raise NotAllowed("People disagree in this part. Decide the conflict, then sign.")
        values = {
            "part": part,
            "digest": parts.part_digest(self, part),
            "role": role,
            "held": moment,
            "name": name,
            "seen": " ".join(sorted(id for ids in self.log.heads().values() for id in ids)),
        }
        return self.log.setting(f"sign-off:{author}/{part}", stored_values(SignOff, values))

    def _check_undisputed(self, record: str, values: Mapping[str, Value]) -> None:
        if set(disputed_fields(self.log, record)) & set(values):
            raise NotAllowed(
                "Two people wrote different things here. Both are kept; decide which one stands "
                "before writing further."
            )

    def check_unsigned(self, edits: list[Edit]) -> None:
        """NotAllowed when these edits would alter a signed part; a signature itself may go.

        An issued report is out of the house: only a later version takes its place.
        """
        if any(edit.record.startswith("issue:") for edit in edits):
            raise NotAllowed(
                "A report that was issued is not taken back. Issue a later version that replaces "
                "it."
            )
        for record in dict.fromkeys(edit.record for edit in edits):
            self._check_signed_parts(record, "", amends=False)

    def _check_unsigned(self, record: str, edits: list[Edit], amends: bool) -> None:
        if edits:
            self._check_signed_parts(record, "", amends)

    def _check_signed_parts(self, record: str, end: str, amends: bool) -> None:
        touched = {
            *parts.signed_parts(self, record),
            *(parts.signed_parts(self, end) if end else ()),
        }
        if touched and not amends:
            names = " and ".join(sorted(parts.part_title(self, part) for part in touched))
            raise NotAllowed(
                f"This would alter what is signed ({names}). Give a reason, and it becomes an "
                "amendment; the signature then no longer holds."
            )
