"""Commands that deal with other people: cards, bundles, reports, the demo."""

from dataclasses import asdict
from pathlib import Path

import click

from inspector_app.cli import (
    BUNDLE_PASSPHRASE,
    FILE,
    FOLDER,
    bundle_secret,
    main,
    opened,
    say,
    secret,
    showing,
)
from inspector_app.errors import BadInput
from inspector_app.files import bytes_of, write_whole
from inspector_app.identity import Card, read_card
from inspector_app.reports import OF_THE_PROGRAM, REPORTS
from inspector_app.reports.edition import editions
from inspector_app.workspace import Workspace, exporting, people


def _read(path: Path, what: str) -> bytes:
    try:
        return bytes_of(path)
    except OSError:
        raise BadInput(f"The {what} cannot be read.") from None


def key_of(workspace: Workspace, who: str) -> str:
    """The signing key of an accepted card: by its file, its key or the start of it, or the name."""
    if Path(who).is_file():
        return _card(Path(who)).signing
    found = {
        p.card.signing
        for p in people.known(workspace.desk)
        if p.card.name == who or (len(who) >= 8 and p.card.signing.startswith(who))
    }
    if len(found) != 1:
        raise BadInput(
            f"WHO fits {len(found)} of the cards accepted here; give a card's file, a name, or at "
            "least 8 signs of a key as `show` has it. Nothing was changed."
        )
    return found.pop()


def _card(path: Path) -> Card:
    return read_card(_read(path, "card"))


@main.command("card")
@click.argument("folder", type=FOLDER)
@click.option("-o", "--out", required=True, type=FILE)
def card(folder: Path, out: Path) -> None:
    """Write this person's card, to be accepted by others."""
    with opened(folder) as workspace:
        write_whole(out, workspace.card())
        say({"words": list(workspace.words), "key": workspace.key})


@main.command("accept")
@click.argument("folder", type=FOLDER)
@click.argument("card_file", metavar="CARD", type=FILE)
@click.option("--role", help="The role that is granted here; else the one that the card states.")
@click.option("--replaces", metavar="WHO", help="Whose lost key this card replaces: revoked here.")
@click.option("--reason", default="", help="Why it was replaced; with --replaces.")
def accept(
    folder: Path, card_file: Path, role: str | None, replaces: str | None, reason: str
) -> None:
    """Accept a card. Compare its six words with its owner first."""
    data = _read(card_file, "card")
    with opened(folder) as workspace:
        if replaces is None:
            person = workspace.accept(data, role)
        else:
            person = workspace.replace(key_of(workspace, replaces), data, reason, role)
    say({"name": person.card.name, "role": person.role, "words": list(person.card.words)})


@main.command("revoke")
@click.argument("folder", type=FOLDER)
@click.argument("who")
@click.option("--reason", required=True, help="Why; it is kept here.")
def revoke(folder: Path, who: str, reason: str) -> None:
    """Revoke a card: what is held of its key stays, whatever else it signs is refused.

    WHO is a card's file, the start of a key, or a name. A revocation counts in this workspace.
    """
    with opened(folder) as workspace:
        person = workspace.revoke(key_of(workspace, who), reason)
    say(showing.shown_revoked(person))


@main.command("admit")
@click.argument("folder", type=FOLDER)
@click.argument("file", type=FILE)
@click.argument("changes", nargs=-1, required=True)
@click.option("--reason", required=True, help="Why; it is kept here.")
def admit(folder: Path, file: Path, changes: tuple[str, ...], reason: str) -> None:
    """For a reviewer: let refused CHANGES of a revoked key in; the next merge takes them."""
    with opened(folder) as workspace:
        say({"admitted": workspace.admit(file, changes, reason, bundle_secret())})


@main.command("bundle")
@click.argument("folder", type=FOLDER)
@click.argument("inspections", nargs=-1)
@click.option("-o", "--out", required=True, type=FILE)
@click.option("--to", "cards", multiple=True, type=FILE, help="A card it is sealed to.")
@click.option(
    "--without-known-photos",
    is_flag=True,
    help="Leave photos behind that every recipient's newest change shows he has.",
)
@click.option(
    "--with-names", is_flag=True, help="Whoever opens it can read the sealed names of people."
)
def bundle(
    folder: Path,
    inspections: tuple[str, ...],
    out: Path,
    cards: tuple[Path, ...],
    without_known_photos: bool,
    with_names: bool,
) -> None:
    """Hand inspections over in one sealed file; without INSPECTIONS all of them."""
    to = [_card(path) for path in cards]
    passphrase = None if to else secret(BUNDLE_PASSPHRASE, "Passphrase of the bundle", confirm=True)
    with opened(folder) as workspace:
        made = workspace.bundle(
            inspections,
            out,
            to=to,
            passphrase=passphrase,
            without_known_photos=without_known_photos,
            with_names=with_names,
        )
    say(asdict(made))


@main.command("preview")
@click.argument("folder", type=FOLDER)
@click.argument("file", type=FILE)
def preview(folder: Path, file: Path) -> None:
    """What a bundle would change. Changes nothing."""
    with opened(folder) as workspace:
        say(showing.shown_preview(workspace, workspace.preview(file, bundle_secret())))


@main.command("merge")
@click.argument("folder", type=FOLDER)
@click.argument("file", type=FILE)
def merge(folder: Path, file: Path) -> None:
    """Take in what a bundle has and this workspace lacks."""
    with opened(folder) as workspace:
        merged = workspace.merge(file, bundle_secret())
        say(
            {
                "sender": merged.sender.name,
                "new": merged.new,
                "refused": merged.refused,
                "conflicts": merged.conflicts,
                "photos": merged.photos,
                "copied": showing.shown_copied(workspace, merged.copied),
                "clocks": showing.shown_clocks(workspace, merged.clocks),
            }
        )


def _list_reports(context: click.Context, _: click.Parameter, asked: bool) -> None:
    """Name every report and end: no workspace is opened for that."""
    if not asked or context.resilient_parsing:
        return
    for made in (*REPORTS.values(), *OF_THE_PROGRAM.values()):
        say({"name": made.name, "title": made.title, "for": made.purpose, "kinds": made.kinds})
    context.exit()


@main.command("report")
@click.option(
    "--list",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_list_reports,
    help="Say which reports there are, what each is for, and of which inspections.",
)
@click.argument("folder", type=FOLDER)
@click.argument("inspection")
@click.argument("name")
@click.option("-o", "--out", required=True, type=FILE, help="A file, or a folder to name it in.")
@click.option(
    "--edition",
    type=click.Choice(editions()),
    default="internal",
    show_default=True,
    help="For the team, the agency or the public: what is withheld, and what the leak scan asks.",
)
def report(folder: Path, inspection: str, name: str, out: Path, edition: str) -> None:
    """Write a report as PDF, or where OUT ends in .docx as an editable copy that is not the
    report of record; --list says which NAMEs there are."""
    with opened(folder) as workspace:
        if out.is_dir():
            out /= workspace.report_file(inspection, name, edition)
        if out.suffix.lower() == ".docx":
            size = exporting.write(workspace, inspection, exporting.report_copy(name, edition), out)
        else:
            size = workspace.report(inspection, name, out, edition)
        open_problems = len(workspace.problems(inspection))
    say({"file": out.name, "bytes": size, "problems": open_problems})


@main.command("demo")
@click.option("--out", type=FOLDER, default=Path("demo"), show_default=True)
def demo(out: Path) -> None:
    """Play the practice inspection and the practice review, and write all they lead to."""
    from inspector_app.demo import play

    for line in play(out):
        click.echo(line)
