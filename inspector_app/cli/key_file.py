"""Commands about the keys file: another passphrase, an escrow key and who may open with it."""

import sys
from pathlib import Path

import click

from inspector_app.cli import FILE, FOLDER, PASSPHRASE, first_line, main, say, secret
from inspector_app.errors import BadInput
from inspector_app.files import read_whole, write_whole
from inspector_app.identity import read_card
from inspector_app.workspace import key_file


@main.command("passphrase")
@click.argument("folder", type=FOLDER)
@click.option("--new-passphrase-file", "new", type=FILE, help="Its first line is the new one.")
def passphrase(folder: Path, new: Path | None) -> None:
    """Change the passphrase of a workspace. Older backups open with the older one still."""
    old = secret(PASSPHRASE, "Passphrase")
    if new is not None:
        chosen = first_line(new)
    elif sys.stdin.isatty():
        chosen = click.prompt("New passphrase", hide_input=True, confirmation_prompt=True, err=True)
    else:
        raise BadInput("No new passphrase was given. Name a file with --new-passphrase-file.")
    key_file.change_passphrase(folder, old, chosen)
    say({"changed": True})


@main.command("escrow-key")
@click.option("--name", required=True, help="What the key is called, for instance the office's.")
@click.option("--office", required=True)
@click.option("-o", "--out", required=True, type=FILE, help="Its card, for the workspaces.")
def escrow_key(name: str, office: str, out: Path) -> None:
    """Make an escrow key: its card as a file, and the key itself, shown once, for a safe.

    Whoever holds it opens every workspace and backup that names its card.
    """
    made = key_file.new_escrow_key(name, office)
    write_whole(out, made.card)
    say({"words": list(made.words), "key": made.text})


@main.command("escrow")
@click.argument("folder", type=FOLDER)
@click.argument("card", type=FILE)
@click.option("--words", help="Its six words as its office read them out; without, they are shown.")
def escrow(folder: Path, card: Path, words: str | None) -> None:
    """Let an escrow key open this workspace and its next backups, after comparing its words."""
    data = read_whole(card)
    found = read_card(data)
    if words is not None:
        key_file.add_escrow(folder, secret(PASSPHRASE, "Passphrase"), data, words)
    shown = {"name": found.name, "office": found.office, "words": list(found.words)}
    say({**shown, "added": words is not None, "escrow_keys": key_file.escrow_keys(folder)})
