"""Commands on the samples of a document review: the list of files, draws, replacements."""

import sys
from pathlib import Path
from typing import Any

import click

from inspector_app.cli import FOLDER, main, opened, say
from inspector_app.errors import BadInput, Difference
from inspector_app.files import bytes_of
from inspector_app.inspection import Inspection, samples
from inspector_app.records import DocumentReview, SampledFile
from inspector_app.workspace import Commit, Workspace

_MOST_BYTES = 64 * 1024 * 1024
AMENDS = click.option("--amends", default="", help="The reason, where the report is signed.")


@main.group("sample")
def sample() -> None:
    """Samples of a document review. Files are named by their places in the list, from 1."""


@sample.command("frame")
@click.argument("folder", type=FOLDER)
@click.argument("inspection")
@click.argument("review")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--column", help="Of a CSV or XLSX file: its heading, or C, or C2 from row 2 on.")
@click.option("--source", default="", help="Where the list comes from, in words.")
@AMENDS
def frame(
    folder: Path,
    inspection: str,
    review: str,
    file: Path,
    column: str | None,
    source: str,
    amends: str,
) -> None:
    """Keep the list of all files. Without --column, FILE has one identifier a line; - reads it
    from standard input."""
    from inspector_app.workspace import frame_file, sampling

    data = _bytes(file)
    if column is None and data.startswith(b"PK"):
        found = ", ".join(each.letters for each in frame_file.columns_of(data))
        raise BadInput(f"Name the column of identifiers with --column: {found}.")
    listed = (
        frame_file.frame_of_text_file(data)
        if column is None
        else frame_file.frame_of_column(data, column)
    )
    with opened(folder) as workspace:
        record = _review(workspace.inspection(inspection), review)
        commit = sampling.set_frame(workspace, inspection, record, listed, source, amends)
    say({"review": record, "change": commit.change, "files": len(listed)})


def _bytes(file: Path) -> bytes:
    try:
        data = sys.stdin.buffer.read(_MOST_BYTES + 1) if str(file) == "-" else bytes_of(file)
    except OSError:
        raise BadInput("The list of files cannot be read; nothing was changed.") from None
    if len(data) > _MOST_BYTES:
        raise BadInput("The list of files is over 64 MB; nothing was changed.")
    return data


def _review(inspection: Inspection, named: str) -> str:
    """A review by its record or its number, such as S-1. BadInput when there is none."""
    numbers = {n: record for record, n in inspection.record_numbers().items()}
    record = numbers.get(named.upper(), named)
    if inspection.get(DocumentReview, record) is None:
        raise BadInput("There is no such document review; `show` lists them.")
    return record


@sample.command("draw")
@click.argument("folder", type=FOLDER)
@click.argument("inspection")
@click.argument("review")
@click.option("--size", type=click.IntRange(min=1), help="How many; else all up to 20, else 20.")
@click.option("--all", "everything", is_flag=True, help="Take every file of the list.")
@click.option("--place", "places", multiple=True, type=int, help="Choose this one by judgment.")
@click.option("--reason", default="", help="Why a further draw, or why these files.")
@click.option("--keep", is_flag=True, help="The files of earlier draws go on counting.")
@AMENDS
def draw(
    folder: Path,
    inspection: str,
    review: str,
    size: int | None,
    everything: bool,
    places: tuple[int, ...],
    reason: str,
    keep: bool,
    amends: str,
) -> None:
    """Draw the sample from the list. A further draw needs a reason, and the report counts them."""
    from inspector_app.workspace import sampling

    if sum((size is not None, everything, bool(places))) > 1:
        raise BadInput("Give one of --size, --all and --place.")
    how: dict[str, Any] = {"reason": reason, "keep": keep, "amends": amends}
    with opened(folder) as workspace:
        live = workspace.inspection(inspection)
        record = _review(live, review)
        usual = sampling.usual_size(len(samples.frame_of(live, record)))
        if places:
            commit = sampling.choose(workspace, live.id, record, places, **how)
        elif everything:
            commit = sampling.draw_all(workspace, live.id, record, **how)
        else:
            commit = sampling.draw(workspace, live.id, record, size or usual, **how)
        _say_draw(workspace, live.id, commit)


def _say_draw(workspace: Workspace, id: str, commit: Commit) -> None:
    fields = workspace.inspection(id).log.fields(commit.record)
    positions = samples.places(str(fields.pop("positions", "")))
    size = int(str(fields.get("size", 0)))
    shown = {"positions": positions[:size], "then": positions[size:]}
    say({"record": commit.record, "change": commit.change, **fields, **shown})


@sample.command("replace")
@click.argument("folder", type=FOLDER)
@click.argument("inspection")
@click.argument("review")
@click.argument("position", type=click.IntRange(min=1))
@click.option("--reason", required=True, help="Why this file cannot be examined.")
@AMENDS
def replace(
    folder: Path, inspection: str, review: str, position: int, reason: str, amends: str
) -> None:
    """Examine the next file of the draw instead of the one at POSITION of the sample."""
    from inspector_app.workspace import sampling

    with opened(folder) as workspace:
        live = workspace.inspection(inspection)
        files = live.files_of(_review(live, review))
        found = [file.id for file in files if file.position == position]
        if len(found) != 1:
            raise BadInput("There is no file, or more than one, at this position of the sample.")
        commit = sampling.replace(workspace, live.id, found[0], reason, amends)
        new = live.get(SampledFile, commit.record)
        say({"record": commit.record, "change": commit.change, "place": new.place if new else None})


@sample.command("redraw")
@click.argument("folder", type=FOLDER)
@click.argument("inspection")
@click.argument("review")
def redraw(folder: Path, inspection: str, review: str) -> None:
    """Draw every draw of a review again, and say whether all is equal, or where not."""
    with opened(folder) as workspace:
        live = workspace.inspection(inspection)
        record = _review(live, review)
        found = samples.redraw(live, record)
    for one in found:
        shown = {"draw": one.draw.number, "method": one.draw.method, "seed": one.draw.seed}
        counts = {"size": one.draw.size, "frame": one.draw.frame_size}
        say({**shown, **counts, "equal": one.equal, "faults": list(one.faults)})
    if not found:
        raise BadInput("Nothing was drawn in this review.")
    if different := [one for one in found if not one.equal]:
        raise Difference(f"{len(different)} of {len(found)} draws did not come out the same.")
