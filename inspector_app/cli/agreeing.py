"""The command that attaches the agreement an agency signed."""

from pathlib import Path

import click

from inspector_app.cli import FILE, FOLDER, main, opened, say
from inspector_app.errors import BadInput
from inspector_app.files import bytes_of
from inspector_app.workspace.signed_copy import Part


@main.command("agreement")
@click.argument("folder", type=FOLDER)
@click.argument("inspection")
@click.argument("file", metavar="FILE.pdf", type=FILE)
@click.option("--addendum", is_flag=True, help="It adds to the agreement and is not all of it.")
@click.option("--title", default="", help="What it is called, such as “Addendum of July 2024”.")
@click.option("--amends", default="", help="The reason, where the report is signed already.")
def agreement(
    folder: Path, inspection: str, file: Path, addendum: bool, title: str, amends: str
) -> None:
    """Attach the signed agreement as PDF, with text or as a scan; it travels with the inspection.

    Attaching confirms nothing: a person compares the copy with the checklist.
    """
    try:
        data = bytes_of(file)
    except OSError:
        raise BadInput("The PDF cannot be read. Nothing was attached.") from None
    part: Part = "addendum" if addendum else "signed-copy"
    with opened(folder) as workspace:
        commit = workspace.add_agreement(inspection, data, part, title=title, amends=amends)
        fields = workspace.inspection(inspection).log.fields(commit.record)
    say({"record": commit.record, "change": commit.change, **fields})
    if not fields.get("has_text"):
        click.echo("It is a scan without text: quote it by typing what the page shows.", err=True)


@main.command("confirm")
@click.argument("folder", type=FOLDER)
@click.argument("inspection")
@click.argument("digest", required=False)
@click.option("--reason", default="", help="Why, where the words are those of another checklist.")
def confirm(folder: Path, inspection: str, digest: str | None, reason: str) -> None:
    """Say that you compared the attached agreement with the checklist: presumed no longer.

    DIGEST names one copy where several are attached.
    """
    from inspector_app.workspace import confirming, signed_copy

    with opened(folder) as workspace:
        live = workspace.inspection(inspection)
        copies = [a.sha256 for a in signed_copy.attached(live) if a.part != "addendum"]
        chosen = [one for one in copies if one and one.startswith(digest or "")]
        if len(chosen) != 1:
            raise BadInput(
                f"{len(chosen)} attached copies fit; name one of those that `show` lists."
            )
        commit = confirming.confirm(workspace, inspection, chosen[0], reason)
        state = workspace.inspection(inspection).agreement_state
    say({"change": commit.change, "agreement": state})
