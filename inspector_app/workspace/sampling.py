"""Samples of a document review: its list of files, draws from it, replacements. One change each.

A draw makes its record and the files' records together. A further draw needs a reason; the files
of earlier ones are then set aside: they stay in the records with what was examined, are listed in
the report, and no longer count. A file that both draws have keeps its results.
"""

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from inspector_app import canonical
from inspector_app.errors import BadInput, NotAllowed
from inspector_app.inspection import samples
from inspector_app.records import DocumentReview, SampledFile
from inspector_app.records import Draw as DrawRecord
from inspector_app.rules import sampling
from inspector_app.rules.sampling import Draw, Method
from inspector_app.workspace.summary import counted

if TYPE_CHECKING:
    from inspector_app.inspection import Inspection
    from inspector_app.workspace import Commit, Workspace

    Records = dict[str, dict[str, Any]]

USUAL = 20
"""Files that are drawn where nobody says how many; of fewer, all are taken."""

MOST_FILES = 500
"""Files of one review: a change holds at most 1 MiB."""

_LONGEST_LIST = 1_000_000
"""Bytes of a list as it is kept; with what stands around it, a change holds 1 MiB."""


def usual_size(frame: int) -> int:
    """How many to draw where nobody says: all up to 20, else 20."""
    return min(frame, USUAL)


def set_frame(
    workspace: "Workspace",
    id: str,
    review: str,
    identifiers: Sequence[str],
    source: str = "",
    amends: str = "",
) -> "Commit":
    """Keep the list of all files, as `frame_file` or `read_frame` gave it.

    A list that is there already is replaced; the history keeps it, and a draw from it can still
    be drawn again. BadInput when the list is longer than a change may be.
    """
    _check_review(workspace.inspection(id), review)
    text = "\n".join(identifiers)
    if len(canonical.encode(text)) > _LONGEST_LIST:
        raise BadInput(
            "The list of files is longer than 1 MB and was not taken. Split the review, such as "
            "by quarter, and give each the list of its own."
        )
    fields = {"review": review, "identifiers": text, "source": source.strip()}
    words = f"list of {counted(len(identifiers), 'file', 'files')}"
    return workspace.put_many(id, {samples.frame_record(review): fields}, words, amends)


def draw(
    workspace: "Workspace",
    id: str,
    review: str,
    size: int,
    *,
    reason: str = "",
    keep: bool = False,
    amends: str = "",
) -> "Commit":
    """Draw that many files by `sha256-1`; the list and the number of the draw say which.

    A further draw needs a reason. `keep`: the files of earlier draws go on counting.
    """
    inspection, frame = workspace.inspection(id), _frame(workspace, id, review)
    _check_number(size)
    number = _next_number(inspection, review)
    made = sampling.draw(frame, inspection.id, number, size, reason=reason)
    return _keep_draw(workspace, id, review, made, keep=keep, amends=amends)


def draw_all(
    workspace: "Workspace",
    id: str,
    review: str,
    *,
    reason: str = "",
    keep: bool = False,
    amends: str = "",
) -> "Commit":
    """Take every file of the list; as a further draw it needs a reason."""
    inspection, frame = workspace.inspection(id), _frame(workspace, id, review)
    _check_number(len(frame))
    number = _next_number(inspection, review)
    made = sampling.draw_all(len(frame), number=number, reason=reason)
    return _keep_draw(workspace, id, review, made, keep=keep, amends=amends)


def choose(
    workspace: "Workspace",
    id: str,
    review: str,
    places: Sequence[int],
    *,
    reason: str,
    keep: bool = False,
    amends: str = "",
) -> "Commit":
    """Take the files at these places of the list, chosen by judgment, with the reason."""
    inspection, frame = workspace.inspection(id), _frame(workspace, id, review)
    _check_number(len(places))
    number = _next_number(inspection, review)
    made = sampling.choose(len(frame), places, number=number, reason=reason)
    return _keep_draw(workspace, id, review, made, keep=keep, amends=amends)


def places_of(frame: Sequence[str], identifiers: Sequence[str]) -> list[int]:
    """The places of these identifiers in a list. BadInput, by line, for those it does not have."""
    at = {identifier: place for place, identifier in enumerate(frame, 1)}
    strange = [n for n, identifier in enumerate(identifiers, 1) if identifier not in at]
    if strange:
        told = [f"Line {n} is not in the list of files." for n in strange[: sampling.SHOWN_FAULTS]]
        raise BadInput("Only files of the list can be chosen; nothing was added.", told)
    return [at[identifier] for identifier in identifiers]


def replace(workspace: "Workspace", id: str, file: str, reason: str, amends: str = "") -> "Commit":
    """Examine the next file of the draw's order instead of this one, with the reason.

    BadInput without a reason, for a file that was not drawn, or when no file is left.
    """
    inspection = workspace.inspection(id)
    gone = inspection.get(SampledFile, file)
    drawn = inspection.get(DrawRecord, gone.draw) if gone else None
    if gone is None or drawn is None or gone.aside:
        raise BadInput("Only a drawn file that counts can be replaced; nothing was replaced.")
    if not reason.strip():
        raise BadInput("A replacement needs a reason; nothing was replaced.")
    frame = samples.drawn_from(inspection, drawn)
    place = _next_place(inspection, drawn, frame)
    new = _record_of(inspection, drawn.review, frame[place - 1])
    fields = {
        **_file_fields(drawn.review, frame[place - 1], place, drawn.id, gone.position or 0),
        "replaces_file": gone.file,
        "replaced_reason": reason.strip(),
    }
    words = f"replaced file {gone.position or 0:02}"
    return workspace.put_many(id, {new: fields, file: {"aside": new}}, words, amends)


