"""The command that prepares an assignment: a bundle that starts an inspection for its team."""

from dataclasses import asdict
from pathlib import Path

import click

from inspector_app.cli import FILE, FOLDER, main, opened, say
from inspector_app.errors import BadInput
from inspector_app.files import read_whole
from inspector_app.identity import read_card
from inspector_app.workspace import assigning, rosters, signed_copy
from inspector_app.workspace.assigning import Post


@main.command("assign")
@click.argument("folder", type=FOLDER)
@click.argument("inspection")
@click.option("-o", "--out", required=True, type=FILE)
@click.option("--to", "cards", multiple=True, required=True, type=FILE, help="A card of the team.")
@click.option("--lead", type=FILE, help="The card of the lead; else the first one.")
@click.option("--give", multiple=True, type=(FILE, str), help="A card and a section of it.")
@click.option("--agreement", type=FILE, help="The signed agreement as PDF, to be attached first.")
@click.option("--roster", type=FILE, help="The roster, CSV or XLSX, to be taken in first.")
@click.option("--instructions", default="", help="What the office tells the team.")
@click.option("--documents", default="", help="Papers to ask for beyond the list, one a line.")
def assign(
    folder: Path,
    inspection: str,
    out: Path,
    cards: tuple[Path, ...],
    lead: Path | None,
    give: tuple[tuple[Path, str], ...],
    agreement: Path | None,
    roster: Path | None,
    instructions: str,
    documents: str,
) -> None:
    """Prepare a started INSPECTION for its team, in one file sealed to their cards.

    The agency's file and earlier inspections of the same agency go along. Whoever opens the file
    is on the team; whoever prepares it is not.
    """
    team = _team(cards, lead or cards[0], give)
    with opened(folder) as workspace:
        id = workspace.inspection(inspection).id
        if agreement is not None:
            signed_copy.attach(workspace, id, read_whole(agreement))
        if roster is not None:
            rosters.take_in(workspace, id, read_whole(roster), title=roster.name)
        made = assigning.assign(
            workspace, id, out, team, instructions=instructions, documents=documents
        )
        free = assigning.unassigned(workspace.inspection(id))
        say({**asdict(made), "contents": asdict(assigning.contents(workspace, id)), "free": free})


def _team(cards: tuple[Path, ...], lead: Path, give: tuple[tuple[Path, str], ...]) -> list[Post]:
    if lead not in cards or not {card for card, _ in give} <= set(cards):
        raise BadInput("The lead, and whoever is given a section, is named with --to as well.")
    return [
        Post(
            read_card(read_whole(path)),
            tuple(section for card, section in give if card == path),
            path == lead,
        )
        for path in cards
    ]
