"""Commands that keep what was written: archives, backups, removal, taking back an import."""

from dataclasses import asdict
from pathlib import Path

import click

from inspector_app.cli import (
    FILE,
    FOLDER,
    PASSPHRASE,
    bundle_secret,
    first_line,
    main,
    opened,
    say,
    secret,
)
from inspector_app.errors import BadInput
from inspector_app.workspace import (
    backing_up,
    backup,
    removing,
    restoring,
    retention,
    undo_import,
    unpacking,
)


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


@main.command("backup")
@click.argument("folder", type=FOLDER)
@click.option("-o", "--out", required=True, type=FOLDER, help="A folder, for instance on a stick.")
@click.option("--with-names", is_flag=True, help="Whoever opens it can read the sealed names.")
def back_up(folder: Path, out: Path, with_names: bool) -> None:
    """Back the whole workspace up, sealed to its own, recovery and escrow keys, and read it back.

    An older backup of the same workspace in that folder is replaced when the new one is whole.
    """
    with opened(folder) as workspace:
        say(asdict(backup.back_up(workspace, out, with_names=with_names)))


@main.command("backup-plan")
@click.argument("folder", type=FOLDER)
@click.option("-o", "--out", type=FOLDER, help="A folder that is there, for instance on a stick.")
@click.option("--days", type=int, default=7, show_default=True, help="0: only when asked for.")
@click.option("--run", is_flag=True, help="Make one now if it is due.")
def plan(folder: Path, out: Path | None, days: int, run: bool) -> None:
    """Say where the window puts backups and how often, and what is known of the last one."""
    with opened(folder) as workspace:
        if out is not None:
            backing_up.set_plan(workspace, out, days)
        state = backing_up.state(workspace)
        if run and state.due:
            backing_up.note(workspace, backing_up.job(workspace)(lambda done, of: None))
            state = backing_up.state(workspace)
        say(asdict(state))


@main.command("restore")
@click.argument("source", metavar="BACKUP", type=FOLDER)
@click.option("-o", "--out", required=True, type=FOLDER, help="The folder to make.")
@click.option("--recovery-key-file", type=FILE, help="File whose first line is the printed key.")
def restore(source: Path, out: Path, recovery_key_file: Path | None) -> None:
    """Make a workspace from a backup, by its passphrase or by the printed key.

    With the printed key, the passphrase given is the new one. The card is new: let colleagues
    accept it.
    """
    key = first_line(recovery_key_file) if recovery_key_file else None
    words = "New passphrase" if key else "Passphrase of the backup"
    passphrase = secret(PASSPHRASE, words, confirm=key is not None)
    say(asdict(restoring.restore(source, out, passphrase=passphrase, recovery_key=key)))


@main.command("remove")
@click.argument("folder", type=FOLDER)
@click.argument("inspection")
@click.option("--held-by", type=FILE, help="A bundle or a backup's folder, to be read whole now.")
def remove(folder: Path, inspection: str, held_by: Path | None) -> None:
    """Take an inspection off this laptop, once a backup or a bundle is known to hold all of it."""
    with opened(folder) as workspace:
        say(asdict(removing.remove(workspace, inspection, held_by, bundle_secret())))


@main.command("retention")
@click.argument("folder", type=FOLDER)
@click.argument("inspection")
@click.option("--class", "words", help="The retention class; an empty one takes it away.")
@click.option("--hold", help="Put it under legal hold; the reason, such as the matter.")
@click.option("--release", help="End the legal hold; the reason, such as who released it.")
def keep(
    folder: Path, inspection: str, words: str | None, hold: str | None, release: str | None
) -> None:
    """Say how long an inspection is kept, and whether it is under legal hold.

    Under legal hold it is not removed and no key of names is destroyed. Nothing is ever destroyed
    by a date.
    """
    if hold is not None and release is not None:
        raise BadInput("Either --hold or --release.")
    with opened(folder) as workspace:
        log = workspace.kept(inspection).log
        if words is not None:
            retention.set_class(workspace, log.id, words)
        if hold is not None:
            retention.hold(workspace, log.id, hold)
        if release is not None:
            retention.release(workspace, log.id, release)
        said = retention.of(log)
        since = said.since if retention.is_held(log) else None
        say({"class": retention.class_of(log), "hold": retention.is_held(log), "since": since})


@main.command("imports")
@click.argument("folder", type=FOLDER)
def imports(folder: Path) -> None:
    """Every merge that brought something, newest first, a line each."""
    with opened(folder) as workspace:
        for each in undo_import.imports(workspace):
            say(asdict(each))


@main.command("undo-import")
@click.argument("folder", type=FOLDER)
@click.argument("file", metavar="IMPORT")
@click.option("--preview", is_flag=True, help="Say what it would do, and whose changes they are.")
@click.option("--amends", default="", help="The reason, where a signed part is altered.")
def take_back(folder: Path, file: str, preview: bool, amends: str) -> None:
    """Give every field that an import set the value it had before, for everybody who merges this.

    IMPORT is the `file` that `imports` and `preview` say, or its beginning. Fields that were
    written since are left and listed.
    """
    with opened(folder) as workspace:
        if preview:
            taken = undo_import.preview_undo(workspace, file)
        else:
            taken = undo_import.undo_import(workspace, file, amends)
    say([asdict(each) for each in taken])
