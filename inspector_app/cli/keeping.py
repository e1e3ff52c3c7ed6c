"""Commands that keep what was written: archives, backups, removal, taking back an import."""

from dataclasses import asdict
from pathlib import Path

import click

from inspector_app import archive
from inspector_app.cli import FILE, FOLDER, bundle_secret, exchanging, main, opened, say
from inspector_app.errors import BadInput
from inspector_app.workspace import unpacking


@main.command("unpack")
@click.argument("source", type=FILE)
@click.argument("inspections", nargs=-1)
@click.option("-o", "--out", required=True, type=FOLDER, help="The folder to make.")
@click.option("--with", "folder", type=FOLDER, help="The workspace whose keys open the bundle.")
def unpack(source: Path, inspections: tuple[str, ...], out: Path, folder: Path | None) -> None:
    """Write an archive that needs no program, from a bundle or from inspections of a workspace.

    Nothing in it is encrypted but the names of people, which stay sealed.
    """
    if source.is_dir():
        with opened(source) as workspace:
            written = unpacking.unpack_inspections(workspace, inspections, out)
    elif inspections:
        raise BadInput("A bundle is unpacked whole; name inspections for a workspace only.")
    elif folder is None:
        written = unpacking.unpack_bundle(source, out, passphrase=_needed_passphrase())
    else:
        with opened(folder) as workspace:
            written = unpacking.unpack_bundle(source, out, keys=workspace.desk.keys)
    say({"folder": out.name, **asdict(written)})


def _needed_passphrase() -> str:
    given = bundle_secret()
    if given is None:
        raise BadInput("Name the workspace whose keys open it (--with), or give its passphrase.")
    return given


@main.command("verify")
@click.argument("file", type=FILE)
@click.option("--with", "folder", type=FOLDER, help="The workspace whose keys open the bundle.")
@click.pass_context
def verify(context: click.Context, file: Path, folder: Path | None) -> None:
    """Check a workspace, a bundle or an archive; ends with 8 and names the first bad thing."""
    if archive.is_archive(file):
        say(asdict(archive.check(file)))
    else:
        context.invoke(exchanging.verify, file=file, folder=folder)