def _next_place(inspection: "Inspection", drawn: DrawRecord, frame: Sequence[str]) -> int:
    """The next place in the order that is not in the sample. BadInput when none is left."""
    if not frame:
        raise BadInput("The list that this file was drawn from is not here; nothing was replaced.")
    taken = {
        file.file
        for file in samples.all_files(inspection, drawn.review)
        if file.draw == drawn.id or not file.aside
    }
    for place in samples.order_of(drawn, frame)[drawn.size or 0 :]:
        if frame[place - 1] not in taken:
            return place
    raise BadInput("No file is left to replace it; record that it could not be examined.")


# -- what a draw writes ------------------------------------------------------------------------


def _keep_draw(
    workspace: "Workspace", id: str, review: str, made: Draw, *, keep: bool, amends: str
) -> "Commit":
    inspection = workspace.inspection(id)
    if inspection.files_of(review) and not keep and not made.reason:
        raise BadInput(
            "There are files in this review that nobody drew. Keep them, or say why they no "
            "longer count; nothing was drawn."
        )
    frame = samples.frame_of(inspection, review)
    record = samples.draw_record(review, made.number)
    shown = made.order[: made.size + samples.FOLLOWING] if made.method != "all" else ()
    fields = {
        "review": review,
        **{name: v for name, v in asdict(made).items() if name not in ("frame", "order")},
        "frame_size": made.frame,
        "frame": samples.frame_digest(frame),
        "positions": " ".join(map(str, shown)),
        "drawn": str(workspace.moment(id)),
    }
    records: Records = {record: fields, review: {"method": _method(inspection, review, made, keep)}}
    records |= _file_records(inspection, review, made, frame, record, keep)
    if len(records) > MOST_FILES * 2 + 2:
        raise BadInput(f"A review holds at most {MOST_FILES} files at a time; nothing was drawn.")
    words = f"draw {made.number}: {made.size} of {made.frame:,} files"
    return workspace.put_many(id, records, words, amends)


def _method(inspection: "Inspection", review: str, made: Draw, keep: bool) -> Method:
    """The method of the sample as a whole: with one file chosen by judgment, all of it is."""
    before = inspection.get(DocumentReview, review)
    drawn = before is not None and before.method in (sampling.RANDOM, "all")
    mixed = keep and inspection.files_of(review) and not drawn
    return "judgmental" if mixed else made.method


def _file_records(
    inspection: "Inspection", review: str, made: Draw, frame: Sequence[str], draw: str, keep: bool
) -> "Records":
    """The fields of the drawn files, and of those that no longer count."""
    before = inspection.files_of(review)
    new = {frame[place - 1]: place for place in sorted(made.chosen)}
    kept = {file.file for file in before} if keep else set()
    first = max((file.position or 0 for file in before), default=0) + 1 if keep else 1
    records: Records = {}
    for at, (name, place) in enumerate(((n, p) for n, p in new.items() if n not in kept), first):
        fields = _file_fields(review, name, place, draw, at)
        records[_record_of(inspection, review, name)] = {**fields, **_REPLACES_NONE}
    gone = [] if keep else [file.id for file in before if file.file not in new]
    return records | {file: {"aside": draw} for file in gone}


_REPLACES_NONE = {"replaces_file": None, "replaced_reason": None}


def _file_fields(review: str, name: str, place: int, draw: str, position: int) -> dict[str, Any]:
    fields = {"review": review, "file": name, "position": position}
    return {**fields, "draw": draw, "place": place, "aside": None}


def _record_of(inspection: "Inspection", review: str, name: str) -> str:
    """The record that holds this file already, else the one that everybody would make of it."""
    held = (file.id for file in samples.all_files(inspection, review) if file.file == name)
    return next(held, samples.file_record(inspection, review, name))


# -- what is refused ---------------------------------------------------------------------------


def _check_review(inspection: "Inspection", review: str) -> None:
    if inspection.get(DocumentReview, review) is None:
        raise BadInput("There is no such document review.")


def _frame(workspace: "Workspace", id: str, review: str) -> tuple[str, ...]:
    """The list to draw from. NotAllowed while people disagree about it."""
    inspection = workspace.inspection(id)
    _check_review(inspection, review)
    if inspection.log.disputed(samples.frame_record(review)):
        raise NotAllowed("Two people gave different lists of files. Decide first which one stands.")
    frame = samples.frame_of(inspection, review)
    if not frame:
        raise BadInput("There is no list of files to draw from yet; paste or import it first.")
    return frame


def _check_number(size: int) -> None:
    if size > MOST_FILES:
        raise BadInput(f"A review holds at most {MOST_FILES} files at a time; nothing was drawn.")


def _next_number(inspection: "Inspection", review: str) -> int:
    draws = samples.draws_of(inspection, review)
    return max((draw.number or 0 for draw in draws), default=0) + 1
