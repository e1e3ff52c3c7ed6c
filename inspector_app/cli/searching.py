"""The command that searches."""

from pathlib import Path

import click

from inspector_app.cli import FOLDER, main, opened, say
from inspector_app.errors import BadInput
from inspector_app.workspace import searching
from inspector_app.workspace.searching import Hit


@main.command("search")
@click.argument("folder", type=FOLDER)
@click.argument("words", nargs=-1, required=True)
@click.option("--inspection", metavar="ID", help="Search inside this one, all that was typed.")
def search(folder: Path, words: tuple[str, ...], inspection: str | None) -> None:
    """Find what has all the words, in any order; one line of JSON for each.

    Without --inspection: agencies, their files, clauses and findings of all inspections, and
    nothing that people said, no rows of samples and no people.
    """
    asked = " ".join(words)
    if not any(character.isalnum() for character in asked):
        raise BadInput("There is no word to search for. Give at least one with a letter or digit.")
    with opened(folder) as workspace:
        found = (
            searching.find(workspace, inspection, asked)
            if inspection is not None
            else searching.find_across(workspace, asked)
        )
    for hit in found:
        say(_shown(hit))
    if len(found) == searching.MOST:
        click.echo(f"These are the first {searching.MOST}; add a word to see fewer.", err=True)


def _shown(hit: Hit) -> dict[str, object]:
    return {
        "inspection": hit.inspection,
        "agency": hit.agency,
        "record": hit.record,
        "kind": hit.kind,
        "title": searching.unmarked(hit.title),
        "text": searching.unmarked(hit.body),
        "words": [said for said, found in (*hit.title, *hit.body) if found],
    }
