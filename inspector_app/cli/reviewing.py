"""Commands on review, ERO's disagreement and the issued report."""

from pathlib import Path

import click

from inspector_app.cli import FILE, FOLDER, main, opened, say
from inspector_app.errors import BadInput
from inspector_app.files import bytes_of, write_whole
from inspector_app.inspection import Inspection, parts, reviewing
from inspector_app.inspection.issues import issues
from inspector_app.records import Issue
from inspector_app.workspace import Workspace


@main.command("review")
@click.argument("folder", type=FOLDER)
@click.argument("inspection")
@click.argument("part", required=False)
@click.option("--accept", is_flag=True, help="Stand by the part as it is.")
@click.option("--return", "returned", is_flag=True, help="Send it back; --reason says why.")
@click.option("--reason", default="", help="The reason, or a comment without a verdict.")
def review(
    folder: Path, inspection: str, part: str | None, accept: bool, returned: bool, reason: str
) -> None:
    """Review a PART: report, section:ID, item:ID, or a finding by its number. Without PART, list
    where every part stands."""
    from inspector_app.workspace.reviewing import Verdict
    from inspector_app.workspace.reviewing import review as write_review

    if accept and returned:
        raise BadInput("A part is accepted or returned, not both.")
    with opened(folder) as workspace:
        read = workspace.inspection(inspection)
        if part is None:
            _list_parts(read)
            return
        record = _part(read, part)
        verdict: Verdict | None = "accepted" if accept else "returned" if returned else None
        commit = write_review(workspace, inspection, record, verdict, reason)
        say({"review": commit.record, "change": commit.change, "part": record, "verdict": verdict})


def _list_parts(inspection: Inspection) -> None:
    for part in reviewing.all_parts(inspection):
        lapses = reviewing.lapses(inspection, part)
        say(
            {
                "part": part,
                "state": reviewing.state_of(inspection, part),
                "digest": inspection.part_digest(part),
                "amended": [c.id for lapse in lapses for c in lapse.amended],
                "same_time": [c.id for lapse in lapses for c in lapse.same_time],
                "reviews": [
                    {"by": r.name, "verdict": r.verdict, "reason": r.reason}
                    for r in reviewing.reviews_of(inspection, part)
                ],
            }
        )


def _part(inspection: Inspection, named: str) -> str:
    """A part by its name or the number of a finding. BadInput when there is none."""
    numbers = {number: record for record, number in inspection.finding_numbers().items()}
    part = numbers.get(named.upper(), named)
    parts.part_title(inspection, part)
    return part


@main.command("disagree")
@click.argument("folder", type=FOLDER)
@click.argument("inspection")
@click.argument("finding")
@click.argument("text")
@click.option("--answer", is_flag=True, help="TEXT is OPR's answer to what ERO said.")
def disagree(folder: Path, inspection: str, finding: str, text: str, answer: bool) -> None:
    """Record ERO's disagreement beside a FINDING, such as INT-1; the finding is not touched."""
    from inspector_app.workspace import reviewing as verbs

    with opened(folder) as workspace:
        record = _part(workspace.inspection(inspection), finding)
        act = verbs.answer if answer else verbs.disagree
        commit = act(workspace, inspection, record, text)
    say({"disagreement": commit.record, "change": commit.change, "finding": record})


@main.command("issue")
@click.argument("folder", type=FOLDER)
@click.argument("inspection")
@click.option("--headquarters", default="", help="Who received it at ERO headquarters.")
@click.option("--field-office", default="", help="Who received it at the field office.")
@click.option("--list", "listing", is_flag=True, help="List what was issued, and issue nothing.")
@click.option("--version", type=click.IntRange(min=1), help="Write this issued version again.")
@click.option("--signed", is_flag=True, help="Write its newest signed copy instead.")
@click.option("-o", "--output", type=FILE, help="Where to write the PDF.")
def issue(
    folder: Path,
    inspection: str,
    headquarters: str,
    field_office: str,
    listing: bool,
    version: int | None,
    signed: bool,
    output: Path | None,
) -> None:
    """Issue the signed and reviewed report: number it, freeze it, record to whom it went."""
    from inspector_app.workspace import issuing

    with opened(folder) as workspace:
        if not listing and version is None and not signed:
            issuing.issue(workspace, inspection, headquarters, field_office)
        found = issues(workspace.inspection(inspection))
        _write(workspace, inspection, version, output, signed)
    for one in found if listing else [i for i in found if version in (None, i.version)][-1:]:
        say(_issue_words(one))


def _write(
    workspace: Workspace, inspection: str, version: int | None, output: Path | None, signed: bool
) -> None:
    from inspector_app.workspace.issuing import issued_bytes
    from inspector_app.workspace.sealing import kept_signed

    if output is not None:
        read = kept_signed if signed else issued_bytes
        write_whole(output, read(workspace, inspection, version))


@main.command("keep-signed")
@click.argument("folder", type=FOLDER)
@click.argument("inspection")
@click.argument("file", type=FILE)
def keep_signed(folder: Path, inspection: str, file: Path) -> None:
    """Keep a signed copy of an issued report with its record, byte for byte."""
    from inspector_app.workspace import sealing

    try:
        data = bytes_of(file)
    except OSError:
        raise BadInput("The signed file cannot be read.") from None
    with opened(folder) as workspace:
        record = sealing.keep(workspace, inspection, data).record
    say({"record": record, "bytes": len(data)})


def _issue_words(one: Issue) -> dict[str, object]:
    to = {"headquarters": one.headquarters, "field_office": one.field_office}
    of = {"number": one.number, "version": one.version, "replaces": one.replaces}
    return {**of, "at": one.at, "to": to, "part": one.part, "sha256": one.sha256}
