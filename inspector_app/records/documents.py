"""Documents that are examined: the review, the list of all files, the draws, the files."""

from typing import ClassVar, Literal

from pydantic import Field

from inspector_app.records.fields import Count, Hash, MomentText, Record

SampleResult = Literal["yes", "no", "not-applicable", "unclear"]


class DocumentReview(Record):
    """A set of documents that is examined; `frame` is how many there are in all.

    Where the list of all files is kept (`Frame`) or files were drawn from one (`Draw`), the
    number is computed and `frame` says nothing.
    """

    kind: ClassVar[str] = "document-review"
    sample_kind: str = ""
    title: str = ""
    population: str = ""
    period: str = ""
    frame: Count | None = None
    method: Literal["sha256-1", "all", "random", "systematic", "judgmental"] | None = None
    drawn: str = ""
    item: str = ""


class Frame(Record):
    """The list of all files of a review: `frame:<the review's own id>`; one identifier a line."""

    kind: ClassVar[str] = "frame"
    review: str = ""
    identifiers: str = ""
    source: str = ""


class Draw(Record):
    """One draw of a review: `draw:<the review's own id>-<number>`. It holds no identifier.

    `frame` is the SHA-256 of the list that it was drawn from, `frame_size` how many files that
    has. `positions` are places in it, from 1: the sample in the order of the method and, for
    `sha256-1`, some that follow. Frame and seed give all of them again.
    """

    kind: ClassVar[str] = "draw"
    review: str = ""
    number: Count | None = None
    method: Literal["sha256-1", "all", "judgmental"] | None = None
    seed: str = ""
    size: Count | None = None
    frame_size: Count | None = None
    frame: Hash | None = None
    positions: str = ""
    reason: str = ""
    drawn: MomentText | None = None


class SampledFile(Record):
    """One file of a sample; `results` and `notes` hold one entry per attribute.

    `draw` is the draw that it came from and `place` its place in the list, from 1. `aside` is the
    draw or the file that took its place: then it is kept and no longer counts.
    """

    kind: ClassVar[str] = "sampled-file"
    review: str = ""
    position: Count | None = None
    file: str = ""
    note: str = ""
    results: dict[str, SampleResult] = Field(default_factory=dict)
    notes: dict[str, str] = Field(default_factory=dict)
    replaces_file: str = ""
    replaced_reason: str = ""
    draw: str = ""
    place: Count | None = None
    aside: str = ""
